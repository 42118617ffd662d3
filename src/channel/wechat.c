#include "channel/wechat.h"

#include <stdio.h>

#include "base/beijing.h"
#include "base/str.h"
#include "channel/wechat_call.h"
#include "channel/wechat_field.h"

enum { BODY_MAX = 127, NOTIFY_MAX = 256, PRODUCT_MAX = 32, KEY_LEN = 32 };

/* ---- configuration ---- */

static const char *conf_fault(const struct wechat_conf *c)
{
	if (!*c->gateway)
		return "wechat.gateway is not set";
	if (!*c->appid)
		return "wechat.appid is not set";
	if (!*c->mch_id)
		return "wechat.mch_id is not set";
	if (strlen(c->key) != KEY_LEN)
		return "wechat.key is not of 32 characters";
	if (!c->sign_type)
		return "wechat.sign_type is neither MD5 nor HMAC-SHA256";
	if (strlen(c->refund_notify_url) > NOTIFY_MAX || strchr(c->notify_url, '?'))
		return "wechat.notify_url is too long or has a query";
	return NULL;
}

enum rc wechat_conf_read(struct arena *a, const struct config *c, struct wechat_conf *out, const char **why)
{
	const char *type = c->wechat_sign_type, *url = c->wechat_notify_url;

	*out = (struct wechat_conf){
		.gateway = c->wechat_gateway,
		.appid = c->wechat_appid,
		.mch_id = c->wechat_mch_id,
		.key = c->wechat_key,
		.notify_url = *url ? url : arena_printf(a, "%s/callback/wechat", c->platform_base_url),
		.sign_type = (enum wxsign_type)enum_of(&wxsign_type_enum, type, strlen(type)),
		.timeout_ms = (int)c->wechat_timeout_ms,
		.allow_private = c->platform_development,
		.cert_file = c->wechat_cert_file,
		.cert_key_file = c->wechat_cert_key_file,
		.ca_file = c->wechat_ca_file,
	};
	out->refund_notify_url = arena_printf(a, "%s/refund", out->notify_url);
	*why = conf_fault(out);
	return *why ? RC_INVALID : RC_OK;
}

/* ---- requests ---- */

static const char *time_text(struct arena *a, struct instant t)
{
	return t.us ? beijing_text(t, arena_alloc(a, BEIJING_SIZE)) : NULL;
}

enum rc wechat_order_write(struct arena *a, const struct wechat_conf *c, const struct wechat_order_in *in,
			   struct bytes *xml)
{
	struct wechat_request r = { .n = 0 };
	const char *body = wechat_payer_text(a, in->body, BODY_MAX);

	if (!wechat_number_ok(in->number) || in->total.fen <= 0 || !*body || !*in->client_ip || !*in->product_id ||
	    strlen(in->product_id) > PRODUCT_MAX)
		return RC_INVALID;
	wechat_put(&r, "body", body);
	wechat_put(&r, "out_trade_no", in->number);
	wechat_put(&r, "total_fee", arena_printf(a, "%lld", (long long)in->total.fen));
	wechat_put(&r, "fee_type", "CNY");
	wechat_put(&r, "spbill_create_ip", in->client_ip);
	wechat_put(&r, "notify_url", c->notify_url);
	wechat_put(&r, "trade_type", "NATIVE");
	wechat_put(&r, "product_id", in->product_id);
	wechat_put(&r, "time_start", time_text(a, in->start));
	wechat_put(&r, "time_expire", time_text(a, in->expire));
	return wechat_request_write(a, c, &r, xml);
}

enum rc wechat_number_write(struct arena *a, const struct wechat_conf *c, const char *number, struct bytes *xml)
{
	struct wechat_request r = { .n = 0 };

	if (!wechat_number_ok(number))
		return RC_INVALID;
	wechat_put(&r, "out_trade_no", number);
	return wechat_request_write(a, c, &r, xml);
}

/* ---- answers ---- */

