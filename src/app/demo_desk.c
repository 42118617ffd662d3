#include "app/demo_catalog.h"
#include "base/money.h"
#include "base/str.h"
#include "base/time.h"
#include "db/db.h"
#include "q_calendar.h"
#include "q_demo.h"

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

static enum rc put_manager(struct tx *tx, void *arg) { return q_demo_manager_put(tx, arg, NULL); }
static enum rc put_rule(struct tx *tx, void *arg) { return q_demo_rule_put(tx, arg, NULL); }

static enum rc take_manager(struct demo_catalog *c, const struct demo_record *r)
{
	struct q_demo_manager_put_in in = { .org = demo_org_of(c, r->field->value)->id, .email = demo_field(r, "person") };

	return db_tx(c->cx->db, c->cx->a, put_manager, &in);
}

static enum rc take_rule(struct demo_catalog *c, const struct demo_record *r)
{
	const char *category = demo_field(r, "category"), *over = demo_field(r, "over");
	struct money amount = { 0 };
	struct q_demo_rule_put_in in = {
		.id = demo_id(c, "review:", r->field->value), .category = *category ? category : NULL, .any_amount = !*over,
		.enabled = !str_eq(demo_field(r, "enabled"), "no"),
		.note = r->field->value,
	};

	if (*over && !money_parse(over, &amount))
		demo_bad("no such amount", over);
	in.amount_over = amount.fen;
	return db_tx(c->cx->db, c->cx->a, put_rule, &in);
}

enum rc demo_desk(struct demo_catalog *c)
{
	static const struct { const char *record; enum rc (*take)(struct demo_catalog *c, const struct demo_record *r); } takes[] = {
		{ "holiday", take_holiday }, { "manager", take_manager }, { "review", take_rule },
	};
	struct demo_reader r;
	struct demo_record rec;

	if (!demo_read(&r, c->cx->a, demo_path(c, "desk")))
		return RC_NOT_FOUND;
	while (demo_next(&r, &rec))
		for (size_t i = 0; i < sizeof takes / sizeof *takes; i++)
			if (demo_is(&rec, takes[i].record))
				TRY(takes[i].take(c, &rec));
	return RC_OK;
}
