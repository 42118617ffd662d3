#include "base/str.h"
#include "base/time.h"
#include "crypto/token.h"
#include "sandbox/gateway.h"
#include "sandbox/gateway_call.h"

enum { PAGE = 10, DONE_S = 120, NUMBER_MAX = 64, REASON_MAX = 80 };

/* The payment that is asked about, by either of its numbers. */
static const struct pay *payment_of(struct gateway_call *c)
{
	const char *transaction = gateway_asked(c, "transaction_id");

	return *transaction ? pay_by_transaction(&c->sb->pays, transaction) : pay_by_number(&c->sb->pays, gateway_asked(c, "out_trade_no"));
}

/* ---- refund ---- */

static const char *missing(const struct gateway_call *c)
{
	static const char *const required[] = { "out_refund_no", "total_fee", "refund_fee" };

	for (size_t i = 0; i < sizeof required / sizeof *required; i++)
		if (!*gateway_asked(c, required[i]))
			return required[i];
	return *gateway_asked(c, "transaction_id") || *gateway_asked(c, "out_trade_no") ? NULL : "out_trade_no";
}

static bool fee_of(const struct gateway_call *c, const char *name, int64_t *v)
{
	const char *s = gateway_asked(c, name);

	return str_digits(s, 1, 13) && *s != '0' && str_i64(s, v);
}

static const char *unfit(const struct gateway_call *c)
{
	const char *number = gateway_asked(c, "out_refund_no"), *url = gateway_asked(c, "notify_url");

	if (strlen(number) > NUMBER_MAX || !str_all(number, "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_-|*@"))
		return "out_refund_no";
	if (strlen(gateway_asked(c, "refund_desc")) > REASON_MAX)
		return "refund_desc";
	return strlen(url) > 256 || strchr(url, '?') ? "notify_url" : NULL;
}

static void answer_refund(struct gateway_call *c, const struct refund *x)
{
	gateway_done(c);
	gateway_put(c, "transaction_id", x->transaction_id);
	gateway_put(c, "out_trade_no", x->payment);
	gateway_put(c, "out_refund_no", x->number);
	gateway_put(c, "refund_id", x->refund_id);
	gateway_put(c, "refund_fee", sandbox_number(c->sb, x->amount));
	gateway_put(c, "total_fee", sandbox_number(c->sb, x->total));
	gateway_put(c, "cash_fee", sandbox_number(c->sb, x->total));
}

/* 29 digits that begin like real ones: 50300, the day, and what tells them apart. */
static const char *refund_id_new(struct sandbox *sb, struct instant now)
{
	char day[TIME_TEXT];

	instant_compact(now, day);
	day[8] = '\0';
	return arena_printf(sb->a, "503%06u%s%012u", token_below(1000000), day, token_below(1000000000));
}

static enum refund_is end_of(enum refund_plan plan)
{
	return plan == REFUND_PLAN_wait ? REFUND_IS_NONE : plan == REFUND_PLAN_change ? REFUND_IS_CHANGE : plan == REFUND_PLAN_close ? REFUND_IS_REFUNDCLOSE :
		REFUND_IS_SUCCESS;
}

static void accept(struct gateway_call *c, const struct pay *p, int64_t amount, enum refund_plan plan, enum pay_fault fault)
{
	struct sandbox *sb = c->sb;
	enum refund_is end = end_of(plan);
	const char *number = gateway_asked(c, "out_refund_no");

	HAPPEN(sb, "refund", number, refund_id_new(sb, clock_now()), p->number, p->transaction_id, sandbox_number(sb, p->total), sandbox_number(sb, amount),
	       gateway_asked(c, "refund_desc"), gateway_asked(c, "notify_url"), sandbox_number(sb, clock_now().us), end ? refund_is_enum.names[end] : "",
	       sandbox_number(sb, sandbox_ms() + sandbox_scaled_ms(sb, DONE_S)), pay_fault_enum.names[fault]);
	answer_refund(c, refund_by_number(&sb->refunds, number));
}

/* A plan under which it is not even accepted; false: it is. */
static bool turned_down(struct gateway_call *c, enum refund_plan plan)
{
	switch (plan) {
	case REFUND_PLAN_notenough: gateway_refuse(c, "NOTENOUGH", "基本账户余额不足，请充值后重新发起"); return true;
	case REFUND_PLAN_overdue:   gateway_refuse(c, "TRADE_OVERDUE", "订单已经超过退款期限"); return true;
	case REFUND_PLAN_abnormal:  gateway_refuse(c, "USER_ACCOUNT_ABNORMAL", "退款请求失败，用户账号注销"); return true;
	case REFUND_PLAN_again:	    gateway_refuse(c, "BIZERR_NEED_RETRY", "退款业务流程错误，需要商户触发重试来解决"); return true;
	default:		    return false;
	}
}

static void new_refund(struct gateway_call *c, const struct pay *p, int64_t amount)
{
	enum pay_fault fault;
	enum refund_plan plan = refund_planned(&c->sb->refunds, &fault);

	if (!turned_down(c, plan))
		accept(c, p, amount, plan, fault);
}