static const char *const trade_names[] = {
#define T(n) [WECHAT_TRADE_##n] = #n,
	WECHAT_TRADES(T)
#undef T
};
static const struct enum_def trade_enum = { "wechat_trade", trade_names, WECHAT_TRADE__MAX - 1 };

enum rc wechat_order_read(struct arena *a, const struct wechat_conf *c, struct bytes xml, struct wechat_order *out)
{
	struct xml_flat doc;

	*out = (struct wechat_order){ 0 };
	TRY(wechat_answer_read(a, c, xml, &doc, &out->answer));
	if (out->answer.error)
		return RC_OK;
	out->prepay_id = wechat_text(&doc, "prepay_id");
	out->code_url = wechat_text(&doc, "code_url");
	return *out->prepay_id && str_prefix(out->code_url, "weixin://") ? RC_OK : wechat_incomplete(&out->answer);
}

static bool paid_read(const struct xml_flat *doc, struct wechat_query *out)
{
	const char *currency = wechat_text(doc, "fee_type");

	out->transaction_id = wechat_text(doc, "transaction_id");
	out->openid = wechat_text(doc, "openid");
	out->bank_type = wechat_text(doc, "bank_type");
	out->cny = !*currency || str_eq(currency, "CNY");
	return wechat_transaction_ok(out->transaction_id) && wechat_fee_read(wechat_text(doc, "total_fee"), &out->total) &&
	       wechat_fee_read(wechat_text(doc, "cash_fee"), &out->cash) &&
	       beijing_parse(wechat_text(doc, "time_end"), &out->paid_at);
}

enum rc wechat_query_read(struct arena *a, const struct wechat_conf *c, struct bytes xml, const char *number,
			  struct wechat_query *out)
{
	struct xml_flat doc;

	*out = (struct wechat_query){ 0 };
	TRY(wechat_answer_read(a, c, xml, &doc, &out->answer));
	if (out->answer.error)
		return RC_OK;
	const char *state = wechat_text(&doc, "trade_state");
	out->state = (enum wechat_trade)enum_of(&trade_enum, state, strlen(state));
	bool paid = out->state == WECHAT_TRADE_SUCCESS || out->state == WECHAT_TRADE_REFUND;
	if (!out->state || !str_eq(wechat_text(&doc, "out_trade_no"), number) || (paid && !paid_read(&doc, out)))
		return wechat_incomplete(&out->answer);
	return RC_OK;
}

enum rc wechat_close_read(struct arena *a, const struct wechat_conf *c, struct bytes xml, struct wechat_answer *out)
{
	struct xml_flat doc;

	return wechat_answer_read(a, c, xml, &doc, out);
}

/* ---- calls ---- */

enum rc wechat_order(struct arena *a, const struct wechat_conf *c, const struct wechat_order_in *in,
		     struct wechat_order *out)
{
	struct bytes xml, answer;

	*out = (struct wechat_order){ 0 };
	TRY(wechat_order_write(a, c, in, &xml));
	TRY(wechat_post(a, c, "/pay/unifiedorder", xml, &out->answer, &answer));
	return wechat_order_read(a, c, answer, out);
}

enum rc wechat_query(struct arena *a, const struct wechat_conf *c, const char *number, struct wechat_query *out)
{
	struct bytes xml, answer;

	*out = (struct wechat_query){ 0 };
	TRY(wechat_number_write(a, c, number, &xml));
	TRY(wechat_post(a, c, "/pay/orderquery", xml, &out->answer, &answer));
	return wechat_query_read(a, c, answer, number, out);
}

enum rc wechat_close(struct arena *a, const struct wechat_conf *c, const char *number, struct wechat_answer *out)
{
	struct bytes xml, answer;

	*out = (struct wechat_answer){ 0 };
	TRY(wechat_number_write(a, c, number, &xml));
	TRY(wechat_post(a, c, "/pay/closeorder", xml, out, &answer));
	return wechat_close_read(a, c, answer, out);
}
