#include "base/beijing.h"
#include "base/str.h"
#include "base/time.h"
#include "channel/wechat_field.h"
#include "channel/wechat_notice.h"
#include "wechat_unit.h"

static struct wechat_order_in order(void)
{
	return (struct wechat_order_in){
		.number = "P20261121102304000012",
		.body = "云安全 & 合规",
		.product_id = "1001",
		.client_ip = "203.0.113.7",
		.total = { 128000 },
		.start = { 1795227784 * SECOND_US },
		.expire = { (1795227784 + 7200) * SECOND_US },
	};
}

static enum rc write_order(const struct wechat_order_in *in)
{
	struct bytes xml;
	enum rc rc = wechat_order_write(&unit_arena, &merchant, in, &xml);

	if (rc == RC_OK)
		sent_read(xml);
	return rc;
}

TEST(order_writes, "WXP-3 unifiedorder carries every required field, times of Beijing, and a right signature")
{
	struct wechat_order_in in = order();
	static const struct pair want[] = {
		{ "appid", "wxd930ea5d5a258f4f" },
		{ "mch_id", "10000100" },
		{ "body", "云安全 & 合规" },
		{ "out_trade_no", "P20261121102304000012" },
		{ "total_fee", "128000" },
		{ "fee_type", "CNY" },
		{ "spbill_create_ip", "203.0.113.7" },
		{ "trade_type", "NATIVE" },
		{ "notify_url", "https://shop.test/callback/wechat" },
		{ "product_id", "1001" },
		{ "time_start", "20261121102304" },
		{ "time_expire", "20261121122304" },
		{ "sign_type", "HMAC-SHA256" },
	};

	assert_int_equal(write_order(&in), RC_OK);
	for (size_t i = 0; i < sizeof want / sizeof *want; i++)
		assert_string_equal(sent(want[i].name), want[i].value);
	assert_int_equal(strlen(sent("nonce_str")), 32);
	assert_null(sent("attach"));
	assert_true(wxsign_check(&unit_arena, WXSIGN_HMAC_SHA256, sent_doc.fields, sent_doc.n, merchant.key));
}

TEST(order_body, "WXP-3 the payer's text is one line of at most 127 bytes that ends at a character")
{
	struct wechat_order_in in = order();
	char text[200] = "";

	for (int i = 0; i < 50; i++)
		strcat(text, "云");
	text[3] = '\n';
	text[4] = text[5] = '\r';
	in.body = text;
	assert_int_equal(write_order(&in), RC_OK);
	assert_int_equal(strlen(sent("body")), 126);
	assert_int_equal(strncmp(sent("body"), "云   云", 9), 0);
}

TEST(order_refuses, "WXP-3 WXP-7 an order that the protocol cannot say is not sent")
{
	struct wechat_order_in in = order();

	in.total.fen = 0;
	assert_int_equal(write_order(&in), RC_INVALID);
	in = order();
	in.number = "P1234";
	assert_int_equal(write_order(&in), RC_INVALID);
	in = order();
	in.product_id = "1&total_fee=1";
	assert_int_equal(write_order(&in), RC_INVALID);
	in = order();
	in.body = "";
	assert_int_equal(write_order(&in), RC_INVALID);
}

TEST(order_reads, "WXP-3 unifiedorder answers with a code to scan, and only then is there one")
{
	struct wechat_order got;
	struct bytes good = WECHAT_ANSWER({ "result_code", "SUCCESS" }, { "prepay_id", "wx21" },
				   { "code_url", "weixin://wxpay/bizpayurl?pr=1" });

	assert_int_equal(wechat_order_read(&unit_arena, &merchant, good, &got), RC_OK);
	assert_int_equal(got.answer.error, WECHAT_DONE);
	assert_string_equal(got.code_url, "weixin://wxpay/bizpayurl?pr=1");
	struct bytes none = WECHAT_ANSWER({ "result_code", "SUCCESS" }, { "prepay_id", "wx21" });
	assert_int_equal(wechat_order_read(&unit_arena, &merchant, none, &got), RC_UNCERTAIN);
	struct bytes web =
		WECHAT_ANSWER({ "result_code", "SUCCESS" }, { "prepay_id", "wx21" }, { "code_url", "https://evil.test/" });
	assert_int_equal(wechat_order_read(&unit_arena, &merchant, web, &got), RC_UNCERTAIN);
}

