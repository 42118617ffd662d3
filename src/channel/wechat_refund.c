#include "channel/wechat_refund.h"

#include "base/str.h"
#include "channel/wechat_call.h"
#include "channel/wechat_field.h"

enum { REASON_MAX = 80, LISTED_MAX = 50 };	/* a payment has at most fifty refunds */

static const char *const state_names[] = {
#define S(n) [WECHAT_REFUND_##n] = #n,
	WECHAT_REFUND_STATES(S)
#undef S
};
const struct enum_def wechat_refund_state_enum = { "wechat_refund_state", state_names, WECHAT_REFUND__MAX - 1 };

bool wechat_refund_never(enum wechat_error e)
{
	switch (e) {
	case WECHAT_TRADE_OVERDUE: case WECHAT_USER_ACCOUNT_ABNORMAL: case WECHAT_INVALID_TRANSACTIONID: case WECHAT_ORDERNOTEXIST:
	case WECHAT_REFUND_FEE_MISMATCH: case WECHAT_INVALID_REQUEST: case WECHAT_PARAM_ERROR: case WECHAT_ERROR:
		return true;
	default:
		return false;
	}
}

/* ---- requests ---- */

static const char *number_text(struct arena *a, int64_t v) { return arena_printf(a, "%lld", (long long)v); }

/* & would cut the signed text in two (WXP-7), and these are people's words. */
static const char *reason_text(struct arena *a, const char *s)
{
	char *text = arena_strdup(a, wechat_payer_text(a, s, REASON_MAX));

	for (char *p = text; *p; p++)
		if (*p == '&')
			*p = ' ';
	return text;
}

enum rc wechat_refund_write(struct arena *a, const struct wechat_conf *c, const struct wechat_refund_in *in, struct bytes *xml)
{
	struct wechat_request r = { .n = 0 };
	bool by_transaction = in->transaction_id && *in->transaction_id;

	if (!(by_transaction ? wechat_transaction_ok(in->transaction_id) : wechat_number_ok(in->payment)) || !wechat_refund_number_ok(in->number) ||
	    in->amount.fen <= 0 || in->amount.fen > in->total.fen)
		return RC_INVALID;
	wechat_put(&r, by_transaction ? "transaction_id" : "out_trade_no", by_transaction ? in->transaction_id : in->payment);
	wechat_put(&r, "out_refund_no", in->number);
	wechat_put(&r, "total_fee", number_text(a, in->total.fen));
	wechat_put(&r, "refund_fee", number_text(a, in->amount.fen));
	wechat_put(&r, "refund_fee_type", "CNY");
	wechat_put(&r, "refund_desc", in->reason ? reason_text(a, in->reason) : NULL);
	wechat_put(&r, "notify_url", c->refund_notify_url);
	return wechat_request_write(a, c, &r, xml);
}

enum rc wechat_refund_query_write(struct arena *a, const struct wechat_conf *c, const char *number, size_t offset, struct bytes *xml)
{
	struct wechat_request r = { .n = 0 };

	if (!wechat_refund_number_ok(number))
		return RC_INVALID;
	wechat_put(&r, "out_refund_no", number);
	wechat_put(&r, "offset", offset ? number_text(a, (int64_t)offset) : NULL);
	return wechat_request_write(a, c, &r, xml);
}

/* ---- answers ---- */

enum rc wechat_refund_read(struct arena *a, const struct wechat_conf *c, struct bytes xml, const struct wechat_refund_in *in, struct wechat_refund *out)
{
	struct xml_flat doc;
	struct money fee;

	*out = (struct wechat_refund){ 0 };
	TRY(wechat_answer_read(a, c, xml, &doc, &out->answer));
	if (out->answer.error)
		return RC_OK;
	out->refund_id = wechat_text(&doc, "refund_id");
	bool whole = wechat_transaction_ok(out->refund_id) && str_eq(wechat_text(&doc, "out_refund_no"), in->number) &&
		     wechat_fee_read(wechat_text(&doc, "refund_fee"), &fee) && fee.fen == in->amount.fen;
	return whole ? RC_OK : wechat_incomplete(&out->answer);
}

/* The field of the n-th refund: refund_status_0, refund_status_1, … */
static const char *nth(struct arena *a, const struct xml_flat *doc, const char *name, size_t n)
{
	return wechat_text(doc, arena_printf(a, "%s_%zu", name, n));
}

static bool one_read(struct arena *a, const struct xml_flat *doc, size_t n, struct wechat_refund_query *out)
{
	const char *state = nth(a, doc, "refund_status", n), *currency = wechat_text(doc, "fee_type"), *at = nth(a, doc, "refund_success_time", n);

	out->state = (enum wechat_refund_state)enum_of(&wechat_refund_state_enum, state, strlen(state));
	out->refund_id = nth(a, doc, "refund_id", n);
	out->cny = !*currency || str_eq(currency, "CNY");
	return out->state && wechat_transaction_ok(out->refund_id) && wechat_fee_read(nth(a, doc, "refund_fee", n), &out->amount) &&
	       out->amount.fen && (!*at || wechat_time_read(at, &out->done_at));
}

static bool count_read(const char *s, size_t *n)
{
	int64_t v;

	if (!str_digits(s, 1, 2) || !str_i64(s, &v))
		return false;
	*n = (size_t)v;
	return true;
}

enum rc wechat_refund_query_read(struct arena *a, const struct wechat_conf *c, struct bytes xml, const char *number, struct wechat_refund_query *out)
{
	struct xml_flat doc;

	*out = (struct wechat_refund_query){ 0 };
	TRY(wechat_answer_read(a, c, xml, &doc, &out->answer));
	if (out->answer.error)
		return RC_OK;
	const char *all = wechat_text(&doc, "total_refund_count");
	if (!count_read(wechat_text(&doc, "refund_count"), &out->listed) || !count_read(*all ? all : wechat_text(&doc, "refund_count"), &out->all))
		return wechat_incomplete(&out->answer);
	for (size_t n = 0; n < out->listed; n++)
		if (str_eq(nth(a, &doc, "out_refund_no", n), number))
			return one_read(a, &doc, n, out) ? RC_OK : wechat_incomplete(&out->answer);
	out->answer = (struct wechat_answer){ WECHAT_REFUNDNOTEXIST, "not among the refunds of its payment" };
	return RC_OK;
}

/* ---- calls ---- */

enum rc wechat_refund(struct arena *a, const struct wechat_conf *c, const struct wechat_refund_in *in, struct wechat_refund *out)
{
	struct bytes xml, answer;

	*out = (struct wechat_refund){ .answer = { WECHAT_OTHER, "cannot be said in this protocol" } };
	TRY(wechat_refund_write(a, c, in, &xml));
	TRY(wechat_post_secured(a, c, "/secapi/pay/refund", xml, &out->answer, &answer));
	return wechat_refund_read(a, c, answer, in, out);
}

enum rc wechat_refund_query(struct arena *a, const struct wechat_conf *c, const char *number, struct wechat_refund_query *out)
{
	struct bytes xml, answer;
	size_t seen = 0;

	do {
		*out = (struct wechat_refund_query){ 0 };
		TRY(wechat_refund_query_write(a, c, number, seen, &xml));
		TRY(wechat_post(a, c, "/pay/refundquery", xml, &out->answer, &answer));
		TRY(wechat_refund_query_read(a, c, answer, number, out));
		seen += out->listed;
	} while (out->answer.error == WECHAT_REFUNDNOTEXIST && out->listed && seen < out->all && seen < LISTED_MAX);
	return RC_OK;
}
