#include "base/time.h"
#include "channel/wechat_bill.h"
#include "channel/wechat_refund.h"
#include "sandbox/bill.h"
#include "sandbox/gateway.h"
#include "sandbox_unit.h"
#include "server.h"

#define ANYWHERE "http://127.0.0.1:1/callback/wechat"
static int serial;

static struct pay *paid(void)
{
	struct pay *p = sandbox_order(ANYWHERE);

	assert_int_equal(pay_accept(&sandbox, p, FAULT_lost), RC_OK);
	return p;
}

static struct wechat_refund_in part_of(const struct pay *p, int64_t amount)
{
	return (struct wechat_refund_in){ .payment = p->number, .number = arena_printf(&unit_arena, "R2026112110230500%04d", ++serial), .total = { p->total },
					  .amount = { amount }, .reason = "退款" };
}

/* The error of a refund; WECHAT_DONE: accepted. */
static enum wechat_error refunded(const struct wechat_refund_in *in)
{
	struct wechat_refund got;
	struct bytes xml;

	assert_int_equal(wechat_refund_write(&unit_arena, &merchant, in, &xml), RC_OK);
	assert_int_equal(wechat_refund_read(&unit_arena, &merchant, sandbox_posted(gateway_refund, xml), in, &got), RC_OK);
	return got.answer.error;
}

static struct wechat_refund_query asked(const char *number, size_t offset)
{
	struct wechat_refund_query q;
	struct bytes xml;

	assert_int_equal(wechat_refund_query_write(&unit_arena, &merchant, number, offset, &xml), RC_OK);
	assert_int_equal(wechat_refund_query_read(&unit_arena, &merchant, sandbox_posted(gateway_refund_query, xml), number, &q), RC_OK);
	return q;
}

TEST(sandbox_refunds, "MON-10 WXP-3 a refund is accepted once under its number, is under way, and is done by itself")
{
	struct wechat_refund_in in = part_of(paid(), 28000);
	uint64_t n = sandbox.refunds.n;

	assert_int_equal(refunded(&in), WECHAT_DONE);
	assert_int_equal(refunded(&in), WECHAT_DONE);
	assert_int_equal(sandbox.refunds.n, n + 1);
	assert_int_equal(asked(in.number, 0).state, WECHAT_REFUND_PROCESSING);
	struct refund *x = refund_by_number(&sandbox.refunds, in.number);
	assert_string_equal(x->tell.url, merchant.refund_notify_url);
	x->end_ms = 1;
	refund_turn(&sandbox);
	struct wechat_refund_query q = asked(in.number, 0);
	assert_int_equal(q.state, WECHAT_REFUND_SUCCESS);
	assert_int_equal(q.amount.fen, 28000);
	assert_string_equal(q.refund_id, x->refund_id);
	assert_true(q.done_at.us > 0);
	assert_int_equal(refund_end(&sandbox, x, REFUND_IS_CHANGE), RC_CONFLICT);
	x->tell.due_ms = 0;
}

TEST(sandbox_refund_rules, "MON-10 WXP-4 refunds never exceed the payment; the same number for another amount, another total, an unpaid payment are refused")
{
	struct pay *p = paid(), *open = sandbox_order(ANYWHERE);
	struct wechat_refund_in all = part_of(p, p->total), more = part_of(p, 1), none = part_of(p, 1), early = part_of(open, 1), total = part_of(paid(), 1);

	none.payment = "P00000";
	total.total.fen--;
	assert_int_equal(refunded(&none), WECHAT_ORDERNOTEXIST);
	assert_int_equal(refunded(&early), WECHAT_INVALID_TRANSACTIONID);
	assert_int_equal(refunded(&total), WECHAT_REFUND_FEE_MISMATCH);
	assert_int_equal(refunded(&all), WECHAT_DONE);
	assert_int_equal(refunded(&more), WECHAT_ERROR);
	all.amount.fen--;
	assert_int_equal(refunded(&all), WECHAT_REFUND_FEE_MISMATCH);
	assert_int_equal(refund_end(&sandbox, refund_by_number(&sandbox.refunds, all.number), REFUND_IS_REFUNDCLOSE), RC_OK);
	assert_int_equal(refunded(&more), WECHAT_DONE);
	assert_int_equal(asked("R0000", 0).answer.error, WECHAT_REFUNDNOTEXIST);
	refund_by_number(&sandbox.refunds, all.number)->tell.due_ms = 0;
}

