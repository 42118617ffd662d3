#include "domain/voucher.h"

#include <assert.h>
#include <stdio.h>

static const struct { enum voucher_part from, to; } entries[voucher_entry_kind_n + 1] = {
#define ENTRY(kind, from, to) [VOUCHER_EV_##kind] = { VOUCHER_##from, VOUCHER_##to },
#include "domain/voucher.def"
};

struct voucher_change voucher_change(enum voucher_entry_kind kind, struct money amount)
{
	struct voucher_change c = { 0 };

	assert(kind >= 1 && (int)kind <= voucher_entry_kind_n && amount.fen > 0);
	c.part[entries[kind].to] = amount;
	c.part[entries[kind].from] = money_neg(amount);
	c.part[VOUCHER_NOTHING] = fen(0);
	return c;
}

/* Is the word one of those with commas between? */
static bool named(const char *list, const char *word)
{
	size_t n = strlen(word);

	for (const char *s = list; *s; s += strcspn(s, ","), s += *s == ',')
		if (strcspn(s, ",") == n && !memcmp(s, word, n))
			return true;
	return false;
}

static bool in_scope(const struct holding *h, const struct payee *o)
{
	char id[24];

	if (!*h->categories && !*h->products)
		return true;
	snprintf(id, sizeof id, "%llu", (unsigned long long)o->product);
	return named(h->categories, o->category) || named(h->products, id);
}

enum part_problem part_problem(const struct holding *h, const struct payee *o, struct instant now)
{
	if (now.us < h->from.us)
		return PART_NOT_YET;
	if (now.us >= h->to.us)
		return PART_EXPIRED;
	if (h->available.fen <= 0)
		return PART_EMPTY;
	if (!in_scope(h, o))
		return PART_SCOPE;
	return o->payable.fen < h->minimum.fen ? PART_MINIMUM : 0;
}

/* left: of each holding. */
static void take(struct parts *p, const struct holding *h, struct money *left, size_t order, size_t holding)
{
	struct money amount = money_min(*left, p->rest[order]), held = h->reusable ? amount : *left;

	if (!amount.fen)
		return;
	assert(p->n < PARTS_MAX);
	p->part[p->n++] = (struct part){ order, holding, amount, held };
	p->rest[order] = money_sub(p->rest[order], amount);
	*left = money_sub(*left, held);
}

static enum part_problem take_voucher(const struct parts_ask *ask, struct parts *p, struct money *left, const struct part_pick *v)
{
	const struct holding *h = &ask->holdings[v->holding];
	enum part_problem problem = part_problem(h, &ask->orders[v->order], ask->now);

	assert(h->kind == HOLDING_VOUCHER);
	if (problem)
		return problem;
	if (!left[v->holding].fen || p->rest[v->order].fen != ask->orders[v->order].payable.fen)
		return PART_TWICE;	/* it pays another order already, or another one pays this order */
	take(p, h, &left[v->holding], v->order, v->holding);
	return 0;
}

static void take_cards(const struct parts_ask *ask, struct parts *p, struct money *left)
{
	for (size_t h = 0; h < ask->holdings_n; h++)
		for (size_t o = 0; o < ask->orders_n && ask->holdings[h].kind == HOLDING_CARD; o++)
			if (!part_problem(&ask->holdings[h], &ask->orders[o], ask->now))
				take(p, &ask->holdings[h], &left[h], o, h);
}

enum part_problem parts_of(const struct parts_ask *ask, struct parts *out)
{
	struct money left[HOLDINGS_MAX];
	enum part_problem problem = 0;

	assert(ask->orders_n <= PAY_ORDERS_MAX && ask->holdings_n <= HOLDINGS_MAX);
	*out = (struct parts){ 0 };
	for (size_t i = 0; i < ask->holdings_n; i++)
		left[i] = ask->holdings[i].available;
	for (size_t i = 0; i < ask->orders_n; i++) {
		out->rest[i] = ask->orders[i].payable;
		out->total = money_add(out->total, out->rest[i]);
	}
	for (out->wrong = 0; out->wrong < ask->vouchers_n; out->wrong++)
		if ((problem = take_voucher(ask, out, left, &ask->vouchers[out->wrong])))
			return problem;
	take_cards(ask, out, left);
	for (size_t i = 0; i < ask->orders_n; i++)
		out->rest_total = money_add(out->rest_total, out->rest[i]);
	return 0;
}

void parts_return(struct money amount, const struct money *left, size_t n, struct money *back)
{
	int64_t weights[PARTS_MAX] = { 0 };

	assert(n >= 1 && n <= PARTS_MAX);
	for (size_t i = 0; i < n; i++)
		weights[i] = left[i].fen;
	money_split(amount, weights, n, back);
	for (size_t i = 0; i < n; i++)
		assert(back[i].fen <= left[i].fen);
}

enum voucher_state voucher_state(const struct holding *h, struct money reserved, struct instant now)
{
	if (!h->available.fen && !reserved.fen)
		return now.us < h->to.us ? VOUCHER_USED_UP : VOUCHER_EXPIRED;
	if (now.us >= h->to.us)
		return VOUCHER_EXPIRED;
	return now.us < h->from.us ? VOUCHER_NOT_YET : VOUCHER_USABLE;
}
