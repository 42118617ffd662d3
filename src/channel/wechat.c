#include "channel/wechat.h"

#include <stdio.h>

#include "base/beijing.h"
#include "base/str.h"
#include "channel/wechat_field.h"
#include "crypto/token.h"
#include "http/http.h"

enum { FIELDS_MAX = 20, BODY_MAX = 127, NOTIFY_MAX = 256, PRODUCT_MAX = 32, NONCE_BYTES = 16, KEY_LEN = 32 };

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
	if (strlen(c->notify_url) > NOTIFY_MAX || strchr(c->notify_url, '?'))
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
	};
	*why = conf_fault(out);
	return *why ? RC_INVALID : RC_OK;
}

/* ---- requests ---- */

struct request { struct pair fields[FIELDS_MAX]; size_t n; };

static void put(struct request *r, const char *name, const char *value)
{
	if (value && *value)
		r->fields[r->n++] = (struct pair){ name, value };
}

/* Adds what every request has, signs and writes it. */
static enum rc request_write(struct arena *a, const struct wechat_conf *c, struct request *r, struct bytes *xml)
{
	char *nonce = arena_alloc(a, 2 * NONCE_BYTES + 1), *sign = arena_alloc(a, WXSIGN_SIZE);
	struct out o = { 0 };

	put(r, "appid", c->appid);
	put(r, "mch_id", c->mch_id);
	put(r, "nonce_str", token_hex(NONCE_BYTES, nonce));
	put(r, "sign_type", wxsign_type_enum.names[c->sign_type]);
	if (!wechat_uncut(r->fields, r->n))
		return RC_INVALID;
	put(r, "sign", wxsign(a, c->sign_type, r->fields, r->n, c->key, sign));
	xml_flat_write(&o, "xml", r->fields, r->n);
	*xml = (struct bytes){ arena_dup(a, o.p, o.n), o.n };
	out_free(&o);
	return RC_OK;
}

/* One line of at most 127 bytes, whole characters only. */
static const char *payer_text(struct arena *a, const char *s)
{
	size_t n = strlen(s);

	if (n > BODY_MAX)
		for (n = BODY_MAX; n && (s[n] & 0xc0) == 0x80; n--)
			;
	char *text = arena_dup(a, s, n);
	for (char *p = text; *p; p++)
		if ((unsigned char)*p < ' ' || *p == 0x7f)
			*p = ' ';
	return text;
}

static const char *time_text(struct arena *a, struct instant t)
{
	return t.us ? beijing_text(t, arena_alloc(a, BEIJING_SIZE)) : NULL;
}

enum rc wechat_order_write(struct arena *a, const struct wechat_conf *c, const struct wechat_order_in *in,
			   struct bytes *xml)
{
	struct request r = { .n = 0 };
	const char *body = payer_text(a, in->body);

	if (!wechat_number_ok(in->number) || in->total.fen <= 0 || !*body || !*in->client_ip || !*in->product_id ||
	    strlen(in->product_id) > PRODUCT_MAX)
		return RC_INVALID;
	put(&r, "body", body);
	put(&r, "out_trade_no", in->number);
	put(&r, "total_fee", arena_printf(a, "%lld", (long long)in->total.fen));
	put(&r, "fee_type", "CNY");
	put(&r, "spbill_create_ip", in->client_ip);
	put(&r, "notify_url", c->notify_url);
	put(&r, "trade_type", "NATIVE");
	put(&r, "product_id", in->product_id);
	put(&r, "time_start", time_text(a, in->start));
	put(&r, "time_expire", time_text(a, in->expire));
	return request_write(a, c, &r, xml);
}

enum rc wechat_number_write(struct arena *a, const struct wechat_conf *c, const char *number, struct bytes *xml)
{
	struct request r = { .n = 0 };

	if (!wechat_number_ok(number))
		return RC_INVALID;
	put(&r, "out_trade_no", number);
	return request_write(a, c, &r, xml);
}

/* ---- answers ---- */

static const char *const error_names[] = {
#define E(n) [WECHAT_##n] = #n,
	WECHAT_ERRORS(E)
#undef E
};
static const struct enum_def error_enum = { "wechat_error", error_names, sizeof error_names / sizeof *error_names - 1 };

static const char *const trade_names[] = {
#define T(n) [WECHAT_TRADE_##n] = #n,
	WECHAT_TRADES(T)
#undef T
};
static const struct enum_def trade_enum = { "wechat_trade", trade_names, WECHAT_TRADE__MAX - 1 };

bool wechat_error_again(enum wechat_error e)
{
	return e == WECHAT_SYSTEMERROR || e == WECHAT_BIZERR_NEED_RETRY || e == WECHAT_FREQUENCY_LIMITED;
}

static const char *field(const struct xml_flat *doc, const char *name)
{
	const char *v = pair_value(doc->fields, doc->n, name);

	return v ? v : "";
}

static enum wechat_error error_of(const char *code)
{
	int e = enum_of(&error_enum, code, strlen(code));

	return e ? (enum wechat_error)e : WECHAT_OTHER;
}

/* Why it is no answer (WXP-4): only what is signed, by our algorithm, for our merchant, is one.  NULL when it is. */
static const char *distrust(struct arena *a, const struct wechat_conf *c, const struct xml_flat *doc)
{
	if (!str_eq(field(doc, "return_code"), "SUCCESS"))
		return "answer without return_code";
	if (!wxsign_check(a, c->sign_type, doc->fields, doc->n, c->key))
		return "answer with a wrong signature";
	if (!str_eq(field(doc, "appid"), c->appid) || !str_eq(field(doc, "mch_id"), c->mch_id))
		return "answer for another merchant";
	return NULL;
}

