#include "app/demo_rows.h"

#include <assert.h>

#include "app/ledger.h"
#include "app/order.h"
#include "base/id.h"
#include "base/out.h"
#include "base/time.h"

enum { POLICY_VERSION = 1, AGREEMENT_VERSION = 1, TRIES = 5, TRY_MS = 5004, SIGN_ID_MAX = 1000000000 };
#define PAYMENT_LIFE_US (2 * HOUR_US)
#define TRIES_TAKE_US   (51 * MINUTE_US + 10 * SECOND_US)	/* until the sixth try (PRV-5) */
#define PERSON_ADDRESS  "203.0.113.8"

/* Which of the ids of one moment is what. */
enum { AT_ORDER, AT_RESOURCE, AT_PLACE };
enum { AT_PAYMENT, AT_CREATED, AT_WAITING };
enum { AT_MONEY_IN, AT_ORDER_PAID, AT_SUCCEEDED, AT_PAY, AT_OUTBOX };
enum { AT_REFUND, AT_PROVIDED, AT_SETTLED };
enum { AT_ENDED, AT_LAPSED };

/* The story that is being written down, and the names its rows share. */
struct writing {
	struct demo_writer *w;
	const struct demo_story *s;
	uint64_t order, resource, payment;
	const char *number, *payment_number, *transaction;
};

static uint64_t id_of(const struct writing *x, struct instant t, unsigned k) { return demo_time_id(t, x->s->index, k); }
static struct instant begun(const struct demo_story *s) { return s->paid.us ? s->paid : s->placed; }

/* Twenty digits like number_new(); the story's own microseconds instead of random ones. */
static const char *number_of(struct arena *a, const struct demo_story *s, struct instant t)
{
	char text[TIME_TEXT];

	return arena_printf(a, "%s%04d%02d", instant_compact(t, text), civil_of(t).us / 100, (int)(s->index % 100));
}

/* -- history ------------------------------------------------------------------------------------------------------- */

struct past {
	struct instant at;
	unsigned k;
	enum object_kind kind;
	uint64_t object;
	const char *event, *from, *to;
	enum actor_kind by;
};

static void tell(struct writing *x, struct past p)
{
	const struct demo_buyer *b = x->s->buyer;
	bool person = p.by == ACTOR_PERSON;

	if (!b->known)
		return;
	*DEMO_ADD(x->w->batch, audit) = (struct q_audit_insert_in){
		.id = id_of(x, p.at, p.k), .object_kind = p.kind, .object = p.object, .org = b->id, .event = p.event, .from_state = p.from, .to_state = p.to, .why = "",
		.actor = person ? b->person : 0, .actor_org = person ? b->id : 0, .actor_name = person ? b->person_name : p.by == ACTOR_CHANNEL ? "wechat" : "system",
		.address = person ? PERSON_ADDRESS : "", .request_id = "",
	};
}

static void tell_order(struct writing *x, struct instant at, unsigned k, enum order_event ev, enum order_state from, enum order_state to, enum actor_kind by)
{
	tell(x, (struct past){
		at, k, OBJECT_ORDER, x->order, enum_name(&order_event_enum, (int)ev), from ? enum_name(&order_state_enum, (int)from) : NULL,
		enum_name(&order_state_enum, (int)to), by,
	});
}

static void tell_payment(struct writing *x, struct instant at, unsigned k, enum payment_event ev, enum payment_state from, enum payment_state to, enum actor_kind by)
{
	tell(x, (struct past){
		at, k, OBJECT_PAYMENT, x->payment, enum_name(&payment_event_enum, (int)ev), from ? enum_name(&payment_state_enum, (int)from) : NULL,
		enum_name(&payment_state_enum, (int)to), by,
	});
}

static void tell_resource(struct writing *x, struct instant at, unsigned k, enum resource_event ev, enum resource_state from, enum resource_state to)
{
	tell(x, (struct past){
		at, k, OBJECT_RESOURCE, x->resource, enum_name(&resource_event_enum, (int)ev), enum_name(&resource_state_enum, (int)from),
		enum_name(&resource_state_enum, (int)to), ACTOR_SYSTEM,
	});
}