TEST(sandbox_refund_plans, "MON-10 on demand a refund waits for a person, ends otherwise, or is not accepted; the plan is for so many")
{
	static const struct { enum refund_plan plan; enum wechat_error error; } no[] = {
		{ REFUND_PLAN_notenough, WECHAT_NOTENOUGH }, { REFUND_PLAN_overdue, WECHAT_TRADE_OVERDUE }, { REFUND_PLAN_abnormal, WECHAT_USER_ACCOUNT_ABNORMAL },
		{ REFUND_PLAN_again, WECHAT_BIZERR_NEED_RETRY },
	};
	struct pay *p = paid();

	for (size_t i = 0; i < sizeof no / sizeof *no; i++) {
		struct wechat_refund_in in = part_of(p, 1);
		refund_plan(&sandbox.refunds, no[i].plan, FAULT_none, 1);
		assert_int_equal(refunded(&in), no[i].error);
		assert_int_equal(asked(in.number, 0).answer.error, WECHAT_REFUNDNOTEXIST);
		assert_int_equal(refunded(&in), WECHAT_DONE);
	}
	struct wechat_refund_in wait = part_of(p, 1), change = part_of(p, 1), close = part_of(p, 1);
	refund_plan(&sandbox.refunds, REFUND_PLAN_wait, FAULT_lost, 1);
	assert_int_equal(refunded(&wait), WECHAT_DONE);
	refund_plan(&sandbox.refunds, REFUND_PLAN_change, FAULT_lost, 1);
	assert_int_equal(refunded(&change), WECHAT_DONE);
	refund_plan(&sandbox.refunds, REFUND_PLAN_close, FAULT_lost, 1);
	assert_int_equal(refunded(&close), WECHAT_DONE);
	for (struct refund *x, *end = sandbox.refunds.all + sandbox.refunds.n; (x = --end) >= sandbox.refunds.all;)
		x->end_ms = 1;
	refund_turn(&sandbox);
	assert_int_equal(asked(wait.number, 0).state, WECHAT_REFUND_PROCESSING);
	assert_int_equal(asked(change.number, 0).state, WECHAT_REFUND_CHANGE);
	assert_int_equal(asked(close.number, 0).state, WECHAT_REFUND_REFUNDCLOSE);
	for (struct refund *x, *end = sandbox.refunds.all + sandbox.refunds.n; (x = --end) >= sandbox.refunds.all;)
		x->tell.due_ms = 0;
}

TEST(sandbox_refund_pages, "WXP-3 more than ten refunds of one payment are told in pages of ten")
{
	struct pay *p = paid();

	for (int i = 0; i < 23; i++) {
		struct wechat_refund_in in = part_of(p, 100 + i);
		assert_int_equal(refunded(&in), WECHAT_DONE);
	}
	const struct pair by[] = { { "appid", merchant.appid }, { "mch_id", merchant.mch_id }, { "nonce_str", "x" }, { "out_trade_no", p->number } };
	for (size_t offset = 0; offset < 23; offset += 10) {
		struct pair f[6];
		char sign[WXSIGN_SIZE];
		struct out o = { 0 };
		struct wechat_refund_query q;
		const char *newest = refund_at(&sandbox.refunds, 0)->number;
		memcpy(f, by, sizeof by);
		f[4] = (struct pair){ "offset", arena_printf(&unit_arena, "%zu", offset) };
		f[5] = (struct pair){ "sign", wxsign(&unit_arena, WXSIGN_HMAC_SHA256, f, 5, merchant.key, sign) };
		xml_flat_write(&o, "xml", f, 6);
		struct bytes answer = sandbox_posted(gateway_refund_query, (struct bytes){ arena_dup(&unit_arena, o.p, o.n), o.n });
		out_free(&o);
		assert_int_equal(wechat_refund_query_read(&unit_arena, &merchant, answer, newest, &q), RC_OK);
		assert_int_equal(q.all, 23);
		assert_int_equal(q.listed, offset < 20 ? 10 : 3);
		assert_int_equal(q.answer.error, offset < 20 ? WECHAT_REFUNDNOTEXIST : WECHAT_DONE);
	}
}

