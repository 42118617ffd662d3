#include "app/calendar.h"

#include <stdlib.h>
#include <time.h>

#include "base/csv.h"
#include "base/str.h"
#include "base/time.h"
#include "q_calendar.h"

enum { KEEP_S = 60, KEEP_SIZE = 256 << 10 };

/* -- reading ------------------------------------------------------------------------------------------------------- */

static struct {
	struct arena a;
	struct calendar c;
	time_t until;
} kept;

static enum rc read_all(struct cx *cx, time_t now)
{
	struct q_workday_list_in in = { .from = date_make(CALENDAR_FIRST_YEAR, 1, 1), .to = date_make(CALENDAR_LAST_YEAR, 12, 31) };
	struct q_workday_list *rows;
	size_t n;

	TRY(q_workday_list(cx->db, cx->a, &in, &rows, &n));
	if (!kept.a.base)
		arena_init(&kept.a, KEEP_SIZE);
	arena_release(&kept.a, 0);
	struct workday *days = ARENA_ARRAY(&kept.a, struct workday, n);
	for (size_t i = 0; i < n; i++)
		days[i] = (struct workday){ rows[i].day, rows[i].working };
	kept.c = (struct calendar){ days, n };
	kept.until = now + KEEP_S;
	return RC_OK;
}

enum rc calendar_now(struct cx *cx, const struct calendar **c)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	if (t.tv_sec >= kept.until)
		TRY(read_all(cx, t.tv_sec));
	*c = &kept.c;
	return RC_OK;
}

/* -- a day ---------------------------------------------------------------------------------------------------------- */

const char *calendar_day_bad(const struct calendar_day *d)
{
	int year = date_civil(d->day).year;

	if (year < CALENDAR_FIRST_YEAR || year > CALENDAR_LAST_YEAR)
		return "calendar.bad_year";
	if (d->kind == DAY_WORKING && calendar_weekday_works(d->day))
		return "calendar.bad_weekday";
	return NULL;
}

static void day_json(struct out *o, struct date day, bool working, const char *name)
{
	char text[TIME_TEXT];

	out_lit(o, "[");
	out_json(o, date_text(day, text));
	out_lit(o, ",");
	out_json(o, day_kind_enum.names[working ? DAY_WORKING : DAY_HOLIDAY]);
	out_lit(o, ",");
	out_json(o, name);
	out_lit(o, "]");
}

/* What changed, for the audit log: the days of that time before, and those that were put. */
static const char *details_of(struct arena *a, const struct q_workday_lock *before, size_t before_n, const struct calendar_day *after, size_t after_n)
{
	struct out o = { 0 };

	out_lit(&o, "{\"before\":[");
	for (size_t i = 0; i < before_n; i++) {
		out_str(&o, i ? "," : "");
		day_json(&o, before[i].day, before[i].working, before[i].name);
	}
	out_lit(&o, "],\"after\":[");
	for (size_t i = 0; i < after_n; i++) {
		out_str(&o, i ? "," : "");
		day_json(&o, after[i].day, after[i].kind == DAY_WORKING, after[i].name);
	}
	out_lit(&o, "]}");
	const char *json = arena_dup(a, o.p, o.n);
	out_free(&o);
	return json;
}

struct changing {
	const char *event;
	struct date from, to;		/* the time that is looked at, and cleared when asked */
	bool clear;
	const struct calendar_day *day;
	size_t n;
};

static enum rc change(struct work *w, void *arg)
{
	const struct changing *c = arg;
	struct arena *a = w->cx->a;
	struct q_workday_lock *before;
	size_t before_n;
	uint64_t n;

	TRY(q_workday_lock(w->tx, a, &(struct q_workday_lock_in){ c->from, c->to }, &before, &before_n));
	if (!before_n && !c->n)
		return RC_NOT_FOUND;
	if (c->clear)
		TRY(q_workday_delete(w->tx, &(struct q_workday_delete_in){ c->from, c->to }, &n));
	struct q_workday_put_in *rows = ARENA_ARRAY(a, struct q_workday_put_in, c->n);
	for (size_t i = 0; i < c->n; i++)
		rows[i] = (struct q_workday_put_in){ c->day[i].day, c->day[i].kind == DAY_WORKING, c->day[i].name };
	if (c->n)
		TRY(q_workday_put(w->tx, rows, c->n));
	work_audit(w, (struct event){ .kind = OBJECT_SYSTEM, .name = c->event, .details = details_of(a, before, before_n, c->day, c->n) });
	w->out.location = arena_printf(a, "/ops/calendar?year=%d", date_civil(c->from).year);
	return RC_OK;
}