static enum wechat_error error_for(const char *code)
{
	struct wechat_answer got;

	assert_int_equal(wechat_close_read(&unit_arena, &merchant,
					   WECHAT_ANSWER({ "result_code", "FAIL" }, { "err_code", code },
						  { "err_code_des", "x" }),
					   &got),
			 RC_OK);
	return got.error;
}

TEST(answer_errors, "WXP-4 business errors are told apart, those to repeat are known")
{
#define E(n) assert_int_equal(error_for(#n), WECHAT_##n);
	WECHAT_ERRORS(E)
#undef E
	assert_int_equal(error_for("BRAND_NEW"), WECHAT_OTHER);
	assert_int_equal(error_for(""), WECHAT_OTHER);
	assert_true(wechat_error_again(WECHAT_SYSTEMERROR) && wechat_error_again(WECHAT_BIZERR_NEED_RETRY));
	assert_false(wechat_error_again(WECHAT_ORDERPAID) || wechat_error_again(WECHAT_REFUSED) ||
		     wechat_error_again(WECHAT_OTHER));
}

TEST(answer_trust,
     "WXP-4 an answer that is not signed by our key for our merchant is uncertain, return_code FAIL is a refusal")
{
	static const char fail[] = "<xml><return_code>FAIL</return_code><return_msg>签名错误</return_msg></xml>";
	static const char bare[] = "<xml><return_code>SUCCESS</return_code><result_code>SUCCESS</result_code></xml>";
	struct wechat_answer got;

	assert_int_equal(wechat_close_read(&unit_arena, &merchant, (struct bytes){ fail, sizeof fail - 1 }, &got), RC_OK);
	assert_int_equal(got.error, WECHAT_REFUSED);
	assert_string_equal(got.message, "签名错误");
	assert_int_equal(wechat_close_read(&unit_arena, &merchant, (struct bytes){ bare, sizeof bare - 1 }, &got),
			 RC_UNCERTAIN);
	assert_int_equal(wechat_close_read(&unit_arena, &merchant, (struct bytes){ "<html>", 6 }, &got), RC_UNCERTAIN);
	struct bytes good = WECHAT_ANSWER({ "result_code", "SUCCESS" });
	assert_int_equal(wechat_close_read(&unit_arena, &merchant, good, &got), RC_OK);
	struct wechat_conf other = merchant;
	other.mch_id = "10000999";
	assert_int_equal(wechat_close_read(&unit_arena, &other, good, &got), RC_UNCERTAIN);
	other = merchant;
	other.sign_type = WXSIGN_MD5;
	assert_int_equal(wechat_close_read(&unit_arena, &other, good, &got), RC_UNCERTAIN);
}

#define PAID                                                                                                           \
	{ "result_code", "SUCCESS" }, { "out_trade_no", "P20261121102304000012" }, { "trade_state", "SUCCESS" },       \
		{ "openid", "o" }, { "bank_type", "CFT" }, { "total_fee", "128000" }, { "cash_fee", "127000" },        \
		{ "transaction_id", "42000" },                                                                         \
	{                                                                                                              \
		"time_end", "20261121102304"                                                                           \
	}

TEST(query_reads, "WXP-3 orderquery tells state, amount, transaction and time, for the number that was asked")
{
	struct wechat_query got;

	assert_int_equal(wechat_query_read(&unit_arena, &merchant, WECHAT_ANSWER(PAID), "P20261121102304000012", &got), RC_OK);
	assert_int_equal(got.state, WECHAT_TRADE_SUCCESS);
	assert_int_equal(got.total.fen, 128000);
	assert_int_equal(got.cash.fen, 127000);
	assert_string_equal(got.transaction_id, "42000");
	assert_int_equal(got.paid_at.us, 1795227784 * SECOND_US);
	assert_true(got.cny);
	assert_int_equal(wechat_query_read(&unit_arena, &merchant, WECHAT_ANSWER(PAID, { "fee_type", "USD" }),
					   "P20261121102304000012", &got),
			 RC_OK);
	assert_false(got.cny);
	assert_int_equal(wechat_query_read(&unit_arena, &merchant, WECHAT_ANSWER(PAID), "P20261121102304000013", &got),
			 RC_UNCERTAIN);
}

