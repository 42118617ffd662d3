#include "sandbox/gateway.h"

#include "base/beijing.h"
#include "base/str.h"
#include "base/time.h"
#include "crypto/token.h"
#include "sandbox/sandbox.h"
#include "xml/flat.h"

enum { FIELDS_MAX = 20, NONCE_BYTES = 16, CHARS_MAX = 127 };
#define CLOSE_AFTER_US (5 * MINUTE_US)

static const char *const fault_names[] = {
	NULL,
#define F(n) #n,
	GATEWAY_FAULTS(F)
#undef F
};
const struct enum_def gateway_fault_enum = { "gateway_fault", fault_names, GATEWAY__MAX - 1 };
static struct { enum gateway_fault kind; int times; } fault;

void gateway_fail(enum gateway_fault kind, int times)
{
	fault.kind = kind;
	fault.times = kind > GATEWAY_none ? times : 0;
}

static enum gateway_fault fault_now(void) { return fault.times > 0 && fault.times-- ? fault.kind : GATEWAY_none; }

/* One call: what was asked, and the answer as it grows. */
struct call {
	struct sandbox *sb;
	struct xml_flat in;
	enum wxsign_type type;
	struct pair out[FIELDS_MAX];
	size_t n;
};
typedef void operation(struct call *c);

static void put(struct call *c, const char *name, const char *value) { c->out[c->n++] = (struct pair){ name, value }; }

static const char *asked(const struct call *c, const char *name)
{
	const char *v = pair_value(c->in.fields, c->in.n, name);

	return v ? v : "";
}

/* A business error: signed. */
static void refuse(struct call *c, const char *code, const char *text)
{
	c->n = 0;
	put(c, "result_code", "FAIL");
	put(c, "err_code", code);
	put(c, "err_code_des", text);
}

static void done(struct call *c) { put(c, "result_code", "SUCCESS"); }

/* ---- unifiedorder ---- */

