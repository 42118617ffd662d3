#include "app/quotation.h"

#include "app/message.h"
#include "base/id.h"
#include "base/money.h"
#include "base/str.h"
#include "base/time.h"
#include "domain/resource.h"
#include "q_quotation.h"

struct making {
	const struct quotation_in *in;
	const char **field, **error;
	uint64_t buyer;
	struct order_quote quote;
};

static enum rc refuse(const struct making *m, const char *field, const char *error)
{
	*m->field = field;
	*m->error = error;
	return RC_INVALID;
}

static enum rc find_buyer(struct work *w, struct making *m)
{
	struct q_quotation_buyer_in ask = { .name = m->in->buyer };
	struct q_quotation_buyer *r;
	size_t n;

	if (!str_u64(m->in->buyer, &ask.id))
		ask.id = 0;
	TRY(q_quotation_buyer(tx_db(w->tx), w->cx->a, &ask, &r, &n));
	if (n != 1)
		return refuse(m, "buyer", n ? "quotation.buyer_several" : "quotation.buyer_none");
	m->buyer = r->id;
	return RC_OK;
}

/* What it would cost without the quotation: the choice must be one that can be bought, of this provider. */
static enum rc price_it(struct work *w, struct making *m)
{
	struct order_choice choice = m->in->choice;
	int32_t days = m->in->until.days - date_of(w->cx->now).days;

	if (days < 0 || days > QUOTATION_DAYS_MAX)
		return refuse(m, "until", days < 0 ? "quotation.over" : "quotation.too_long");
	choice.buyer = m->buyer;
	enum rc rc = order_quote(w->cx, &choice, &m->quote);
	if (rc == RC_NOT_FOUND || (rc == RC_OK && m->quote.sale.provider_id != w->cx->actor.org))
		return refuse(m, "plan", "quotation.plan_none");
	TRY(rc);
	if (m->quote.error)
		return refuse(m, m->quote.error_field, m->quote.error);
	bool wants_server = m->quote.sale.delivery_policy == DELIVERED_WITH_SERVER;
	return m->quote.sale.billing_mode == BILLING_PAY_PER_USE || m->quote.sale.trial || wants_server ? refuse(m, "plan", "quotation.plan_wrong") : RC_OK;
}

static const char *options_text(struct arena *a, const struct order_quote *q)
{
	const char *text = "";

	for (size_t i = 0; i < q->price.lines_n; i++) {
		const struct price_choice *c = q->price.lines[i].choice;
		for (size_t k = 0; c && k < q->choices_n; k++)
			if (str_eq(q->choices[k].option_code, c->option) && str_eq(q->choices[k].code, c->code))
				text = arena_printf(a, "%s%s%s: %s", text, *text ? " · " : "", q->choices[k].option_name, q->choices[k].name);
	}
	return text;
}

static enum rc make(struct work *w, void *arg)
{
	struct making *m = arg;
	struct cx *cx = w->cx;
	const struct order_choice *c = &m->in->choice;
	uint64_t n;

	TRY(find_buyer(w, m));
	TRY(price_it(w, m));
	const struct q_plan_for_sale *s = &m->quote.sale;
	struct q_quotation_insert_in row = {
		.id = id_new(cx->now), .number = number_new(cx->a, cx->now), .provider = cx->actor.org, .buyer = m->buyer, .plan = c->plan, .product_name = s->product_name,
		.plan_name = s->plan_name, .unit = s->unit, .quantity = (uint64_t)c->quantity, .duration = (uint64_t)c->duration, .duration_unit = c->duration_unit,
		.options = c->options, .options_text = options_text(cx->a, &m->quote), .list_total = m->quote.price.list, .price = m->in->price, .note = m->in->note,
		.creator_name = cx->actor.name, .now = cx->now, .expires_at = instant_add(date_begin((struct date){ m->in->until.days + 1 }), -SECOND_US),
	};
	enum rc rc = q_quotation_insert(w->tx, &row, &n);
	TRY(rc == RC_DUPLICATE ? work_again(w) : rc);	/* its number is taken */
	TRY(message_about(w, MESSAGE_QUOTATION_OFFERED, &(struct message_of){ m->buyer, row.number, row.product_name, NULL, row.price, row.expires_at }));
	work_audit(w, (struct event){ .kind = OBJECT_QUOTATION, .object = row.id, .org = m->buyer, .name = "quote", .to = quotation_state_enum.names[QUOTATION_OPEN] });
	w->out = (struct outcome){ 201, arena_printf(cx->a, "/provider/quotations/%s", row.number), arena_printf(cx->a, "{\"number\":\"%s\"}", row.number) };
	return RC_OK;
}

