/* Paying orders together: ORD-4, ORD-13. */
#include "web/buyer/pay.h"

#include "app/bank.h"
#include "base/str.h"
#include "domain/order.h"
#include "view/phrase.h"
#include "web/buyer/order.h"
#include "web/buyer/transaction.h"
#include "web/list.h"

FORM(pay_form, struct pay_in,
	TEXTS(struct pay_in, orders),
	TEXTS(struct pay_in, voucher),
	IDS(struct pay_in, card),
	ENUM(struct pay_in, channel, payment_channel, .optional = true),
	ENUM(struct pay_in, bank, bank_code, .optional = true),
	TEXT(struct pay_in, seen, .max = 20, .optional = true),
	CHECK(struct pay_in, update))

/* -- which orders -------------------------------------------------------------------------------------------------- */

static bool among(const char *const *numbers, size_t n, const char *number)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(numbers[i], number))
			return true;
	return false;
}

static const char *number_of(const struct web *w) { return w->found.n ? web_param(w, "number") : NULL; }

/* That of the address, else those of the form, each once. */
static struct texts numbers_of(struct cx *cx, const struct web *w, const struct pay_in *in)
{
	const char **v = ARENA_ARRAY(cx->a, const char *, in->orders.n + 1), *number = number_of(w);
	size_t n = 0;

	if (number)
		v[n++] = number;
	for (size_t i = 0; i < in->orders.n && !number; i++)
		if (!among(v, n, in->orders.v[i]))
			v[n++] = in->orders.v[i];
	return (struct texts){ v, n };
}

/* One of a combined order that cannot be paid keeps the others (ORD-5). */
static bool payable(const struct cx *cx, const struct paying *p, const struct q_pay_order_list *o)
{
	for (size_t i = 0; i < p->n; i++) {
		const struct q_pay_order_list *x = &p->row[i];
		bool together = x == o || (o->combined_id && x->combined_id == o->combined_id);
		if (together && (x->state != ORDER_TO_PAY || cx->now.us >= x->deadline_at.us))
			return false;
	}
	return true;
}

static void put(struct view_pay_state *list, size_t *n, const struct q_pay_order_list *o)
{
	list[(*n)++] = (struct view_pay_state){ o->number, o->product_name, o->state, tone_order(o->state) };
}

static struct view_pay_rest sort_out(struct cx *cx, const struct paying *p)
{
	struct view_pay_state *list[4];
	struct view_pay_rest m = { 0 };

	for (size_t i = 0; i < 4; i++)
		list[i] = ARENA_ARRAY(cx->a, struct view_pay_state, p->n);
	m.changed = list[0];
	m.in_review = list[1];
	m.to_confirm = list[2];
	m.remaining = list[3];
	for (const struct q_pay_order_list *o = p->row; o < p->row + p->n; o++)
		if (payable(cx, p, o))
			put(list[3], &m.remaining_n, o);
		else if (o->state == ORDER_IN_REVIEW)
			put(list[1], &m.in_review_n, o);
		else if (o->state == ORDER_TO_CONFIRM)
			put(list[2], &m.to_confirm_n, o);
		else
			put(list[0], &m.changed_n, o);
	m.all_changed = m.changed_n == p->n;
	return m;
}

static void frame(struct cx *cx, struct web *w, const struct paying *p)
{
	w->page.title = MSG_order_pay_title;
	if (p->n == 1)
		CRUMBS(w, web_text(w, MSG_order_pay_title), { web_text(w, MSG_order_list_title), "/console/orders" },
		       { p->row->number, arena_printf(cx->a, "/console/orders/%s", p->row->number) });
	else
		CRUMBS(w, web_text(w, MSG_order_pay_title), { web_text(w, MSG_order_list_title), "/console/orders" });
}

/* Some of them have changed: what is left is asked for again. */
static enum rc show_rest(struct cx *cx, struct web *w, const struct paying *p, const struct view_pay_rest *m)
{
	frame(cx, w, p);
	if (w->req->method == METHOD_POST)
		w->status = rc_info[RC_CONFLICT].http;
	return web_show(w, tpl_buyer_pay_rest, json_pay_rest, m);
}

/* -- the page ------------------------------------------------------------------------------------------------------ */

static const struct view_payment_way *ways_of(struct cx *cx, const char *channels, size_t *n)
{
	struct view_payment_way *v = ARENA_ARRAY(cx->a, struct view_payment_way, payment_channel_n);

	*n = 0;
	for (int c = 1; c <= payment_channel_n; c++)
		if (payment_allows(channels, (enum payment_channel)c))
			v[(*n)++].name = (enum payment_channel)c;
	return v;
}

