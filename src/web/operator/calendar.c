/* The calendar of working days (NUM-5): a year at a glance, changed by hand or by a CSV file. */
#include "app/calendar.h"
#include "base/csv.h"
#include "base/str.h"
#include "q_calendar.h"
#include "view/calendar.h"
#include "web/list.h"

enum { CSV_CHARS = 40000, CSV_BYTES = 128 << 10, WEEKS = 6, MONTHS = 12 };

struct calendar_show_in { int64_t year; };
FORM(calendar_form, struct calendar_show_in,
	INT(struct calendar_show_in, year, .min = CALENDAR_FIRST_YEAR, .max = CALENDAR_LAST_YEAR, .optional = true))
struct calendar_put_in { struct date day; enum day_kind kind; const char *name; };
FORM(calendar_put_form, struct calendar_put_in,
	DATE(struct calendar_put_in, day),
	ENUM(struct calendar_put_in, kind, day_kind),
	TEXT(struct calendar_put_in, name, .max = CALENDAR_NAME_MAX))
struct calendar_import_in { const char *csv; struct bytes file; enum import_mode mode; };
FORM(calendar_import_form, struct calendar_import_in,
	LINES(struct calendar_import_in, csv, .max = CSV_CHARS, .optional = true),
	UPLOAD(struct calendar_import_in, file, .max = CSV_BYTES, .optional = true),
	ENUM(struct calendar_import_in, mode, import_mode))

static int year_of(struct cx *cx, const struct web *w)
{
	const struct calendar_show_in *in = w->found.route->form == &calendar_form ? w->in : NULL;
	const struct calendar_put_in *put = w->found.route->form == &calendar_put_form ? w->in : NULL;
	int year = in && in->year ? (int)in->year : date_civil(put && put->day.days ? put->day : date_of(cx->now)).year;

	return year < CALENDAR_FIRST_YEAR || year > CALENDAR_LAST_YEAR ? date_civil(date_of(cx->now)).year : year;
}

static const enum msg weekdays[] = {
	MSG_calendar_monday, MSG_calendar_tuesday, MSG_calendar_wednesday, MSG_calendar_thursday, MSG_calendar_friday,
	MSG_calendar_saturday, MSG_calendar_sunday,
};

/* The row of a day among those of its year, NULL when it has none. */
static const struct view_calendar_day *row_of(const struct view_calendar_show *m, struct date d)
{
	for (size_t i = 0; i < m->items_n; i++)
		if (m->items[i].day.days == d.days)
			return &m->items[i];
	return NULL;
}

static struct view_calendar_square square_of(struct cx *cx, const struct view_calendar_show *m, struct date d)
{
	const struct view_calendar_day *row = row_of(m, d);

	return (struct view_calendar_square){
		.number = date_civil(d).day, .kind = row ? row->kind : 0, .name = row ? row->name : NULL,
		.weekend = !calendar_weekday_works(d), .today = d.days == date_of(cx->now).days,
	};
}

static struct view_calendar_month month_of(struct cx *cx, const struct view_calendar_show *m, int month)
{
	struct date first = date_make((int)m->year, month, 1);
	int days = month_days((int)m->year, month), lead = calendar_weekday(first);
	struct view_calendar_square *squares = ARENA_ARRAY(cx->a, struct view_calendar_square, WEEKS * 7);
	struct view_calendar_week *weeks = ARENA_ARRAY(cx->a, struct view_calendar_week, WEEKS);
	struct view_calendar_month to = { .number = month, .weeks = weeks, .weeks_n = (size_t)(lead + days + 6) / 7 };

	for (int i = 0; i < days; i++) {
		struct view_calendar_square *s = &squares[lead + i];
		*s = square_of(cx, m, (struct date){ first.days + i });
		to.working += s->kind ? s->kind == DAY_WORKING : !s->weekend;
	}
	for (size_t i = 0; i < to.weeks_n; i++)
		weeks[i] = (struct view_calendar_week){ squares + 7 * i, 7 };
	return to;
}

static void add_grid(struct cx *cx, struct view_calendar_show *m)
{
	struct view_calendar_month *months = ARENA_ARRAY(cx->a, struct view_calendar_month, MONTHS);
	struct view_calendar_year *year = ARENA_NEW(cx->a, struct view_calendar_year);

	for (int i = 0; i < MONTHS; i++) {
		months[i] = month_of(cx, m, i + 1);
		m->working += months[i].working;
	}
	*year = (struct view_calendar_year){ months, MONTHS };
	m->grid = year;
}

static enum rc add_days(struct cx *cx, const struct web *w, struct view_calendar_show *m)
{
	struct q_workday_list_in in = { .from = date_make((int)m->year, 1, 1), .to = date_make((int)m->year, 12, 31) };
	struct q_workday_list *rows;

	TRY(q_workday_list(cx->db, cx->a, &in, &rows, &m->items_n));
	struct view_calendar_day *d = ARENA_ARRAY(cx->a, struct view_calendar_day, m->items_n);
	for (size_t i = 0; i < m->items_n; i++)
		d[i] = (struct view_calendar_day){
			.day = rows[i].day, .kind = rows[i].working ? DAY_WORKING : DAY_HOLIDAY, .name = rows[i].name,
			.weekday = web_text(w, weekdays[calendar_weekday(rows[i].day)]),
		};
	m->items = d;
	return RC_OK;
}

