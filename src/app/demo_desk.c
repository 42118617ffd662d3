#include "app/demo_catalog.h"
#include "base/time.h"
#include "db/db.h"
#include "q_calendar.h"

enum { DAYS_MAX = 40 };

struct days {
	struct q_workday_put_in row[DAYS_MAX];
	size_t n;
};

static struct date date_read(const char *text)
{
	struct date d;

	if (!text || !date_parse(text, &d))
		demo_bad("no such day", text ? text : "");
	return d;
}

static void add_day(struct days *to, struct date day, bool working, const char *name)
{
	if (to->n == DAYS_MAX)
		demo_bad("too many days", name);
	to->row[to->n++] = (struct q_workday_put_in){ day, working, name };
}

static enum rc put_days(struct tx *tx, void *arg)
{
	const struct days *d = arg;

	return q_workday_put(tx, d->row, d->n);
}

/* A holiday: the days from … to, and those on which it is made up for. */
static enum rc take_holiday(struct demo_catalog *c, const struct demo_record *r)
{
	struct arena *a = c->cx->a;
	char *off = arena_strdup(a, demo_field(r, "off")), *work = arena_strdup(a, demo_field(r, "work"));
	const char *name = r->field->value, *made_up;
	struct date from = date_read(demo_cut(&off, " ")), to = date_read(demo_cut(&off, " "));
	struct days days = { .n = 0 };

	for (struct date d = from; d.days <= to.days; d.days++)
		add_day(&days, d, false, name);
	while ((made_up = demo_cut(&work, " ")) && *made_up)
		add_day(&days, date_read(made_up), true, arena_printf(a, "%s调休", name));
	return db_tx(c->cx->db, a, put_days, &days);
}

enum rc demo_desk(struct demo_catalog *c)
{
	struct demo_reader r;
	struct demo_record rec;

	if (!demo_read(&r, c->cx->a, demo_path(c, "desk")))
		return RC_NOT_FOUND;
	while (demo_next(&r, &rec))
		if (demo_is(&rec, "holiday"))
			TRY(take_holiday(c, &rec));
	return RC_OK;
}
