/* What vouchers and cards pay on the payment page: ORD-13. */
#include <inttypes.h>

#include "base/str.h"
#include "web/buyer/pay.h"

static bool asked_for(const struct paying *p, const char *number)
{
	for (size_t i = 0; i < p->n; i++)
		if (str_eq(p->row[i].number, number))
			return true;
	return false;
}

enum rc paying_find(struct cx *cx, const char *const *numbers, size_t n, struct paying *p)
{
	struct q_pay_order_list_in ask = { .buyer = cx->actor.org, .numbers = payment_numbers(cx->a, numbers, n) };

	TRY(q_pay_order_list(cx->db, cx->a, &ask, &p->row, &p->n));
	for (size_t i = 0; i < n; i++)
		if (!asked_for(p, numbers[i]))
			return RC_NOT_FOUND;
	for (size_t i = 0; i < p->n && i < PAY_ORDERS_MAX; i++)
		p->payees[i] = (struct payee){ p->row[i].id, p->row[i].product_id, p->row[i].category_code,
			p->row[i].payable };
	return RC_OK;
}

static enum rc load(struct cx *cx, struct paying *p)
{
	uint64_t ids[PAY_ORDERS_MAX];

	for (size_t i = 0; i < p->n; i++)
		ids[i] = p->row[i].id;
	TRY(q_voucher_to_pay(cx->db, cx->a, &(struct q_voucher_to_pay_in){ .org = p->row->payer_id, .now = cx->now,
		.limit = HOLDINGS_MAX },
		&p->held, &p->held_n));
	TRY(q_pay_held(cx->db, cx->a, &(struct q_pay_held_in){ .orders = payment_ids(cx->a, ids, p->n) }, &p->open,
		&p->open_n));
	for (size_t i = 0; i < p->held_n; i++) {
		const struct q_voucher_to_pay *v = &p->held[i];
		p->holdings[i] = (struct holding){ v->id, v->kind, v->available, v->minimum, v->categories,
			v->products, v->reusable, v->valid_from, v->valid_to };
		for (size_t k = 0; k < p->open_n; k++)	/* paying in another way sets it free */
			if (p->open[k].voucher_id == v->id)
				p->holdings[i].available.fen += p->open[k].held;
	}
	return RC_OK;
}

bool pay_voucher_read(struct arena *a, const char *text, struct payment_voucher *v)
{
	const char *colon = strchr(text, ':');

	if (!colon || !str_u64(colon + 1, &v->voucher))
		return false;
	v->order = arena_dup(a, text, (size_t)(colon - text));
	return true;
}

static bool find(const struct paying *p, const char *order, uint64_t holding, struct part_pick *to)
{
	for (to->order = 0; to->order < p->n && !str_eq(p->row[to->order].number, order); to->order++)
		;
	for (to->holding = 0; to->holding < p->held_n && p->holdings[to->holding].id != holding; to->holding++)
		;
	return to->order < p->n && to->holding < p->held_n && p->holdings[to->holding].kind == HOLDING_VOUCHER;
}

static void pick(struct cx *cx, struct web *w, const struct pay_in *in, struct paying *p)
{
	struct payment_voucher v;

	for (size_t i = 0; i < in->voucher.n; i++) {
		bool found = pay_voucher_read(cx->a, in->voucher.v[i], &v) && p->picks_n < PAY_ORDERS_MAX &&
			find(p, v.order, v.voucher, &p->picks[p->picks_n]);
		p->picks_n += found;
		if (!found && !w->errors.n)
			web_refuse(w, "voucher", MSG_pay_holding_gone);
	}
	for (size_t i = 0; i < p->held_n; i++)
		for (size_t k = 0; k < in->card.n; k++)
			p->chosen[i] |= p->holdings[i].kind == HOLDING_CARD && p->holdings[i].id == in->card.v[k];
}

/* The page is opened again while a payment is under way: as it was chosen there. */
static void pick_open(struct paying *p)
{
	for (size_t k = 0; k < p->open_n; k++)
		for (size_t i = 0; i < p->n; i++) {
			const struct q_pay_held *h = &p->open[k];
			if (h->order_id == p->row[i].id && h->voucher_id && p->picks_n < PAY_ORDERS_MAX)
				p->picks_n += find(p, p->row[i].number, h->voucher_id, &p->picks[p->picks_n]);
		}
	for (size_t k = 0; k < p->open_n; k++)
		for (size_t i = 0; i < p->held_n; i++)
			p->chosen[i] |= p->holdings[i].kind == HOLDING_CARD &&
				p->holdings[i].id == p->open[k].voucher_id;
}

/* Cards that are not chosen have nothing in the calculation. */
static enum part_problem weigh(struct cx *cx, struct paying *p)
{
	struct holding *h = ARENA_ARRAY(cx->a, struct holding, p->held_n);

	for (size_t i = 0; i < p->held_n; i++) {
		h[i] = p->holdings[i];
		if (h[i].kind == HOLDING_CARD && !p->chosen[i])
			h[i].available.fen = 0;
	}
	p->ask = (struct parts_ask){
		.orders = p->payees, .holdings = h, .orders_n = p->n, .holdings_n = p->held_n, .vouchers = p->picks,
		.vouchers_n = p->picks_n, .now = cx->now,
	};
	return parts_of(&p->ask, &p->parts);
}

