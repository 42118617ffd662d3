#ifndef APP_PRODUCT_DOC_H
#define APP_PRODUCT_DOC_H
#include "base/arena.h"
#include "base/money.h"
#include "base/out.h"
#include "base/rc.h"
#include "domain/enums.h"

/* The document of a product (CAT-9): what a version of it is.  Its records and fields are the rows of product_doc.def. */

enum { DOC_LINES_MAX = 16000, DOC_BYTES_MAX = 512 << 10 };	/* a text of the store holds four bytes for each character */
#define DOC_USAGE_MAX ((int64_t)1000000000000)

enum doc_type { DOC_TEXT = 1, DOC_LINES, DOC_CODE, DOC_EMAIL, DOC_PHONE, DOC_URL, DOC_I64, DOC_MONEY, DOC_PER_MILLE, DOC_BOOL, DOC_ID, DOC_ENUM, DOC_LIST };

typedef const char *doc_type_TEXT, *doc_type_LINES, *doc_type_CODE, *doc_type_EMAIL, *doc_type_PHONE, *doc_type_URL;
typedef int64_t doc_type_I64, doc_type_PER_MILLE;
typedef struct money doc_type_MONEY;
typedef bool doc_type_BOOL;
typedef uint64_t doc_type_ID;

/* struct doc_price, doc_tier, … doc_product; a list is `struct doc_X *name; size_t name_n`. */
#define RECORD(r, keys) struct doc_##r {
#define F(t, m, least, most, label) doc_type_##t m;
#define E(e, m, least, label) enum e m;
#define L(r, m, most, label) struct doc_##r *m; size_t m##_n;
#define END(r) };
#include "app/product_doc.def"

struct doc_record;
struct doc_field {
	const char *name, *label;	/* in JSON and in forms; key of its message */
	enum doc_type type;
	size_t off, n_off;		/* n_off: of a list's length */
	int64_t least, most;
	const struct enum_def *def;
	const struct doc_record *(*of)(void);	/* of a list: its rows' record */
};
struct doc_record {
	const char *name;
	const struct doc_field *fields;
	size_t n, size, keys;
};
#define RECORD(r, keys) const struct doc_record *doc_##r(void);
#define F(t, m, least, most, label)
#define E(e, m, least, label)
#define L(r, m, most, label)
#define END(r)
#include "app/product_doc.def"

const struct doc_field *doc_find(const struct doc_record *r, const char *name);
static inline void *doc_at(const struct doc_field *f, const void *row) { return (char *)(uintptr_t)row + f->off; }
static inline bool doc_is_text(const struct doc_field *f) { return f->type <= DOC_URL; }
static inline const char *doc_text(const struct doc_field *f, const void *row) { return *(const char **)doc_at(f, row); }
/* Any number of a field: of MONEY its fen, of an enum its value. */
int64_t doc_number(const struct doc_field *f, const void *row);
/* The rows of a list, and how many. */
char *doc_rows(const struct doc_field *f, const void *row, size_t *n);
void doc_set_rows(const struct doc_field *f, void *row, void *rows, size_t n);
/* What a person knows a row by: its name, else its keys. */
const char *doc_title(struct arena *a, const struct doc_record *r, const void *row);
/* Nothing set: texts are "", never NULL. */
void doc_blank(const struct doc_record *r, void *row);

/* RC_MALFORMED: not such a document.  What it does not name is empty; limits are doc_check()'s. */
enum rc doc_read(struct arena *a, const char *json, size_t n, struct doc_product *out) MUST_USE;
const char *doc_write(struct arena *a, const struct doc_product *d);
/* What product_text keeps of its calls; NULL: there are none. */
const char *doc_api(struct arena *a, const struct doc_product *d);
/* One field as JSON. */
void doc_write_value(struct out *o, const struct doc_field *f, const void *row);

/* What is wrong with a document, or still missing in it (then it can be kept, but not submitted). */
struct doc_problem {
	const char *at;			/* "plans.2.prices.0.price" */
	const char *wrong;		/* key of a message with {limit} or {amount} */
	int64_t limit;
	bool missing;
};
enum { DOC_PROBLEMS_MAX = 40 };
struct doc_problems {
	struct doc_problem p[DOC_PROBLEMS_MAX];
	size_t n;
	bool http;			/* development: addresses need not be https */
};
void doc_check(struct arena *a, const struct doc_product *d, struct doc_problems *out);

/* The rows that a value lies in, from the innermost: a price of a plan. */
struct doc_in {
	const struct doc_field *list;
	const void *row;
	const struct doc_in *up;
};
/* One difference of two documents.  before and after are the rows that hold the field (NULL: not there): product, plan, price … */
enum doc_change_kind { CHANGE_VALUE = 1, CHANGE_ROW, CHANGE_ORDER };	/* of a field; a row of the list came or went; its rows stand otherwise */
struct doc_change {
	enum doc_change_kind kind;
	const struct doc_field *field;
	const struct doc_in *in;	/* where it lies; of CHANGE_ROW the row itself; NULL: in the product */
	const void *before, *after;
};
size_t doc_diff(struct arena *a, const struct doc_product *before, const struct doc_product *after, struct doc_change **changes);
#endif