static void add_orders(struct cx *cx, struct web *w, const struct paying *p, struct view_pay *m)
{
	struct view_pay_order *v = ARENA_ARRAY(cx->a, struct view_pay_order, p->n);

	for (size_t i = 0; i < p->n; i++) {
		const struct q_pay_order_list *o = &p->row[i];
		v[i] = (struct view_pay_order){
			.number = o->number, .product_name = o->product_name, .list_total = o->list_total,
			.payable = o->payable,
			.rest = p->parts.rest[i], .created_at = o->created_at, .deadline_at = o->deadline_at,
			.summary = order_summary(cx, o->plan_name, o->unit, o->quantity, o->duration, o->duration_unit),
			.left = phrase_left(cx->a, cx->lang, cx->now, o->deadline_at),
			.voucher = pay_voucher_field(cx, w, p, i),
		};
		v[i].channels = ways_of(cx, o->channels, &v[i].channels_n);
		m->with_vouchers |= v[i].voucher != NULL;
		m->list_total = money_add(m->list_total, o->list_total);
		m->payable = money_add(m->payable, o->payable);
	}
	m->orders = v;
	m->orders_n = p->n;
}

/* What was taken off the prices, by kind (ORD-13: agreed discounts). */
static void add_less(struct cx *cx, const struct paying *p, struct view_pay *m)
{
	struct money sum[price_line_kind_n + 1] = { 0 };
	struct view_pay_less *v = ARENA_ARRAY(cx->a, struct view_pay_less, price_line_kind_n);
	size_t n;

	for (size_t i = 0; i < p->n; i++) {
		const struct view_price_row *r = order_price_rows(cx, p->row[i].price, NULL, &n);
		for (size_t k = 0; k < n; k++)
			if (r[k].amount.fen < 0)
				sum[r[k].kind] = money_add(sum[r[k].kind], r[k].amount);
	}
	for (int k = 1; k <= price_line_kind_n; k++)
		if (sum[k].fen)
			v[m->less_n++] = (struct view_pay_less){ (enum price_line_kind)k, sum[k] };
	m->less = v;
}

static void add_parts(const struct paying *p, struct view_pay *m)
{
	for (size_t i = 0; i < p->parts.n; i++) {
		const struct part *x = &p->parts.part[i];
		struct money *to = p->holdings[x->holding].kind == HOLDING_CARD ? &m->by_cards : &m->vouchers;
		*to = money_add(*to, x->amount);
	}
	m->rest = p->parts.rest_total;
}

void pay_banks(struct cx *cx, enum bank_code chosen, struct view_pay_channel *c)
{
	struct view_pay_bank *v = ARENA_ARRAY(cx->a, struct view_pay_bank, bank_code_n);

	for (int b = 1; b <= bank_code_n; b++)
		if (bank_account(cx->a, cx->conf, (enum bank_code)b))
			v[c->banks_n++] = (struct view_pay_bank){ (enum bank_code)b, b == (int)chosen };
	c->banks = v;
}

static const char *error_at(struct cx *cx, struct web *w, const char *field)
{
	for (size_t i = 0; i < w->errors.n; i++)
		if (w->errors.e[i].field && str_eq(w->errors.e[i].field, field)) {
			char amount[MONEY_TEXT];
			return MSG_FILL(cx->a, cx->lang, w->errors.e[i].msg,
				{ "amount", money_text(fen(w->errors.e[i].limit), true, amount) }, { "limit", "" });
		}
	return NULL;
}

const struct view_pay_choice *pay_choice(struct web *w, const struct view_pay_channel *channels, size_t n, const char *label)
{
	struct view_pay_choice *c = ARENA_NEW(w->cx->a, struct view_pay_choice);

	*c = (struct view_pay_choice){ .channels = channels, .channels_n = n, .label = label, .error = error_at(w->cx, w, "channel"), .bank_error = error_at(w->cx, w, "bank") };
	return c;
}

static enum rc fill_channel(struct cx *cx, const struct paying *p, enum bank_code bank, struct view_pay_channel *c)
{
	const char *days = arena_printf(cx->a, "%lld", (long long)cx->conf->bank_pay_days);
	struct view_balance balance;
	char text[MONEY_TEXT];

	if (c->name == CHANNEL_B2B) {
		c->hint = MSG_FILL(cx->a, cx->lang, MSG_pay_bank_hint, { "days", days });
		pay_banks(cx, bank ? bank : p->open_n ? p->open->bank : 0, c);
		return RC_OK;
	}
	c->hint = msg_text(cx->lang, MSG_order_pay_wechat_hint);
	if (c->name != CHANNEL_BALANCE)
		return RC_OK;
	TRY(balance_of(cx, p->row->payer_id, &balance));
	c->available = balance.available;
	c->hint = MSG_FILL(cx->a, cx->lang, MSG_pay_balance, { "amount", money_text(c->available, true, text) });
	if (c->available.fen >= p->parts.rest_total.fen)
		return RC_OK;
	c->missing = money_sub(p->parts.rest_total, c->available);
	c->hint = arena_printf(cx->a, "%s %s", c->hint,
		MSG_FILL(cx->a, cx->lang, MSG_pay_balance_short, { "amount", money_text(c->missing, true, text) }));
	return RC_OK;
}

/* Those that every order with something left for a channel may be paid through (ORD-4). */
static bool in_common(const struct paying *p, enum payment_channel c)
{
	for (size_t i = 0; i < p->n; i++)
		if (p->parts.rest[i].fen && !payment_allows(p->row[i].channels, c))
			return false;
	return true;
}

