#include "sandbox/bill.h"

#include "base/beijing.h"
#include "base/money.h"
#include "base/str.h"
#include "base/time.h"
#include "sandbox/gateway.h"
#include "sandbox/gateway_call.h"

enum { FEE_PER_MYRIAD = 60 };	/* 0.60 % */
static const char head[] = "交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,应结订单金额,代金券金额,"
	"微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态,商品名称,商户数据包,手续费,费率,订单金额,申请退款金额,费率备注\r\n";
static const char sums_head[] = "总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额\r\n";

static const char *const fault_names[] = {
	NULL,
#define F(n) #n,
	BILL_FAULTS(F)
#undef F
};
const struct enum_def bill_fault_enum = { "bill_fault", fault_names, BILL__MAX - 1 };
static struct { enum bill_fault kind; int times; } fault;

void bill_fail(enum bill_fault kind, int times)
{
	fault.kind = kind;
	fault.times = kind > BILL_none ? times : 0;
}

/* The bill as it grows. */
struct bill {
	struct sandbox *sb;
	struct out *o;
	const char *day;		/* yyyyMMdd */
	enum bill_fault wrong;
	int64_t lines, ordered, refunded, fee;	/* fen */
	bool dropped, changed;
};

static const char *yuan(struct bill *b, int64_t v) { return money_text(fen(v), false, arena_alloc(b->sb->a, MONEY_TEXT)); }

static int64_t fee_of(int64_t amount) { return (amount * FEE_PER_MYRIAD + 5000) / 10000; }

static void put(struct bill *b, const char *value, const char *end)
{
	out_lit(b->o, "`");
	for (; *value; value++)
		if (*value != '`' && *value != '\r' && *value != '\n')
			out_bytes(b->o, value, 1);
	out_str(b->o, end);
}

/* The first line of the bill that is to lack one. */
static bool drop(struct bill *b)
{
	bool now = b->wrong == BILL_missing && !b->dropped;

	b->dropped |= now;
	return now;
}

struct bill_line { struct instant at; const struct pay *p; const struct refund *x; int64_t amount; };

static void write_line(struct bill *b, const struct bill_line *l)
{
	const struct refund *x = l->x;
	const struct config *conf = b->sb->conf;
	int64_t fee = x ? -fee_of(l->amount) : fee_of(l->amount), ordered = x ? 0 : l->amount, refunded = x ? l->amount : 0;
	const char *const values[] = {
		refund_time(b->sb, l->at), conf->wechat_appid, conf->wechat_mch_id, "0", "", l->p->transaction_id, l->p->number, PAY_OPENID, "NATIVE",
		x ? "REFUND" : "SUCCESS", "OTHERS", "CNY", yuan(b, ordered), "0.00", x ? x->refund_id : "0", x ? x->number : "0", yuan(b, refunded), "0.00",
		x ? "ORIGINAL" : "", x ? x->state == REFUND_IS_PROCESSING ? "PROCESSING" : x->state == REFUND_IS_SUCCESS ? "SUCCESS" : "FAIL" : "",
		l->p->body, l->p->attach, arena_printf(b->sb->a, "%s000", yuan(b, fee)), "0.60%", yuan(b, ordered), yuan(b, refunded), "",
	};
	enum { N = sizeof values / sizeof *values };

	if (drop(b))
		return;
	for (int i = 0; i < N; i++)
		put(b, values[i], i < N - 1 ? "," : "\r\n");
	b->lines++;
	b->ordered += ordered;
	b->refunded += refunded;
	b->fee += fee;
}

static bool on_day(const struct bill *b, struct instant t)
{
	char text[BEIJING_SIZE];

	return t.us && !strncmp(beijing_text(t, text), b->day, 8);
}

static void write_pay(struct bill *b, const struct pay *p)
{
	bool change = b->wrong == BILL_amount && !b->changed;

	b->changed |= change;
	write_line(b, &(struct bill_line){ .at = p->paid_at, .p = p, .amount = p->total + change });
}

static void write_refund(struct bill *b, const struct refund *x)
{
	const struct pay *p = pay_by_number(&b->sb->pays, x->payment);

	if (p)
		write_line(b, &(struct bill_line){ .at = x->created, .p = p, .x = x, .amount = x->amount });
}

/* A payment at somebody else's. */
static void write_stranger(struct bill *b)
{
	struct pay *p = ARENA_NEW(b->sb->a, struct pay);
	struct instant noon;

	if (!beijing_parse(arena_printf(b->sb->a, "%s120000", b->day), &noon))
		return;
	PUT(p->number, "P00000000000000000000");
	PUT(p->transaction_id, arena_printf(b->sb->a, "4200000000%s0000000000", b->day));
	PUT(p->body, "未知商品");
	write_line(b, &(struct bill_line){ .at = noon, .p = p, .amount = 100 });
}

static void write_lines(struct bill *b)
{
	const struct refund *x;
	const struct pay *p;

	for (size_t i = 0; (p = pay_at(&b->sb->pays, i)); i++)
		if (p->state == PAY_SUCCESS && on_day(b, p->paid_at))
			write_pay(b, p);
	for (size_t i = 0; (x = refund_at(&b->sb->refunds, i)); i++)
		if (on_day(b, x->created))
			write_refund(b, x);
	if (b->wrong == BILL_extra)
		write_stranger(b);
}

static void write_sums(struct bill *b)
{
	int64_t ordered = b->ordered + (b->wrong == BILL_sums);

	out_str(b->o, sums_head);
	put(b, sandbox_number(b->sb, b->lines), ",");
	put(b, yuan(b, b->ordered), ",");
	put(b, yuan(b, b->refunded), ",");
	put(b, "0.00", ",");
	put(b, arena_printf(b->sb->a, "%s000", yuan(b, b->fee)), ",");
	put(b, yuan(b, ordered), ",");
	put(b, yuan(b, b->refunded), "\r\n");
}

/* Not signed, and in words of its own. */
static void none(struct gateway_call *c, const char *code, const char *why)
{
	const struct pair p[] = { { "return_code", "FAIL" }, { "return_msg", why }, { "error_code", code } };

	xml_flat_write(c->text, "xml", p, 3);
}

static enum bill_fault fault_now(void) { return fault.times > 0 && fault.times-- ? fault.kind : BILL_none; }

static void bill(struct gateway_call *c)
{
	const char *day = gateway_asked(c, "bill_date"), *type = gateway_asked(c, "bill_type");
	struct bill b = { .sb = c->sb, .o = c->text, .day = day, .wrong = fault_now() };
	char today[BEIJING_SIZE];
	struct instant at;

	if (strlen(day) != 8 || !beijing_parse(arena_printf(c->sb->a, "%s000000", day), &at))
		return none(c, "20001", "invalid bill_date");
	if (*type && !str_eq(type, "ALL"))
		return none(c, "20001", "invalid bill_type");
	if (b.wrong == BILL_late || strncmp(day, beijing_text(clock_now(), today), 8) >= 0)
		return none(c, "20002", "No Bill Exist");
	out_lit(b.o, "\xef\xbb\xbf");
	out_str(b.o, head);
	write_lines(&b);
	write_sums(&b);
	if (b.wrong == BILL_half)
		b.o->n /= 2;
}

void gateway_bill(struct sandbox *sb, struct req *r, struct answer *ans)
{
	gateway_serve(sb, r, ans, "downloadbill", bill);
}
