#ifndef WEB_MULTIPART_H
#define WEB_MULTIPART_H
#include "web/input.h"

/* A form with files (multipart/form-data, RFC 7578) becomes the same fields as any form; a file is a field of kind INPUT_FILE whose name
 * and type, being words of whoever sent it, are not kept.  Adds to *in.  type: the Content-Type with its boundary.
 * RC_MALFORMED: anything that a browser would not send: a boundary of odd characters or above 70, text before the first part or after the
 * last, a part without a name, a header above MULTIPART_LINE_MAX or more than MULTIPART_HEADERS_MAX of them, an encoding. */
enum { MULTIPART_HEADERS_MAX = 4, MULTIPART_LINE_MAX = 1000 };
MUST_USE enum rc input_multipart(struct arena *a, const char *type, const char *body, size_t n, struct input *in);
#endif
