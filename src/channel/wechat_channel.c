#include "channel/wechat_channel.h"

#include "app/payment.h"
#include "app/refund.h"
#include "base/log.h"
#include "base/time.h"
#include "channel/wechat_bill.h"
#include "channel/wechat_notice.h"
#include "channel/wechat_refund_notice.h"

static enum rc conf_of(struct cx *cx, struct wechat_conf *c)
{
	const char *why;
	enum rc rc = wechat_conf_read(cx->a, cx->conf, c, &why);

	if (rc != RC_OK)
		log_event('E', "wechat_settings", LOG_STR("why", why));
	return rc == RC_OK ? RC_OK : RC_INTERNAL;
}

static void log_refusal(struct cx *cx, const char *call, const char *number, const char *why)
{
	log_event('W', "wechat_refused", LOG_STR("call", call), LOG_STR("number", number), LOG_STR("why", why), LOG_STR("request", cx->request_id));
}

/* Whatever is not a clear answer may have happened there: the same number again is safe. */
static enum rc start(struct cx *cx, const struct channel_start *in, struct channel_started *out)
{
	struct wechat_conf c;
	struct wechat_order order;
	struct wechat_order_in o = {
		.number = in->number, .body = in->subject, .product_id = in->order_number, .client_ip = in->client_ip ? in->client_ip : "127.0.0.1",
		.total = in->amount, .start = in->now, .expire = in->deadline,
	};

	TRY(conf_of(cx, &c));
	if (wechat_order(cx->a, &c, &o, &order) != RC_OK)
		return RC_BUSY;
	switch (order.answer.error) {
	case WECHAT_DONE:
		*out = (struct channel_started){ order.code_url, (enum sign_type)c.sign_type };
		return RC_OK;
	case WECHAT_ORDERPAID: case WECHAT_ORDERCLOSED: case WECHAT_OUT_TRADE_NO_USED:
		return RC_CONFLICT;
	default:
		log_refusal(cx, "unifiedorder", in->number, order.answer.message);
		return RC_BUSY;
	}
}

static enum channel_verdict verdict_of(enum wechat_trade t)
{
	switch (t) {
	case WECHAT_TRADE_SUCCESS: case WECHAT_TRADE_REFUND:
		return CHANNEL_SAYS_PAID;
	case WECHAT_TRADE_NOTPAY: case WECHAT_TRADE_USERPAYING:
		return CHANNEL_SAYS_WAITING;
	case WECHAT_TRADE_CLOSED: case WECHAT_TRADE_REVOKED: case WECHAT_TRADE_PAYERROR:
		return CHANNEL_SAYS_GONE;
	default:
		return CHANNEL_SAYS_NOTHING;
	}
}

/* The answer to a query is kept in our own words: its document is no notification. */
static void said_by_query(struct cx *cx, const struct wechat_query *q, struct channel_said *out)
{
	out->verdict = verdict_of(q->state);
	if (out->verdict != CHANNEL_SAYS_PAID)
		return;
	const char *raw = arena_printf(cx->a, "orderquery transaction_id=%s total_fee=%lld", q->transaction_id, (long long)q->total.fen);
	out->transaction_id = q->transaction_id;
	out->amount = q->total;
	out->paid_at = q->paid_at;
	out->raw = (struct bytes){ raw, strlen(raw) };
	if (!q->cny)
		out->verdict = CHANNEL_SAYS_NOTHING;
}

static enum rc query(struct cx *cx, const char *number, struct channel_said *out)
{
	struct wechat_conf c;
	struct wechat_query q;

	*out = (struct channel_said){ .verdict = CHANNEL_SAYS_NOTHING, .channel = CHANNEL_WECHAT, .number = number, .source = NOTICE_QUERY };
	TRY(conf_of(cx, &c));
	if (wechat_query(cx->a, &c, number, &q) != RC_OK)
		return RC_OK;
	if (q.answer.error == WECHAT_DONE)
		said_by_query(cx, &q, out);
	else if (q.answer.error == WECHAT_ORDERNOTEXIST)
		out->verdict = CHANNEL_SAYS_WAITING;
	else
		log_refusal(cx, "orderquery", number, q.answer.message);
	return RC_OK;
}

static enum rc close_payment(struct cx *cx, const char *number)
{
	struct wechat_conf c;
	struct wechat_answer answer;

	TRY(conf_of(cx, &c));
	if (wechat_close(cx->a, &c, number, &answer) != RC_OK)
		return RC_BUSY;
	switch (answer.error) {
	case WECHAT_DONE: case WECHAT_ORDERCLOSED: case WECHAT_ORDERNOTEXIST:
		return RC_OK;
	case WECHAT_ORDERPAID:
		return RC_CONFLICT;
	default:
		log_refusal(cx, "closeorder", number, answer.message);
		return RC_BUSY;
	}
}