/* ---- notifications ---- */

static struct refund *done_with(enum pay_fault fault)
{
	struct wechat_refund_in in = part_of(paid(), 100);

	refund_plan(&sandbox.refunds, REFUND_PLAN_wait, fault, 1);
	merchant.refund_notify_url = arena_printf(&unit_arena, "http://127.0.0.1:%d/refund", server_start(sandbox_merchant));
	assert_int_equal(refunded(&in), WECHAT_DONE);
	merchant.refund_notify_url = ANYWHERE "/refund";
	struct refund *x = refund_by_number(&sandbox.refunds, in.number);
	assert_int_equal(refund_end(&sandbox, x, REFUND_IS_SUCCESS), RC_OK);
	return x;
}

static void run_ms(int ms)
{
	for (int64_t end = sandbox_ms() + ms; sandbox_ms() < end;)
		(void)http_many_wait(sandbox.calls, -1, notice_start_due(&sandbox, 10));
}

TEST(sandbox_refund_notices, "WXP-8 MON-10 what became of a refund is told encrypted, until it is acknowledged; lost, twice, under another key on demand")
{
	struct refund *once = done_with(FAULT_none), *twice = done_with(FAULT_twice), *lost = done_with(FAULT_lost), *forged = done_with(FAULT_signature);

	run_ms(300);
	assert_true(once->tell.heard && once->tell.attempts == 1);
	assert_true(twice->tell.heard && twice->tell.attempts == 2);
	assert_int_equal(lost->tell.attempts, 0);
	assert_true(!forged->tell.heard && forged->tell.attempts > 2);
	forged->tell.due_ms = 0;
}

/* ---- statements ---- */

struct read { int lines, refunds; int64_t sum; };

static enum rc count(void *ctx, const struct channel_line *l)
{
	struct read *r = ctx;

	r->lines++;
	r->refunds += l->refund;
	r->sum += l->refund ? -l->amount.fen : l->amount.fen;
	return RC_OK;
}

static enum rc bill_of(struct date day, struct read *r)
{
	struct bytes xml, text;
	const char *why;

	*r = (struct read){ 0 };
	assert_int_equal(wechat_bill_write(&unit_arena, &merchant, day, &xml), RC_OK);
	text = sandbox_posted(gateway_bill, xml);
	struct wechat_bill *b = wechat_bill_open(&unit_arena, &merchant, day, count, r);
	wechat_bill_piece(b, text.p, text.n);
	return wechat_bill_close(b, &why);
}

TEST(sandbox_bill, "WXP-3 MON-9 MON-10 the statement of a day that is over has its payments and refunds; on demand it is late, cut, or differs from the books")
{
	struct read good, r;
	struct date day;

	clock_shift(40 * DAY_US);	/* a day that no other test has */
	day = date_of(clock_now());
	struct pay *p = paid();
	PUT(p->body, "云安全,`一年");
	struct wechat_refund_in in = part_of(p, 100);
	assert_int_equal(refunded(&in), WECHAT_DONE);
	paid();
	assert_int_equal(bill_of(day, &r), RC_NOT_FOUND);
	clock_shift(41 * DAY_US);
	assert_int_equal(bill_of(day, &good), RC_OK);
	assert_true(good.lines == 3 && good.refunds == 1 && good.sum == 2 * 128000 - 100);
	bill_fail(BILL_late, 1);
	assert_int_equal(bill_of(day, &r), RC_NOT_FOUND);
	bill_fail(BILL_half, 1);
	assert_int_equal(bill_of(day, &r), RC_MALFORMED);
	bill_fail(BILL_sums, 1);
	assert_int_equal(bill_of(day, &r), RC_MALFORMED);
	bill_fail(BILL_missing, 1);
	assert_int_equal(bill_of(day, &r), RC_OK);
	assert_int_equal(r.lines, 2);
	bill_fail(BILL_extra, 1);
	assert_int_equal(bill_of(day, &r), RC_OK);
	assert_int_equal(r.lines, 4);
	bill_fail(BILL_amount, 1);
	assert_int_equal(bill_of(day, &r), RC_OK);
	assert_int_equal(r.sum, good.sum + 1);
	clock_shift(0);
}
