#include "channel/wechat_refund_notice.h"

#include "base/str.h"
#include "channel/wechat_field.h"
#include "crypto/wxcrypt.h"

static const char *const refusal_names[] = {
#define R(n) [WECHAT_REFUND_REFUSAL_##n] = #n,
	WECHAT_REFUND_REFUSALS(R)
#undef R
};
const struct enum_def wechat_refund_refusal_enum = { "wechat_refund_refusal", refusal_names, WECHAT_REFUND_REFUSAL__MAX - 1 };

static enum rc refuse(struct wechat_refund_notice *out, enum wechat_refund_refusal refusal, const char *why)
{
	static const enum rc rc[WECHAT_REFUND_REFUSAL__MAX] = {
		[WECHAT_REFUND_REFUSAL_size] = RC_TOO_LARGE,	 [WECHAT_REFUND_REFUSAL_media] = RC_MEDIA,
		[WECHAT_REFUND_REFUSAL_xml] = RC_MALFORMED,	 [WECHAT_REFUND_REFUSAL_inner] = RC_MALFORMED,
		[WECHAT_REFUND_REFUSAL_merchant] = RC_DENIED,	 [WECHAT_REFUND_REFUSAL_cipher] = RC_DENIED,
	};

	*out = (struct wechat_refund_notice){ .refusal = refusal, .why = why };
	return rc[refusal] ? rc[refusal] : RC_INVALID;
}

static enum rc inner(const struct xml_flat *doc, struct wechat_refund_notice *out)
{
	const char *state = wechat_text(doc, "refund_status"), *at = wechat_text(doc, "success_time");
	struct money total;
	struct instant t;

	out->number = wechat_text(doc, "out_refund_no");
	out->refund_id = wechat_text(doc, "refund_id");
	out->state = (enum wechat_refund_state)enum_of(&wechat_refund_state_enum, state, strlen(state));
	if (!wechat_refund_number_ok(out->number))
		return refuse(out, WECHAT_REFUND_REFUSAL_number, "out_refund_no");
	if (!wechat_transaction_ok(out->refund_id))
		return refuse(out, WECHAT_REFUND_REFUSAL_refund, "refund_id");
	if (!out->state || out->state == WECHAT_REFUND_PROCESSING)
		return refuse(out, WECHAT_REFUND_REFUSAL_state, "refund_status");
	if (!wechat_fee_read(wechat_text(doc, "refund_fee"), &out->amount) || !out->amount.fen)
		return refuse(out, WECHAT_REFUND_REFUSAL_amount, "refund_fee");
	if (!wechat_fee_read(wechat_text(doc, "total_fee"), &total) || total.fen < out->amount.fen)
		return refuse(out, WECHAT_REFUND_REFUSAL_amount, "total_fee");
	if (*at && !wechat_time_read(at, &t))
		return refuse(out, WECHAT_REFUND_REFUSAL_time, "success_time");
	return RC_OK;
}

enum rc wechat_refund_notice_read(struct arena *a, const struct wechat_conf *c, const char *media, struct bytes body, struct wechat_refund_notice *out)
{
	struct xml_flat outer, doc;
	struct bytes text;

	*out = (struct wechat_refund_notice){ 0 };
	if (body.n > XML_BODY_MAX)
		return refuse(out, WECHAT_REFUND_REFUSAL_size, "too large");
	if (!wechat_media_ok(media))
		return refuse(out, WECHAT_REFUND_REFUSAL_media, "media type");
	if (xml_flat_read(a, body.p, body.n, "xml", &outer) != RC_OK)
		return refuse(out, WECHAT_REFUND_REFUSAL_xml, outer.why);
	if (!str_eq(wechat_text(&outer, "return_code"), "SUCCESS"))
		return refuse(out, WECHAT_REFUND_REFUSAL_outcome, "return_code");
	if (!str_eq(wechat_text(&outer, "appid"), c->appid) || !str_eq(wechat_text(&outer, "mch_id"), c->mch_id))
		return refuse(out, WECHAT_REFUND_REFUSAL_merchant, "other appid or mch_id");
	if (!wxcrypt_open(a, c->key, wechat_text(&outer, "req_info"), &text))
		return refuse(out, WECHAT_REFUND_REFUSAL_cipher, "req_info");
	if (xml_flat_read(a, text.p, text.n, "root", &doc) != RC_OK)
		return refuse(out, WECHAT_REFUND_REFUSAL_inner, doc.why);
	return inner(&doc, out);
}