/* -- the order ----------------------------------------------------------------------------------------------------- */

static const char *plan_json(struct arena *a, const struct demo_plan *l, const char *options)
{
	struct out o = { 0 };

	out_lit(&o, "{\"plan\":");
	out_json(&o, l->name);
	out_lit(&o, ",\"unit\":");
	out_json(&o, l->unit);
	out_lit(&o, ",\"options\":");
	out_json(&o, options);
	out_lit(&o, ",\"prices\":[");
	for (size_t i = 0; i < l->prices; i++) {
		const struct price_duration *p = &l->price[i];
		out_printf(&o, "%s{\"duration\":%lld,\"unit\":\"%s\",\"price\":%lld}", i ? "," : "", (long long)p->n,
			   enum_name(&time_unit_enum, (int)p->unit), (long long)p->price.fen);
	}
	out_lit(&o, "]}");
	const char *json = arena_dup(a, o.p, o.n);
	out_free(&o);
	return json;
}

static enum line_state line_of(const struct demo_story *s)
{
	return s->resource == RESOURCE_FAILED ? LINE_FAILED : s->resource && s->state == ORDER_COMPLETED ? LINE_DELIVERED : LINE_WAITING;
}

static void write_order(struct writing *x)
{
	const struct demo_story *s = x->s;
	const struct demo_product *p = s->product;
	struct demo_batch *b = x->w->batch;
	struct arena *a = x->w->cx->a;

	*DEMO_ADD(b, order) = (struct q_demo_order_insert_in){
		.id = x->order, .buyer = s->buyer->id, .number = x->number, .kind = s->kind, .state = s->state, .billing_mode = s->plan->mode,
		.category = p->category, .product = p->id, .plan = s->plan->id, .provider = p->provider->id, .product_name = p->name,
		.plan_name = s->plan->name, .provider_name = p->provider->name, .unit = s->plan->unit, .quantity = (uint64_t)s->quantity,
		.duration = (uint64_t)s->duration, .duration_unit = s->unit, .list_total = s->price.list,
		.payable = s->payable, .paid = s->paid.us ? s->payable : fen(0), .creator = s->buyer->person, .payer = s->buyer->payer,
		.created_at = s->placed, .deadline_at = s->deadline, .paid_at = s->paid, .closed_at = s->closed,
		.refunds = s->of ? demo_time_id(s->of->placed, s->of->index, AT_ORDER) : 0,
	};
	*DEMO_ADD(b, sold) = (struct q_demo_sold_insert_in){
		.order = x->order, .policy_version = POLICY_VERSION, .agreement = AGREEMENT_VERSION, .plan = plan_json(a, s->plan, s->options), .price = order_price_json(a, &s->price),
		.contact = "", .memo = "", .creator_name = s->buyer->person_name, .options = s->options,
	};
	*DEMO_ADD(b, line) = (struct q_demo_line_insert_in){ x->order, 1, line_of(s), s->payable, x->resource };
}

static void count(struct writing *x)
{
	struct q_demo_counter_add_in *c = demo_count(x->w->batch, x->s->buyer->id);
	int64_t *of[] = {
		[ORDER_TO_CONFIRM] = &c->to_confirm, [ORDER_IN_REVIEW] = &c->in_review, [ORDER_TO_PAY] = &c->to_pay, [ORDER_PROCESSING] = &c->processing,
		[ORDER_REFUNDING] = &c->refunding, [ORDER_COMPLETED] = &c->completed, [ORDER_CANCELLED] = &c->cancelled,
	};

	++*of[x->s->state];
	c->resources += x->s->resource == RESOURCE_IN_USE;
}

/* -- money --------------------------------------------------------------------------------------------------------- */

