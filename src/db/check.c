/* The contract test's side of a query: is what it declares what the schema gives? */
#include "db/admin.h"
#include "db/conn.h"

#include <stdio.h>

struct check {
	struct db *db;
	const struct query *q;
	struct arena *a;
	const char **why;
};

#define REFUSE(c, fmt, ...) (*(c)->why = arena_printf((c)->a, "%s %s: " fmt, (c)->q->at, (c)->q->name, ##__VA_ARGS__), RC_INVALID)

/* -- columns ----------------------------------------------------------------------------------------------------- */

static bool is_int(const MYSQL_FIELD *f)
{
	return f->type == MYSQL_TYPE_TINY || f->type == MYSQL_TYPE_SHORT || f->type == MYSQL_TYPE_INT24 || f->type == MYSQL_TYPE_LONG ||
	       f->type == MYSQL_TYPE_LONGLONG;
}

static bool is_text(const MYSQL_FIELD *f)
{
	return f->type == MYSQL_TYPE_STRING || f->type == MYSQL_TYPE_VAR_STRING || f->type == MYSQL_TYPE_VARCHAR || f->type == MYSQL_TYPE_BLOB;
}

enum { BINARY_CHARSET = 63, MICROSECONDS = 6 };

static const char *misfit(const MYSQL_FIELD *f, enum qtype t)
{
	bool plain = *f->org_name, text = is_text(f) && f->charsetnr != BINARY_CHARSET, uns = f->flags & UNSIGNED_FLAG;
	bool big = f->type == MYSQL_TYPE_LONGLONG;

	switch (t) {
	case Q_U64: return is_int(f) && (uns || !plain) ? NULL : "is not an unsigned integer";
	case Q_I64: case Q_MONEY: return is_int(f) && !(uns && big) ? NULL : "is not an integer that fits 64 bits with sign";
	case Q_I32: return is_int(f) && !big && !(uns && f->type == MYSQL_TYPE_LONG) ? NULL : "is not an integer that fits 32 bits with sign";
	case Q_BOOL: return is_int(f) && f->length == 1 ? NULL : "is not a BOOL";
	case Q_STR: return !text ? "is not text" : f->flags & ENUM_FLAG ? "is an ENUM: declare which" : NULL;
	case Q_BYTES: return is_text(f) && f->charsetnr == BINARY_CHARSET ? NULL : "is not binary";
	case Q_ENUM: return text && (f->flags & ENUM_FLAG || !plain) ? NULL : "is not an ENUM";
	case Q_DATE: return f->type == MYSQL_TYPE_DATE ? NULL : "is not a DATE";
	case Q_INSTANT: return f->type == MYSQL_TYPE_DATETIME && f->decimals == MICROSECONDS ? NULL : "is not a DATETIME(6)";
	}
	return "has an unknown type";
}

/* An ENUM column must be able to hold every name of the C enum, and no other. */
static enum rc check_enum(struct check *c, const MYSQL_FIELD *f, const struct qfield *w)
{
	const char **types;
	size_t n;

	if (!(f->flags & ENUM_FLAG) || !*f->org_table)
		return RC_OK;
	TRY(db_column(c->db, c->a, arena_printf(c->a, "SELECT column_type FROM information_schema.columns WHERE table_schema = DATABASE() "
						"AND table_name = '%s' AND column_name = '%s'", f->org_table, f->org_name), &types, &n));
	if (!n)
		return REFUSE(c, "column %s.%s is not found", f->org_table, f->org_name);
	size_t len = strlen("enum()");
	for (int i = 1; i <= w->def->n; i++) {
		if (!strstr(types[0], arena_printf(c->a, "'%s'", w->def->names[i])))
			return REFUSE(c, "%s.%s cannot be '%s' of enum %s", f->org_table, f->org_name, w->def->names[i], w->def->name);
		len += strlen(w->def->names[i]) + (i > 1 ? 3 : 2);
	}
	if (len != strlen(types[0]))
		return REFUSE(c, "%s.%s has names that enum %s has not: %s", f->org_table, f->org_name, w->def->name, types[0]);
	return RC_OK;
}

