#include "app/topup.h"

#include "app/bank.h"
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

	if (!topup_allows(in->channel))
		return refuse(s, "channel", "pay.choose_channel");
	if (in->channel == CHANNEL_B2B && !bank_account(w->cx->a, w->cx->conf, in->bank))
		return refuse(s, "bank", "pay.choose_bank");
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
	bool bank = s->wish->channel == CHANNEL_B2B;	/* whose maker and checker can take days (MON-5) */
	int64_t life = bank ? w->cx->conf->bank_pay_days * DAY_US : PAYMENT_LIFE_US;
	uint64_t n;

	*s->why = (struct payment_refusal){ 0 };
	TRY(check(w, s));
	s->payment = (struct payment_now){
		.id = id_new(now), .org = w->cx->actor.org, .channel = s->wish->channel, .state = PAYMENT_CREATED, .amount = s->wish->amount,
		.deadline = instant_add(now, life),
	};
	s->number = number_prefixed(w->cx->a, 'P', now);
	struct q_topup_insert_in in = {
		.id = s->payment.id, .number = s->number, .org = s->payment.org, .channel = s->wish->channel, .bank = bank ? s->wish->bank : 0,
		.amount = s->payment.amount, .now = now, .deadline_at = s->payment.deadline, .query_at = payment_query_at(&s->payment, now),
	};
	enum rc rc = q_topup_insert(w->tx, &in, &n);
	TRY(rc == RC_DUPLICATE ? work_again(w) : rc);	/* its number is taken */
	work_audit(w, (struct event){ .kind = OBJECT_PAYMENT, .object = s->payment.id, .org = s->payment.org, .name = "topup", .to = "created" });
	w->out = (struct outcome){ 201, arena_printf(w->cx->a, "/console/payments/%s%s", s->number, bank ? "?go=1" : ""), NULL };
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
