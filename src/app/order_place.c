#include "app/order.h"

#include "app/coupon.h"
#include "app/order_line.h"
#include "app/quotation.h"
#include "app/review.h"
#include "base/id.h"
#include "base/out.h"
#include "base/str.h"
#include "base/time.h"
#include "q_order_list.h"
#include "q_resource.h"

enum { BEGIN_LATER_DAYS = 365 };	/* how far ahead a package may begin (CAT-7) */
enum { STOCK_UNLIMITED = INT32_MAX };	/* as the statement gives it for a plan without a stock */

/* One item on its way to be an order. */
struct buying {
	const struct order_item *in;
	struct order_quote quote;
	struct order_now order;
	struct order_lines lines;
};

struct placing {
	const struct order_place_in *in;
	struct order_placed *out;
	struct buying *items;
	uint64_t buyer, combined;
	struct money payable;		/* of all items */
	bool review;
	const char *why;		/* … as the rule says */
	struct date today;
};

static enum rc refuse(struct placing *p, const char *field, const char *error)
{
	p->out->error_field = field;
	p->out->error = error;
	return RC_INVALID;
}

/* Nothing chosen, or a day from today to a year ahead, where the plan offers it. */
static bool begins_right(const struct placing *p, const struct buying *b)
{
	int32_t day = b->in->begin_on.days;

	return !day || (b->quote.sale.begin_later && day >= p->today.days && day <= p->today.days + BEGIN_LATER_DAYS);
}

/* What the buyer agreed to is what would be charged now, or the page is shown again (CAT-4, ORD-10). */
static enum rc agree(struct placing *p, const struct buying *b)
{
	const struct order_quote *q = &b->quote;

	if (q->error)
		return refuse(p, q->error_field, q->error);
	if (q->sale.buyer_freeze)
		return refuse(p, NULL, "order.frozen");
	if (!p->in->agreed)
		return refuse(p, "agree", "order.agree_first");
	if (b->in->product_agreement != q->sale.agreement_version || p->in->platform_agreement != q->sale.platform_agreement)
		return refuse(p, "agree", "order.agreement_changed");
	if (!begins_right(p, b))
		return refuse(p, "begin_on", "order.begin_wrong");
	p->out->price_changed = b->in->seen.fen != q->price.total.fen;
	return p->out->price_changed ? RC_INVALID : RC_OK;
}

/* Is it the chosen one of its option? */
static bool chosen(const char *options, const struct q_choice_list *c)
{
	size_t n = strlen(c->option_code), m = strlen(c->code);

	for (const char *s = options; *s; s += strcspn(s, ","), s += *s == ',')
		if (!strncmp(s, c->option_code, n) && s[n] == '=' && strcspn(s + n + 1, ",") == m && !strncmp(s + n + 1, c->code, m))
			return true;
	return false;
}

/* What was chosen, under the names that it had then. */
static void choices_json(struct out *o, const char *options, const struct order_quote *q)
{
	const char *sep = "{\"option\":";

	for (size_t i = 0; options && i < q->choices_n; i++) {
		const struct q_choice_list *c = &q->choices[i];
		if (!chosen(options, c))
			continue;
		out_str(o, sep);
		out_json(o, c->option_code);
		out_lit(o, ",\"name\":");
		out_json(o, c->option_name);
		out_lit(o, ",\"choice\":");
		out_json(o, c->name);
		out_lit(o, "}");
		sep = ",{\"option\":";
	}
}

static const char *plan_json(struct cx *cx, const struct order_choice *c, const struct order_quote *q)
{
	struct out o = { 0 };

	out_lit(&o, "{\"plan\":");
	out_json(&o, q->sale.plan_name);
	out_lit(&o, ",\"unit\":");
	out_json(&o, q->sale.unit);
	out_lit(&o, ",\"options\":");
	out_json(&o, c->options);
	out_lit(&o, ",\"choices\":[");
	choices_json(&o, c->options, q);
	out_lit(&o, "],\"prices\":[");
	for (size_t i = 0; i < q->prices_n; i++) {
		const struct q_plan_price_list *p = &q->prices[i];
		out_str(&o, i ? ",{\"duration\":" : "{\"duration\":");
		out_i64(&o, (int64_t)p->duration);
		out_lit(&o, ",\"unit\":");
		out_json(&o, enum_name(&time_unit_enum, (int)p->duration_unit));
		out_lit(&o, ",\"price\":");
		out_i64(&o, p->price.fen);
		out_lit(&o, "}");
	}
	out_lit(&o, "]}");
	const char *json = arena_dup(cx->a, o.p, o.n);
	out_free(&o);
	return json;
}