static enum rc change_do(struct cx *cx, struct changing *c, struct outcome *out)
{
	kept.until = 0;	/* whoever changes it sees it changed */
	return work_do(cx, change, c, out);
}

enum rc calendar_put(struct cx *cx, const struct calendar_day *d, struct outcome *out)
{
	return change_do(cx, &(struct changing){ .event = "calendar_put", .from = d->day, .to = d->day, .day = d, .n = 1 }, out);
}

enum rc calendar_remove(struct cx *cx, struct date day, struct outcome *out)
{
	return change_do(cx, &(struct changing){ .event = "calendar_remove", .from = day, .to = day, .clear = true }, out);
}

/* -- many ----------------------------------------------------------------------------------------------------------- */

static enum day_kind kind_of(const char *s)
{
	static const struct { const char *word; enum day_kind kind; } words[] = {
		{ "holiday", DAY_HOLIDAY }, { "放假", DAY_HOLIDAY }, { "休", DAY_HOLIDAY },
		{ "working", DAY_WORKING }, { "上班", DAY_WORKING }, { "班", DAY_WORKING },
	};

	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (str_eq(s, words[i].word))
			return words[i].kind;
	return 0;
}

static const char *read_row(struct arena *a, const char *const *field, size_t n, const struct calendar_text *t, struct calendar_day *d)
{
	if (n != 3)
		return "calendar.line_fields";
	if (!date_parse(str_trim(a, field[0]), &d->day))
		return "calendar.line_date";
	d->kind = kind_of(str_trim(a, field[1]));
	if (!d->kind)
		return "calendar.line_kind";
	d->name = str_trim(a, field[2]);
	if (!*d->name || str_chars(d->name) > CALENDAR_NAME_MAX)
		return "calendar.line_name";
	if (calendar_day_bad(d))
		return str_eq(calendar_day_bad(d), "calendar.bad_year") ? "calendar.line_year" : "calendar.line_weekday";
	for (size_t i = 0; i < t->n; i++)
		if (t->day[i].day.days == d->day.days)
			return "calendar.line_twice";
	return t->n == CALENDAR_ROWS_MAX ? "calendar.line_many" : NULL;
}

static bool of_names(struct arena *a, const char *const *field, size_t n)
{
	const char *first = str_trim(a, field[0]);

	return n == 3 && (str_eq(first, "date") || str_eq(first, "日期"));
}

void calendar_read(struct arena *a, const char *csv, struct calendar_text *t)
{
	struct csv r = { .at = csv };
	const char *field[3];
	size_t n;

	*t = (struct calendar_text){ .day = ARENA_ARRAY(a, struct calendar_day, CALENDAR_ROWS_MAX) };
	while ((n = csv_row(&r, a, field, 3)) && t->bad_n < CALENDAR_BAD_MAX) {
		struct calendar_day d = { 0 };
		if (r.line == 1 && of_names(a, field, n))
			continue;
		const char *error = read_row(a, field, n, t, &d);
		if (error)
			t->bad[t->bad_n++] = (struct calendar_bad){ r.line, error };
		else
			t->day[t->n++] = d;
	}
}

static int by_day(const void *a, const void *b)
{
	const struct calendar_day *x = a, *y = b;

	return (x->day.days > y->day.days) - (x->day.days < y->day.days);
}

enum rc calendar_import(struct cx *cx, const struct calendar_text *t, bool replace, struct outcome *out)
{
	qsort(t->day, t->n, sizeof *t->day, by_day);
	struct changing c = { .event = replace ? "calendar_replace" : "calendar_merge", .clear = replace, .day = t->day, .n = t->n };
	int first = date_civil(t->day[0].day).year, last = date_civil(t->day[t->n - 1].day).year;
	c.from = date_make(first, 1, 1);
	c.to = date_make(last, 12, 31);
	return change_do(cx, &c, out);
}