static const char *missing(const struct call *c)
{
	static const char *const required[] = { "body",       "out_trade_no", "total_fee", "spbill_create_ip",
						"notify_url", "trade_type",   "product_id" };

	for (size_t i = 0; i < sizeof required / sizeof *required; i++)
		if (!*asked(c, required[i]))
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
static const char *unfit(const struct call *c)
{
	const char *fee = asked(c, "total_fee"), *currency = asked(c, "fee_type");

	if (str_chars(asked(c, "body")) > CHARS_MAX)
		return "body";
	if (!number_fits(asked(c, "out_trade_no")))
		return "out_trade_no";
	if (!str_digits(fee, 1, 13) || fee[0] == '0')
		return "total_fee";
	if (!url_fits(asked(c, "notify_url")))
		return "notify_url";
	if (!str_eq(asked(c, "trade_type"), "NATIVE"))
		return "trade_type";
	if (strlen(asked(c, "product_id")) > 32)
		return "product_id";
	if (*currency && !str_eq(currency, "CNY"))
		return "fee_type";
	if (str_chars(asked(c, "attach")) > CHARS_MAX)
		return "attach";
	if (!time_fits(asked(c, "time_start")))
		return "time_start";
	return time_fits(asked(c, "time_expire")) ? NULL : "time_expire";
}

static void answer_order(struct call *c, const struct pay *p)
{
	done(c);
	put(c, "trade_type", "NATIVE");
	put(c, "prepay_id", p->prepay_id);
	put(c, "code_url", arena_printf(c->sb->a, "weixin://wxpay/bizpayurl?pr=%s", p->token));
}

static void make_order(struct call *c)
{
	struct sandbox *sb = c->sb;
	char token[PAY_TOKEN_LEN + 1], prepay[33];
	struct instant expire = { 0 };
	int64_t total;

	token_hex(PAY_TOKEN_LEN / 2, token);
	token_hex(16, prepay);
	if (*asked(c, "time_expire") && !beijing_parse(asked(c, "time_expire"), &expire))
		return refuse(c, "PARAM_ERROR", "参数错误 time_expire");
	if (!str_i64(asked(c, "total_fee"), &total))
		return refuse(c, "PARAM_ERROR", "参数错误 total_fee");
	HAPPEN(sb, "order", token, arena_printf(sb->a, "wx%s", prepay), asked(c, "out_trade_no"), asked(c, "body"),
	       asked(c, "product_id"), asked(c, "spbill_create_ip"), asked(c, "notify_url"), asked(c, "attach"),
	       sandbox_number(sb, (int64_t)c->type), sandbox_number(sb, total), sandbox_number(sb, clock_now().us),
	       sandbox_number(sb, expire.us));
	answer_order(c, pay_at(&sb->pays, 0));
}

/* The same order asked for again has the same answer (WXP-4: same number again). */
static bool same(const struct call *c, const struct pay *p)
{
	return str_eq(asked(c, "total_fee"), sandbox_number(c->sb, p->total)) && str_eq(asked(c, "body"), p->body) &&
	       str_eq(asked(c, "notify_url"), p->notify_url) && str_eq(asked(c, "product_id"), p->product_id);
}

static void order(struct call *c)
{
	const char *lack = missing(c), *bad = lack ? NULL : unfit(c);
	const struct pay *p = pay_by_number(&c->sb->pays, asked(c, "out_trade_no"));

	if (lack)
		refuse(c, "LACK_PARAMS", arena_printf(c->sb->a, "缺少参数 %s", lack));
	else if (bad)
		refuse(c, "PARAM_ERROR", arena_printf(c->sb->a, "参数错误 %s", bad));
	else if (!p)
		make_order(c);
	else if (p->state == PAY_SUCCESS)
		refuse(c, "ORDERPAID", "该订单已支付");
	else if (p->state != PAY_NOTPAY)
		refuse(c, "ORDERCLOSED", "该订单已关闭");
	else if (!same(c, p))
		refuse(c, "OUT_TRADE_NO_USED", "商户订单号重复");
	else
		answer_order(c, p);
}

/* ---- orderquery, closeorder ---- */

static void put_paid(struct call *c, const struct pay *p)
{
	const char *fee = sandbox_number(c->sb, p->total);

	put(c, "openid", PAY_OPENID);
	put(c, "trade_type", "NATIVE");
	put(c, "bank_type", "OTHERS");
	put(c, "total_fee", fee);
	put(c, "cash_fee", fee);
	put(c, "fee_type", "CNY");
	put(c, "transaction_id", p->transaction_id);
	put(c, "time_end", beijing_text(p->paid_at, arena_alloc(c->sb->a, BEIJING_SIZE)));
}

static void query(struct call *c)
{
	const char *number = asked(c, "out_trade_no"), *transaction = asked(c, "transaction_id");
	const struct pay *p =
		*transaction ? pay_by_transaction(&c->sb->pays, transaction) : pay_by_number(&c->sb->pays, number);

	if (!*number && !*transaction)
		return refuse(c, "LACK_PARAMS", "缺少参数 out_trade_no");
	if (!p)
		return refuse(c, "ORDERNOTEXIST", "此交易订单号不存在");
	done(c);
	put(c, "out_trade_no", p->number);
	put(c, "trade_state", pay_state_enum.names[p->state]);
	if (p->state == PAY_SUCCESS)
		put_paid(c, p);
}

static void close_order(struct call *c)
{
	struct pay *p = pay_by_number(&c->sb->pays, asked(c, "out_trade_no"));

	if (!*asked(c, "out_trade_no"))
		return refuse(c, "LACK_PARAMS", "缺少参数 out_trade_no");
	if (!p)
		return refuse(c, "ORDERNOTEXIST", "订单不存在");
	if (p->state == PAY_SUCCESS)
		return refuse(c, "ORDERPAID", "该订单已支付");
	if (p->state != PAY_NOTPAY)
		return refuse(c, "ORDERCLOSED", "该订单已关闭");
	if (clock_now().us < p->created.us + CLOSE_AFTER_US)
		return refuse(c, "SYSTEMERROR", "订单生成后5分钟内不能关单，请稍后再试");
	pay_close(c->sb, p);
	done(c);
}

/* ---- what all calls share ---- */

static void write_answer(struct answer *ans, const struct pair *p, size_t n)
{
	ans->status = 200;
	out_lit(&ans->head, "Content-Type: text/xml; charset=utf-8\r\n");
	xml_flat_write(&ans->body, "xml", p, n);
}

/* Nobody can be told who cannot say who he is: unsigned. */
static void fail(struct answer *ans, const char *message)
{
	const struct pair p[] = { { "return_code", "FAIL" }, { "return_msg", message } };

	write_answer(ans, p, 2);
}

static void write_signed(struct call *c, struct answer *ans, bool forged)
{
	struct arena *a = c->sb->a;
	struct pair p[FIELDS_MAX + 6];
	char sign[WXSIGN_SIZE];
	size_t n = 0;

	p[n++] = (struct pair){ "return_code", "SUCCESS" };
	p[n++] = (struct pair){ "return_msg", "OK" };
	p[n++] = (struct pair){ "appid", c->sb->conf->wechat_appid };
	p[n++] = (struct pair){ "mch_id", c->sb->conf->wechat_mch_id };
	p[n++] = (struct pair){ "nonce_str", token_hex(NONCE_BYTES, arena_alloc(a, 2 * NONCE_BYTES + 1)) };
	memcpy(p + n, c->out, c->n * sizeof *p);
	n += c->n;
	wxsign(a, c->type, p, n, c->sb->conf->wechat_key, sign);
	if (forged)
		sign[0] = sign[0] == '0' ? '1' : '0';
	p[n++] = (struct pair){ "sign", sign };
	write_answer(ans, p, n);
}

/* Why the caller is not even heard, NULL when he is. */
static const char *unheard(struct call *c, struct req *r)
{
	static const char *const required[] = { "appid", "mch_id", "nonce_str", "sign" };
	struct sandbox *sb = c->sb;

	if (r->method != METHOD_POST)
		return "请使用post方法";
	if (req_body(r, sb->a, XML_BODY_MAX) != RC_OK || !r->body.n)
		return "post数据为空";
	if (xml_flat_read(sb->a, r->body.p, r->body.n, "xml", &c->in) != RC_OK)
		return "XML格式错误";
	for (size_t i = 0; i < sizeof required / sizeof *required; i++)
		if (!*asked(c, required[i]))
			return arena_printf(sb->a, "缺少参数 %s", required[i]);
	c->type = wxsign_choose(0, c->in.fields, c->in.n);
	return !str_eq(asked(c, "appid"), sb->conf->wechat_appid) ? "appid不存在"
	     : !str_eq(asked(c, "mch_id"), sb->conf->wechat_mch_id) ? "商户号mch_id不存在"
	     : !wxsign_check(sb->a, c->type, c->in.fields, c->in.n, sb->conf->wechat_key) ? "签名错误" : NULL;
}

static void serve(struct sandbox *sb, struct req *r, struct answer *ans, operation *op)
{
	struct call c = { .sb = sb };
	const char *why = unheard(&c, r);

	if (why) {
		fail(ans, why);
		return;
	}
	enum gateway_fault wrong = fault_now();
	if (wrong == GATEWAY_busy)
		refuse(&c, "SYSTEMERROR", "系统错误");
	else
		op(&c);
	write_signed(&c, ans, wrong == GATEWAY_forged);
	if (wrong == GATEWAY_rubbish) {
		out_reset(&ans->body);
		out_lit(&ans->body, "<html><body>502 Bad Gateway</body></html>");
	}
}

void gateway_order(struct sandbox *sb, struct req *r, struct answer *ans) { serve(sb, r, ans, order); }
void gateway_query(struct sandbox *sb, struct req *r, struct answer *ans) { serve(sb, r, ans, query); }
void gateway_close(struct sandbox *sb, struct req *r, struct answer *ans) { serve(sb, r, ans, close_order); }
