#include "domain/price.h"

#include <assert.h>

/* The sum so far is kept exactly, in fen / SCALE: list price, per mille of an option, of an agreement, of a coupon.  What a
 * line shows is the difference of two rounded sums, so the lines add up to a total that was rounded once. */
typedef __int128 wide;
#define SCALE ((wide)1000000000)
#define LIMIT (MONEY_MAX * SCALE)

struct sum {
	struct price *price;
	wide exact;
};

static int64_t rounded(wide exact) { return (int64_t)((exact + SCALE / 2) / SCALE); }

/* The sum becomes `exact`, never below 0, and a line says so.  Lines that change nothing are left out, but for the first. */
static void go_to(struct sum *s, wide exact, struct price_line line)
{
	struct price *p = s->price;

	if (exact < 0)
		exact = 0;
	line.amount = fen(rounded(exact) - rounded(s->exact));
	s->exact = exact;
	if (line.amount.fen == 0 && line.kind != PRICE_LIST)
		return;
	assert(p->lines_n < PRICE_LINES_MAX);
	p->lines[p->lines_n++] = line;
	p->total = money_add(p->total, line.amount);
	if (line.kind == PRICE_LIST || line.kind == PRICE_OPTION)
		p->list = money_add(p->list, line.amount);
}

/* Durations of one family have a common measure: months, or minutes. */
static bool by_months(enum time_unit u) { return u == UNIT_MONTH || u == UNIT_YEAR; }

static int64_t measure(const struct price_duration *d)
{
	static const int64_t each[] = { [UNIT_MINUTE] = 1, [UNIT_HOUR] = 60, [UNIT_DAY] = 1440, [UNIT_MONTH] = 1, [UNIT_YEAR] = 12 };

	return d->n * each[d->unit];
}

/* The shortest offer of the same family: what the duration discount is counted from. */
static const struct price_duration *shortest(const struct price_plan *plan, const struct price_duration *like)
{
	const struct price_duration *best = like;

	for (size_t i = 0; i < plan->durations_n; i++) {
		const struct price_duration *d = &plan->durations[i];
		if (by_months(d->unit) == by_months(like->unit) && measure(d) < measure(best))
			best = d;
	}
	return best;
}

static bool is_metered(const struct price_plan *plan, const struct price_ask *ask)
{
	return plan->billing == BILLING_PAY_PER_USE || ask->kind == ORDER_KIND_TO_PAY_PER_USE;
}

/* A one-off has one price, whatever its validity. */
static enum price_problem find_duration(const struct price_plan *plan, const struct price_ask *ask, const struct price_duration **out)
{
	static const struct price_duration nothing = { .unit = UNIT_DAY, .n = 1 };

	*out = &nothing;
	if (is_metered(plan, ask) || (plan->billing == BILLING_FREE && !plan->durations_n))
		return ask->unit || ask->duration ? PRICE_DURATION_NOT_OFFERED : 0;
	for (size_t i = 0; i < plan->durations_n; i++) {
		*out = &plan->durations[i];
		if (((*out)->unit == ask->unit && (*out)->n == ask->duration) || (plan->billing == BILLING_ONE_OFF && !ask->unit))
			return 0;
	}
	return PRICE_DURATION_NOT_OFFERED;
}

/* The value that text "a=x,b=y" gives to an option; its length in *n, NULL when it does not name it. */
static const char *value_of(const char *text, const char *option, size_t *n)
{
	size_t len = strlen(option);

	for (const char *p = text; *p; p += *p == ',') {
		size_t item = strcspn(p, ",");
		if (item > len && p[len] == '=' && !memcmp(p, option, len)) {
			*n = item - len - 1;
			return p + len + 1;
		}
		p += item;
	}
	return NULL;
}

static size_t count_items(const char *text)
{
	size_t n = *text != 0;

	for (; *text; text++)
		n += *text == ',';
	return n;
}