const char *order_price_json(struct arena *a, const struct price *p)
{
	struct out o = { 0 };

	out_lit(&o, "[");
	for (size_t i = 0; i < p->lines_n; i++) {
		out_str(&o, i ? ",{\"kind\":" : "{\"kind\":");
		out_json(&o, price_line_kind_enum.names[p->lines[i].kind]);
		if (p->lines[i].choice) {
			out_lit(&o, ",\"option\":");
			out_json(&o, p->lines[i].choice->option);
		}
		out_lit(&o, ",\"amount\":");
		out_i64(&o, p->lines[i].amount.fen);
		out_lit(&o, "}");
	}
	out_lit(&o, "]");
	const char *json = arena_dup(a, o.p, o.n);
	out_free(&o);
	return json;
}

/* Once for each organisation, so that nobody tries for ever. */
static enum rc take_trial(struct work *w, struct placing *p, const struct buying *b)
{
	struct q_trial_take_in in = { .buyer = p->buyer, .product = b->order.product, .order = b->order.id, .now = w->cx->now };
	uint64_t n;

	if (!b->quote.sale.trial)
		return RC_OK;
	TRY(q_trial_take(w->tx, &in, &n));
	return n ? RC_OK : refuse(p, "plan", "order.trial_taken");
}

static enum rc take_stock(struct work *w, struct placing *p, const struct buying *b)
{
	struct q_plan_take_in in = { .product = b->order.product, .plan = b->order.plan, .quantity = b->order.quantity };
	uint64_t n;

	if (b->quote.sale.stock == STOCK_UNLIMITED)
		return RC_OK;
	TRY(q_plan_take(w->tx, &in, &n));
	return n ? RC_OK : refuse(p, "quantity", "order.sold_out");
}

/* CAT-5: a trial becomes a paid plan of the same product, once at a time. */
static enum rc check_base(struct work *w, struct placing *p, const struct buying *b)
{
	struct q_resource_base r;

	if (b->order.kind == ORDER_KIND_PURCHASE)
		return b->in->base ? RC_NOT_FOUND : RC_OK;
	TRY(q_resource_base(w->tx, w->cx->a, &(struct q_resource_base_in){ .buyer = p->buyer, .id = b->in->base }, &r));
	if (r.busy)
		return refuse(p, "base", "order.base_busy");
	bool paid = !b->quote.sale.trial && b->order.billing != BILLING_FREE && b->order.billing != BILLING_PAY_PER_USE;
	if (!r.trial || !paid || r.product_id != b->order.product || (r.state != RESOURCE_IN_USE && r.state != RESOURCE_EXPIRED))
		return refuse(p, "plan", "order.not_convertible");
	return RC_OK;
}

/* CAT-6: an image needs a server: one of the buyer's that runs and carries no other, or one of this checkout. */
static enum rc check_host(struct work *w, struct placing *p, struct buying *b)
{
	bool needs = b->quote.sale.delivery_policy == DELIVERED_WITH_SERVER && b->order.kind == ORDER_KIND_PURCHASE;
	struct q_resource_host h;

	if (!b->in->host && !b->in->host_item)
		return needs ? refuse(p, "host", "order.host_missing") : RC_OK;
	if (!needs || (b->in->host && b->in->host_item))
		return refuse(p, "host", "order.host_wrong");
	if (b->order.quantity != 1)
		return refuse(p, "quantity", "order.host_one");
	if (b->in->host_item)
		return RC_OK;
	TRY(q_resource_host(w->tx, w->cx->a, &(struct q_resource_host_in){ .buyer = p->buyer, .id = b->in->host }, &h));
	if (h.state != RESOURCE_IN_USE || !h.server)
		return refuse(p, "host", "order.host_wrong");
	return h.images ? refuse(p, "host", "order.host_taken") : RC_OK;
}

/* The server of this checkout, whose first line it is; its own item comes with it. */
static enum rc join_host(struct placing *p, struct buying *b)
{
	const struct buying *host;