static void book(struct writing *x, uint64_t id, enum journal_kind kind, uint64_t org, bool of_order, bool of_payment, struct instant at, const struct posting p[2])
{
	struct demo_batch *b = x->w->batch;

	assert(ledger_check(kind, p, 2) == RC_OK);
	*DEMO_ADD(b, journal) = (struct q_journal_insert_in){
		.id = id, .kind = kind, .org = org, .order = of_order ? x->order : 0, .payment = of_payment ? x->payment : 0, .now = at,
	};
	for (uint64_t i = 0; i < 2; i++)
		*DEMO_ADD(b, posting) = (struct q_posting_insert_in){
			.journal = id, .line = i + 1, .owner = p[i].owner, .kind = p[i].account, .shard = ledger_shard(p[i].account, id), .amount = p[i].amount,
			.bounded = ledger_guarded(p[i].account),
		};
}

static void write_books(struct writing *x)
{
	const struct demo_story *s = x->s;
	uint64_t org = s->buyer->payer, provider = s->product->provider->id;
	struct money gone = money_neg(s->payable);
	const struct posting in[] = { { CHANNEL_WECHAT, ACCOUNT_CLEARING, gone }, { org, ACCOUNT_CASH, s->payable } };
	const struct posting pay[] = { { org, ACCOUNT_CASH, gone }, { provider, ACCOUNT_HELD, s->payable } };
	const struct posting back[] = { { provider, ACCOUNT_HELD, gone }, { org, ACCOUNT_CASH, s->payable } };

	book(x, id_of(x, s->paid, AT_MONEY_IN), JOURNAL_PAYMENT_IN, org, false, true, s->paid, in);
	book(x, id_of(x, s->paid, AT_ORDER_PAID), JOURNAL_ORDER_PAY, org, true, true, s->paid, pay);
	if (s->resource == RESOURCE_FAILED)
		book(x, id_of(x, s->provided, AT_REFUND), JOURNAL_ORDER_REFUND, org, true, false, s->provided, back);
}

static void write_notice(struct writing *x)
{
	const struct config *conf = x->w->cx->conf;
	char at[TIME_TEXT];
	const char *raw = arena_printf(x->w->cx->a,
		"<xml><return_code>SUCCESS</return_code><result_code>SUCCESS</result_code><appid>%s</appid><mch_id>%s</mch_id><trade_type>NATIVE</trade_type>"
		"<bank_type>OTHERS</bank_type><total_fee>%lld</total_fee><cash_fee>%lld</cash_fee><transaction_id>%s</transaction_id>"
		"<out_trade_no>%s</out_trade_no><time_end>%s</time_end></xml>",
		conf->wechat_appid, conf->wechat_mch_id, (long long)x->s->payable.fen, (long long)x->s->payable.fen, x->transaction, x->payment_number,
		instant_compact(x->s->paid, at));

	*DEMO_ADD(x->w->batch, notice) = (struct q_demo_notice_insert_in){
		.channel = CHANNEL_WECHAT, .transaction_id = x->transaction, .payment_number = x->payment_number, .amount = x->s->payable,
		.raw = { raw, strlen(raw) }, .received_at = x->s->paid,
	};
}

static void write_payment(struct writing *x)
{
	const struct demo_story *s = x->s;
	struct arena *a = x->w->cx->a;
	const char *digits = number_of(a, s, s->paying);

	x->payment = id_of(x, s->paying, AT_PAYMENT);
	x->payment_number = arena_printf(a, "P%s%06llu", digits, (unsigned long long)(s->index % 1000000));
	x->transaction = arena_printf(a, "42000%s%03llu", digits, (unsigned long long)(s->index % 1000));
	*DEMO_ADD(x->w->batch, payment) = (struct q_demo_payment_insert_in){
		.id = x->payment, .number = x->payment_number, .org = s->buyer->id, .channel = CHANNEL_WECHAT, .state = PAYMENT_SUCCEEDED, .amount = s->payable,
		.sign_type = SIGN_HMAC_SHA256, .code_url = arena_printf(a, "weixin://wxpay/bizpayurl?pr=%s", digits + 8), .transaction_id = x->transaction,
		.created_at = s->paying, .deadline_at = instant_add(s->paying, PAYMENT_LIFE_US), .paid_at = s->paid,
	};
	*DEMO_ADD(x->w->batch, pays) = (struct q_demo_pays_insert_in){ x->payment, x->order, s->payable, s->resource == RESOURCE_FAILED ? s->payable : fen(0) };
	tell_payment(x, s->paying, AT_CREATED, PAYMENT_EV_START, 0, PAYMENT_CREATED, ACTOR_PERSON);
	tell_payment(x, s->paying, AT_WAITING, PAYMENT_EV_START, PAYMENT_CREATED, PAYMENT_WAITING, ACTOR_PERSON);
	tell_payment(x, s->paid, AT_SUCCEEDED, PAYMENT_EV_SUCCEED, PAYMENT_WAITING, PAYMENT_SUCCEEDED, ACTOR_CHANNEL);
	tell_order(x, s->paid, AT_PAY, ORDER_EV_PAY, ORDER_TO_PAY, ORDER_PROCESSING, ACTOR_CHANNEL);
	write_notice(x);
	write_books(x);
}

