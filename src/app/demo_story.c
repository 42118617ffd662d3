#include "app/demo_story.h"

#include <assert.h>
#include <stdio.h>

#include "base/id.h"
#include "base/str.h"
#include "base/time.h"
#include "domain/order.h"
#include "domain/period.h"

enum { STORY_BITS = 20, ID_SPREAD = 512, GRACE_DAYS = 7, KNOWN_AT_LEAST = 300, KNOWN_PM = 20 };
enum { PM_LAPSED = 80, PM_CANCELLED = 150, PM_FAILED = 165 };

struct instant demo_time(struct instant t, uint64_t index)
{
	int64_t mask = (INT64_C(1) << STORY_BITS) - 1;

	return (struct instant){ (t.us & ~mask) | (int64_t)(index & (uint64_t)mask) };
}

uint64_t demo_time_id(struct instant t, uint64_t index, unsigned k)
{
	return id_at(t, k * ID_SPREAD + (uint32_t)((index ^ index >> STORY_BITS) % ID_SPREAD));
}

/* splitmix64: one sequence for each story, so that each can be told alone. */
struct dice { uint64_t state; };

static uint64_t mix(uint64_t z)
{
	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
	z = (z ^ z >> 27) * 0x94d049bb133111ebu;
	return z ^ z >> 31;
}

static struct dice dice_of(const struct demo_teller *t, uint64_t index) { return (struct dice){ mix(mix(t->seed) + index) }; }
static uint64_t roll(struct dice *d, uint64_t below) { return mix(d->state += 0x9e3779b97f4a7c15u) % below; }

/* Small numbers come more often. */
static uint64_t roll_low(struct dice *d, uint64_t below)
{
	uint64_t a = roll(d, below), b = roll(d, below);

	return a < b ? a : b;
}

static struct instant later(const struct demo_story *s, struct instant t, struct dice *d, int64_t least_us, int64_t most_us)
{
	return demo_time(instant_add(t, least_us + (int64_t)roll(d, (uint64_t)(most_us - least_us))), s->index);
}

/* -- who, what, for how much ---------------------------------------------------------------------------------------- */

static const struct demo_buyer *pick_buyer(const struct demo_teller *t, struct dice *d)
{
	static const unsigned char share[] = { 60, 85, 100 };	/* of the known ones, in percent, added up */
	uint64_t known = t->orders * KNOWN_PM / PER_MILLE, r;
	size_t i = 0;

	if (known < KNOWN_AT_LEAST)
		known = KNOWN_AT_LEAST;
	if (t->buyers_n > t->known_n && roll(d, t->orders) >= known)
		return &t->buyers[t->known_n + roll_low(d, t->buyers_n - t->known_n)];
	r = roll(d, 100);
	while (i + 1 < t->known_n && i < sizeof share && r >= share[i])
		i++;
	return &t->buyers[i];
}

/* Plans with a stock are left to people; cloud resources are paid from the balance, measured usage is not ordered. */
static bool orderable(const struct demo_product *p, const struct demo_plan *l)
{
	return !l->stock && l->mode != BILLING_PAY_PER_USE && !str_eq(p->category, "cloud-resource");
}

static const struct demo_plan *pick_plan(const struct demo_product *p, struct dice *d)
{
	size_t first = roll(d, p->plans);

	for (size_t i = 0; i < p->plans; i++) {
		const struct demo_plan *l = &p->plan[(first + i) % p->plans];
		if (orderable(p, l))
			return l;
	}
	return NULL;
}

/* One choice of each option: "code=choice,code=choice". */
static void pick_options(struct demo_story *s, struct dice *d)
{
	const struct demo_plan *l = s->plan;
	size_t len = 0, next;

	for (size_t i = 0; i < l->choices; i = next) {
		for (next = i; next < l->choices && str_eq(l->choice[next].option, l->choice[i].option); next++)
			;
		const struct price_choice *ch = &l->choice[i + roll_low(d, next - i)];
		len += (size_t)snprintf(s->options + len, sizeof s->options - len, "%s%s=%s", i ? "," : "", ch->option, ch->code);
		assert(len < sizeof s->options);
	}
}

