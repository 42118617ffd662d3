#include "app/topup.h"

#include "app/message.h"
#include "base/id.h"
#include "base/time.h"
#include "q_topup.h"

#define SUBJECT "账户充值"	/* what the payer reads at the channel */

struct starting {
	const struct topup_wish *wish;
	struct payment_refusal *why;
	struct payment_now payment;	/* made in this transaction, not found by its key */
	const char *number;
};

bool topup_allows(enum payment_channel c) { return c != CHANNEL_BALANCE && channel_of(c); }

static enum rc refuse(struct starting *s, const char *field, const char *error)
{
	s->why->field = field;
	s->why->error = error;
	return RC_INVALID;
}

static enum rc check(struct work *w, struct starting *s)
{
	const struct topup_wish *in = s->wish;
	struct q_topup_org org;

	TRY(q_topup_org(tx_db(w->tx), w->cx->a, &(struct q_topup_org_in){ w->cx->actor.org }, &org));
	if (org.paying_name)
		return refuse(s, NULL, "topup.zone");
	if (!topup_allows(in->channel))
		return refuse(s, "channel", "pay.choose_channel");
	if (in->amount.fen < TOPUP_MIN_FEN || in->amount.fen > TOPUP_MAX_FEN)
		return refuse(s, "amount", "topup.amount_wrong");
	if (in->channel != CHANNEL_WECHAT || in->amount.fen <= TOPUP_WECHAT_MAX_FEN)
		return RC_OK;
	s->why->missing = fen(TOPUP_WECHAT_MAX_FEN);
	return refuse(s, "amount", "topup.wechat_max");
}

static enum rc make(struct work *w, void *arg)
{
	struct starting *s = arg;
	struct instant now = w->cx->now;
	uint64_t n;

	*s->why = (struct payment_refusal){ 0 };
	TRY(check(w, s));
	s->payment = (struct payment_now){
		.id = id_new(now), .org = w->cx->actor.org, .state = PAYMENT_CREATED, .amount = s->wish->amount, .deadline = instant_add(now, PAYMENT_LIFE_US),
	};
	s->number = number_prefixed(w->cx->a, 'P', now);
	struct q_topup_insert_in in = {
		.id = s->payment.id, .number = s->number, .org = s->payment.org, .channel = s->wish->channel, .amount = s->payment.amount,
		.now = now, .deadline_at = s->payment.deadline, .query_at = instant_add(now, payment_query_pause(0)),
	};
	enum rc rc = q_topup_insert(w->tx, &in, &n);
	TRY(rc == RC_DUPLICATE ? work_again(w) : rc);	/* its number is taken */
	work_audit(w, (struct event){ .kind = OBJECT_PAYMENT, .object = s->payment.id, .org = s->payment.org, .name = "topup", .to = "created" });
	w->out = (struct outcome){ 201, arena_printf(w->cx->a, "/console/payments/%s", s->number), NULL };
	return RC_OK;
}

enum rc topup_start(struct cx *cx, const struct topup_wish *wish, struct payment_refusal *why, struct outcome *out)
{
	struct starting s = { .wish = wish, .why = why };

	TRY(work_do(cx, make, &s, out));
	if (!s.number)
		return RC_OK;		/* the same request before */
	payment_code(cx, &s.payment, wish->channel, &(struct channel_start){
		.number = s.number, .subject = SUBJECT, .order_number = s.number, .client_ip = cx->actor.address,
		.amount = s.payment.amount, .now = cx->now, .deadline = s.payment.deadline,
	});
	return RC_OK;
}

enum rc topup_tell(struct work *w, uint64_t org, const char *number, struct money amount)
{
	return message_about(w, MESSAGE_TOPUP_DONE, &(struct message_of){ .org = org, .number = number, .amount = amount });
}