/* -- delivery ------------------------------------------------------------------------------------------------------ */

static const char *sign_id(struct writing *x) { return arena_printf(x->w->cx->a, "%llu", (unsigned long long)(x->resource / ID_PER_INSTANT % SIGN_ID_MAX)); }

static void add_field(struct writing *x, uint64_t position, const char *name, const char *value, bool secret)
{
	struct arena *a = x->w->cx->a;
	const char *use = arena_printf(a, "resource_field:%llu:%llu", (unsigned long long)x->resource, (unsigned long long)position);
	struct q_resource_field_insert_in *f = DEMO_ADD(x->w->batch, field);

	*f = (struct q_resource_field_insert_in){ .resource = x->resource, .position = position, .name = name };
	if (secret)
		f->sealed = seal_close(a, &x->w->key, use, value, strlen(value));
	else
		f->value = value;
}

static void write_fields(struct writing *x)
{
	struct arena *a = x->w->cx->a;
	const char *provider = x->s->product->provider->code, *base = x->w->cx->conf->sandbox_base_url, *sign = sign_id(x);

	add_field(x, 1, "website", arena_printf(a, "%s/provider/%s", base, provider), false);
	add_field(x, 2, "account", arena_printf(a, "admin-%s", sign), false);
	add_field(x, 3, "password", arena_printf(a, "Demo-%s", sign), true);
}

static void write_resource(struct writing *x)
{
	const struct demo_story *s = x->s;
	const struct demo_product *p = s->product;
	bool delivered = line_of(s) == LINE_DELIVERED;

	*DEMO_ADD(x->w->batch, resource) = (struct q_demo_resource_insert_in){
		.id = x->resource, .buyer = s->buyer->id, .state = s->resource, .delivery = p->delivery, .order = x->order, .order_number = x->number, .order_line = 1,
		.product = p->id, .plan = s->plan->id, .provider = p->provider->id, .name = p->name, .product_name = p->name, .plan_name = s->plan->name,
		.quantity = (uint64_t)s->quantity, .unit = s->plan->unit, .sign_id = delivered && p->delivery == DELIVERY_AUTOMATIC ? sign_id(x) : NULL,
		.anchor_day = s->ends.us ? (uint64_t)civil_of(s->begins).day : 0, .begin_at = s->begins, .end_at = s->ends, .created_at = begun(s),
	};
	tell(x, (struct past){ begun(s), AT_OUTBOX, OBJECT_RESOURCE, x->resource, "create", NULL, enum_name(&resource_state_enum, RESOURCE_PROVISIONING), ACTOR_SYSTEM });
	if (delivered && s->buyer->known && p->delivery == DELIVERY_AUTOMATIC)
		write_fields(x);
}

/* With its provider's people: its steps are told by demo_deliveries(). */
static void write_delivery(struct writing *x)
{
	const struct demo_story *s = x->s;
	bool over = s->resource != RESOURCE_PROVISIONING;

	*DEMO_ADD(x->w->batch, delivery) = (struct q_demo_delivery_insert_in){
		.buyer = s->buyer->id, .id = id_of(x, begun(s), AT_ORDER), .number = arena_printf(x->w->cx->a, "D%s%06llu", x->number, (unsigned long long)(s->index % 1000000)),
		.state = over ? DELIVERY_COMPLETED : DELIVERY_AWAITING_REQUIREMENT, .provider = s->product->provider->id, .order = x->order, .order_number = x->number,
		.resource = x->resource, .product = s->product->id, .product_name = s->product->name, .plan_name = s->plan->name,
		.step_since = over ? s->provided : begun(s), .created_at = begun(s), .ended_at = over ? s->provided : (struct instant){ 0 },
	};
}