/* ---- refunds ---- */

static enum channel_refund_verdict refund_verdict_of(enum wechat_refund_state s)
{
	switch (s) {
	case WECHAT_REFUND_SUCCESS:
		return REFUND_SAYS_DONE;
	case WECHAT_REFUND_PROCESSING:
		return REFUND_SAYS_PENDING;
	case WECHAT_REFUND_REFUNDCLOSE: case WECHAT_REFUND_CHANGE:	/* the payer's card is closed: the money is at the merchant again */
		return REFUND_SAYS_REFUSED;
	default:
		return REFUND_SAYS_NOTHING;
	}
}

static void refund_said(struct cx *cx, const struct wechat_refund_query *q, struct channel_refund_said *out)
{
	if (!q->cny) {
		out->why = "in another currency";
		return;
	}
	out->verdict = refund_verdict_of(q->state);
	out->refund_id = q->refund_id;
	out->amount = q->amount;
	out->done_at = q->done_at.us ? q->done_at : cx->now;
	if (out->verdict == REFUND_SAYS_REFUSED)
		out->why = wechat_refund_state_enum.names[q->state];
}

static enum rc query_refund(struct cx *cx, const struct channel_refund *in, struct channel_refund_said *out)
{
	struct wechat_conf c;
	struct wechat_refund_query q;

	*out = (struct channel_refund_said){ .verdict = REFUND_SAYS_NOTHING, .number = in->number };
	TRY(conf_of(cx, &c));
	enum rc rc = wechat_refund_query(cx->a, &c, in->number, &q);
	if (rc != RC_OK)
		out->why = q.answer.message;
	else if (q.answer.error == WECHAT_DONE)
		refund_said(cx, &q, out);
	else if (q.answer.error == WECHAT_REFUNDNOTEXIST)
		out->verdict = REFUND_SAYS_NOT_THERE;
	else
		log_refusal(cx, "refundquery", in->number, out->why = q.answer.message);
	return RC_OK;
}

/* Refused for good.  The money goes elsewhere after that word, so it is said only when no earlier call made this refund, its answer lost. */
static enum rc never(struct cx *cx, const struct channel_refund *in, const char *why, struct channel_refund_said *out)
{
	TRY(query_refund(cx, in, out));
	switch (out->verdict) {
	case REFUND_SAYS_DONE: case REFUND_SAYS_PENDING:
		return RC_OK;
	case REFUND_SAYS_NOT_THERE: case REFUND_SAYS_REFUSED:
		out->verdict = REFUND_SAYS_REFUSED;
		out->why = why;
		return RC_CONFLICT;
	default:
		return RC_BUSY;
	}
}

/* Whatever is not a clear answer may have happened there: the same number again is safe.  So is waiting, when our own account there is short
 * (NOTENOUGH) or a setting of ours is wrong: that is no reason against the payer. */
static enum rc refund(struct cx *cx, const struct channel_refund *in, struct channel_refund_said *out)
{
	struct wechat_conf c;
	struct wechat_refund r;
	struct wechat_refund_in ask = {
		.payment = in->payment_number, .transaction_id = in->transaction_id, .number = in->number, .total = in->total, .amount = in->amount,
		.reason = in->reason,
	};

	*out = (struct channel_refund_said){ .verdict = REFUND_SAYS_NOTHING, .number = in->number };
	TRY(conf_of(cx, &c));
	enum rc rc = wechat_refund(cx->a, &c, &ask, &r);
	out->why = r.answer.message;
	if (rc == RC_OK && r.answer.error == WECHAT_DONE) {
		*out = (struct channel_refund_said){ .verdict = REFUND_SAYS_PENDING, .number = in->number, .refund_id = r.refund_id };
		return RC_OK;
	}
	log_refusal(cx, "refund", in->number, r.answer.message);
	return rc == RC_OK && wechat_refund_never(r.answer.error) ? never(cx, in, r.answer.message, out) : RC_BUSY;
}

static enum rc statement(struct cx *cx, struct date day, channel_line_fn *line, void *ctx)
{
	struct wechat_conf c;
	const char *why = NULL;
	char text[TIME_TEXT];

	TRY(conf_of(cx, &c));
	enum rc rc = wechat_bill(cx->a, &c, day, line, ctx, &why);
	if (rc != RC_OK)
		log_event('W', "wechat_bill", LOG_STR("day", date_text(day, text)), LOG_STR("why", why), LOG_STR("request", cx->request_id));
	return rc;
}