static enum rc add_channels(struct cx *cx, const struct paying *p, const struct pay_in *in, struct view_pay *m)
{
	enum payment_channel chosen = in->channel;
	struct view_pay_channel *v = ARENA_ARRAY(cx->a, struct view_pay_channel, payment_channel_n);

	if (!chosen && p->open_n)
		chosen = p->open->channel;
	for (int c = 1; c <= payment_channel_n && m->rest.fen; c++) {
		if (!in_common(p, (enum payment_channel)c))
			continue;
		v[m->channels_n] = (struct view_pay_channel){ .name = (enum payment_channel)c,
			.chosen = c == (int)chosen };
		TRY(fill_channel(cx, p, in->bank, &v[m->channels_n++]));
	}
	bool any = false;
	for (size_t i = 0; i < m->channels_n; i++)
		any |= v[i].chosen;
	if (m->channels_n && !any)
		v[0].chosen = true;
	m->channels = v;
	return RC_OK;
}

static enum rc show(struct cx *cx, struct web *w, const struct pay_in *in, struct paying *p, size_t asked)
{
	struct view_pay m = { .several = p->n > 1, .added = p->n > asked, .steps = order_steps(cx, 2) };

	TRY(paying_choose(cx, w, in, p));
	add_orders(cx, w, p, &m);
	add_less(cx, p, &m);
	add_parts(p, &m);
	m.cards = pay_cards(cx, p, &m.cards_n);
	TRY(add_channels(cx, p, in, &m));
	m.open = p->open_n ? p->open->payment_number : NULL;
	m.choice = pay_choice(w, m.channels, m.channels_n, web_text(w, MSG_order_pay_how));
	if (p->row->freeze)
		m.frozen = MSG_FILL(cx->a, cx->lang, MSG_pay_frozen_page, { "kind", msg_text(cx->lang,
			(enum msg)freeze_kind_msg[p->row->freeze]) });
	frame(cx, w, p);
	return web_show(w, tpl_buyer_pay, json_pay, &m);
}

enum rc pay_show(struct cx *cx, struct web *w)
{
	const struct pay_in none = { 0 }, *in = w->in ? w->in : &none;
	struct texts numbers = numbers_of(cx, w, in);
	struct paying *p = ARENA_NEW(cx->a, struct paying);

	if (!numbers.n)
		return w->json ? RC_NOT_FOUND : web_see(w, "/console/orders?state=to_pay");
	if (numbers.n <= PAY_ORDERS_MAX)
		TRY(paying_find(cx, numbers.v, numbers.n, p));
	if (numbers.n > PAY_ORDERS_MAX || p->n > PAY_ORDERS_MAX) {
		TRY(list_refuse(w, "orders", MSG_pay_too_many));
		return show_rest(cx, w, p, &(struct view_pay_rest){ 0 });
	}
	struct view_pay_rest rest = sort_out(cx, p);
	if (rest.remaining_n == p->n)
		return show(cx, w, in, p, numbers.n);
	if (number_of(w) && w->req->method == METHOD_GET && rest.all_changed)
		return w->json ? RC_CONFLICT : web_see(w, arena_printf(cx->a, "/console/orders/%s", p->row->number));
	return show_rest(cx, w, p, &rest);
}

/* -- paying -------------------------------------------------------------------------------------------------------- */

static enum rc refused(struct web *w, enum rc rc, const struct payment_refusal *why)
{
	if (!why->error)
		return rc;
	form_refuse(&w->errors, why->field, msg_of(why->error), why->missing.fen);
	return RC_INVALID;
}

enum rc pay_do(struct cx *cx, struct web *w)
{
	const struct pay_in *in = w->in;
	struct texts numbers = numbers_of(cx, w, in);
	struct payment_voucher *v = ARENA_ARRAY(cx->a, struct payment_voucher, in->voucher.n);
	struct money seen;
	struct payment_wish wish = {
		.orders = numbers.v, .orders_n = numbers.n, .channel = in->channel, .bank = in->bank, .vouchers = v,
		.vouchers_n = in->voucher.n,
		.cards = in->card.v, .cards_n = in->card.n,
		.seen = in->seen && money_parse(in->seen, &seen) ? &seen : NULL,
	};
	struct payment_refusal why = { 0 };
	struct outcome out;

	for (size_t i = 0; i < in->voucher.n; i++)
		if (!pay_voucher_read(cx->a, in->voucher.v[i], &v[i]))
			return web_refuse(w, "voucher", MSG_pay_holding_gone);
	if (in->update || numbers.n > PAY_ORDERS_MAX)
		return pay_show(cx, w);
	enum rc rc = payment_start(cx, &wish, &why, &out);
	if (why.orders && !w->json)
		return pay_show(cx, w);
	/* came back and chose otherwise: with a new key it is another payment */
	if (rc == RC_KEY_REUSED && !w->json)
		return web_refuse(w, NULL, MSG_pay_chosen_anew);
	if (rc != RC_OK)
		return refused(w, rc, &why);
	return web_done(w, &out);
}
