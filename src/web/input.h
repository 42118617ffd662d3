#ifndef WEB_INPUT_H
#define WEB_INPUT_H
#include "base/arena.h"
#include "base/rc.h"
#include "base/value.h"

/* The fields of a request as they came, whatever they were wrapped in: a query, a form, a JSON object.  Nothing is checked
 * here but the wrapping; forms (form.h) check the values. */

enum input_kind { INPUT_FORM = 1, INPUT_STRING, INPUT_NUMBER, INPUT_BOOL, INPUT_ODD, INPUT_FILE };	/* odd: JSON that no field can be */
struct input_field {
	const char *name, *value;	/* value: n bytes and a NUL; not checked for UTF-8 or NULs */
	size_t n;
	enum input_kind kind;
	const char *wish;		/* what stands for the value when two requests are compared; NULL: the value */
};
enum { INPUT_FIELDS_MAX = 640, INPUT_NAME_MAX = 64 };
struct input {
	struct input_field f[INPUT_FIELDS_MAX];
	size_t n;
};

/* One field; RC_MALFORMED: one too many, or a name that is no name. */
enum rc input_add(struct input *in, struct input_field f) MUST_USE;
/* Each adds to *in; in a form or query, a field list:item=value is the item "item=value" of the list.  RC_MALFORMED: bad escape or JSON, more than INPUT_FIELDS_MAX fields, a name that is no name. */
enum rc input_urlencoded(struct arena *a, const char *s, size_t n, struct input *in) MUST_USE;
/* An object of strings, whole numbers, booleans and lists of them (a list is a repeated field; null is as if absent), or of lists of
 * such objects (form.h, ITEMS). */
enum rc input_json(struct arena *a, const char *s, size_t n, struct input *in) MUST_USE;

/* The first of the name and how many there are; NULL when there is none. */
const struct input_field *input_find(const struct input *in, const char *name, size_t *count);
/* Its text when there is exactly one and it is clean text of at most max bytes; else NULL. */
const char *input_text(const struct input *in, const char *name, size_t max);
#endif