/* One choice of each of the plan's options, and nothing else. */
static enum price_problem pick(const struct price_plan *plan, const char *text, const struct price_choice *picked[PRICE_OPTIONS_MAX], size_t *n)
{
	*n = 0;
	for (size_t i = 0, next; i < plan->choices_n; i = next) {
		const char *option = plan->choices[i].option;
		size_t len;
		const char *v = value_of(text, option, &len);
		const struct price_choice *found = NULL;

		for (next = i; next < plan->choices_n && !strcmp(plan->choices[next].option, option); next++)
			if (v && strlen(plan->choices[next].code) == len && !memcmp(plan->choices[next].code, v, len))
				found = &plan->choices[next];
		if (!found)
			return v ? PRICE_OPTION_UNKNOWN : PRICE_OPTION_MISSING;
		assert(*n < PRICE_OPTIONS_MAX);
		picked[(*n)++] = found;
	}
	return count_items(text) == *n ? 0 : PRICE_OPTION_UNKNOWN;
}

static enum price_problem check_quantity(const struct price_plan *plan, int64_t q)
{
	assert(plan->quantity_min >= 1 && plan->quantity_step >= 1 && plan->quantity_max <= PRICE_QUANTITY_MAX);
	if (q < plan->quantity_min || q > plan->quantity_max)
		return PRICE_QUANTITY_RANGE;
	return (q - plan->quantity_min) % plan->quantity_step ? PRICE_QUANTITY_STEP : 0;
}

/* What is bought at all: a trial is converted into something that is paid, and only what has a period goes on. */
static enum price_problem check_kind(const struct price_plan *plan, enum order_kind kind)
{
	bool good = true;

	assert(plan->billing && kind && kind != ORDER_KIND_UNSUBSCRIBE);
	if (kind == ORDER_KIND_CONVERSION)
		good = plan->billing != BILLING_FREE;
	else if (kind == ORDER_KIND_RENEWAL)
		good = plan->billing == BILLING_YEARLY_MONTHLY;
	return good ? 0 : PRICE_KIND_NOT_OFFERED;
}

/* List price and options; the duration discount comes after them but does not touch them. */
static enum price_problem add_list(struct sum *s, const struct price_plan *plan, const struct price_ask *ask,
		const struct price_duration *d, const struct price_choice *const *picked, size_t n)
{
	const struct price_duration *base = shortest(plan, d);
	wide list = base->price.fen * (wide)ask->quantity, priced = d->price.fen * (wide)ask->quantity;

	if (list > MONEY_MAX || priced > MONEY_MAX)
		return PRICE_TOO_LARGE;
	list = list * measure(d) * SCALE / measure(base);
	priced *= SCALE;
	if (list < priced)
		list = priced;
	go_to(s, list, (struct price_line){ .kind = PRICE_LIST });
	for (size_t i = 0; i < n; i++) {
		const struct price_choice *c = picked[i];
		wide each = c->adds.fen * SCALE + d->price.fen * (wide)c->per_mille * (SCALE / PER_MILLE);
		go_to(s, s->exact + each * ask->quantity, (struct price_line){ .kind = PRICE_OPTION, .choice = c });
		if (s->exact > LIMIT)
			return PRICE_TOO_LARGE;
	}
	go_to(s, s->exact - (list - priced), (struct price_line){ .kind = PRICE_DURATION });
	s->price->unit = fen(rounded(s->exact / ask->quantity));
	return s->exact > LIMIT ? PRICE_TOO_LARGE : 0;
}

/* What the plan costs by itself, for anybody. */
static enum price_problem add_plan(struct sum *s, const struct price_plan *plan, const struct price_ask *ask)
{
	const struct price_choice *picked[PRICE_OPTIONS_MAX];
	const struct price_duration *d;
	size_t n;
	enum price_problem bad = find_duration(plan, ask, &d);

	if (bad)
		return bad;
	assert(d->n >= 1 && d->n <= PRICE_DURATION_MAX && d->price.fen >= 0 && d->price.fen <= MONEY_MAX);
	bad = pick(plan, ask->options ? ask->options : "", picked, &n);
	if (bad)
		return bad;
	if (plan->billing != BILLING_FREE && !is_metered(plan, ask))
		return add_list(s, plan, ask, d, picked, n);
	go_to(s, 0, (struct price_line){ .kind = PRICE_LIST });
	return 0;
}

