#include "app/payment.h"

#include "app/apply.h"
#include "base/id.h"
#include "base/log.h"
#include "base/money.h"
#include "base/str.h"
#include "base/time.h"
#include "q_payment.h"
#include "q_product.h"

/* An order may be paid for as long as it stands; a code of the channel lives shorter than that. */
#define PAYMENT_LIFE_US (2 * HOUR_US)

struct starting {
	const char *order_number;
	enum payment_channel channel;
	/* found or made */
	struct payment_now payment;
	struct instant begun;
	const char *number, *subject, *code_url;
};

/* Not both: a channel that is not in the category's list, or one that this program does not serve. */
static enum rc channel_allowed(struct work *w, const struct q_order_lock *o, enum payment_channel c, const char **subject)
{
	struct q_plan_for_sale sale;

	TRY(q_plan_for_sale(tx_db(w->tx), w->cx->a, &(struct q_plan_for_sale_in){ .plan = o->plan_id, .buyer = o->buyer_id }, &sale));
	*subject = sale.product_name;
	if (sale.buyer_freeze)
		return RC_CONFLICT;
	return channel_of(c) && strstr(sale.channels, payment_channel_enum.names[c]) ? RC_OK : RC_INVALID;
}

static enum rc insert_payment(struct work *w, const struct q_order_lock *o, struct starting *s)
{
	struct instant now = w->cx->now, life = instant_add(now, PAYMENT_LIFE_US);
	uint64_t n;

	s->payment = (struct payment_now){
		.id = id_new(now), .org = w->cx->actor.org, .state = PAYMENT_CREATED, .amount = money_sub(o->payable, o->paid),
		.deadline = life.us < o->deadline_at.us ? life : o->deadline_at,
	};
	s->number = number_prefixed(w->cx->a, 'P', now);
	struct q_payment_insert_in in = {
		.id = s->payment.id, .number = s->number, .org = s->payment.org, .channel = s->channel, .amount = s->payment.amount, .now = now,
		.deadline_at = s->payment.deadline, .query_at = instant_add(now, payment_query_pause(0)),
	};
	TRY(q_payment_insert(w->tx, &in, &n));
	work_audit(w, (struct event){ .kind = OBJECT_PAYMENT, .object = s->payment.id, .org = s->payment.org, .name = "start", .to = "created" });
	struct q_payment_order_insert_in row = { .payment = s->payment.id, .order = o->id, .amount = s->payment.amount };
	return q_payment_order_insert(w->tx, &row, 1);
}

/* The payment under way, else a new one: two tabs pay one payment. */
static enum rc find_or_make(struct work *w, void *arg)
{
	struct starting *s = arg;
	struct q_order_lock o;
	struct q_payment_open *open;
	size_t n;

	TRY(q_order_lock(w->tx, w->cx->a, &(struct q_order_lock_in){ .buyer = w->cx->actor.org, .number = s->order_number }, &o));
	if (o.state != ORDER_TO_PAY || w->cx->now.us >= o.deadline_at.us)
		return RC_CONFLICT;
	TRY(channel_allowed(w, &o, s->channel, &s->subject));
	TRY(q_payment_open(tx_db(w->tx), w->cx->a, &(struct q_payment_open_in){ .order = o.id, .channel = s->channel, .now = w->cx->now }, &open, &n));
	if (n) {
		s->payment = (struct payment_now){ .id = open->id, .org = o.buyer_id, .state = open->state, .amount = open->amount, .deadline = open->deadline_at, .queries = open->queries };
		s->begun = open->created_at;
		s->number = open->number;
		s->code_url = open->code_url;
	} else {
		s->begun = w->cx->now;
		TRY(insert_payment(w, &o, s));
	}
	w->out = (struct outcome){ n ? 200 : 201, arena_printf(w->cx->a, "/console/payments/%s", s->number), NULL };
	return RC_OK;
}

struct started { struct starting *s; struct channel_started answer; };

static enum rc store_code(struct work *w, void *arg)
{
	struct started *d = arg;
	struct payment_now p = d->s->payment;
	uint64_t n;

	TRY(q_payment_sign_type(w->tx, &(struct q_payment_sign_type_in){ .id = p.id, .sign_type = d->answer.sign_type }, &n));
	return apply_payment(w, &p, PAYMENT_EV_START, ACTOR_PERSON, &(struct payment_learnt){ .code_url = d->answer.code_url }, NULL);
}

/* The channel is asked outside of any transaction.  When the process dies here, the payment is there without a code: the same number is
 * asked for again, by the buyer's next click. */
static enum rc ask_for_code(struct cx *cx, struct starting *s)
{
	const struct channel *c = channel_of(s->channel);
	struct started d = { .s = s };
	struct channel_start in = {
		.number = s->number, .subject = s->subject, .order_number = s->order_number, .client_ip = cx->actor.address,
		.amount = s->payment.amount, .now = s->begun, .deadline = s->payment.deadline,
	};
	const char *key = cx->key;

	enum rc rc = c->start(cx, &in, &d.answer);
	if (rc == RC_CONFLICT)
		return payment_ask(cx, s->number);
	TRY(rc);
	cx->key = NULL;		/* the key belongs to the transaction before */
	rc = work_do(cx, store_code, &d, NULL);
	cx->key = key;
	return rc == RC_CONFLICT ? RC_OK : rc;	/* another click, or the notification, was faster */
}

enum rc payment_start(struct cx *cx, const char *order_number, enum payment_channel channel, struct outcome *out)
{
	struct starting *s = ARENA_NEW(cx->a, struct starting);