enum rc paying_choose(struct cx *cx, struct web *w, const struct pay_in *in, struct paying *p)
{
	enum part_problem problem;

	TRY(load(cx, p));
	if (w->req->method == METHOD_POST || in->update || in->voucher.n || in->card.n)
		pick(cx, w, in, p);
	else
		pick_open(p);
	while ((problem = weigh(cx, p))) {
		if (!w->errors.n)
			web_refuse(w, "voucher", (enum msg)part_problem_msg[problem]);
		p->picks[p->parts.wrong] = p->picks[--p->picks_n];	/* without that one */
	}
	return RC_OK;
}

/* -- rows ---------------------------------------------------------------------------------------------------------- */

static bool picked(const struct paying *p, size_t order, size_t holding)
{
	for (size_t i = 0; i < p->picks_n; i++)
		if (p->picks[i].order == order && p->picks[i].holding == holding)
			return true;
	return false;
}

/* 100.00 · 新人代金券 · 至 2026-12-31 */
static const char *voucher_label(struct cx *cx, const struct q_voucher_to_pay *v, struct money available,
		enum part_problem problem)
{
	char amount[MONEY_TEXT], until[TIME_TEXT];

	money_text(available, true, amount);
	date_text(date_of(instant_add(v->valid_to, -1)), until);
	const char *name = *v->note ? v->note : v->number;
	if (!problem)
		return MSG_FILL(cx->a, cx->lang, MSG_pay_voucher, { "amount", amount }, { "name", name },
			{ "until", until });
	return MSG_FILL(cx->a, cx->lang, MSG_pay_voucher_not, { "amount", amount }, { "name", name },
		{ "why", msg_text(cx->lang, (enum msg)part_problem_msg[problem]) });
}

const struct view_field *pay_voucher_field(struct cx *cx, struct web *w, const struct paying *p, size_t order)
{
	struct view_field *f = ARENA_NEW(cx->a, struct view_field);
	struct view_field_option *o = ARENA_ARRAY(cx->a, struct view_field_option, p->held_n + 1);
	const char *number = p->row[order].number;
	size_t n = 1;

	o[0] = (struct view_field_option){ .value = "", .label = msg_text(cx->lang, MSG_pay_no_voucher) };
	for (size_t i = 0; i < p->held_n; i++) {
		if (p->holdings[i].kind != HOLDING_VOUCHER)
			continue;
		enum part_problem problem = part_problem(&p->holdings[i], &p->payees[order], cx->now);
		o[n++] = (struct view_field_option){
			.value = arena_printf(cx->a, "%s:%" PRIu64, number, p->held[i].id),
			.chosen = picked(p, order, i), .disabled = problem,
			.label = voucher_label(cx, &p->held[i], p->holdings[i].available, problem),
		};
	}
	*f = (struct view_field){
		.control = FIELD_SELECT, .id = order ? arena_printf(cx->a, "voucher-%s", number) : "voucher",
		.name = "voucher",
		.label = MSG_FILL(cx->a, cx->lang, MSG_pay_voucher_of, { "number", number }), .options = o,
		.options_n = n,
	};
	for (size_t i = 0; i < w->errors.n && !order; i++)
		if (w->errors.e[i].field && str_eq(w->errors.e[i].field, "voucher"))
			f->error = msg_text(cx->lang, w->errors.e[i].msg);
	return n > 1 ? f : NULL;
}

/* Why a card pays none of them. */
static enum part_problem unfit(const struct paying *p, size_t holding, struct instant now)
{
	enum part_problem problem = 0;

	for (size_t i = 0; i < p->n; i++)
		if (!(problem = part_problem(&p->holdings[holding], &p->payees[i], now)))
			return 0;
	return problem;
}

const struct view_pay_card *pay_cards(struct cx *cx, const struct paying *p, size_t *n)
{
	struct view_pay_card *c = ARENA_ARRAY(cx->a, struct view_pay_card, p->held_n);

	*n = 0;
	for (size_t i = 0; i < p->held_n; i++) {
		const struct q_voucher_to_pay *v = &p->held[i];
		if (v->kind != HOLDING_CARD)
			continue;
		enum part_problem problem = unfit(p, i, cx->now);
		struct view_pay_card m = {
			.id = arena_printf(cx->a, "%" PRIu64, v->id), .number = v->number,
			.available = p->holdings[i].available, .valid_to = instant_add(v->valid_to, -1),
			.chosen = p->chosen[i],
			.why_not = problem ? msg_text(cx->lang, (enum msg)part_problem_msg[problem]) : NULL,
			.note = *v->note ? v->note : msg_text(cx->lang, MSG_pay_card),
		};
		for (size_t k = 0; k < p->parts.n; k++)
			if (p->parts.part[k].holding == i)
				m.amount = money_add(m.amount, p->parts.part[k].amount);
		c[(*n)++] = m;
	}
	return c;
}