static enum rc check_column(struct check *c, const MYSQL_FIELD *f, const struct qfield *w)
{
	bool null = !(f->flags & NOT_NULL_FLAG);
	const char *wrong = misfit(f, w->type);

	if (strcmp(f->name, w->name))
		return REFUSE(c, "column %s is declared as %s", f->name, w->name);
	if (wrong)
		return REFUSE(c, "column %s %s", f->name, wrong);
	if (null && !w->null)
		return REFUSE(c, "column %s may be NULL: declare it with ?", f->name);
	if (!null && w->null)
		return REFUSE(c, "column %s is never NULL: declare it without ?", f->name);
	return w->type == Q_ENUM ? check_enum(c, f, w) : RC_OK;
}

static enum rc check_columns(struct check *c, MYSQL_STMT *s)
{
	const struct query *q = c->q;
	enum rc rc = RC_OK;

	if (mysql_stmt_field_count(s) != (unsigned)q->out_n)
		return REFUSE(c, "gives %u columns, %d are declared", mysql_stmt_field_count(s), q->out_n);
	MYSQL_RES *r = mysql_stmt_result_metadata(s);
	for (int i = 0; r && i < q->out_n && rc == RC_OK; i++)
		rc = check_column(c, mysql_fetch_field_direct(r, (unsigned)i), &q->out[i]);
	mysql_free_result(r);
	return rc;
}

/* -- plans ------------------------------------------------------------------------------------------------------- */

static void sample(const struct qfield *f, void *in)
{
	void *p = (char *)in + f->off;

	switch (f->type) {
	case Q_U64: case Q_I64: case Q_MONEY: *(int64_t *)p = 7; break;
	case Q_INSTANT: *(int64_t *)p = 1767225600000000; break;	/* 2026-01-01 */
	case Q_DATE: *(int32_t *)p = 20454; break;
	case Q_I32: *(int32_t *)p = 7; break;
	case Q_ENUM: *(int *)p = 1; break;
	case Q_BOOL: *(bool *)p = true; break;
	case Q_STR: *(const char **)p = "x"; break;
	case Q_BYTES: *(struct bytes *)p = (struct bytes){ "x", 1 }; break;
	}
}

static unsigned sample_params(struct check *c, unsigned variant)
{
	const struct query *q = c->q;
	unsigned n = q->kind == Q_BULK ? variant : 1;
	char *in = arena_array(c->a, n, q->in_size);

	for (unsigned row = 0; row < n; row++)
		for (int i = 0; i < q->in_n; i++)
			sample(&q->in[i], in + row * q->in_size);
	return stmt_params(c->db, q, variant, in);
}

enum { TABLE = 2, TYPE = 3, POSSIBLE_KEYS = 4, EXTRA = 9, EXPLAIN_COLS = 10, EXPLAIN_TEXT = 256 };

/* In a test's small tables the optimizer may read all of one although there is an index, so the lack of any usable index decides.
 * The first rows in the order of an index, without a condition, are no scan.  Derived tables, `<…>`, are judged by what they are made of. */
static bool reads_all(char row[EXPLAIN_COLS][EXPLAIN_TEXT], bool limit)
{
	bool in_order = limit && !strstr(row[EXTRA], "where") && !strstr(row[EXTRA], "filesort") && !strstr(row[EXTRA], "temporary");

	if (!*row[TABLE] || *row[TABLE] == '<' || *row[POSSIBLE_KEYS])
		return false;
	return !strcmp(row[TYPE], "ALL") || (!strcmp(row[TYPE], "index") && !in_order);
}

static enum rc check_plan(struct check *c, MYSQL_STMT *s, bool limit)
{
	char row[EXPLAIN_COLS][EXPLAIN_TEXT];
	MYSQL_BIND b[EXPLAIN_COLS] = { 0 };

