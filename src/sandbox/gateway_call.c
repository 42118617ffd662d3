#include "sandbox/gateway_call.h"

#include <assert.h>

#include "base/str.h"
#include "crypto/token.h"
#include "sandbox/gateway.h"

enum { NONCE_BYTES = 16 };

/* ---- faults ---- */

static const char *const fault_names[] = {
	NULL,
#define F(n) #n,
	GATEWAY_FAULTS(F)
#undef F
};
const struct enum_def gateway_fault_enum = { "gateway_fault", fault_names, GATEWAY__MAX - 1 };
static struct { enum gateway_fault kind; int times; char call[20]; } fault;

void gateway_fail(enum gateway_fault kind, const char *call, int times)
{
	fault.kind = kind;
	fault.times = kind > GATEWAY_none ? times : 0;
	PUT(fault.call, call);
}

static enum gateway_fault fault_now(const char *call)
{
	if (fault.times <= 0 || (*fault.call && !str_eq(fault.call, call)))
		return GATEWAY_none;
	fault.times--;
	return fault.kind;
}

/* ---- what was asked, what is answered ---- */

void gateway_put(struct gateway_call *c, const char *name, const char *value)
{
	assert(c->n < GATEWAY_FIELDS_MAX);
	c->out[c->n++] = (struct pair){ name, value };
}

void gateway_put_nth(struct gateway_call *c, const char *name, size_t n, const char *value)
{
	gateway_put(c, arena_printf(c->sb->a, "%s_%zu", name, n), value);
}

const char *gateway_asked(const struct gateway_call *c, const char *name)
{
	const char *v = pair_value(c->in.fields, c->in.n, name);

	return v ? v : "";
}

void gateway_refuse(struct gateway_call *c, const char *code, const char *text)
{
	c->n = 0;
	gateway_put(c, "result_code", "FAIL");
	gateway_put(c, "err_code", code);
	gateway_put(c, "err_code_des", text);
}

void gateway_done(struct gateway_call *c) { gateway_put(c, "result_code", "SUCCESS"); }

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

static void write_signed(struct gateway_call *c, struct answer *ans, bool forged)
{
	struct arena *a = c->sb->a;
	struct pair p[GATEWAY_FIELDS_MAX + 6];
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
static const char *unheard(struct gateway_call *c, struct req *r)
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
		if (!*gateway_asked(c, required[i]))
			return arena_printf(sb->a, "缺少参数 %s", required[i]);
	c->type = wxsign_choose(0, c->in.fields, c->in.n);
	return !str_eq(gateway_asked(c, "appid"), sb->conf->wechat_appid) ? "appid不存在"
	     : !str_eq(gateway_asked(c, "mch_id"), sb->conf->wechat_mch_id) ? "商户号mch_id不存在"
	     : !wxsign_check(sb->a, c->type, c->in.fields, c->in.n, sb->conf->wechat_key) ? "签名错误" : NULL;
}

/* Done there, and what comes back is spoilt. */
static void spoil(struct answer *ans, enum gateway_fault wrong)
{
	if (wrong == GATEWAY_rubbish || wrong == GATEWAY_error) {
		out_reset(&ans->body);
		out_lit(&ans->body, "<html><body>502 Bad Gateway</body></html>");
	}
	if (wrong == GATEWAY_error)
		ans->status = 500;
	if (wrong == GATEWAY_slow)
		out_lit(&ans->head, "X-Accel-Limit-Rate: 8\r\nX-Accel-Buffering: yes\r\n");
}

void gateway_serve(struct sandbox *sb, struct req *r, struct answer *ans, const char *name, gateway_operation *op)
{
	struct gateway_call c = { .sb = sb, .text = &ans->body };
	const char *why = unheard(&c, r);

	if (why) {
		fail(ans, why);
		return;
	}
	enum gateway_fault wrong = fault_now(name);
	if (wrong == GATEWAY_busy)
		gateway_refuse(&c, "SYSTEMERROR", "系统错误");
	else
		op(&c);
	if (c.n) {
		write_signed(&c, ans, wrong == GATEWAY_forged);
	} else {	/* a bill, or why there is none: not signed */
		ans->status = 200;
		out_lit(&ans->head, "Content-Type: text/plain; charset=utf-8\r\n");
	}
	spoil(ans, wrong);
}
