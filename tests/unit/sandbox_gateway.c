#include "base/beijing.h"
#include "base/time.h"
#include "sandbox/gateway.h"
#include "sandbox_unit.h"

#define ANYWHERE "http://127.0.0.1:1/callback/wechat"

static struct wechat_query asked(const char *number)
{
	struct wechat_query q;
	struct bytes xml;

	assert_int_equal(wechat_number_write(&unit_arena, &merchant, number, &xml), RC_OK);
	assert_int_equal(wechat_query_read(&unit_arena, &merchant, sandbox_posted(gateway_query, xml), number, &q),
			 RC_OK);
	return q;
}

static enum wechat_error closed(const char *number)
{
	struct wechat_answer answer;
	struct bytes xml;

	assert_int_equal(wechat_number_write(&unit_arena, &merchant, number, &xml), RC_OK);
	assert_int_equal(wechat_close_read(&unit_arena, &merchant, sandbox_posted(gateway_close, xml), &answer), RC_OK);
	return answer.error;
}

static struct wechat_order ordered(const struct wechat_order_in *in)
{
	struct wechat_order got;
	struct bytes xml;

	assert_int_equal(wechat_order_write(&unit_arena, &merchant, in, &xml), RC_OK);
	assert_int_equal(wechat_order_read(&unit_arena, &merchant, sandbox_posted(gateway_order, xml), &got), RC_OK);
	return got;
}

static struct wechat_order_in again(const struct pay *p)
{
	return (struct wechat_order_in){ .number = p->number,
					 .body = p->body,
					 .product_id = p->product_id,
					 .client_ip = "127.0.0.1",
					 .total = { p->total } };
}

TEST(gateway_orders, "WXP-3 the same order asked for twice is one payment, changed it is OUT_TRADE_NO_USED")
{
	struct pay *p = sandbox_order(ANYWHERE);
	struct wechat_order_in in = again(p);
	uint64_t n = sandbox.pays.n;

	assert_string_equal(ordered(&in).code_url,
			    arena_printf(&unit_arena, "weixin://wxpay/bizpayurl?pr=%s", p->token));
	in.total.fen++;
	assert_int_equal(ordered(&in).answer.error, WECHAT_OUT_TRADE_NO_USED);
	assert_int_equal(sandbox.pays.n, n);
}

TEST(gateway_life, "WXP-3 WXP-4 not paid, paid, refused: query, close and order say so")
{
	struct pay *p = sandbox_order(ANYWHERE);
	struct wechat_order_in in = again(p);

	assert_int_equal(asked(p->number).state, WECHAT_TRADE_NOTPAY);
	assert_int_equal(asked("P00000").answer.error, WECHAT_ORDERNOTEXIST);
	assert_int_equal(closed("P00000"), WECHAT_ORDERNOTEXIST);
	assert_int_equal(pay_accept(&sandbox, p, FAULT_lost), RC_OK);
	struct wechat_query q = asked(p->number);
	assert_int_equal(q.state, WECHAT_TRADE_SUCCESS);
	assert_int_equal(q.total.fen, 128000);
	assert_string_equal(q.transaction_id, p->transaction_id);
	assert_int_equal(strlen(q.transaction_id), 28);
	assert_int_equal(closed(p->number), WECHAT_ORDERPAID);
	assert_int_equal(ordered(&in).answer.error, WECHAT_ORDERPAID);
	assert_int_equal(pay_accept(&sandbox, p, FAULT_none), RC_CONFLICT);
	p = sandbox_order(ANYWHERE);
	assert_int_equal(pay_refuse(&sandbox, p), RC_OK);
	assert_int_equal(asked(p->number).state, WECHAT_TRADE_PAYERROR);
	assert_int_equal(pay_accept(&sandbox, p, FAULT_none), RC_CONFLICT);
}

TEST(gateway_close_rule,
     "MON-5 WXP-3 a payment cannot be closed within five minutes; afterwards it can, and cannot be paid any more")
{
	struct pay *p = sandbox_order(ANYWHERE);
	struct wechat_order_in in = again(p);

	assert_int_equal(closed(p->number), WECHAT_SYSTEMERROR);
	clock_shift(5 * MINUTE_US);
	assert_int_equal(closed(p->number), WECHAT_DONE);
	clock_shift(0);
	assert_int_equal(closed(p->number), WECHAT_ORDERCLOSED);
	assert_int_equal(asked(p->number).state, WECHAT_TRADE_CLOSED);
	assert_int_equal(ordered(&in).answer.error, WECHAT_ORDERCLOSED);
	assert_int_equal(pay_accept(&sandbox, p, FAULT_none), RC_CONFLICT);
}

TEST(gateway_expiry, "WXP-3 after time_expire nothing can be paid")
{
	struct wechat_order_in in = { .number = "P-expiry",
				      .body = "x",
				      .product_id = "1",
				      .client_ip = "127.0.0.1",
				      .total = { 1 },
				      .expire = instant_add(clock_now(), HOUR_US) };

	assert_int_equal(ordered(&in).answer.error, WECHAT_DONE);
	struct pay *p = pay_by_number(&sandbox.pays, in.number);
	clock_shift(HOUR_US);
	assert_int_equal(pay_accept(&sandbox, p, FAULT_none), RC_CONFLICT);
	clock_shift(0);
	assert_int_equal(pay_accept(&sandbox, p, FAULT_lost), RC_OK);
}

