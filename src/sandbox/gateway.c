#include "sandbox/gateway.h"

#include "base/beijing.h"
#include "base/str.h"
#include "base/time.h"
#include "crypto/token.h"
#include "sandbox/gateway_call.h"

enum { CHARS_MAX = 127 };
#define CLOSE_AFTER_US (5 * MINUTE_US)

/* ---- unifiedorder ---- */

static const char *missing(const struct gateway_call *c)
{
	static const char *const required[] = { "body",       "out_trade_no", "total_fee", "spbill_create_ip",
						"notify_url", "trade_type",   "product_id" };

	for (size_t i = 0; i < sizeof required / sizeof *required; i++)
		if (!*gateway_asked(c, required[i]))
			return required[i];
	return NULL;
}

static bool number_fits(const char *s)
{
	return strlen(s) >= 6 && strlen(s) <= 32 &&
	       str_all(s, "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_-|*");
}

static bool time_fits(const char *s)
{
	struct instant t;

	return !*s || beijing_parse(s, &t);
}

static bool url_fits(const char *s)
{
	return strlen(s) <= 256 && !strchr(s, '?') && (str_prefix(s, "https://") || str_prefix(s, "http://"));
}

/* The name of the first field that breaks its rule. */
static const char *unfit(const struct gateway_call *c)
{
	const char *fee = gateway_asked(c, "total_fee"), *currency = gateway_asked(c, "fee_type");

	if (str_chars(gateway_asked(c, "body")) > CHARS_MAX)
		return "body";
	if (!number_fits(gateway_asked(c, "out_trade_no")))
		return "out_trade_no";
	if (!str_digits(fee, 1, 13) || fee[0] == '0')
		return "total_fee";
	if (!url_fits(gateway_asked(c, "notify_url")))
		return "notify_url";
	if (!str_eq(gateway_asked(c, "trade_type"), "NATIVE"))
		return "trade_type";
	if (strlen(gateway_asked(c, "product_id")) > 32)
		return "product_id";
	if (*currency && !str_eq(currency, "CNY"))
		return "fee_type";
	if (str_chars(gateway_asked(c, "attach")) > CHARS_MAX)
		return "attach";
	if (!time_fits(gateway_asked(c, "time_start")))
		return "time_start";
	return time_fits(gateway_asked(c, "time_expire")) ? NULL : "time_expire";
}

static void answer_order(struct gateway_call *c, const struct pay *p)
{
	gateway_done(c);
	gateway_put(c, "trade_type", "NATIVE");
	gateway_put(c, "prepay_id", p->prepay_id);
	gateway_put(c, "code_url", arena_printf(c->sb->a, "weixin://wxpay/bizpayurl?pr=%s", p->token));
}

static void make_order(struct gateway_call *c)
{
	struct sandbox *sb = c->sb;
	char token[PAY_TOKEN_LEN + 1], prepay[33];
	struct instant expire = { 0 };
	int64_t total;

	token_hex(PAY_TOKEN_LEN / 2, token);
	token_hex(16, prepay);
	if (*gateway_asked(c, "time_expire") && !beijing_parse(gateway_asked(c, "time_expire"), &expire))
		return gateway_refuse(c, "PARAM_ERROR", "参数错误 time_expire");
	if (!str_i64(gateway_asked(c, "total_fee"), &total))
		return gateway_refuse(c, "PARAM_ERROR", "参数错误 total_fee");
	HAPPEN(sb, "order", token, arena_printf(sb->a, "wx%s", prepay), gateway_asked(c, "out_trade_no"), gateway_asked(c, "body"),
	       gateway_asked(c, "product_id"), gateway_asked(c, "spbill_create_ip"), gateway_asked(c, "notify_url"), gateway_asked(c, "attach"),
	       sandbox_number(sb, (int64_t)c->type), sandbox_number(sb, total), sandbox_number(sb, clock_now().us),
	       sandbox_number(sb, expire.us));
	answer_order(c, pay_at(&sb->pays, 0));
}

