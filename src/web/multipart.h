#ifndef WEB_MULTIPART_H
#define WEB_MULTIPART_H
#include "web/input.h"

/* A form with files (multipart/form-data, RFC 7578) becomes the same fields as any form, read in bounded memory from wherever it comes. */
struct multipart_source { size_t (*read)(void *from, char *to, size_t n); void *from; size_t length; };
/* What becomes of a file: begin (its field and its name, the words of whoever sent it), add …, end.  NULL: it is a field of kind INPUT_FILE. */
struct multipart_files {
	enum rc (*begin)(void *to, const char *field, const char *name);
	enum rc (*add)(void *to, const char *p, size_t n);
	enum rc (*end)(void *to);
	void *to;
};

/* Adds to *in.  type: the Content-Type with its boundary.  Fields of more than MULTIPART_TEXT_MAX bytes in all are RC_TOO_LARGE.
 * RC_MALFORMED: shorter than its length, or anything that a browser would not send: a boundary of odd characters or above 70, text before the first
 * part or after the last, a part without a name, a header above MULTIPART_LINE_MAX or more than MULTIPART_HEADERS_MAX of them, an encoding. */
enum { MULTIPART_HEADERS_MAX = 4, MULTIPART_LINE_MAX = 1000, MULTIPART_TEXT_MAX = 2 << 20 };
MUST_USE enum rc multipart_read(struct arena *a, const char *type, const struct multipart_source *from, const struct multipart_files *files, struct input *in);
/* The same of a body that is there. */
MUST_USE enum rc input_multipart(struct arena *a, const char *type, const char *body, size_t n, struct input *in);
#endif