/* The provider's system does not answer: tried since it was paid, tried again in a while. */
static void write_outbox(struct writing *x)
{
	static const int64_t after_s[TRIES] = { 0, 10, 70, 370, 1270 };
	struct instant from = begun(x->s);
	uint64_t id = id_of(x, from, AT_OUTBOX);

	*DEMO_ADD(x->w->batch, outbox) = (struct q_demo_outbox_insert_in){
		.id = id, .state = OUTBOX_WAITING, .resource = x->resource, .provider = x->s->product->provider->id, .tries = TRIES,
		.next_at = instant_add(from, TRIES_TAKE_US), .created_at = from,
	};
	for (uint64_t i = 0; i < TRIES; i++)
		*DEMO_ADD(x->w->batch, try) = (struct q_demo_try_insert_in){ id, i + 1, instant_add(from, after_s[i] * SECOND_US), TRY_MS, 0, "no answer in time" };
}

static void tell_delivery(struct writing *x)
{
	const struct demo_story *s = x->s;
	bool failed = s->resource == RESOURCE_FAILED;

	tell_resource(x, s->provided, AT_PROVIDED, failed ? RESOURCE_EV_FAIL : RESOURCE_EV_DELIVER, RESOURCE_PROVISIONING, failed ? RESOURCE_FAILED : RESOURCE_IN_USE);
	if (s->ended.us)
		tell_resource(x, s->ended, AT_ENDED, RESOURCE_EV_EXPIRE, RESOURCE_IN_USE, RESOURCE_EXPIRED);
	if (s->resource == RESOURCE_RELEASED)
		tell_resource(x, s->ended, AT_LAPSED, RESOURCE_EV_LAPSE, RESOURCE_EXPIRED, RESOURCE_RELEASED);
}

/* -- all of it ----------------------------------------------------------------------------------------------------- */

static void tell_place(struct writing *x)
{
	const struct demo_story *s = x->s;
	bool begins_here = s->state == ORDER_TO_CONFIRM || s->state == ORDER_IN_REVIEW || s->state == ORDER_REFUNDING;
	enum order_state first = begins_here ? s->state : s->payable.fen ? ORDER_TO_PAY : ORDER_PROCESSING;

	tell_order(x, s->placed, AT_PLACE, ORDER_EV_PLACE, 0, first, ACTOR_PERSON);
	if (s->state == ORDER_CANCELLED && !s->resource)
		tell_order(x, s->closed, AT_ENDED, s->lapsed ? ORDER_EV_LAPSE : ORDER_EV_CANCEL, first, ORDER_CANCELLED, s->lapsed ? ACTOR_SYSTEM : ACTOR_PERSON);
}

void demo_write(struct demo_writer *w, const struct demo_story *s)
{
	struct writing x = { .w = w, .s = s, .number = number_of(w->cx->a, s, s->placed) };
	const struct demo_story *brought = s->of ? s->of : s;

	x.order = id_of(&x, s->placed, AT_ORDER);
	x.resource = demo_time_id(brought->placed, brought->index, AT_RESOURCE);
	write_order(&x);
	count(&x);
	tell_place(&x);
	if (s->paid.us)
		write_payment(&x);
	if (s->resource)
		write_resource(&x);
	if (s->resource && s->closed.us)
		tell_order(&x, s->closed, AT_SETTLED, ORDER_EV_SETTLE, ORDER_PROCESSING, s->state, ACTOR_SYSTEM);
	if (s->resource && s->product->delivery == DELIVERY_MANUAL)
		write_delivery(&x);
	if (s->resource == RESOURCE_PROVISIONING && s->product->delivery == DELIVERY_AUTOMATIC)
		write_outbox(&x);
	if (s->provided.us)
		tell_delivery(&x);
}