static void add_forms(struct web *w, struct view_calendar_show *m)
{
	struct view_field name = web_field(w, &calendar_put_form, "name", MSG_calendar_name, NULL);
	struct view_field csv = web_field(w, &calendar_import_form, "csv", MSG_calendar_csv, NULL);
	struct view_field file = web_field(w, &calendar_import_form, "file", MSG_calendar_file, NULL);

	name.hint = web_text(w, MSG_calendar_name_hint);
	csv.hint = web_text(w, MSG_calendar_csv_hint);
	csv.wide = true;
	m->day = web_keep(w, web_field(w, &calendar_put_form, "day", MSG_calendar_day, NULL));
	m->kind = web_keep(w, web_enum(w, &calendar_put_form, "kind", MSG_calendar_kind, FIELD_RADIO, day_kind_msg, DAY_HOLIDAY));
	m->name = web_keep(w, name);
	file.hint = web_text(w, MSG_calendar_file_hint);
	m->csv = web_keep(w, csv);
	m->file = web_keep(w, file);
	m->mode = web_keep(w, web_enum(w, &calendar_import_form, "mode", MSG_calendar_mode, FIELD_RADIO, import_mode_msg, IMPORT_MERGE));
}

enum rc calendar_show(struct cx *cx, struct web *w)
{
	struct view_calendar_show m = { .year = year_of(cx, w) };

	TRY(add_days(cx, w, &m));
	add_grid(cx, &m);
	m.before = m.year > CALENDAR_FIRST_YEAR ? m.year - 1 : 0;
	m.after = m.year < CALENDAR_LAST_YEAR ? m.year + 1 : 0;
	m.may_change = permit_allows(PERM_SETTINGS_CHANGE, (enum org_kind)cx->actor.org_kind, cx->actor.roles);
	add_forms(w, &m);
	w->page.title = MSG_calendar_title;
	CRUMBS(w, web_text(w, MSG_calendar_title), { web_text(w, MSG_nav_platform), "/ops" });
	return web_show(w, tpl_operator_calendar, json_calendar_show, &m);
}

/* The same rows that an import takes. */
enum rc calendar_export(struct cx *cx, struct web *w)
{
	int year = year_of(cx, w);
	struct q_workday_list_in in = { .from = date_make(year, 1, 1), .to = date_make(year, 12, 31) };
	struct q_workday_list *rows;
	struct out o = { 0 };
	char day[TIME_TEXT];
	size_t n;

	TRY(q_workday_list(cx->db, cx->a, &in, &rows, &n));
	out_lit(&o, "date,kind,name\r\n");
	for (size_t i = 0; i < n; i++) {
		csv_field(&o, true, date_text(rows[i].day, day));
		csv_field(&o, false, day_kind_enum.names[rows[i].working ? DAY_WORKING : DAY_HOLIDAY]);
		csv_field(&o, false, rows[i].name);
		csv_end(&o);
	}
	const char *text = arena_dup(cx->a, o.p, o.n);
	out_free(&o);
	return web_download(w, "text/csv; charset=utf-8", arena_printf(cx->a, "calendar-%d.csv", year), text);
}

enum rc calendar_put_do(struct cx *cx, struct web *w)
{
	const struct calendar_put_in *in = w->in;
	struct calendar_day d = { in->day, in->kind, in->name };
	const char *bad = calendar_day_bad(&d);
	struct outcome out;

	if (bad)
		return web_refuse(w, "day", msg_of(bad));
	TRY(calendar_put(cx, &d, &out));
	return web_done(w, &out);
}

enum rc calendar_remove_do(struct cx *cx, struct web *w)
{
	struct outcome out;
	struct date day;

	if (!date_parse(web_param(w, "day"), &day))
		return RC_NOT_FOUND;
	TRY(calendar_remove(cx, day, &out));
	return web_done(w, &out);
}

enum rc calendar_import_do(struct cx *cx, struct web *w)
{
	const struct calendar_import_in *in = w->in;
	const char *field = in->file.n ? "file" : "csv", *text = in->file.n ? arena_dup(cx->a, in->file.p, in->file.n) : in->csv;
	struct calendar_text t;
	struct outcome out;

	if (!text || !*text)
		return web_refuse(w, field, MSG_calendar_nothing);
	if (!str_utf8(text, in->file.n ? in->file.n : strlen(text)))
		return web_refuse(w, field, MSG_field_encoding);
	calendar_read(cx->a, text, &t);
	for (size_t i = 0; i < t.bad_n; i++)
		form_refuse(&w->errors, field, msg_of(t.bad[i].error), (int64_t)t.bad[i].line);
	if (t.bad_n)
		return RC_INVALID;
	if (!t.n)
		return web_refuse(w, field, MSG_calendar_nothing);
	TRY(calendar_import(cx, &t, in->mode == IMPORT_REPLACE, &out));
	return web_done(w, &out);
}