TEST(query_states, "WXP-3 every trade_state is known, and one that is not is uncertain")
{
	struct wechat_query got;
	static const char *const unpaid[] = { "NOTPAY", "CLOSED", "REVOKED", "USERPAYING", "PAYERROR" };

	for (size_t i = 0; i < sizeof unpaid / sizeof *unpaid; i++) {
		struct bytes xml = WECHAT_ANSWER({ "result_code", "SUCCESS" }, { "out_trade_no", "P00001" },
					  { "trade_state", unpaid[i] });
		assert_int_equal(wechat_query_read(&unit_arena, &merchant, xml, "P00001", &got), RC_OK);
		assert_true(got.state > WECHAT_TRADE_REFUND && got.state < WECHAT_TRADE__MAX);
	}
	struct bytes odd =
		WECHAT_ANSWER({ "result_code", "SUCCESS" }, { "out_trade_no", "P00001" }, { "trade_state", "MAYBE" });
	assert_int_equal(wechat_query_read(&unit_arena, &merchant, odd, "P00001", &got), RC_UNCERTAIN);
	struct bytes hollow =
		WECHAT_ANSWER({ "result_code", "SUCCESS" }, { "out_trade_no", "P00001" }, { "trade_state", "SUCCESS" });
	assert_int_equal(wechat_query_read(&unit_arena, &merchant, hollow, "P00001", &got), RC_UNCERTAIN);
}

TEST(field_time, "WXP-3 times are of Beijing in whatever zone the platform keeps")
{
	static const char *const zones[] = { "Asia/Shanghai", "UTC", "-05:00" };
	char b[BEIJING_SIZE];
	struct instant t;

	for (size_t i = 0; i < sizeof zones / sizeof *zones; i++) {
		assert_true(time_zone_set(zones[i]));
		assert_string_equal(beijing_text((struct instant){ 1795227784 * SECOND_US + 999999 }, b),
				    "20261121102304");
		assert_true(beijing_parse(b, &t));
		assert_int_equal(t.us, 1795227784 * SECOND_US);
	}
	assert_true(time_zone_set("Asia/Shanghai"));
	assert_true(beijing_parse("20280229235959", &t));
	assert_false(beijing_parse("20270229235959", &t));
	assert_false(beijing_parse("20261121240000", &t));
	assert_false(beijing_parse(NULL, &t));
}

TEST(notice_signed, "WXP-2 the algorithm of a notice must be the one stored with the payment")
{
	struct wechat_notice n = { .sign_type = WXSIGN_MD5 };

	assert_true(wechat_notice_signed(&n, WXSIGN_MD5));
	assert_false(wechat_notice_signed(&n, WXSIGN_HMAC_SHA256));
	assert_true(wechat_notice_signed(&n, 0));
}

TEST(notice_answers, "WXP-5 the answer is SUCCESS, or FAIL with a message that reveals nothing")
{
	struct out o = { 0 };

	wechat_notice_answer(&o, true);
	wechat_notice_answer(&o, false);
	out_bytes(&o, "", 1);
	assert_string_equal(
		o.p,
		"<xml><return_code><![CDATA[SUCCESS]]></return_code><return_msg><![CDATA[OK]]></return_msg></xml>"
		"<xml><return_code><![CDATA[FAIL]]></return_code><return_msg><![CDATA[ERROR]]></return_msg></xml>");
	out_free(&o);
}

TEST(conf_reads, "WXP-2 a channel that is not wholly configured says which setting is missing")
{
	struct config c = { .wechat_gateway = "https://g",
			    .wechat_appid = "wx1",
			    .wechat_mch_id = "1",
			    .wechat_key = merchant.key,
			    .wechat_sign_type = "MD5",
			    .wechat_notify_url = "",
			    .platform_base_url = "https://shop.test" };
	struct wechat_conf got;
	const char *why;

	assert_int_equal(wechat_conf_read(&unit_arena, &c, &got, &why), RC_OK);
	assert_string_equal(got.notify_url, "https://shop.test/callback/wechat");
	assert_int_equal(got.sign_type, WXSIGN_MD5);
	c.wechat_key = "short";
	assert_int_equal(wechat_conf_read(&unit_arena, &c, &got, &why), RC_INVALID);
	assert_string_equal(why, "wechat.key is not of 32 characters");
	c.wechat_key = merchant.key;
	c.wechat_sign_type = "SHA1";
	assert_int_equal(wechat_conf_read(&unit_arena, &c, &got, &why), RC_INVALID);
}
