#include "db/conn.h"

#include "base/log.h"

#include <assert.h>
#include <mysqld_error.h>
#include <stdlib.h>

/* -- variants ---------------------------------------------------------------------------------------------------- */

/* Which fragments stand: bit g - 1 for guard g. */
static unsigned mask_of(const struct query *q, const void *in)
{
	unsigned mask = 0;

	for (int g = 0; g < q->guard_n; g++)
		if (bind_is_set(&q->in[q->guards[g]], in))
			mask |= 1u << g;
	return mask;
}

static bool stands(const struct qpart *p, unsigned mask)
{
	return p->when > 0 ? mask >> (p->when - 1) & 1 : p->when < 0 ? !(mask >> (-p->when - 1) & 1) : true;
}

void stmt_text(struct out *sql, const struct query *q, unsigned variant)
{
	if (q->kind == Q_BULK) {
		out_str(sql, q->parts[0].sql);
		for (unsigned i = 0; i < variant; i++) {
			if (i)
				out_lit(sql, ", ");
			out_str(sql, q->parts[1].sql);
		}
		out_str(sql, q->parts[2].sql);
		return;
	}
	for (int i = 0; i < q->part_n; i++)
		if (stands(&q->parts[i], variant))
			out_str(sql, q->parts[i].sql);
}

static unsigned part_params(struct db *db, unsigned n, const struct query *q, const struct qpart *p, const void *in)
{
	assert(n + (unsigned)p->in_n <= PARAMS_MAX);
	for (int i = 0; i < p->in_n; i++, n++)
		bind_in(&db->params[n], &db->times[n], &q->in[p->in[i]], in);
	return n;
}

unsigned stmt_params(struct db *db, const struct query *q, unsigned variant, const void *in)
{
	unsigned n = 0;

	if (q->kind == Q_BULK) {
		for (unsigned i = 0; i < variant; i++)
			n = part_params(db, n, q, &q->parts[1], (const char *)in + i * q->in_size);
		return n;
	}
	for (int i = 0; i < q->part_n; i++)
		if (stands(&q->parts[i], variant))
			n = part_params(db, n, q, &q->parts[i], in);
	return n;
}

/* -- the statements kept on a connection ------------------------------------------------------------------------- */

static struct stmt **bucket_of(struct db *db, const struct query *q, unsigned variant)
{
	uint64_t h = ((uintptr_t)q ^ variant) * 0x9e3779b97f4a7c15u;
	return &db->bucket[h >> 56];
}

static void forget(struct db *db, struct stmt *st)
{
	struct stmt **at = bucket_of(db, st->q, st->variant);

	while (*at != st)
		at = &(*at)->next;
	*at = st->next;
	mysql_stmt_close(st->s);
	free(st->out);
	free(st->cells);
	*st = (struct stmt){ 0 };
}

void stmt_forget_all(struct db *db)
{
	for (struct stmt *st = db->stmts; st < db->stmts + STMTS_MAX; st++)
		if (st->q)
			forget(db, st);
}

static struct stmt *free_slot(struct db *db)
{
	struct stmt *oldest = db->stmts;

	for (struct stmt *st = db->stmts; st < db->stmts + STMTS_MAX; st++) {
		if (!st->q)
			return st;
		if (st->used < oldest->used)
			oldest = st;
	}
	forget(db, oldest);
	return oldest;
}

/* Buffers for one row, to which the library is bound once for the life of the statement. */
static bool bind_row(struct stmt *st)
{
	int n = st->q->out_n;

	if (!n)
		return true;
	st->out = calloc((size_t)n, sizeof *st->out);
	st->cells = calloc((size_t)n, sizeof *st->cells);
	if (!st->out || !st->cells)
		abort();
	for (int i = 0; i < n; i++)
		bind_out(&st->out[i], &st->cells[i], &st->q->out[i]);
	if (st->q->kind == Q_BULK)	/* the server tells the columns of RETURNING only when it runs */
		return true;
	return mysql_stmt_field_count(st->s) == (unsigned)n && !mysql_stmt_bind_result(st->s, st->out);
}

static bool prepare(struct db *db, struct stmt *st)
{
	struct out sql = { 0 };

	stmt_text(&sql, st->q, st->variant);
	db->queries++;
	bool ok = !mysql_stmt_prepare(st->s, sql.p, sql.n) && bind_row(st);
	out_free(&sql);
	return ok;
}

static enum rc stmt_get(struct db *db, const struct query *q, unsigned variant, struct stmt **out)
{
	struct stmt **bucket = bucket_of(db, q, variant), *st = *bucket;

	while (st && (st->q != q || st->variant != variant))
		st = st->next;
	if (!st) {
		st = free_slot(db);
		*st = (struct stmt){ .q = q, .variant = variant, .next = *bucket, .s = mysql_stmt_init(db->c) };
		*bucket = st;
		if (!st->s)
			abort();
		if (!prepare(db, st)) {
			unsigned err = mysql_stmt_errno(st->s);
			char *text = strdup(mysql_stmt_error(st->s));
			forget(db, st);
			enum rc rc = conn_failed(db, q->at, err, text ? text : "");
			free(text);
			return rc;
		}
	}
	st->used = ++db->tick;
	*out = st;
	return RC_OK;
}

static enum rc failed(struct db *db, struct stmt *st)
{
	return conn_failed(db, st->q->at, mysql_stmt_errno(st->s), mysql_stmt_error(st->s));
}