enum rc quotation_make(struct cx *cx, const struct quotation_in *in, const char **field, const char **error, struct outcome *out)
{
	return work_do(cx, make, &(struct making){ .in = in, .field = field, .error = error }, out);
}

static enum rc end(struct work *w, const struct q_quotation_lock *q, enum quotation_state to, const char *event, const char *order)
{
	uint64_t n;

	TRY(q_quotation_close(w->tx, &(struct q_quotation_close_in){ q->id, to, order }, &n));
	if (!n)
		return RC_CONFLICT;
	work_audit(w, (struct event){
		.kind = OBJECT_QUOTATION, .object = q->id, .org = q->buyer_id, .name = event, .from = quotation_state_enum.names[QUOTATION_OPEN], .to = quotation_state_enum.names[to], .why = order,
	});
	return RC_OK;
}

static enum rc withdraw(struct work *w, void *arg)
{
	const char *number = arg;
	struct q_quotation_lock q;

	TRY(q_quotation_lock(w->tx, w->cx->a, &(struct q_quotation_lock_in){ number }, &q));
	if (q.provider_id != w->cx->actor.org)
		return RC_NOT_FOUND;
	w->out.location = arena_printf(w->cx->a, "/provider/quotations/%s", number);
	return end(w, &q, QUOTATION_WITHDRAWN, "withdraw", NULL);
}

enum rc quotation_withdraw(struct cx *cx, const char *number, struct outcome *out) { return work_do(cx, withdraw, (void *)number, out); }

enum rc quotation_take(struct work *w, uint64_t buyer, const struct order_item *item, const char *order, struct price *price)
{
	const struct order_choice *c = &item->choice;
	struct q_quotation_lock q;

	TRY(q_quotation_lock(w->tx, w->cx->a, &(struct q_quotation_lock_in){ item->quotation }, &q));
	if (q.buyer_id != buyer)
		return RC_NOT_FOUND;
	bool same = q.plan_id == c->plan && q.quantity == (uint64_t)c->quantity && q.duration == (uint64_t)c->duration && q.duration_unit == c->duration_unit && str_eq(q.options, c->options);
	if (!same || c->coupon || c->best_coupon || q.expires_at.us <= w->cx->now.us)
		return RC_CONFLICT;
	price_quoted(price, q.price);
	return end(w, &q, QUOTATION_ACCEPTED, "accept", order);
}

enum rc quotation_accept(struct cx *cx, const char *number, const struct quotation_yes *yes, struct order_placed *placed, struct outcome *out)
{
	struct q_quotation_show q;

	TRY(q_quotation_show(cx->db, cx->a, &(struct q_quotation_show_in){ .number = number, .buyer = cx->actor.org }, &q));
	struct order_item item = {
		.choice = { .plan = q.plan_id, .quantity = (int64_t)q.quantity, .duration = (int64_t)q.duration, .duration_unit = q.duration_unit, .options = q.options },
		.seen = yes->seen, .product_agreement = yes->product_agreement, .quotation = number,
	};
	struct order_place_in in = { .items = &item, .items_n = 1, .contact = yes->contact, .memo = q.note, .agreed = yes->agreed, .platform_agreement = yes->platform_agreement };

	return order_place(cx, &in, placed, out);
}