static enum price_problem add_package(struct price *p, const struct price_plan *plan, int64_t quantity)
{
	assert(plan->package_units >= 0);
	if (plan->package_units > PRICE_UNITS_MAX / quantity)
		return PRICE_TOO_LARGE;
	p->package_units = plan->billing == BILLING_PACKAGE ? plan->package_units * quantity : 0;
	return 0;
}

static enum price_problem add_coupon(struct sum *s, const struct price_coupon *c)
{
	if (!c->kind)
		return 0;
	assert(c->per_mille >= 0 && c->per_mille <= PER_MILLE && c->amount.fen >= 0);
	if (s->exact < c->minimum.fen * SCALE)
		return PRICE_COUPON_MINIMUM;
	wide off = c->kind == COUPON_PERCENT ? s->exact * c->per_mille / PER_MILLE : c->amount.fen * SCALE;
	go_to(s, s->exact - off, (struct price_line){ .kind = PRICE_COUPON });
	return 0;
}

enum price_problem price_of(const struct price_plan *plan, const struct price_ask *ask, struct price *out)
{
	struct sum s = { .price = out };

	assert(ask->agreed_pm >= 0 && ask->agreed_pm <= PER_MILLE);
	*out = (struct price){ 0 };
	enum price_problem bad = check_kind(plan, ask->kind);
	if (!bad)
		bad = check_quantity(plan, ask->quantity);
	if (!bad)
		bad = add_plan(&s, plan, ask);
	if (!bad)
		bad = add_package(out, plan, ask->quantity);
	if (bad)
		return bad;
	go_to(&s, s.exact * ask->agreed_pm / PER_MILLE, (struct price_line){ .kind = PRICE_AGREED });
	return add_coupon(&s, &ask->coupon);
}

void price_quoted(struct price *p, struct money total)
{
	if (total.fen == p->total.fen)
		return;
	assert(p->lines_n < PRICE_LINES_MAX && total.fen >= 0);
	p->lines[p->lines_n++] = (struct price_line){ .kind = PRICE_QUOTED, .amount = money_sub(total, p->total) };
	p->total = total;
}

/* 0: the main resource; 1 + i: part i. */
static size_t owner_of(const struct price_line *l, const char *const *options, size_t n)
{
	for (size_t i = 0; i < n && l->kind == PRICE_OPTION && l->amount.fen > 0; i++)
		if (options[i] && !strcmp(options[i], l->choice->option))
			return 1 + i;
	return 0;
}

void price_weights(const struct price *p, const char *const *options, size_t n, int64_t *weights)
{
	int64_t sum = 0;

	memset(weights, 0, (1 + n) * sizeof *weights);
	for (size_t i = 0; i < p->lines_n && p->lines[i].kind <= PRICE_DURATION; i++)
		weights[owner_of(&p->lines[i], options, n)] += p->lines[i].amount.fen;
	if (weights[0] < 0)
		weights[0] = 0;
	for (size_t i = 0; i <= n; i++)
		sum += weights[i];
	if (!sum)
		weights[0] = 1;
}

void price_shares(const struct price *p, const char *const *options, size_t n, struct money *shares)
{
	int64_t weights[1 + PRICE_PARTS_MAX];

	assert(n <= PRICE_PARTS_MAX);
	price_weights(p, options, n, weights);
	money_split(p->total, weights, 1 + n, shares);
}

const char *price_field(enum price_problem p)
{
	switch (p) {
	case PRICE_QUANTITY_RANGE:
	case PRICE_QUANTITY_STEP:
	case PRICE_TOO_LARGE:
		return "quantity";
	case PRICE_DURATION_NOT_OFFERED:
		return "duration";
	case PRICE_OPTION_MISSING:
	case PRICE_OPTION_UNKNOWN:
		return "options";
	case PRICE_COUPON_MINIMUM:
		return "coupon";
	case PRICE_KIND_NOT_OFFERED:
		return "plan";
	}
	assert(!"no problem");
	return "";
}
