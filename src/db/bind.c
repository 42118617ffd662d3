#include "base/log.h"
#include "base/time.h"
#include "db/conn.h"

#include <assert.h>
#include <stdlib.h>

/* -- in ---------------------------------------------------------------------------------------------------------- */

static const void *member(const struct qfield *f, const void *in) { return (const char *)in + f->off; }

bool bind_is_set(const struct qfield *f, const void *in)
{
	const void *p = member(f, in);

	switch (f->type) {
	case Q_U64: case Q_I64: case Q_MONEY: case Q_INSTANT: return *(const int64_t *)p;
	case Q_I32: case Q_DATE: case Q_ENUM: return *(const int32_t *)p;
	case Q_BOOL: return *(const bool *)p;
	case Q_STR: return *(const char *const *)p;
	case Q_BYTES: return ((const struct bytes *)p)->p;
	}
	abort();
}

static void bind_bytes(MYSQL_BIND *b, enum enum_field_types type, const void *p, size_t n)
{
	b->buffer_type = type;
	b->buffer = (void *)p;
	b->buffer_length = n;
}

static void bind_time(MYSQL_BIND *b, MYSQL_TIME *t, enum enum_field_types type, struct civil c)
{
	*t = (MYSQL_TIME){
		.year = (unsigned)c.year, .month = (unsigned)c.month, .day = (unsigned)c.day, .hour = (unsigned)c.hour,
		.minute = (unsigned)c.minute, .second = (unsigned)c.second, .second_part = (unsigned)c.us,
		.time_type = type == MYSQL_TYPE_DATE ? MYSQL_TIMESTAMP_DATE : MYSQL_TIMESTAMP_DATETIME,
	};
	b->buffer_type = type;
	b->buffer = t;
}

static bool needs_value(enum qtype t)
{
	return t == Q_STR || t == Q_BYTES || t == Q_INSTANT || t == Q_DATE || t == Q_ENUM;
}

void bind_in(MYSQL_BIND *b, MYSQL_TIME *t, const struct qfield *f, const void *in)
{
	const void *p = member(f, in);

	*b = (MYSQL_BIND){ .buffer_type = MYSQL_TYPE_LONGLONG, .buffer = (void *)p };
	if ((f->null || needs_value(f->type)) && !bind_is_set(f, in)) {
		assert(f->null);
		b->buffer_type = MYSQL_TYPE_NULL;
		return;
	}
	switch (f->type) {
	case Q_U64: b->is_unsigned = 1; break;
	case Q_I64: case Q_MONEY: break;
	case Q_I32: b->buffer_type = MYSQL_TYPE_LONG; break;
	case Q_BOOL: b->buffer_type = MYSQL_TYPE_TINY; break;
	case Q_STR: bind_bytes(b, MYSQL_TYPE_STRING, *(const char *const *)p, strlen(*(const char *const *)p)); break;
	case Q_BYTES: bind_bytes(b, MYSQL_TYPE_BLOB, ((const struct bytes *)p)->p, ((const struct bytes *)p)->n); break;
	case Q_INSTANT: bind_time(b, t, MYSQL_TYPE_DATETIME, civil_utc(*(const struct instant *)p)); break;
	case Q_DATE: bind_time(b, t, MYSQL_TYPE_DATE, date_civil(*(const struct date *)p)); break;
	case Q_ENUM: {
		int v = *(const int *)p;
		assert(v > 0 && v <= f->def->n);
		bind_bytes(b, MYSQL_TYPE_STRING, f->def->names[v], strlen(f->def->names[v]));
		break;
	} }
}

/* -- out --------------------------------------------------------------------------------------------------------- */

void bind_out(MYSQL_BIND *b, struct cell *c, const struct qfield *f)
{
	*b = (MYSQL_BIND){ .buffer = &c->num, .length = &c->len, .is_null = &c->null, .error = &c->error };
	switch (f->type) {
	case Q_U64: b->is_unsigned = 1; /* fallthrough */
	case Q_I64: case Q_I32: case Q_BOOL: case Q_MONEY: b->buffer_type = MYSQL_TYPE_LONGLONG; break;
	case Q_STR: case Q_ENUM: b->buffer_type = MYSQL_TYPE_STRING; b->buffer_length = TEXT_FIXED; break;
	case Q_BYTES: b->buffer_type = MYSQL_TYPE_BLOB; b->buffer_length = TEXT_FIXED; break;
	case Q_INSTANT: b->buffer_type = MYSQL_TYPE_DATETIME; break;
	case Q_DATE: b->buffer_type = MYSQL_TYPE_DATE; break;
	}
}

static enum rc odd(const struct stmt *st, const struct qfield *f, const char *why)
{
	log_event('E', "odd_column", LOG_STR("at", st->q->at), LOG_STR("column", f->name), LOG_STR("why", why));
	return RC_INTERNAL;
}

/* A text longer than its cell is in the library's memory still: fetching it costs no round trip. */
static char *take_text(struct stmt *st, int col, struct arena *a)
{
	struct cell *c = &st->cells[col];

	if (c->len <= TEXT_FIXED)
		return arena_dup(a, c->text, c->len);
	char *to = arena_alloc(a, c->len + 1);
	MYSQL_BIND b = { .buffer_type = st->out[col].buffer_type, .buffer = to, .buffer_length = c->len };
	if (mysql_stmt_fetch_column(st->s, &b, (unsigned)col, 0))
		return NULL;
	return to;
}

static struct date date_of_time(const MYSQL_TIME *t) { return date_make((int)t->year, (int)t->month, (int)t->day); }

static struct instant instant_of_time(const MYSQL_TIME *t)
{
	int64_t seconds = (int64_t)t->hour * 3600 + t->minute * 60 + t->second;

	return (struct instant){ date_of_time(t).days * DAY_US + seconds * SECOND_US + (int64_t)t->second_part };
}

enum rc bind_take(struct stmt *st, int col, struct arena *a, void *row)
{
	const struct qfield *f = &st->q->out[col];
	struct cell *c = &st->cells[col];
	void *p = (char *)row + f->off;
	char *text;

	if (c->null)
		return f->null ? RC_OK : odd(st, f, "NULL");
	switch (f->type) {
	case Q_U64: case Q_I64: case Q_MONEY:
		*(int64_t *)p = c->num;
		return c->error ? odd(st, f, "out of range") : RC_OK;
	case Q_I32:
		*(int32_t *)p = (int32_t)c->num;
		return *(int32_t *)p == c->num ? RC_OK : odd(st, f, "out of range");
	case Q_BOOL:
		*(bool *)p = c->num;
		return RC_OK;
	case Q_STR:
		*(char **)p = text = take_text(st, col, a);
		return text ? RC_OK : odd(st, f, "not fetched");
	case Q_BYTES:
		*(struct bytes *)p = (struct bytes){ text = take_text(st, col, a), c->len };
		return text ? RC_OK : odd(st, f, "not fetched");
	case Q_INSTANT:
		*(struct instant *)p = instant_of_time(&c->time);
		return RC_OK;
	case Q_DATE:
		*(struct date *)p = date_of_time(&c->time);
		return RC_OK;
	case Q_ENUM:
		*(int *)p = c->len <= TEXT_FIXED ? enum_of(f->def, c->text, c->len) : 0;
		return *(int *)p ? RC_OK : odd(st, f, "unknown name");
	}
	abort();
}
