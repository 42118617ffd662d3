#include <stdio.h>

#include "base/time.h"
#include "channel/wechat_refund.h"
#include "wechat_unit.h"

static const struct wechat_refund_in refund = {
	.payment = "P20261121102304000012", .number = "R20261121102304000013", .total = { 128000 }, .amount = { 28000 }, .reason = "部分退款 A&B`\n",
};

TEST(refund_writes, "WXP-3 WXP-7 refund carries payment, number, both amounts, the reason without & and where it is announced")
{
	struct wechat_refund_in in = refund;
	struct bytes xml;

	assert_int_equal(wechat_refund_write(&unit_arena, &merchant, &in, &xml), RC_OK);
	sent_read(xml);
	assert_string_equal(sent("out_trade_no"), in.payment);
	assert_null(sent("transaction_id"));
	assert_string_equal(sent("out_refund_no"), in.number);
	assert_string_equal(sent("total_fee"), "128000");
	assert_string_equal(sent("refund_fee"), "28000");
	assert_string_equal(sent("refund_desc"), "部分退款 A B  ");
	assert_string_equal(sent("notify_url"), "https://shop.test/callback/wechat/refund");
	assert_true(wxsign_check(&unit_arena, WXSIGN_HMAC_SHA256, sent_doc.fields, sent_doc.n, merchant.key));
	in.transaction_id = "4200001";
	assert_int_equal(wechat_refund_write(&unit_arena, &merchant, &in, &xml), RC_OK);
	sent_read(xml);
	assert_string_equal(sent("transaction_id"), "4200001");
	assert_null(sent("out_trade_no"));
}

TEST(refund_unsaid, "WXP-3 WXP-7 a refund of nothing, above the payment, or with a number that could be cut is not sent")
{
	struct wechat_refund_in in = refund;
	struct bytes xml;

	in.amount.fen = 0;
	assert_int_equal(wechat_refund_write(&unit_arena, &merchant, &in, &xml), RC_INVALID);
	in.amount.fen = 128001;
	assert_int_equal(wechat_refund_write(&unit_arena, &merchant, &in, &xml), RC_INVALID);
	in = refund;
	in.number = "R1&refund_fee=1";
	assert_int_equal(wechat_refund_write(&unit_arena, &merchant, &in, &xml), RC_INVALID);
	in = refund;
	in.payment = "P1";
	assert_int_equal(wechat_refund_write(&unit_arena, &merchant, &in, &xml), RC_INVALID);
}

static struct wechat_refund read_refund(struct bytes xml, enum rc want)
{
	struct wechat_refund got;

	assert_int_equal(wechat_refund_read(&unit_arena, &merchant, xml, &refund, &got), want);
	return got;
}

TEST(refund_reads, "WXP-3 an answer to a refund is for this number and this amount, else nothing is known")
{
	struct wechat_refund got = read_refund(WECHAT_ANSWER({ "result_code", "SUCCESS" }, { "refund_id", "5030000" }, { "out_refund_no", refund.number },
							     { "refund_fee", "28000" }), RC_OK);

	assert_int_equal(got.answer.error, WECHAT_DONE);
	assert_string_equal(got.refund_id, "5030000");
	read_refund(WECHAT_ANSWER({ "result_code", "SUCCESS" }, { "refund_id", "5030000" }, { "out_refund_no", "R1" }, { "refund_fee", "28000" }), RC_UNCERTAIN);
	read_refund(WECHAT_ANSWER({ "result_code", "SUCCESS" }, { "refund_id", "5030000" }, { "out_refund_no", refund.number }, { "refund_fee", "1" }),
		    RC_UNCERTAIN);
	read_refund(WECHAT_ANSWER({ "result_code", "SUCCESS" }, { "out_refund_no", refund.number }, { "refund_fee", "28000" }), RC_UNCERTAIN);
	read_refund((struct bytes){ "<html>", 6 }, RC_UNCERTAIN);
}