static void refund(struct gateway_call *c)
{
	const char *lack = missing(c), *bad = lack ? NULL : unfit(c);
	const struct pay *p = payment_of(c);
	const struct refund *x = refund_by_number(&c->sb->refunds, gateway_asked(c, "out_refund_no"));
	int64_t total = 0, amount = 0;

	if (lack)
		gateway_refuse(c, "LACK_PARAMS", arena_printf(c->sb->a, "缺少参数 %s", lack));
	else if (bad || !fee_of(c, "total_fee", &total) || !fee_of(c, "refund_fee", &amount))
		gateway_refuse(c, "PARAM_ERROR", arena_printf(c->sb->a, "参数错误 %s", bad ? bad : "refund_fee"));
	else if (!p)
		gateway_refuse(c, "ORDERNOTEXIST", "订单号不存在");
	else if (p->state != PAY_SUCCESS)
		gateway_refuse(c, "INVALID_TRANSACTIONID", "无效的交易号");
	else if (p->total != total)
		gateway_refuse(c, "REFUND_FEE_MISMATCH", "订单金额不一致");
	else if (x && (x->amount != amount || !str_eq(x->payment, p->number)))
		gateway_refuse(c, "REFUND_FEE_MISMATCH", "退款金额与之前请求不一致");
	else if (x)
		answer_refund(c, x);
	else if (refund_sum(&c->sb->refunds, p->number) + amount > p->total)
		gateway_refuse(c, "ERROR", "累计退款金额大于支付金额");
	else
		new_refund(c, p, amount);
}

/* ---- refundquery ---- */

static void put_nth(struct gateway_call *c, size_t n, const struct refund *x)
{
	gateway_put_nth(c, "out_refund_no", n, x->number);
	gateway_put_nth(c, "refund_id", n, x->refund_id);
	gateway_put_nth(c, "refund_channel", n, "ORIGINAL");
	gateway_put_nth(c, "refund_fee", n, sandbox_number(c->sb, x->amount));
	gateway_put_nth(c, "refund_status", n, refund_is_enum.names[x->state]);
	gateway_put_nth(c, "refund_account", n, "REFUND_SOURCE_UNSETTLED_FUNDS");
	gateway_put_nth(c, "refund_recv_accout", n, REFUND_TO);
	if (x->state == REFUND_IS_SUCCESS)
		gateway_put_nth(c, "refund_success_time", n, refund_time(c->sb, x->done_at));
}

/* In the order in which they were asked for: the i-th of a payment, or the one of that number. */
static const struct refund *nth_of(struct gateway_call *c, const char *payment, const char *number, size_t i)
{
	const struct refund *x;

	for (size_t k = c->sb->refunds.n < REFUNDS_MAX ? c->sb->refunds.n : REFUNDS_MAX; k-- > 0;)
		if ((x = refund_at(&c->sb->refunds, k)) && (*number ? str_eq(x->number, number) : str_eq(x->payment, payment)) && !i--)
			return x;
	return NULL;
}

static void refund_query(struct gateway_call *c)
{
	const char *number = gateway_asked(c, "out_refund_no"), *id = gateway_asked(c, "refund_id");
	const struct refund *x = refund_by_number(&c->sb->refunds, number);
	const struct pay *p = *number ? pay_by_number(&c->sb->pays, x ? x->payment : "") : payment_of(c);
	int64_t offset = 0;
	size_t n = 0, all = 0;

	if (!*number && !*id && !*gateway_asked(c, "transaction_id") && !*gateway_asked(c, "out_trade_no"))
		return gateway_refuse(c, "LACK_PARAMS", "缺少参数 out_refund_no");
	if (!p || !nth_of(c, p->number, number, 0))
		return gateway_refuse(c, "REFUNDNOTEXIST", "not exist");
	if (*gateway_asked(c, "offset") && !str_i64(gateway_asked(c, "offset"), &offset))
		return gateway_refuse(c, "PARAM_ERROR", "参数错误 offset");
	while (nth_of(c, p->number, number, all))
		all++;
	gateway_done(c);
	gateway_put(c, "transaction_id", p->transaction_id);
	gateway_put(c, "out_trade_no", p->number);
	gateway_put(c, "total_fee", sandbox_number(c->sb, p->total));
	gateway_put(c, "cash_fee", sandbox_number(c->sb, p->total));
	gateway_put(c, "total_refund_count", sandbox_number(c->sb, (int64_t)all));
	for (; n < PAGE && (x = nth_of(c, p->number, number, (size_t)offset + n)); n++)
		put_nth(c, n, x);
	gateway_put(c, "refund_count", sandbox_number(c->sb, (int64_t)n));
}

void gateway_refund(struct sandbox *sb, struct req *r, struct answer *ans) { gateway_serve(sb, r, ans, "refund", refund); }
void gateway_refund_query(struct sandbox *sb, struct req *r, struct answer *ans) { gateway_serve(sb, r, ans, "refundquery", refund_query); }
