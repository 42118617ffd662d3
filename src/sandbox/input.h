#ifndef SANDBOX_INPUT_H
#define SANDBOX_INPUT_H
#include "base/pair.h"
#include "fcgi/req.h"

/* What came with a request: names and values of a query, a form or a JSON object: numbers and truth values as texts,
 * members of an object in it as "productInfo.spec". */
struct input { struct pair *p; size_t n; };
enum { INPUT_MAX = 64, INPUT_BODY_MAX = 64 << 10 };

/* application/x-www-form-urlencoded text; what cannot be decoded is left out. */
void input_form(struct arena *a, const char *s, size_t n, struct input *in);
/* The body, by its media type; RC_MEDIA for other types, RC_MALFORMED. */
MUST_USE enum rc input_body(struct arena *a, struct req *r, struct input *in);
/* "" when there is none. */
const char *input_text(const struct input *in, const char *name);
/* `or` when there is none or it is no number. */
int64_t input_number(const struct input *in, const char *name, int64_t or);
#endif