TEST(refund_errors, "WXP-4 refusals of a refund are told apart: never, later with the same number, and what is our own fault")
{
	static const char *const never[] = { "TRADE_OVERDUE", "USER_ACCOUNT_ABNORMAL", "INVALID_TRANSACTIONID", "ORDERNOTEXIST", "ERROR", "INVALID_REQUEST",
					     "PARAM_ERROR", "REFUND_FEE_MISMATCH" };
	static const char *const later[] = { "SYSTEMERROR", "BIZERR_NEED_RETRY", "FREQUENCY_LIMITED", "INVALID_REQ_TOO_MUCH" };
	static const char *const ours[] = { "NOTENOUGH", "CERT_ERROR", "NOAUTH", "SIGNERROR", "LACK_PARAMS", "XML_FORMAT_ERROR", "MCHID_NOT_EXIST", "BRAND_NEW" };

	for (size_t i = 0; i < sizeof never / sizeof *never; i++) {
		enum wechat_error e = read_refund(WECHAT_ANSWER({ "result_code", "FAIL" }, { "err_code", never[i] }), RC_OK).answer.error;
		assert_true(wechat_refund_never(e) && !wechat_error_again(e));
	}
	for (size_t i = 0; i < sizeof later / sizeof *later; i++) {
		enum wechat_error e = read_refund(WECHAT_ANSWER({ "result_code", "FAIL" }, { "err_code", later[i] }), RC_OK).answer.error;
		assert_true(!wechat_refund_never(e) && wechat_error_again(e));
	}
	for (size_t i = 0; i < sizeof ours / sizeof *ours; i++) {
		enum wechat_error e = read_refund(WECHAT_ANSWER({ "result_code", "FAIL" }, { "err_code", ours[i] }), RC_OK).answer.error;
		assert_true(e != WECHAT_DONE && !wechat_refund_never(e) && !wechat_error_again(e));
	}
}

/* ---- refundquery ---- */

static const char *numbered(const char *text, size_t i) { return arena_printf(&unit_arena, "%s%zu", text, i); }

/* A page of refunds R100, R101, … from `first` on. */
static struct bytes page(size_t first, size_t n, size_t all)
{
	struct pair p[200];
	size_t k = 0;

	p[k++] = (struct pair){ "result_code", "SUCCESS" };
	p[k++] = (struct pair){ "refund_count", numbered("", n) };
	p[k++] = (struct pair){ "total_refund_count", numbered("", all) };
	p[k++] = (struct pair){ "transaction_id", "4200001" };
	p[k++] = (struct pair){ "out_trade_no", refund.payment };
	p[k++] = (struct pair){ "total_fee", "128000" };
	p[k++] = (struct pair){ "cash_fee", "128000" };
	for (size_t i = 0; i < n; i++) {
		p[k++] = (struct pair){ numbered("out_refund_no_", i), numbered("R", 100 + first + i) };
		p[k++] = (struct pair){ numbered("refund_id_", i), numbered("503000", first + i) };
		p[k++] = (struct pair){ numbered("refund_channel_", i), "ORIGINAL" };
		p[k++] = (struct pair){ numbered("refund_fee_", i), numbered("", 100 + first + i) };
		p[k++] = (struct pair){ numbered("settlement_refund_fee_", i), "1" };
		p[k++] = (struct pair){ numbered("refund_status_", i), wechat_refund_state_enum.names[1 + (first + i) % 4] };
		p[k++] = (struct pair){ numbered("refund_account_", i), "REFUND_SOURCE_UNSETTLED_FUNDS" };
		p[k++] = (struct pair){ numbered("refund_recv_accout_", i), "支付用户零钱" };
		p[k++] = (struct pair){ numbered("refund_success_time_", i), "2026-11-21 10:23:04" };
	}
	return wechat_answer(p, k);
}