/* The checks that all answers share. */
static enum rc answer_read(struct arena *a, const struct wechat_conf *c, struct bytes xml, struct xml_flat *doc,
			   struct wechat_answer *out)
{
	*out = (struct wechat_answer){ .error = WECHAT_OTHER };
	if (xml_flat_read(a, xml.p, xml.n, "xml", doc) != RC_OK) {
		out->message = arena_printf(a, "answer is no flat XML: %s", doc->why);
		return RC_UNCERTAIN;
	}
	if (str_eq(field(doc, "return_code"), "FAIL")) {
		*out = (struct wechat_answer){ WECHAT_REFUSED, field(doc, "return_msg") };
		return RC_OK;
	}
	out->message = distrust(a, c, doc);
	if (out->message)
		return RC_UNCERTAIN;
	const char *code = field(doc, "err_code");
	bool done = str_eq(field(doc, "result_code"), "SUCCESS");
	out->error = done ? WECHAT_DONE : error_of(code);
	out->message = done ? "" : arena_printf(a, "%s %s", code, field(doc, "err_code_des"));
	return RC_OK;
}

static enum rc incomplete(struct wechat_answer *out)
{
	*out = (struct wechat_answer){ WECHAT_OTHER, "answer is incomplete" };
	return RC_UNCERTAIN;
}

enum rc wechat_order_read(struct arena *a, const struct wechat_conf *c, struct bytes xml, struct wechat_order *out)
{
	struct xml_flat doc;

	*out = (struct wechat_order){ 0 };
	TRY(answer_read(a, c, xml, &doc, &out->answer));
	if (out->answer.error)
		return RC_OK;
	out->prepay_id = field(&doc, "prepay_id");
	out->code_url = field(&doc, "code_url");
	return *out->prepay_id && str_prefix(out->code_url, "weixin://") ? RC_OK : incomplete(&out->answer);
}

static bool paid_read(const struct xml_flat *doc, struct wechat_query *out)
{
	const char *currency = field(doc, "fee_type");

	out->transaction_id = field(doc, "transaction_id");
	out->openid = field(doc, "openid");
	out->bank_type = field(doc, "bank_type");
	out->cny = !*currency || str_eq(currency, "CNY");
	return wechat_transaction_ok(out->transaction_id) && wechat_fee_read(field(doc, "total_fee"), &out->total) &&
	       wechat_fee_read(field(doc, "cash_fee"), &out->cash) &&
	       beijing_parse(field(doc, "time_end"), &out->paid_at);
}

enum rc wechat_query_read(struct arena *a, const struct wechat_conf *c, struct bytes xml, const char *number,
			  struct wechat_query *out)
{
	struct xml_flat doc;

	*out = (struct wechat_query){ 0 };
	TRY(answer_read(a, c, xml, &doc, &out->answer));
	if (out->answer.error)
		return RC_OK;
	const char *state = field(&doc, "trade_state");
	out->state = (enum wechat_trade)enum_of(&trade_enum, state, strlen(state));
	bool paid = out->state == WECHAT_TRADE_SUCCESS || out->state == WECHAT_TRADE_REFUND;
	if (!out->state || !str_eq(field(&doc, "out_trade_no"), number) || (paid && !paid_read(&doc, out)))
		return incomplete(&out->answer);
	return RC_OK;
}

enum rc wechat_close_read(struct arena *a, const struct wechat_conf *c, struct bytes xml, struct wechat_answer *out)
{
	struct xml_flat doc;

	return answer_read(a, c, xml, &doc, out);
}

/* ---- calls ---- */

static enum rc call(struct arena *a, const struct wechat_conf *c, const char *path, struct bytes xml,
		    struct wechat_answer *why, struct bytes *answer)
{
	struct http_answer got;
	struct http_call http = {
		.url = arena_printf(a, "%s%s", c->gateway, path),
		.content_type = "text/xml; charset=utf-8",
		.body = xml,
		.timeout_ms = c->timeout_ms,
		.max_bytes = XML_BODY_MAX,
		.allow_private = c->allow_private,
	};
	enum rc rc = http_post(a, &http, &got);

	*why = (struct wechat_answer){ WECHAT_OTHER, got.why };
	*answer = (struct bytes){ got.body, got.n };
	if (rc == RC_OK && got.status != 200) {
		why->message = arena_printf(a, "HTTP status %d", got.status);
		rc = RC_UNCERTAIN;
	}
	return rc == RC_OK || rc == RC_AWAY || rc == RC_UNCERTAIN ? rc : rc == RC_TOO_LARGE ? RC_UNCERTAIN : RC_AWAY;
}

enum rc wechat_order(struct arena *a, const struct wechat_conf *c, const struct wechat_order_in *in,
		     struct wechat_order *out)
{
	struct bytes xml, answer;

	*out = (struct wechat_order){ 0 };
	TRY(wechat_order_write(a, c, in, &xml));
	TRY(call(a, c, "/pay/unifiedorder", xml, &out->answer, &answer));
	return wechat_order_read(a, c, answer, out);
}

enum rc wechat_query(struct arena *a, const struct wechat_conf *c, const char *number, struct wechat_query *out)
{
	struct bytes xml, answer;

	*out = (struct wechat_query){ 0 };
	TRY(wechat_number_write(a, c, number, &xml));
	TRY(call(a, c, "/pay/orderquery", xml, &out->answer, &answer));
	return wechat_query_read(a, c, answer, number, out);
}

enum rc wechat_close(struct arena *a, const struct wechat_conf *c, const char *number, struct wechat_answer *out)
{
	struct bytes xml, answer;

	*out = (struct wechat_answer){ 0 };
	TRY(wechat_number_write(a, c, number, &xml));
	TRY(call(a, c, "/pay/closeorder", xml, out, &answer));
	return wechat_close_read(a, c, answer, out);
}