	if (!b->in->host_item)
		return RC_OK;
	if (b->in->host_item > p->in->items_n)
		return refuse(p, "host", "order.host_wrong");
	host = &p->items[b->in->host_item - 1];
	if (host == b || !host->quote.sale.server)
		return refuse(p, "host", "order.host_wrong");
	b->lines.rows->host = host->lines.rows->resource;
	return RC_OK;
}

static enum rc hold(struct work *w, struct placing *p, struct buying *b)
{
	TRY(check_base(w, p, b));
	TRY(check_host(w, p, b));
	TRY(take_trial(w, p, b));
	TRY(take_stock(w, p, b));
	return coupon_hold(w, &b->order, b->quote.coupon ? b->quote.coupon->saves : fen(0));
}

static enum rc insert(struct work *w, const struct placing *p, const struct buying *b)
{
	const struct order_quote *q = &b->quote;
	const struct q_plan_for_sale *s = &q->sale;
	const struct order_choice *c = &b->in->choice;
	const struct order_now *o = &b->order;
	const struct actor *by = &w->cx->actor;
	uint64_t n;
	struct q_order_insert_in order = {
		.id = o->id, .buyer = o->buyer, .number = o->number, .kind = o->kind, .state = o->state, .billing_mode = s->billing_mode, .category = s->category_code,
		.product = o->product, .plan = o->plan, .provider = o->provider, .product_name = s->product_name, .plan_name = s->plan_name,
		.provider_name = s->provider_name, .unit = s->unit, .quantity = o->quantity, .duration = (uint64_t)c->duration, .duration_unit = c->duration_unit,
		.list_total = q->price.list, .payable = o->payable, .creator = by->person, .payer = s->buyer_paying_org ? s->buyer_paying_org : o->buyer,
		.now = w->cx->now, .deadline_at = o->deadline, .combined = o->combined, .coupon = o->coupon, .base = b->in->base, .begin_on = b->in->begin_on, .review = o->review,
	};
	struct q_order_sold_insert_in sold = {
		.order = o->id, .policy_version = s->policy_version, .product_agreement = b->in->product_agreement, .platform_agreement = p->in->platform_agreement,
		.plan = plan_json(w->cx, c, q), .price = order_price_json(w->cx->a, &q->price), .contact = p->in->contact, .memo = p->in->memo ? p->in->memo : "",
		.creator_name = by->name, .tags = b->in->tags ? b->in->tags : "", .options = c->options ? c->options : "",
	};

	enum rc rc = q_order_insert(w->tx, &order, &n);
	TRY(rc == RC_DUPLICATE ? work_again(w) : rc);	/* its number is taken */
	TRY(q_order_sold_insert(w->tx, &sold, &n));
	TRY(q_ordered_plan_put(w->tx, &(struct q_ordered_plan_put_in){ o->buyer, o->plan, s->product_name, s->plan_name }, &n));
	return q_order_line_insert(w->tx, b->lines.rows, b->lines.n);
}

/* One that must be reviewed keeps the whole combined order waiting (ORD-5, ORD-8). */
static enum rc review(struct work *w, struct placing *p, const struct buying *b)
{
	const struct q_plan_for_sale *s = &b->quote.sale;
	struct review_ask ask = { .category = s->category_code, .buyer = p->buyer, .plan = b->order.plan, .plan_review = s->review, .payable = b->order.payable };
	const char *why;
	bool yes;

	TRY(review_needed(w, &ask, &yes, &why));
	p->review |= yes;
	if (yes)
		p->why = why;
	return RC_OK;
}

/* Its price and what the buyer agreed to, before anything is held. */
static enum rc prepare(struct work *w, struct placing *p, struct buying *b)
{
	struct cx *cx = w->cx;
	struct order_choice choice = b->in->choice;
	const char *number = number_new(cx->a, cx->now);

