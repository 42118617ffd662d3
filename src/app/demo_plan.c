#include "app/demo_plan.h"

#include <stdlib.h>

#include "base/str.h"

static char *must_cut(char **rest, const char *sep, const char *line)
{
	char *part = demo_cut(rest, sep);

	if (!part || !*part)
		demo_bad("something is missing in", line);
	return part;
}

static struct money yuan(const char *s)
{
	struct money m;

	if (!money_parse(s, &m))
		demo_bad("not an amount", s);
	return m;
}

static uint64_t whole(const char *s)
{
	uint64_t v;

	if (!str_u64(s, &v))
		demo_bad("not a number", s);
	return v;
}

/* name | mode | unit | least-most/step | summary */
static void take_plan(const struct demo_catalog *c, struct demo_product *p, const char *line)
{
	char *rest = arena_strdup(c->cx->a, line), *range;
	struct demo_plan *l = &p->plan[p->plans++];

	if (p->plans > DEMO_PLANS_MAX)
		demo_bad("too many plans", p->slug);
	l->name = must_cut(&rest, "|", line);
	const char *mode = must_cut(&rest, "|", line);
	l->trial = str_eq(mode, "trial");
	l->mode = l->trial ? BILLING_FREE : (enum billing_mode)enum_of(&billing_mode_enum, mode, strlen(mode));
	if (!l->mode)
		demo_bad("not a billing mode", mode);
	l->unit = must_cut(&rest, "|", line);
	range = must_cut(&rest, "|", line);
	l->min = whole(must_cut(&range, "-", line));
	l->max = whole(must_cut(&range, "/", line));
	l->step = whole(must_cut(&range, "/", line));
	l->summary = must_cut(&rest, "|", line);
	l->id = demo_id(c, "plan:", arena_printf(c->cx->a, "%s/%s", p->slug, l->name));
}

/* "1 month 99.00, 1 year 990.00" */
void demo_prices(const struct demo_catalog *c, struct demo_plan *l, const char *line)
{
	char *rest = arena_strdup(c->cx->a, line);

	for (char *one; (one = demo_cut(&rest, ",")); l->prices++) {
		if (l->prices == DEMO_PRICES_MAX)
			demo_bad("too many prices", line);
		struct price_duration *p = &l->price[l->prices];
		p->n = (int64_t)whole(must_cut(&one, " ", line));
		const char *unit = must_cut(&one, " ", line);
		p->unit = (enum time_unit)enum_of(&time_unit_enum, unit, strlen(unit));
		p->price = yuan(must_cut(&one, " ", line));
		if (!p->unit)
			demo_bad("not a unit of time", unit);
	}
}

/* "+10.00" or "-20%": what a choice adds. */
static void take_effect(struct q_demo_choice_put_in *ch, const char *s)
{
	bool minus = *s == '-';
	size_t n = strlen(s);

	if (*s != '+' && !minus)
		demo_bad("an effect begins with + or -", s);
	if (s[n - 1] == '%')
		ch->effect_pm = (minus ? -10 : 10) * atoi(s + 1);
	else
		ch->effect_fen = minus ? money_neg(yuan(s + 1)) : yuan(s + 1);
}

/* "code name | choice name +10.00 | …" */
static void take_option(const struct demo_catalog *c, struct demo_plan *l, struct demo_plan_rows *rows, const char *line)
{
	char *rest = arena_strdup(c->cx->a, line), *head = must_cut(&rest, "|", line);
	const char *code = must_cut(&head, " ", line), *name = must_cut(&head, "|", line);
	uint64_t position = 1;

	for (char *one; (one = demo_cut(&rest, "|")); position++) {
		if (rows->choices == DEMO_CHOICE_ROWS || l->choices == DEMO_CHOICES_MAX)
			demo_bad("too many choices", line);
		struct q_demo_choice_put_in *ch = &rows->choice[rows->choices++];
		*ch = (struct q_demo_choice_put_in){ .plan = l->id, .option_code = code, .position = position, .option_name = name };
		ch->code = must_cut(&one, " ", line);
		char *effect = strrchr(one, ' ');
		if (effect && (effect[1] == '+' || effect[1] == '-')) {
			*effect = '\0';
			take_effect(ch, effect + 1);
		}
		ch->name = one;
		l->choice[l->choices++] = (struct price_choice){ code, ch->code, ch->effect_fen, ch->effect_pm, name, ch->name };
	}
}

