#include <stdio.h>

#include "base/time.h"
#include "channel/wechat_bill.h"
#include "wechat_unit.h"

#define HEAD "交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,应结订单金额,代金券金额,微信退款单号," \
	"商户退款单号,退款金额,充值券退款金额,退款类型,退款状态,商品名称,商户数据包,手续费,费率,订单金额,申请退款金额,费率备注\r\n"
#define PAID(time, id, number, yuan, fee)                                                                                                           \
	"`" time ",`wxd930ea5d5a258f4f,`10000100,`0,`,`" id ",`" number ",`oUpF8,`NATIVE,`SUCCESS,`OTHERS,`CNY,`" yuan ",`0.00,`0,`0,`0.00,`0.00,`,`,`云安全, 一年," \
	"`,`" fee ",`0.60%,`" yuan ",`0.00,`\r\n"
#define BACK(time, id, number, yuan, fee, state)                                                                                                    \
	"`" time ",`wxd930ea5d5a258f4f,`10000100,`0,`,`42000001,`P00001,`oUpF8,`NATIVE,`REFUND,`OTHERS,`CNY,`0.00,`0.00,`" id ",`" number ",`" yuan       \
	",`0.00,`ORIGINAL,`" state ",`云安全,`,`" fee ",`0.60%,`0.00,`" yuan ",`\r\n"
#define SUMS "总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额\r\n"
#define MARK "\xef\xbb\xbf"

#define ONE PAID("2026-11-21 10:23:04", "42000001", "P00001", "1280.00", "7.68000")
#define TWO PAID("2026-11-21 23:59:59", "42000002", "P00002", "0.01", "0.00000")
#define BACK_ONE BACK("2026-11-21 11:00:00", "5030001", "R00001", "280.00", "-1.68000", "SUCCESS")
#define GOOD MARK HEAD ONE TWO BACK_ONE SUMS "`3,`1280.01,`280.00,`0.00,`6.00000,`1280.01,`280.00\r\n"

static struct channel_line got[8];
static size_t got_n;
static enum rc line_says;

static enum rc keep(void *ctx, const struct channel_line *l)
{
	(void)ctx;
	assert_true(got_n < sizeof got / sizeof *got);
	got[got_n] = *l;
	got[got_n].number = arena_strdup(&unit_arena, l->number);
	got[got_n++].transaction_id = arena_strdup(&unit_arena, l->transaction_id);
	return line_says;
}

/* In pieces of that many bytes. */
static enum rc read_in(const char *text, size_t piece)
{
	struct wechat_bill *b = wechat_bill_open(&unit_arena, &merchant, date_make(2026, 11, 21), keep, NULL);
	size_t n = strlen(text);
	const char *why = NULL;

	got_n = 0;
	for (size_t at = 0; at < n && wechat_bill_piece(b, text + at, n - at < piece ? n - at : piece); at += piece)
		;
	enum rc rc = wechat_bill_close(b, &why);
	assert_true((rc == RC_OK) == !why);
	return rc;
}

static enum rc read_bill(const char *text) { return read_in(text, strlen(text) + 1); }

static const char *replaced(const char *text, const char *what, const char *with)
{
	const char *at = strstr(text, what);

	assert_non_null(at);
	return arena_printf(&unit_arena, "%.*s%s%s", (int)(at - text), text, with, at + strlen(what));
}

TEST(bill_reads, "WXP-3 MON-9 a bill: mark, backticks, CRLF; payments and refunds with their numbers, exact amounts, fees and times")
{
	assert_int_equal(read_bill(GOOD), RC_OK);
	assert_int_equal(got_n, 3);
	assert_string_equal(got[0].number, "P00001");
	assert_string_equal(got[0].transaction_id, "42000001");
	assert_int_equal(got[0].amount.fen, 128000);
	assert_int_equal(got[0].fee.fen, 768);
	assert_int_equal(got[0].at.us, 1795227784 * SECOND_US);
	assert_false(got[0].refund);
	assert_int_equal(got[1].amount.fen, 1);
	assert_true(got[2].refund);
	assert_string_equal(got[2].number, "R00001");
	assert_string_equal(got[2].transaction_id, "5030001");
	assert_int_equal(got[2].amount.fen, 28000);
	assert_int_equal(got[2].fee.fen, 168);
}

TEST(bill_pieces, "WXP-3 a bill is the same in pieces of any size")
{
	for (size_t piece = 1; piece < 80; piece++) {
		assert_int_equal(read_in(GOOD, piece), RC_OK);
		assert_int_equal(got_n, 3);
	}
}

TEST(bill_columns, "WXP-3 the head line decides the columns: other order, older names, columns that nobody knows")
{
	static const char old[] = "新的列,交易时间,商户号,货币种类,微信订单号,商户订单号,交易状态,总金额,微信退款单号,商户退款单号,退款金额,手续费\r\n"
		"`x,`2026-11-21 10:23:04,`10000100,`CNY,`42,`P1,`SUCCESS,`12.3,`0,`0,`0,`0.07\r\n"
		"`x,`2026-11-21 10:23:05,`10000100,`CNY,`42,`P1,`REFUND,`0,`50,`R1,`1,`-0.01\r\n"
		"总交易单数,总交易额,退款总金额,手续费总金额\r\n`2,`12.3,`1.0,`0.06";

	assert_int_equal(read_bill(old), RC_OK);
	assert_int_equal(got_n, 2);
	assert_int_equal(got[0].amount.fen, 1230);
	assert_int_equal(got[1].amount.fen, 100);
	assert_int_equal(read_bill(replaced(GOOD, "商户订单号", "商户单号")), RC_MALFORMED);
	assert_int_equal(read_bill(replaced(GOOD, "设备号", "商户订单号")), RC_MALFORMED);
}