/* A text with characters that a column cannot hold (a name where a number belongs) is an error for the store; here it is
 * what it means: no row has it.  Columns that do not fit each other fail before, when the statement is prepared. */
static enum rc refused(struct db *db, struct stmt *st)
{
	return mysql_stmt_errno(st->s) == ER_CANT_AGGREGATE_2COLLATIONS ? RC_NOT_FOUND : failed(db, st);
}

/* RC_NOT_FOUND: it ran, and there can be no row. */
static enum rc run(struct db *db, const struct query *q, unsigned variant, const void *in, struct stmt **out)
{
	struct stmt *st = NULL;

	TRY(conn_ready(db));
	if (db->in_tx)
		db_fault("tx_statement");
	TRY(stmt_get(db, q, variant, &st));
	unsigned n = stmt_params(db, q, variant, in);
	assert(n == mysql_stmt_param_count(st->s));
	db->queries++;
	db->last_errno = 0;
	if ((n && mysql_stmt_bind_param(st->s, db->params)) || mysql_stmt_execute(st->s))
		return refused(db, st);
	*out = st;
	return RC_OK;
}

/* -- reads ------------------------------------------------------------------------------------------------------- */

static enum rc fetch_rows(struct stmt *st, struct arena *a, char *rows, size_t n)
{
	const struct query *q = st->q;

	for (size_t i = 0; i < n; i++) {
		int end = mysql_stmt_fetch(st->s);
		if (end && end != MYSQL_DATA_TRUNCATED) {
			log_event('E', "row_not_fetched", LOG_STR("at", q->at), LOG_INT("errno", mysql_stmt_errno(st->s)));
			return RC_INTERNAL;
		}
		for (int col = 0; col < q->out_n; col++)
			TRY(bind_take(st, col, a, rows + i * q->out_size));
	}
	return RC_OK;
}

static enum rc take_rows(struct stmt *st, struct arena *a, char **rows, size_t *n)
{
	const struct query *q = st->q;

	*n = mysql_stmt_num_rows(st->s);
	if (*n > (q->kind == Q_ONE ? 1 : ROWS_MAX)) {
		log_event('E', "too_many_rows", LOG_STR("at", q->at), LOG_INT("rows", *n));
		return RC_INTERNAL;
	}
	*rows = arena_array(a, *n, q->out_size);
	return fetch_rows(st, a, *rows, *n);
}

static enum rc read_once(struct db *db, const struct query *q, struct arena *a, const void *in, char **rows, size_t *n)
{
	struct stmt *st;
	enum rc rc = run(db, q, mask_of(q, in), in, &st);

	*rows = NULL;
	*n = 0;
	if (rc != RC_OK)
		return rc == RC_NOT_FOUND ? RC_OK : rc;
	if (mysql_stmt_store_result(st->s))
		return failed(db, st);
	rc = take_rows(st, a, rows, n);
	mysql_stmt_free_result(st->s);
	return rc;
}

enum rc db_many(struct db *db, const struct query *q, struct arena *a, const void *in, void **rows, size_t *n)
{
	size_t mark = arena_mark(a);
	char *first;

	enum rc rc = read_once(db, q, a, in, &first, n);
	if (rc == RC_AWAY && !db->in_tx) {
		arena_release(a, mark);
		rc = read_once(db, q, a, in, &first, n);
	}
	if (rc == RC_OK)
		*rows = first;
	return rc;
}

enum rc db_one(struct db *db, const struct query *q, struct arena *a, const void *in, void *row)
{
	void *rows;
	size_t n;

	TRY(db_many(db, q, a, in, &rows, &n));
	if (!n)
		return RC_NOT_FOUND;
	memcpy(row, rows, q->out_size);
	return RC_OK;
}

/* -- writes ------------------------------------------------------------------------------------------------------ */

enum rc db_exec(struct tx *tx, const struct query *q, const void *in, uint64_t *changed)
{
	struct stmt *st;

	TRY(run(tx->db, q, mask_of(q, in), in, &st));
	if (changed)
		*changed = mysql_stmt_affected_rows(st->s);
	return RC_OK;
}

/* The next statement takes so many of n rows. */
static size_t bulk_step(const struct query *q, size_t n)
{
	size_t most = PARAMS_MAX / (size_t)q->parts[1].in_n;

	if (most > BULK_ROWS)
		most = BULK_ROWS;
	return n < most ? n : most;
}

enum rc db_bulk(struct tx *tx, const struct query *q, const void *rows, size_t n)
{
	struct stmt *st;

	for (size_t step; n; n -= step, rows = (const char *)rows + step * q->in_size) {
		step = bulk_step(q, n);
		TRY(run(tx->db, q, (unsigned)step, rows, &st));
	}
	return RC_OK;
}

enum rc db_bulk_out(struct tx *tx, const struct query *q, struct arena *a, const void *rows, size_t n, void **out)
{
	char *to = *out = arena_array(a, n, q->out_size);
	struct stmt *st;

	for (size_t step; n; n -= step, rows = (const char *)rows + step * q->in_size, to += step * q->out_size) {
		step = bulk_step(q, n);
		TRY(run(tx->db, q, (unsigned)step, rows, &st));
		if (mysql_stmt_bind_result(st->s, st->out) || mysql_stmt_store_result(st->s))
			return failed(tx->db, st);
		assert(mysql_stmt_num_rows(st->s) == step);
		TRY(fetch_rows(st, a, to, step));
		mysql_stmt_free_result(st->s);
	}
	return RC_OK;
}

struct db *tx_db(struct tx *tx) { return tx->db; }