/* "0 0.06/1, 100000 40.00/1000": from how much usage of a month, the price, for how many units. */
static void take_tiers(const struct demo_catalog *c, const struct demo_plan *l, struct demo_plan_rows *rows, const char *line)
{
	char *rest = arena_strdup(c->cx->a, line);

	for (char *one; (one = demo_cut(&rest, ",")); rows->tiers++) {
		if (rows->tiers == DEMO_TIER_ROWS)
			demo_bad("too many tiers", line);
		struct q_demo_tier_put_in *t = &rows->tier[rows->tiers];
		t->plan = l->id;
		t->above = whole(must_cut(&one, " ", line));
		t->price = yuan(must_cut(&one, "/", line));
		t->per = whole(must_cut(&one, "/", line));
	}
}

/* "name option": a component, which lives and ends with what it is bought with; the option says its size. */
static void take_part(const struct demo_catalog *c, const struct demo_plan *l, struct demo_plan_rows *rows, const char *line)
{
	char *rest = arena_strdup(c->cx->a, line);

	if (rows->parts == DEMO_PART_ROWS)
		demo_bad("too many parts", line);
	const char *name = must_cut(&rest, " ", line);
	rows->part[rows->parts] = (struct q_demo_part_put_in){ l->id, rows->parts + 1, name, demo_cut(&rest, " "), true };
	rows->parts++;
}

/* Words that say how its units are sold. */
static void take_also(const struct demo_catalog *c, struct demo_plan *l, const char *line)
{
	char *rest = arena_strdup(c->cx->a, line);

	for (char *word; (word = demo_cut(&rest, " ")); )
		if (str_eq(word, "separate"))
			l->separate = true;
		else if (str_eq(word, "server"))
			l->server = true;
		else if (str_eq(word, "later"))
			l->begin_later = true;
		else
			demo_bad("not known of a plan", word);
}

static void add_rows(const struct demo_product *p, struct demo_plan_rows *rows)
{
	for (const struct demo_plan *l = p->plan; l < p->plan + p->plans; l++) {
		rows->plan[rows->plans] = (struct q_demo_plan_put_in){
			.product = p->id, .id = l->id, .position = rows->plans + 1, .name = l->name, .summary = l->summary, .billing_mode = l->mode, .unit = l->unit,
			.quantity_min = l->min, .quantity_max = l->max, .quantity_step = l->step, .trial = l->trial, .stock = l->stock,
			.separate = l->separate, .server = l->server, .begin_later = l->begin_later, .usage_name = l->usage_name ? l->usage_name : "",
			.package_units = l->package_units,
		};
		rows->plans++;
		for (const struct price_duration *r = l->price; r < l->price + l->prices; r++)
			rows->price[rows->prices++] = (struct q_demo_price_put_in){ l->id, r->unit, (uint64_t)r->n, r->price };
	}
}

/* A field of the plan above it. */
static void take_field(const struct demo_catalog *c, struct demo_plan *l, struct demo_plan_rows *rows, const struct pair *f)
{
	if (str_eq(f->name, "price"))
		demo_prices(c, l, f->value);
	else if (str_eq(f->name, "option"))
		take_option(c, l, rows, f->value);
	else if (str_eq(f->name, "stock"))
		l->stock = whole(f->value);
	else if (str_eq(f->name, "usage"))
		l->usage_name = f->value;
	else if (str_eq(f->name, "package"))
		l->package_units = whole(f->value);
	else if (str_eq(f->name, "tier"))
		take_tiers(c, l, rows, f->value);
	else if (str_eq(f->name, "part"))
		take_part(c, l, rows, f->value);
	else if (str_eq(f->name, "also"))
		take_also(c, l, f->value);
}

void demo_plans(const struct demo_catalog *c, struct demo_product *p, const struct demo_record *r, struct demo_plan_rows *rows)
{
	for (const struct pair *f = r->field; f < r->field + r->n; f++) {
		struct demo_plan *l = p->plans ? &p->plan[p->plans - 1] : NULL;
		if (str_eq(f->name, "plan"))
			take_plan(c, p, f->value);
		else if (l)
			take_field(c, l, rows, f);
	}
	if (!p->plans)
		demo_bad("no plan", p->slug);
	add_rows(p, rows);
}