TEST(bill_empty, "WXP-3 a bill without a line is whole when its sums are nothing")
{
	assert_int_equal(read_bill(HEAD SUMS "`0,`0.00,`0.00,`0.00,`0.00000,`0.00,`0.00\r\n"), RC_OK);
	assert_int_equal(got_n, 0);
}

TEST(bill_failed_refund, "WXP-3 a refund that failed there is no line, and stands in the sums")
{
	const char *text = replaced(GOOD, ",`ORIGINAL,`SUCCESS,", ",`ORIGINAL,`FAIL,");

	assert_int_equal(read_bill(text), RC_OK);
	assert_int_equal(got_n, 2);
}

TEST(bill_sums, "WXP-3 MON-9 a line too few, one too many, a changed amount, a sum changed or missing: the whole is refused")
{
	static const struct pair changes[] = {
		{ TWO, "" }, { TWO, TWO TWO }, { "`1280.00,`0.00,`0,", "`1280.10,`0.00,`0," }, { "`3,", "`4," }, { "`6.00000", "`6.00001" },
		{ "`7.68000", "`7.68001" }, { ",`1280.01,`280.00\r\n", ",`1280.02,`280.00\r\n" }, { ",`280.00\r\n", ",`280.01\r\n" }, { ",手续费总金额", ",别的" },
		{ "总交易单数,", "总交易单数和,", },
	};

	for (size_t i = 0; i < sizeof changes / sizeof *changes; i++)
		assert_int_equal(read_bill(replaced(GOOD, changes[i].name, changes[i].value)), RC_MALFORMED);
}

TEST(bill_cut, "WXP-3 cut off anywhere a bill is refused")
{
	size_t n = strlen(GOOD);

	for (size_t at = 0; at < n - 5; at++) {
		size_t mark = arena_mark(&unit_arena);
		assert_int_equal(read_bill(arena_dup(&unit_arena, GOOD, at)), RC_MALFORMED);
		arena_release(&unit_arena, mark);
	}
}

TEST(bill_strict, "WXP-3 what is not as it must be refuses the whole: values, times, currency, merchant, state, line ends")
{
	static const struct pair changes[] = {
		{ "`1280.00,`0.00,`0", "`1,280.00,`0.00,`0" }, { "`1280.00,", "`1280.001," }, { "`7.68000", "`7.680000" }, { "`7.68000", "`-7.68000" },
		{ "`7.68000", "`" }, { "`7.68000", "`7.6e1" }, { "`7.68000", "`+7.68" }, { "`0.01,", "`00.01," }, { "`0.01,", "`.01," }, { "`0.01,", "`1.," },
		{ "2026-11-21 23:59:59", "2026-11-22 00:00:00" }, { "2026-11-21 23:59:59", "2026-11-21 24:00:00" }, { "2026-11-21 23:59:59", "20261121235959" },
		{ "`10000100", "`10000999" }, { "`CNY", "`USD" }, { "`SUCCESS,`OTHERS", "`PENDING,`OTHERS" }, { "`42000002", "`" }, { "`42000002", "`42 2" },
		{ "\r\n`2026", "\n`2026" }, { "`2026-11-21 23", "2026-11-21 23" }, { "`oUpF8,", "oUpF8," }, { "`NATIVE", "`\xff" },
		{ "总交易单数", "`x\r\n总交易单数" }, { "280.00\r\n", "280.00\r\nmore\r\n" },
	};

	for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
		/* the last place where it stands, for the sums' line; else the first */
		assert_int_equal(read_bill(replaced(GOOD, changes[i].name, changes[i].value)), RC_MALFORMED);
	}
}

TEST(bill_long_line, "WXP-3 a line without an end does not grow in memory")
{
	struct wechat_bill *b = wechat_bill_open(&unit_arena, &merchant, date_make(2026, 11, 21), keep, NULL);
	char piece[1024];
	const char *why;
	int n = 0;

	memset(piece, 'x', sizeof piece);
	while (wechat_bill_piece(b, piece, sizeof piece))
		assert_true(++n < 100);
	assert_int_equal(wechat_bill_close(b, &why), RC_MALFORMED);
}

TEST(bill_refusals, "WXP-3 a failure is XML: no bill (yet), busy; rubbish is neither")
{
	assert_int_equal(read_bill("<xml><return_code><![CDATA[FAIL]]></return_code><return_msg><![CDATA[No Bill Exist]]></return_msg>"
				   "<error_code><![CDATA[20002]]></error_code></xml>"), RC_NOT_FOUND);
	assert_int_equal(read_bill("<xml><return_code>FAIL</return_code><return_msg>SYSTEMERROR</return_msg></xml>"), RC_BUSY);
	assert_int_equal(read_bill("<html><body>502 Bad Gateway</body></html>"), RC_MALFORMED);
	assert_int_equal(read_bill(""), RC_MALFORMED);
	assert_int_equal(read_bill(MARK), RC_MALFORMED);
}

TEST(bill_stops, "MON-9 what the reader of the lines answers ends the bill, and is given back")
{
	line_says = RC_AWAY;
	assert_int_equal(read_bill(GOOD), RC_AWAY);
	assert_int_equal(got_n, 1);
	line_says = RC_OK;
}

TEST(bill_asks, "WXP-3 downloadbill asks for all of one day, without gzip")
{
	struct bytes xml;

	assert_int_equal(wechat_bill_write(&unit_arena, &merchant, date_make(2026, 11, 5), &xml), RC_OK);
	sent_read(xml);
	assert_string_equal(sent("bill_date"), "20261105");
	assert_string_equal(sent("bill_type"), "ALL");
	assert_null(sent("tar_type"));
}