/* The same order asked for again has the same answer (WXP-4: same number again). */
static bool same(const struct gateway_call *c, const struct pay *p)
{
	return str_eq(gateway_asked(c, "total_fee"), sandbox_number(c->sb, p->total)) && str_eq(gateway_asked(c, "body"), p->body) &&
	       str_eq(gateway_asked(c, "notify_url"), p->tell.url) && str_eq(gateway_asked(c, "product_id"), p->product_id);
}

static void order(struct gateway_call *c)
{
	const char *lack = missing(c), *bad = lack ? NULL : unfit(c);
	const struct pay *p = pay_by_number(&c->sb->pays, gateway_asked(c, "out_trade_no"));

	if (lack)
		gateway_refuse(c, "LACK_PARAMS", arena_printf(c->sb->a, "缺少参数 %s", lack));
	else if (bad)
		gateway_refuse(c, "PARAM_ERROR", arena_printf(c->sb->a, "参数错误 %s", bad));
	else if (!p)
		make_order(c);
	else if (p->state == PAY_SUCCESS)
		gateway_refuse(c, "ORDERPAID", "该订单已支付");
	else if (p->state != PAY_NOTPAY)
		gateway_refuse(c, "ORDERCLOSED", "该订单已关闭");
	else if (!same(c, p))
		gateway_refuse(c, "OUT_TRADE_NO_USED", "商户订单号重复");
	else
		answer_order(c, p);
}

/* ---- orderquery, closeorder ---- */

static void put_paid(struct gateway_call *c, const struct pay *p)
{
	const char *fee = sandbox_number(c->sb, p->total);

	gateway_put(c, "openid", PAY_OPENID);
	gateway_put(c, "trade_type", "NATIVE");
	gateway_put(c, "bank_type", "OTHERS");
	gateway_put(c, "total_fee", fee);
	gateway_put(c, "cash_fee", fee);
	gateway_put(c, "fee_type", "CNY");
	gateway_put(c, "transaction_id", p->transaction_id);
	gateway_put(c, "time_end", beijing_text(p->paid_at, arena_alloc(c->sb->a, BEIJING_SIZE)));
}

static void query(struct gateway_call *c)
{
	const char *number = gateway_asked(c, "out_trade_no"), *transaction = gateway_asked(c, "transaction_id");
	const struct pay *p =
		*transaction ? pay_by_transaction(&c->sb->pays, transaction) : pay_by_number(&c->sb->pays, number);

	if (!*number && !*transaction)
		return gateway_refuse(c, "LACK_PARAMS", "缺少参数 out_trade_no");
	if (!p)
		return gateway_refuse(c, "ORDERNOTEXIST", "此交易订单号不存在");
	gateway_done(c);
	gateway_put(c, "out_trade_no", p->number);
	gateway_put(c, "trade_state", pay_state_enum.names[p->state]);
	if (p->state == PAY_SUCCESS)
		put_paid(c, p);
}

static void close_order(struct gateway_call *c)
{
	struct pay *p = pay_by_number(&c->sb->pays, gateway_asked(c, "out_trade_no"));

	if (!*gateway_asked(c, "out_trade_no"))
		return gateway_refuse(c, "LACK_PARAMS", "缺少参数 out_trade_no");
	if (!p)
		return gateway_refuse(c, "ORDERNOTEXIST", "订单不存在");
	if (p->state == PAY_SUCCESS)
		return gateway_refuse(c, "ORDERPAID", "该订单已支付");
	if (p->state != PAY_NOTPAY)
		return gateway_refuse(c, "ORDERCLOSED", "该订单已关闭");
	if (clock_now().us < p->created.us + CLOSE_AFTER_US)
		return gateway_refuse(c, "SYSTEMERROR", "订单生成后5分钟内不能关单，请稍后再试");
	pay_close(c->sb, p);
	gateway_done(c);
}

void gateway_order(struct sandbox *sb, struct req *r, struct answer *ans) { gateway_serve(sb, r, ans, "unifiedorder", order); }
void gateway_query(struct sandbox *sb, struct req *r, struct answer *ans) { gateway_serve(sb, r, ans, "orderquery", query); }
void gateway_close(struct sandbox *sb, struct req *r, struct answer *ans) { gateway_serve(sb, r, ans, "closeorder", close_order); }