/* ---- notifications ---- */

static bool acknowledged(enum notice_outcome o) { return o != NOTICE_MISMATCH && o != NOTICE_UNKNOWN; }

static enum rc hear(struct cx *cx, const struct wechat_notice *n, struct bytes body, bool *ok)
{
	struct channel_said said = {
		.verdict = CHANNEL_SAYS_PAID, .channel = CHANNEL_WECHAT, .number = n->number, .transaction_id = n->transaction_id, .amount = n->total,
		.paid_at = n->paid_at, .sign_type = (enum sign_type)n->sign_type, .source = NOTICE_NOTIFICATION, .raw = body,
	};
	struct payment_result result = { 0 };
	enum rc rc = payment_heard(cx, &said, &result);

	*ok = rc == RC_OK && acknowledged(result.outcome);
	log_event(*ok ? 'I' : 'W', "wechat_notice", LOG_STR("payment", n->number), LOG_STR("transaction", n->transaction_id),
		  LOG_STR("outcome", rc == RC_OK ? enum_name(&notice_outcome_enum, (int)result.outcome) : rc_info[rc].name), LOG_STR("request", cx->request_id));
	return rc;
}

/* What is authentic and cannot be ours is for a person to look at. */
static enum rc refused(struct cx *cx, const struct wechat_notice *n, struct bytes body, enum rc rc)
{
	struct channel_said said = {
		.channel = CHANNEL_WECHAT, .number = n->number, .transaction_id = n->transaction_id, .amount = n->total, .source = NOTICE_NOTIFICATION, .raw = body,
	};

	log_event('W', "wechat_notice_refused", LOG_STR("reason", enum_name(&wechat_refusal_enum, (int)n->refusal)), LOG_STR("why", n->why), LOG_STR("request", cx->request_id));
	if (n->refusal == WECHAT_REFUSAL_currency)
		TRY(payment_suspect(cx, &said));
	return rc;
}

/* A failed payment moves nothing: the buyer may pay the same code again, and the query tells the end. */
static enum rc notice(struct cx *cx, const char *media, struct bytes body, struct out *answer)
{
	struct wechat_conf c;
	struct wechat_notice n;
	bool ok = false;

	enum rc rc = conf_of(cx, &c);
	if (rc == RC_OK)
		rc = wechat_notice_read(cx->a, &c, media, body, &n);
	if (rc == RC_OK && n.paid)
		rc = hear(cx, &n, body, &ok);
	else if (rc == RC_OK)
		ok = true;
	else if (rc != RC_INTERNAL)
		rc = refused(cx, &n, body, rc);
	wechat_notice_answer(answer, ok);
	return rc;
}

/* It has no proof, so what it says is not believed: the channel is asked.  That it shall be is stored before the answer.  A number that is no refund of
 * ours, as of one that a person made at the merchant platform, ends here: the statement of the day has it (MON-9). */
static enum rc hint(struct cx *cx, const struct wechat_refund_notice *n, bool *ok)
{
	enum rc rc = refund_hint(cx, n->number);

	*ok = rc == RC_OK || rc == RC_NOT_FOUND;
	log_event(rc == RC_OK ? 'I' : 'W', "wechat_refund_notice", LOG_STR("refund", n->number), LOG_STR("refund_id", n->refund_id),
		  LOG_STR("state", enum_name(&wechat_refund_state_enum, (int)n->state)), LOG_STR("result", rc_info[rc].name), LOG_STR("request", cx->request_id));
	return *ok ? RC_OK : rc;
}

static enum rc refund_notice(struct cx *cx, const char *media, struct bytes body, struct out *answer)
{
	struct wechat_conf c;
	struct wechat_refund_notice n = { 0 };
	bool ok = false;

	enum rc rc = conf_of(cx, &c);
	if (rc == RC_OK)
		rc = wechat_refund_notice_read(cx->a, &c, media, body, &n);
	if (n.refusal)
		log_event('W', "wechat_refund_notice_refused", LOG_STR("reason", enum_name(&wechat_refund_refusal_enum, (int)n.refusal)), LOG_STR("why", n.why),
			  LOG_STR("request", cx->request_id));
	else if (rc == RC_OK)
		rc = hint(cx, &n, &ok);
	wechat_notice_answer(answer, ok);
	return rc;
}

const struct channel channel_wechat = {
	.start = start, .query = query, .close = close_payment, .notice = notice, .notice_media = "text/xml; charset=utf-8",
	.refund_notice = refund_notice, .refund = refund, .query_refund = query_refund, .statement = statement,
};