static void pick_duration(struct demo_story *s, struct dice *d)
{
	const struct price_duration *p = s->plan->prices ? &s->plan->price[roll_low(d, s->plan->prices)] : NULL;

	if (p && s->plan->mode != BILLING_ONE_OFF) {
		s->duration = p->n;
		s->unit = p->unit;
	}
}

static void set_price(struct demo_story *s, struct dice *d)
{
	const struct demo_plan *l = s->plan;
	uint64_t most = (l->max - l->min) / l->step;

	s->quantity = (int64_t)(l->min + l->step * roll_low(d, (most < 4 ? most : 4) + 1));
	struct price_plan plan = {
		.billing = l->mode, .durations = l->price, .choices = l->choice, .durations_n = l->prices, .choices_n = l->choices,
		.quantity_min = (int64_t)l->min, .quantity_max = (int64_t)l->max, .quantity_step = (int64_t)l->step,
	};
	struct price_ask ask = {
		.kind = ORDER_KIND_PURCHASE, .quantity = s->quantity, .duration = s->duration, .unit = s->unit, .options = s->options,
		.agreed_pm = (int64_t)s->buyer->discount_pm,
	};
	if (price_of(&plan, &ask, &s->price))
		demo_bad("not to be priced", s->product->slug);
	s->payable = s->price.total;
}

static void pick_product(const struct demo_teller *t, struct demo_story *s, struct dice *d)
{
	const struct demo_catalog *c = t->catalog;

	s->duration = 0;
	s->unit = 0;
	s->options[0] = '\0';
	do {
		s->product = &c->product[roll_low(d, c->products)];
		s->plan = pick_plan(s->product, d);
	} while (!s->plan);
	pick_options(s, d);
	pick_duration(s, d);
	set_price(s, d);
}

/* -- how it went --------------------------------------------------------------------------------------------------- */

static void pay(struct demo_story *s, struct dice *d)
{
	s->state = ORDER_PROCESSING;
	s->resource = RESOURCE_PROVISIONING;
	if (!s->payable.fen)
		return;
	s->paying = later(s, s->placed, d, 20 * SECOND_US, 10 * MINUTE_US);
	s->paid = later(s, s->paying, d, 10 * SECOND_US, 3 * MINUTE_US);
}

static void provide(struct demo_story *s, struct dice *d)
{
	struct instant from = s->paid.us ? s->paid : s->placed;

	if (s->product->delivery == DELIVERY_MANUAL)
		s->provided = later(s, from, d, 6 * HOUR_US, 9 * DAY_US);
	else
		s->provided = later(s, from, d, 4 * SECOND_US, 2 * MINUTE_US);
}

static void fail(struct demo_story *s, struct dice *d)
{
	provide(s, d);
	s->state = ORDER_CANCELLED;
	s->resource = RESOURCE_FAILED;
	s->closed = s->provided;
}

/* Its period is over by now, or it goes on. */
static void end_period(const struct demo_teller *t, struct demo_story *s)
{
	struct instant grace;

	if (!s->unit)
		return;
	s->ends = period_end(s->begins, period_anchor(s->begins), s->duration, s->unit, PERIOD_TO_SECOND);
	grace = instant_add(s->ends, GRACE_DAYS * DAY_US);
	if (s->ends.us >= t->now.us)
		return;
	s->resource = grace.us < t->now.us ? RESOURCE_RELEASED : RESOURCE_EXPIRED;
	s->ended = demo_time(instant_add(grace.us < t->now.us ? grace : s->ends, 2 * SECOND_US), s->index);
}

/* What people deliver has settled its order, and its period begins when it was paid (DEL-1, NUM-4). */
static void open_delivery(struct demo_story *s)
{
	s->state = ORDER_COMPLETED;
	s->closed = demo_time(instant_add(s->paid.us ? s->paid : s->placed, 2 * SECOND_US), s->index);
}