	*s = (struct starting){ .order_number = order_number, .channel = channel };
	TRY(work_do(cx, find_or_make, s, out));
	if (!s->number || s->code_url)
		return RC_OK;
	enum rc rc = ask_for_code(cx, s);
	if (rc != RC_OK)	/* the payment's page offers to try again */
		log_event('W', "payment_start", LOG_STR("payment", s->number), LOG_STR("result", rc_info[rc].name), LOG_STR("request", cx->request_id));
	return RC_OK;
}

static enum rc close_one(struct work *w, const struct q_payment_open_of_order *row, enum actor_kind who)
{
	struct payment_now p = { .id = row->id, .org = row->org_id, .state = row->state, .amount = row->amount, .deadline = row->deadline_at, .queries = row->queries };

	return apply_payment(w, &p, PAYMENT_EV_CLOSE, who, &(struct payment_learnt){ 0 }, "order closed");
}

enum rc payment_close_of_order(struct work *w, uint64_t order)
{
	struct q_payment_open_of_order *rows;
	size_t n;

	TRY(q_payment_open_of_order(w->tx, w->cx->a, &(struct q_payment_open_of_order_in){ .order = order }, &rows, &n));
	for (size_t i = 0; i < n; i++)
		TRY(close_one(w, &rows[i], ACTOR_SYSTEM));
	return RC_OK;
}

/* Takes the question, so that of several that ask at once only one does. */
static enum rc take_question(struct work *w, void *arg)
{
	const struct q_payment_asking *p = arg;
	uint64_t n;
	struct instant next = instant_add(w->cx->now, payment_query_pause((int)p->queries + 1));

	TRY(q_payment_ask(w->tx, &(struct q_payment_ask_in){ .id = p->id, .queries = p->queries, .next_at = next }, &n));
	return n ? RC_OK : RC_CONFLICT;
}

struct ending { const char *number; enum payment_event event; };

static enum rc end_payment(struct work *w, void *arg)
{
	struct ending *e = arg;
	struct q_payment_lock *rows;
	size_t n;

	TRY(q_payment_lock(w->tx, w->cx->a, &(struct q_payment_lock_in){ .number = e->number }, &rows, &n));
	if (!n)
		return RC_NOT_FOUND;
	struct payment_now p = { .id = rows->id, .org = rows->org_id, .state = rows->state, .amount = rows->amount, .deadline = rows->deadline_at, .queries = rows->queries };
	return apply_payment(w, &p, e->event, ACTOR_SYSTEM, &(struct payment_learnt){ 0 }, NULL);
}

/* RC_OK: nothing more can be paid there, and what had been paid is heard. */
static enum rc close_there(struct cx *cx, const struct channel *c, const char *number)
{
	struct channel_said said;
	struct payment_result result;

	enum rc rc = c->close(cx, number);
	if (rc != RC_CONFLICT)
		return rc;
	TRY(c->query(cx, number, &said));
	return said.verdict == CHANNEL_SAYS_PAID ? payment_heard(cx, &said, &result) : RC_BUSY;
}

static enum rc act_on(struct cx *cx, const struct channel *c, const struct q_payment_asking *p, const struct channel_said *said)
{
	struct payment_result result;
	struct ending e = { .number = p->number };
	bool over = cx->now.us >= p->deadline_at.us;

	switch (said->verdict) {
	case CHANNEL_SAYS_PAID:
		return payment_heard(cx, said, &result);
	case CHANNEL_SAYS_GONE:
		e.event = PAYMENT_EV_FAIL;
		break;
	case CHANNEL_SAYS_WAITING:
		e.event = over ? PAYMENT_EV_EXPIRE : p->state == PAYMENT_UNKNOWN ? PAYMENT_EV_START : 0;
		break;
	case CHANNEL_SAYS_NOTHING:
		e.event = p->state == PAYMENT_WAITING ? PAYMENT_EV_DOUBT : 0;
		break;
	}
	if (!e.event)
		return RC_OK;
	if (e.event == PAYMENT_EV_EXPIRE)
		TRY(close_there(cx, c, p->number));	/* first there, then here (MON-8) */
	enum rc rc = work_do(cx, end_payment, &e, NULL);
	return rc == RC_CONFLICT ? RC_OK : rc;
}

enum rc payment_ask(struct cx *cx, const char *number)
{
	struct q_payment_asking p;
	struct channel_said said;
	const char *key = cx->key;
	const struct channel *c;

	TRY(q_payment_asking(cx->db, cx->a, &(struct q_payment_asking_in){ .number = number }, &p));
	if (machine_final(&payment_machine, (int)p.state) || !(c = channel_of(p.channel)))
		return RC_OK;
	cx->key = NULL;
	enum rc rc = work_do(cx, take_question, &p, NULL);
	if (rc == RC_OK)
		rc = c->query(cx, number, &said);
	if (rc == RC_OK)
		rc = act_on(cx, c, &p, &said);
	cx->key = key;
	return rc == RC_CONFLICT ? RC_OK : rc;	/* somebody else asks right now */
}

enum rc payment_close_at_channel(struct cx *cx, uint64_t payment)
{
	struct q_payment_by_id p;
	const struct channel *c;

	TRY(q_payment_by_id(cx->db, cx->a, &(struct q_payment_by_id_in){ .id = payment }, &p));
	c = channel_of(p.channel);
	return c ? close_there(cx, c, p.number) : RC_OK;
}
