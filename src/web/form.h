#ifndef WEB_FORM_H
#define WEB_FORM_H
#include "base/time.h"
#include "domain/enums.h"
#include "view/msg.h"
#include "web/input.h"

/* A form is a table; the same rows read it from a form, a query or JSON, check it, and tell what is wrong.
 *
 *	struct order_cancel_in { const char *why; enum cancel_cause cause; };
 *	FORM(order_cancel_form, struct order_cancel_in,
 *		TEXT(struct order_cancel_in, why, .max = 200, .optional = true),
 *		ENUM(struct order_cancel_in, cause, cancel_cause))
 *
 * Every field must be there unless it is .optional (a CHECK and the lists always are); what is absent or empty is zero.
 * .min and .max: characters of a text (its max is 200, of LINES 2000, when not said), value of a number, fen of an amount,
 * how many of a list (at most LIST_MAX).  A number or an amount is 0 or more unless .min says otherwise.
 * ITEMS is a list of another form's structs.  The fields of the first have the names of that form, those of the second end in ".2":
 * plan=…&quantity=1&plan.2=…&quantity.2=3; in JSON {"items":[{"plan":…},{"plan":…}]} means the same.  No item is left out: one
 * of whose fields nothing was sent is there, empty.
 * A row and its member cannot differ in type: that does not compile. */

enum form_type { FORM_TEXT = 1, FORM_LINES, FORM_INT, FORM_MONEY, FORM_PERCENT, FORM_DATE, FORM_ENUM, FORM_CHECK, FORM_IDS, FORM_TEXTS, FORM_FILE, FORM_ITEMS };
enum { TEXT_MAX = 200, LINES_MAX = 2000, LIST_MAX = 200 };

struct ids { const uint64_t *v; size_t n; };
struct texts { const char *const *v; size_t n; };
struct items { const void *v; size_t n; };	/* structs of the item's form, one after the other */

struct form_row {
	const char *name;
	enum form_type type;
	size_t off;
	int64_t min, max;
	bool optional;
	bool verbatim;				/* a text is taken with the blanks around it: passwords */
	const struct enum_def *def;
	enum msg must;			/* CHECK: what to say when it is not ticked */
	enum msg (*check)(const char *text);	/* of a text that is there: MSG_NONE, or what is wrong */
	const struct form *of;		/* ITEMS */
};
struct form {
	const char *name;
	const struct form_row *fields;
	size_t n, size;
};

#define FORM_ROW_(S, m, T, ft, ...) \
	{ .name = #m, .type = ft, .off = offsetof(S, m) + 0 * sizeof(char[__builtin_types_compatible_p(__typeof__(((S *)0)->m), T) ? 1 : -1]), ##__VA_ARGS__ }
#define TEXT(S, m, ...)    FORM_ROW_(S, m, const char *, FORM_TEXT, ##__VA_ARGS__)	/* one line; trimmed */
#define LINES(S, m, ...)   FORM_ROW_(S, m, const char *, FORM_LINES, ##__VA_ARGS__)
#define INT(S, m, ...)     FORM_ROW_(S, m, int64_t, FORM_INT, ##__VA_ARGS__)
#define MONEY(S, m, ...)   FORM_ROW_(S, m, struct money, FORM_MONEY, ##__VA_ARGS__)	/* form: yuan "12.30"; JSON: fen 1230 */
#define PERCENT(S, m, ...) FORM_ROW_(S, m, int64_t, FORM_PERCENT, ##__VA_ARGS__)	/* per mille; form: "12.5"; JSON: 125 */
#define DATE(S, m, ...)    FORM_ROW_(S, m, struct date, FORM_DATE, ##__VA_ARGS__)		/* 2026-11-21 */
#define ENUM(S, m, e, ...) FORM_ROW_(S, m, enum e, FORM_ENUM, .def = &e##_enum, ##__VA_ARGS__)
#define CHECK(S, m, ...)   FORM_ROW_(S, m, bool, FORM_CHECK, .optional = true, ##__VA_ARGS__)
#define IDS(S, m, ...)     FORM_ROW_(S, m, struct ids, FORM_IDS, .optional = true, ##__VA_ARGS__)
#define TEXTS(S, m, ...)   FORM_ROW_(S, m, struct texts, FORM_TEXTS, .optional = true, ##__VA_ARGS__)
#define UPLOAD(S, m, ...)  FORM_ROW_(S, m, struct bytes, FORM_FILE, ##__VA_ARGS__)	/* a file of at most .max bytes; the form is multipart/form-data */
#define ITEMS(S, m, f, ...) FORM_ROW_(S, m, struct items, FORM_ITEMS, .optional = true, .of = &f, ##__VA_ARGS__)
#define FORM(f, S, ...) \
	static const struct form_row f##_fields[] = { __VA_ARGS__ }; \
	const struct form f = { #f, f##_fields, sizeof f##_fields / sizeof *f##_fields, sizeof(S) };

/* What is wrong with a field (NULL: with the whole); limit is the message's {limit}, label what the field is called, line which one of a text of many
 * lines it is about (0: all of it), about which one of several: a file, a parameter. */
struct form_error { const char *field; enum msg msg; int64_t limit; enum msg label; size_t line; const char *about; };
enum { FORM_ERRORS_MAX = 32 };
struct form_errors {
	struct form_error e[FORM_ERRORS_MAX];
	size_t n;
};
/* What a field of the n-th item is called, counted from 1: "plan", "plan.2". */
const char *form_name(struct arena *a, const char *name, size_t n);
/* The same as what follows the name: "", ".2". */
const char *form_dot(struct arena *a, size_t n);
/* For changes that take no fields. */
extern const struct form no_form;

void form_refuse(struct form_errors *err, const char *field, enum msg msg, int64_t limit);
void form_refuse_line(struct form_errors *err, const char *field, enum msg msg, size_t line);
void form_refuse_about(struct form_errors *err, const char *field, enum msg msg, const char *name);

/* A struct of the form's size in the arena; a wrong field is zero there and stands in *err, one error each:
 * field.required field.too_short field.too_long field.encoding field.control field.number field.too_small field.too_big
 * field.amount_small field.amount_big field.percent field.date field.choice field.repeated field.too_many field.type (JSON of another kind).  Fields that the form does not know are ignored. */
void *form_read(const struct form *f, struct arena *a, const struct input *in, struct form_errors *err);
#endif