static void deliver(const struct demo_teller *t, struct demo_story *s, struct dice *d)
{
	bool people = s->product->delivery == DELIVERY_MANUAL;

	provide(s, d);
	if (people)
		open_delivery(s);
	if (s->provided.us >= t->now.us) {
		s->provided.us = 0;
		return;
	}
	s->state = ORDER_COMPLETED;
	s->resource = RESOURCE_IN_USE;
	s->begins = !people ? s->provided : s->paid.us ? s->paid : s->placed;
	if (!people)
		s->closed = s->provided;
	end_period(t, s);
}

static void cancel(const struct demo_teller *t, struct demo_story *s, struct dice *d, bool lapsed)
{
	s->state = ORDER_CANCELLED;
	s->lapsed = lapsed;
	if (lapsed)
		s->closed = later(s, instant_add(s->placed, t->order_hours * HOUR_US), d, SECOND_US, MINUTE_US);
	else
		s->closed = later(s, s->placed, d, MINUTE_US, t->order_hours * HOUR_US);
}

void demo_story(const struct demo_teller *t, uint64_t index, struct demo_story *s)
{
	struct dice d = dice_of(t, index);
	int64_t span = t->now.us - t->from.us - t->order_hours * HOUR_US - DAY_US, step = span / (int64_t)t->orders;

	*s = (struct demo_story){ .index = index, .kind = ORDER_KIND_PURCHASE, .buyer = pick_buyer(t, &d) };
	s->placed = demo_time(instant_add(t->from, (int64_t)index * step + (int64_t)roll(&d, (uint64_t)step + 1)), index);
	pick_product(t, s, &d);
	uint64_t fate = roll(&d, PER_MILLE);
	if (s->payable.fen && fate < PM_CANCELLED) {
		cancel(t, s, &d, fate < PM_LAPSED);
		return;
	}
	pay(s, &d);
	if (s->payable.fen && fate < PM_FAILED && s->product->delivery == DELIVERY_AUTOMATIC)
		fail(s, &d);
	else
		deliver(t, s, &d);
}

/* -- every state, for those who look ------------------------------------------------------------------------------- */

enum twist { PLAIN = 1, MONTHLY, LAPSES, UNSUBSCRIBES };
static const struct script {
	enum order_state state;
	enum resource_state resource;
	enum delivery_mode delivery;
	int minutes;			/* ago */
	enum twist twist;
} scripts[] = {
	{ ORDER_COMPLETED,  RESOURCE_RELEASED,     DELIVERY_AUTOMATIC, 45 * 1440, MONTHLY },
	{ ORDER_COMPLETED,  RESOURCE_EXPIRED,      DELIVERY_AUTOMATIC, 32 * 1440, MONTHLY },
	{ ORDER_COMPLETED,  RESOURCE_IN_USE,       DELIVERY_MANUAL,    20 * 1440, PLAIN },
	{ ORDER_COMPLETED,  RESOURCE_IN_USE,       DELIVERY_AUTOMATIC, 5 * 1440, MONTHLY },
	{ ORDER_REFUNDING,  0,                     DELIVERY_AUTOMATIC, 1440, UNSUBSCRIBES },
	{ ORDER_CANCELLED,  RESOURCE_FAILED,       DELIVERY_AUTOMATIC, 4 * 1440, PLAIN },
	{ ORDER_CANCELLED,  0,                     DELIVERY_AUTOMATIC, 3 * 1440, LAPSES },
	{ ORDER_CANCELLED,  0,                     DELIVERY_MANUAL,    2 * 1440, PLAIN },
	{ ORDER_IN_REVIEW,  0,                     DELIVERY_MANUAL,    3000, PLAIN },
	{ ORDER_TO_CONFIRM, 0,                     DELIVERY_AUTOMATIC, 1600, PLAIN },
	{ ORDER_COMPLETED,  RESOURCE_PROVISIONING, DELIVERY_MANUAL,    40, PLAIN },
	{ ORDER_COMPLETED,  RESOURCE_PROVISIONING, DELIVERY_MANUAL,    1300, PLAIN },
	{ ORDER_COMPLETED,  RESOURCE_PROVISIONING, DELIVERY_MANUAL,    3 * 1440, PLAIN },
	{ ORDER_COMPLETED,  RESOURCE_PROVISIONING, DELIVERY_MANUAL,    6 * 1440, PLAIN },
	{ ORDER_COMPLETED,  RESOURCE_PROVISIONING, DELIVERY_MANUAL,    12 * 1440, PLAIN },
	{ ORDER_PROCESSING, RESOURCE_PROVISIONING, DELIVERY_AUTOMATIC, 45, PLAIN },
	{ ORDER_TO_PAY,     0,                     DELIVERY_MANUAL,    1300, PLAIN },
	{ ORDER_TO_PAY,     0,                     DELIVERY_AUTOMATIC, 300, PLAIN },
	{ ORDER_TO_PAY,     0,                     DELIVERY_AUTOMATIC, 15, PLAIN },
};
enum { SCRIPTS = sizeof scripts / sizeof *scripts };