	choice.buyer = p->buyer;
	TRY(order_quote(cx, &choice, &b->quote));
	if (b->in->quotation && !b->quote.error)
		TRY(quotation_take(w, p->buyer, b->in, number, &b->quote.price));
	TRY(agree(p, b));
	b->order = (struct order_now){
		.id = id_new(cx->now), .buyer = p->buyer, .product = b->quote.sale.product_id, .plan = choice.plan, .provider = b->quote.sale.provider_id,
		.quantity = (uint64_t)choice.quantity, .combined = p->combined, .number = number,
		.kind = choice.kind ? choice.kind : ORDER_KIND_PURCHASE, .billing = b->quote.sale.billing_mode, .payable = b->quote.price.total,
		.for_customer = p->in->buyer != 0, .coupon = b->quote.coupon ? b->quote.coupon->claim : 0,
	};
	p->payable = money_add(p->payable, b->order.payable);
	TRY(review(w, p, b));
	if (b->in->base)
		order_lines_base(w, b->in, &b->order, &b->lines);
	else if (order_lines_make(w, b->in, &b->quote, &b->order, &b->lines) != RC_OK)
		return refuse(p, "quantity", "order.too_many_lines");
	return hold(w, p, b);
}

static enum rc begin(struct work *w, struct placing *p, struct buying *b)
{
	struct move m;

	b->order.review = p->review;
	b->order.together = p->combined && p->payable.fen > 0;
	TRY(join_host(p, b));
	TRY(apply_order_begin(w, &b->order, ACTOR_PERSON, &m));
	TRY(insert(w, p, b));
	return apply_order_begun(w, &b->order, &m, p->why);
}

/* Where to go on: paying, else the order itself. */
static const char *location_of(struct arena *a, const struct placing *p, const char *combined)
{
	const struct order_now *o = &p->items->order;

	if (p->in->buyer)
		return arena_printf(a, "/ops/orders/%s", o->number);
	if (o->state == ORDER_TO_PAY)
		return arena_printf(a, "/console/orders/%s/pay", o->number);
	return combined ? arena_printf(a, "/console/orders/combined/%s", combined) : arena_printf(a, "/console/orders/%s", o->number);
}

static const char *answer_of(struct arena *a, const struct placing *p, const char *combined)
{
	struct out o = { 0 };

	if (combined)
		out_printf(&o, "{\"combined\":\"%s\",\"orders\":[", combined);
	for (size_t i = 0; i < p->in->items_n; i++) {
		const struct order_now *x = &p->items[i].order;
		out_printf(&o, "%s{\"number\":\"%s\",\"state\":\"%s\",\"payable\":%lld}", i ? "," : "", x->number, order_state_enum.names[x->state], (long long)x->payable.fen);
	}
	if (combined)
		out_lit(&o, "]}");
	const char *json = arena_dup(a, o.p, o.n);
	out_free(&o);
	return json;
}

static enum rc combine(struct work *w, struct placing *p, const char **number)
{
	uint64_t n;

	*number = NULL;
	if (p->in->items_n == 1)
		return RC_OK;
	p->combined = id_new(w->cx->now);
	*number = number_new(w->cx->a, w->cx->now);
	struct q_order_combined_insert_in in = { .buyer = p->buyer, .id = p->combined, .number = *number, .orders = p->in->items_n, .now = w->cx->now };
	enum rc rc = q_order_combined_insert(w->tx, &in, &n);
	return rc == RC_DUPLICATE ? work_again(w) : rc;
}

static enum rc place(struct work *w, void *arg)
{
	struct placing *p = arg;
	const char *combined;

	*p->out = (struct order_placed){ 0 };
	p->payable = fen(0);
	p->review = false;
	p->why = NULL;
	p->items = ARENA_ARRAY(w->cx->a, struct buying, p->in->items_n);
	TRY(combine(w, p, &combined));
	for (size_t i = 0; i < p->in->items_n; i++) {
		p->out->item = i;
		p->items[i] = (struct buying){ .in = &p->in->items[i] };
		TRY(prepare(w, p, &p->items[i]));
	}
	for (size_t i = 0; i < p->in->items_n; i++) {
		p->out->item = i;
		TRY(begin(w, p, &p->items[i]));
	}
	p->out->number = p->items->order.number;
	w->out = (struct outcome){ 201, location_of(w->cx->a, p, combined), answer_of(w->cx->a, p, combined) };
	return RC_OK;
}

enum rc order_place(struct cx *cx, const struct order_place_in *in, struct order_placed *placed, struct outcome *out)
{
	struct placing p = { .in = in, .out = placed, .buyer = in->buyer ? in->buyer : cx->actor.org, .today = date_of(cx->now) };

	if (in->items_n < 1 || in->items_n > ORDER_ITEMS_MAX)
		return RC_INVALID;
	return work_do(cx, place, &p, out);
}
