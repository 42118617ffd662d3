#include "channel/wechat_notice.h"

#include "base/beijing.h"
#include "base/str.h"
#include "channel/wechat_field.h"

static const char *const refusal_names[] = {
#define R(n) [WECHAT_REFUSAL_##n] = #n,
	WECHAT_REFUSALS(R)
#undef R
};
const struct enum_def wechat_refusal_enum = { "wechat_refusal", refusal_names, WECHAT_REFUSAL__MAX - 1 };

static enum rc refuse(struct wechat_notice *out, enum wechat_refusal refusal, const char *why)
{
	static const enum rc rc[WECHAT_REFUSAL__MAX] = {
		[WECHAT_REFUSAL_size] = RC_TOO_LARGE,  [WECHAT_REFUSAL_media] = RC_MEDIA,
		[WECHAT_REFUSAL_xml] = RC_MALFORMED,   [WECHAT_REFUSAL_signature] = RC_DENIED,
		[WECHAT_REFUSAL_merchant] = RC_DENIED,
	};

	*out = (struct wechat_notice){ .refusal = refusal, .why = why };
	return rc[refusal] ? rc[refusal] : RC_INVALID;
}

/* Who says it: before this, nothing in the document means anything. */
static enum rc authentic(struct arena *a, const struct wechat_conf *c, const struct xml_flat *doc,
			 struct wechat_notice *out)
{
	/* No signature of one algorithm can be right under the other: the length tells which one was used, and
	 * wechat_notice_signed whether it was the one that had to be. */
	enum wxsign_type type = wxsign_by_length(wechat_text(doc, "sign"));

	if (!wechat_uncut(doc->fields, doc->n))
		return refuse(out, WECHAT_REFUSAL_cut, "& in a field");
	if (!type || !wxsign_check(a, type, doc->fields, doc->n, c->key))
		return refuse(out, WECHAT_REFUSAL_signature, "wrong signature");
	if (!str_eq(wechat_text(doc, "appid"), c->appid) || !str_eq(wechat_text(doc, "mch_id"), c->mch_id))
		return refuse(out, WECHAT_REFUSAL_merchant, "other appid or mch_id");
	*out = (struct wechat_notice){ .sign_type = type };
	return RC_OK;
}

/* Authentic money that cannot be ours: what it says stays, for a person to look at. */
static enum rc in_currency(struct wechat_notice *out)
{
	out->refusal = WECHAT_REFUSAL_currency;
	out->why = "fee_type";
	return RC_INVALID;
}

static enum rc payment(const struct xml_flat *doc, struct wechat_notice *out)
{
	const char *currency = wechat_text(doc, "fee_type"), *cash = wechat_text(doc, "cash_fee");

	out->transaction_id = wechat_text(doc, "transaction_id");
	out->openid = wechat_text(doc, "openid");
	out->bank_type = wechat_text(doc, "bank_type");
	if (!wechat_transaction_ok(out->transaction_id))
		return refuse(out, WECHAT_REFUSAL_transaction, "transaction_id");
	if (!wechat_fee_read(wechat_text(doc, "total_fee"), &out->total) || !out->total.fen)
		return refuse(out, WECHAT_REFUSAL_amount, "total_fee");
	out->cash = out->total;
	if (*cash && (!wechat_fee_read(cash, &out->cash) || out->cash.fen > out->total.fen))
		return refuse(out, WECHAT_REFUSAL_amount, "cash_fee");
	if (*currency && !str_eq(currency, "CNY"))
		return in_currency(out);
	if (!beijing_parse(wechat_text(doc, "time_end"), &out->paid_at))
		return refuse(out, WECHAT_REFUSAL_time, "time_end");
	return RC_OK;
}

enum rc wechat_notice_read(struct arena *a, const struct wechat_conf *c, const char *media, struct bytes body,
			   struct wechat_notice *out)
{
	struct xml_flat doc;

	if (body.n > XML_BODY_MAX)
		return refuse(out, WECHAT_REFUSAL_size, "too large");
	if (!wechat_media_ok(media))
		return refuse(out, WECHAT_REFUSAL_media, "media type");
	if (xml_flat_read(a, body.p, body.n, "xml", &doc) != RC_OK)
		return refuse(out, WECHAT_REFUSAL_xml, doc.why);
	TRY(authentic(a, c, &doc, out));
	const char *result = wechat_text(&doc, "result_code");
	out->paid = str_eq(result, "SUCCESS");
	if (!str_eq(wechat_text(&doc, "return_code"), "SUCCESS") || (!out->paid && !str_eq(result, "FAIL")))
		return refuse(out, WECHAT_REFUSAL_outcome, "return_code or result_code");
	out->number = wechat_text(&doc, "out_trade_no");
	if (!wechat_number_ok(out->number))
		return refuse(out, WECHAT_REFUSAL_number, "out_trade_no");
	return out->paid ? payment(&doc, out) : RC_OK;
}

void wechat_notice_answer(struct out *o, bool success)
{
	const struct pair fields[] = { { "return_code", success ? "SUCCESS" : "FAIL" },
				       { "return_msg", success ? "OK" : "ERROR" } };

	xml_flat_write(o, "xml", fields, 2);
}