size_t demo_scripted(const struct demo_teller *t) { return t->known_n * SCRIPTS; }

/* For its provider's people: of those who are there to look. */
static bool waits(const struct script *sc) { return sc->resource == RESOURCE_PROVISIONING && sc->delivery == DELIVERY_MANUAL; }

static bool fits(const struct script *sc, const struct demo_story *s)
{
	return s->payable.fen && s->product->delivery == sc->delivery && (!waits(sc) || s->product->provider->person) &&
	       (sc->twist != MONTHLY || (s->unit == UNIT_MONTH && s->duration == 1));
}

static void play(const struct demo_teller *t, const struct script *sc, struct demo_story *s, struct dice *d)
{
	switch (sc->state) {
	case ORDER_CANCELLED:
		if (!sc->resource) {
			cancel(t, s, d, sc->twist == LAPSES);
			return;
		}
		pay(s, d);
		fail(s, d);
		return;
	case ORDER_COMPLETED:
		pay(s, d);
		if (waits(sc))
			open_delivery(s);
		else
			deliver(t, s, d);
		return;
	case ORDER_PROCESSING:
		pay(s, d);
		return;
	default:
		s->state = sc->state;
		s->deadline = order_deadline(sc->state, s->placed, t->order_hours);
	}
}

/* The order before is being unsubscribed: what was paid for it is on its way back. */
static void unsubscribe(struct demo_story *s, const struct demo_story *of)
{
	s->kind = ORDER_KIND_UNSUBSCRIBE;
	s->state = ORDER_REFUNDING;
	s->of = of;
	s->product = of->product;
	s->plan = of->plan;
	s->quantity = of->quantity;
	s->duration = of->duration;
	s->unit = of->unit;
	memcpy(s->options, of->options, sizeof s->options);
	s->price = of->price;
	s->payable = of->payable;
}

void demo_script(const struct demo_teller *t, size_t i, const struct demo_story *before, struct demo_story *s)
{
	const struct script *sc = &scripts[i % SCRIPTS];
	struct dice d = dice_of(t, t->orders + i);
	int64_t ago = sc->minutes, most = t->order_hours * 60 - 10;

	ago += (int64_t)roll(&d, (uint64_t)ago / 16 + 1);
	if (sc->state == ORDER_TO_PAY && ago > most)
		ago = most;
	*s = (struct demo_story){ .index = t->orders + i, .kind = ORDER_KIND_PURCHASE, .buyer = &t->buyers[i / SCRIPTS] };
	s->placed = demo_time(instant_add(t->now, -ago * MINUTE_US), s->index);
	if (sc->twist == UNSUBSCRIBES) {
		unsubscribe(s, before);
		return;
	}
	do
		pick_product(t, s, &d);
	while (!fits(sc, s));
	play(t, sc, s, &d);
}