	if (mysql_stmt_field_count(s) != EXPLAIN_COLS)
		return REFUSE(c, "EXPLAIN gives %u columns", mysql_stmt_field_count(s));
	for (int i = 0; i < EXPLAIN_COLS; i++)
		b[i] = (MYSQL_BIND){ .buffer_type = MYSQL_TYPE_STRING, .buffer = row[i], .buffer_length = EXPLAIN_TEXT - 1 };
	if (mysql_stmt_bind_result(s, b) || mysql_stmt_store_result(s))
		return REFUSE(c, "EXPLAIN: %s", mysql_stmt_error(s));
	for (memset(row, 0, sizeof row); mysql_stmt_fetch(s) != MYSQL_NO_DATA; memset(row, 0, sizeof row))
		if (reads_all(row, limit))
			return REFUSE(c, "reads all of %s (%s): add an index, or say why in `-- scan:`", row[TABLE], row[TYPE]);
	return RC_OK;
}

/* -- variants ---------------------------------------------------------------------------------------------------- */

/* The server tells the columns of RETURNING only when it runs: they are asked for as those of a SELECT. */
static enum rc check_returning(struct check *c)
{
	const char *into = strstr(c->q->parts[0].sql, " INTO "), *list = strstr(c->q->parts[2].sql, "RETURNING ");

	if (!into || !list)
		return REFUSE(c, "%s", "INSERT INTO … RETURNING is not found");
	into += strlen(" INTO ");
	const char *sql = arena_printf(c->a, "SELECT %s FROM %.*s", list + strlen("RETURNING "), (int)strcspn(into, " ("), into);
	MYSQL_STMT *s = mysql_stmt_init(c->db->c);
	enum rc rc = mysql_stmt_prepare(s, sql, strlen(sql)) ? REFUSE(c, "%s: %s", sql, mysql_stmt_error(s)) : check_columns(c, s);
	mysql_stmt_close(s);
	return rc;
}

static enum rc check_statement(struct check *c, MYSQL_STMT *s, unsigned variant, bool explain)
{
	struct out sql = { 0 };

	if (explain)
		out_lit(&sql, "EXPLAIN ");
	stmt_text(&sql, c->q, variant);
	out_bytes(&sql, "", 1);
	bool limit = strstr(sql.p, " LIMIT ");
	sql.n--;
	int err = mysql_stmt_prepare(s, sql.p, sql.n);
	out_free(&sql);
	unsigned n = sample_params(c, variant);
	if (err)
		return REFUSE(c, "variant %u: %s", variant, mysql_stmt_error(s));
	if (mysql_stmt_param_count(s) != n)
		return REFUSE(c, "variant %u: %lu question marks, %u parameters", variant, mysql_stmt_param_count(s), n);
	if (!explain)
		return c->q->kind == Q_BULK && c->q->out_n ? check_returning(c) : check_columns(c, s);
	if ((n && mysql_stmt_bind_param(s, c->db->params)) || mysql_stmt_execute(s))
		return REFUSE(c, "EXPLAIN: %s", mysql_stmt_error(s));
	return check_plan(c, s, limit);
}

enum rc db_check_query(struct db *db, const struct query *q, struct arena *a, const char **why)
{
	struct check c = { db, q, a, why };
	bool plan = (q->kind == Q_ONE || q->kind == Q_MANY) && !q->scan;
	unsigned first = q->kind == Q_BULK ? 1 : 0, end = q->kind == Q_BULK ? 3 : 1u << q->guard_n;
	enum rc rc = RC_OK;

	*why = "the store is away";
	TRY(conn_ready(db));
	for (unsigned v = first; v < end && rc == RC_OK; v++)
		for (int explain = 0; explain <= plan && rc == RC_OK; explain++) {
			MYSQL_STMT *s = mysql_stmt_init(db->c);
			rc = check_statement(&c, s, v, explain);
			mysql_stmt_close(s);
		}
	return rc;
}