/* The error for a signed order with these changes. */
static enum wechat_error changed(const char *name, const char *value)
{
	struct pair p[] = { { "appid", merchant.appid },
			    { "mch_id", merchant.mch_id },
			    { "nonce_str", "x" },
			    { "body", "x" },
			    { "out_trade_no", "P-changed" },
			    { "total_fee", "1" },
			    { "spbill_create_ip", "127.0.0.1" },
			    { "notify_url", ANYWHERE },
			    { "trade_type", "NATIVE" },
			    { "product_id", "1" },
			    { "sign_type", "HMAC-SHA256" },
			    { "sign", "" } };
	enum { N = sizeof p / sizeof *p };
	char sign[WXSIGN_SIZE];
	struct wechat_order got;
	struct out o = { 0 };

	for (int i = 0; i < N; i++)
		if (!strcmp(p[i].name, name))
			p[i].value = value;
	if (strcmp(name, "sign"))
		p[N - 1].value = wxsign(&unit_arena, WXSIGN_HMAC_SHA256, p, N, merchant.key, sign);
	xml_flat_write(&o, "xml", p, N);
	struct bytes xml = { arena_dup(&unit_arena, o.p, o.n), o.n };
	out_free(&o);
	assert_int_equal(wechat_order_read(&unit_arena, &merchant, sandbox_posted(gateway_order, xml), &got), RC_OK);
	return got.answer.error;
}

TEST(gateway_checks,
     "WXP-4 missing and wrong fields are told apart, and a caller who cannot be known is refused without a signature")
{
	static const char *const required[] = { "body",       "out_trade_no", "total_fee", "spbill_create_ip",
						"notify_url", "trade_type",   "product_id" };
	static const struct pair wrong[] = {
		{ "total_fee", "0" },
		{ "total_fee", "1.5" },
		{ "total_fee", "-1" },
		{ "out_trade_no", "P 1234" },
		{ "out_trade_no", "P123" },
		{ "trade_type", "JSAPI" },
		{ "notify_url", "ftp://x/" },
		{ "notify_url", ANYWHERE "?a=1" },
		{ "product_id", "123456789012345678901234567890123" },
	};
	static const struct pair strange[] = { { "appid", "wx0" },  { "mch_id", "1" }, { "appid", "" },
					       { "nonce_str", "" }, { "sign", "X" },   { "sign", "" } };

	for (size_t i = 0; i < sizeof required / sizeof *required; i++)
		assert_int_equal(changed(required[i], ""), WECHAT_LACK_PARAMS);
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
		assert_int_equal(changed(wrong[i].name, wrong[i].value), WECHAT_PARAM_ERROR);
	for (size_t i = 0; i < sizeof strange / sizeof *strange; i++)
		assert_int_equal(changed(strange[i].name, strange[i].value), WECHAT_REFUSED);
	assert_null(pay_by_number(&sandbox.pays, "P-changed"));
}

TEST(gateway_garbage, "WXP-4 what is no document gets return_code FAIL")
{
	static const char *const bodies[] = { "", "<xml>", "{}", "<!DOCTYPE x><xml/>" };
	struct wechat_answer answer;

	for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++) {
		struct bytes b = sandbox_posted(gateway_query, (struct bytes){ bodies[i], strlen(bodies[i]) });
		assert_int_equal(wechat_close_read(&unit_arena, &merchant, b, &answer), RC_OK);
		assert_int_equal(answer.error, WECHAT_REFUSED);
	}
}

TEST(gateway_faults, "MON-10 on demand the gateway is busy, talks rubbish, or signs wrongly")
{
	struct pay *p = sandbox_order(ANYWHERE);
	struct wechat_query q;
	struct bytes xml;

	assert_int_equal(wechat_number_write(&unit_arena, &merchant, p->number, &xml), RC_OK);
	gateway_fail(GATEWAY_busy, "", 2);
	assert_int_equal(asked(p->number).answer.error, WECHAT_SYSTEMERROR);
	assert_int_equal(asked(p->number).answer.error, WECHAT_SYSTEMERROR);
	assert_int_equal(asked(p->number).answer.error, WECHAT_DONE);
	gateway_fail(GATEWAY_forged, "", 1);
	assert_int_equal(wechat_query_read(&unit_arena, &merchant, sandbox_posted(gateway_query, xml), p->number, &q),
			 RC_UNCERTAIN);
	gateway_fail(GATEWAY_rubbish, "", 1);
	assert_int_equal(wechat_query_read(&unit_arena, &merchant, sandbox_posted(gateway_query, xml), p->number, &q),
			 RC_UNCERTAIN);
	assert_int_equal(asked(p->number).answer.error, WECHAT_DONE);
}