TEST(refund_query_reads, "WXP-3 refundquery: each of ten refunds of one payment is found by its own number, with its state, amount and time")
{
	struct wechat_refund_query got;

	for (size_t i = 0; i < 10; i++) {
		assert_int_equal(wechat_refund_query_read(&unit_arena, &merchant, page(0, 10, 23), numbered("R", 100 + i), &got), RC_OK);
		assert_int_equal(got.answer.error, WECHAT_DONE);
		assert_int_equal(got.state, 1 + i % 4);
		assert_int_equal(got.amount.fen, 100 + i);
		assert_string_equal(got.refund_id, numbered("503000", i));
		assert_int_equal(got.done_at.us, 1795227784 * SECOND_US);
		assert_true(got.cny);
	}
	assert_int_equal(wechat_refund_query_read(&unit_arena, &merchant, page(0, 10, 23), "R110", &got), RC_OK);
	assert_int_equal(got.answer.error, WECHAT_REFUNDNOTEXIST);
	assert_true(got.listed == 10 && got.all == 23);
	assert_int_equal(wechat_refund_query_read(&unit_arena, &merchant, page(20, 3, 23), "R122", &got), RC_OK);
	assert_int_equal(got.answer.error, WECHAT_DONE);
}

TEST(refund_query_offset, "WXP-3 refundquery asks for the next page by its offset")
{
	struct bytes xml;

	assert_int_equal(wechat_refund_query_write(&unit_arena, &merchant, "R100", 0, &xml), RC_OK);
	sent_read(xml);
	assert_string_equal(sent("out_refund_no"), "R100");
	assert_null(sent("offset"));
	assert_int_equal(wechat_refund_query_write(&unit_arena, &merchant, "R100", 10, &xml), RC_OK);
	sent_read(xml);
	assert_string_equal(sent("offset"), "10");
}

static enum rc query_of(const char *state, const char *fee, const char *id, const char *at, struct wechat_refund_query *got)
{
	return wechat_refund_query_read(&unit_arena, &merchant,
					WECHAT_ANSWER({ "result_code", "SUCCESS" }, { "refund_count", "1" }, { "out_refund_no_0", "R100" },
						      { "refund_id_0", id }, { "refund_fee_0", fee }, { "refund_status_0", state },
						      { "refund_success_time_0", at }),
					"R100", got);
}

TEST(refund_query_strict, "WXP-3 WXP-4 a refund whose state, amount, id or time is none is not known; REFUNDNOTEXIST is")
{
	struct wechat_refund_query got;

	assert_int_equal(query_of("SUCCESS", "1", "5", "", &got), RC_OK);
	assert_int_equal(got.done_at.us, 0);
	assert_int_equal(query_of("NOTSURE", "1", "5", "", &got), RC_UNCERTAIN);
	assert_int_equal(query_of("SUCCESS", "0", "5", "", &got), RC_UNCERTAIN);
	assert_int_equal(query_of("SUCCESS", "1.0", "5", "", &got), RC_UNCERTAIN);
	assert_int_equal(query_of("SUCCESS", "1", "", "", &got), RC_UNCERTAIN);
	assert_int_equal(query_of("SUCCESS", "1", "5", "20261121102304", &got), RC_UNCERTAIN);
	assert_int_equal(wechat_refund_query_read(&unit_arena, &merchant, WECHAT_ANSWER({ "result_code", "SUCCESS" }), "R100", &got), RC_UNCERTAIN);
	assert_int_equal(wechat_refund_query_read(&unit_arena, &merchant, WECHAT_ANSWER({ "result_code", "FAIL" }, { "err_code", "REFUNDNOTEXIST" }), "R100", &got),
			 RC_OK);
	assert_int_equal(got.answer.error, WECHAT_REFUNDNOTEXIST);
}

TEST(refund_without_certificate, "WXP-3 without a client certificate nothing is sent: an https gateway needs it, and plain http is for development only")
{
	struct wechat_conf c = merchant;
	struct wechat_refund got;

	assert_int_equal(wechat_refund(&unit_arena, &c, &refund, &got), RC_INVALID);
	assert_string_equal(got.answer.message, "wechat.cert_file and wechat.cert_key_file are not set");
	c.cert_file = c.cert_key_file = "/etc/passwd";	/* others may read it */
	assert_int_equal(wechat_refund(&unit_arena, &c, &refund, &got), RC_INVALID);
	c.gateway = "http://127.0.0.1:1";
	assert_int_equal(wechat_refund(&unit_arena, &c, &refund, &got), RC_INVALID);
	c.allow_private = true;
	assert_int_equal(wechat_refund(&unit_arena, &c, &refund, &got), RC_AWAY);
}
