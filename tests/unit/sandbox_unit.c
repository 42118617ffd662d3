#include "sandbox_unit.h"

#include "base/time.h"
#include "sandbox/gateway.h"

#define KEY "192006250b4c09247ec02edce69f6a2d"

struct sandbox sandbox;
struct wechat_conf merchant = {
	.gateway = "http://gateway.test", .appid = "wxd930ea5d5a258f4f", .mch_id = "10000100", .key = KEY,
	.notify_url = "http://127.0.0.1:1/callback/wechat",
	.refund_notify_url = "http://127.0.0.1:1/callback/wechat/refund", .sign_type = WXSIGN_HMAC_SHA256,
};
static const struct config conf = {
	.wechat_appid = "wxd930ea5d5a258f4f",
	.wechat_mch_id = "10000100",
	.wechat_key = KEY,
	.platform_development = true,
	.sandbox_folder = "",
	.sandbox_base_url = "http://sandbox.test",
	.sandbox_speed = 1000,
	.sandbox_provider_token = "TestToken2024",
	.bank_accounts = "bank=6222020200112233445, other=6228480000001",
	.bank_spool = "",
	.sandbox_bank_keys = BANK_KEYS,
};

struct sandbox *sandbox_ready(void)
{
	if (!sandbox.conf)
		assert_true(sandbox_open(&sandbox, &conf, &unit_arena));
	return &sandbox;
}

static size_t read_bytes(void *from, char *to, size_t n)
{
	struct bytes *b = from;
	size_t got = n < b->n ? n : b->n;

	if (got)
		memcpy(to, b->p, got);
	*b = (struct bytes){ (const char *)b->p + got, b->n - got };
	return got;
}

struct req *sandbox_request(enum method method, const char *type, struct bytes body)
{
	struct req *r = ARENA_NEW(&unit_arena, struct req);
	struct bytes *from = ARENA_NEW(&unit_arena, struct bytes);
	static const char *const env[] = { NULL };

	*from = body;
	*r = (struct req){ .method = method,
			   .path = "/",
			   .query = "",
			   .type = type,
			   .length = body.n,
			   .read = read_bytes,
			   .from = from,
			   .env = env };
	return r;
}

struct bytes sandbox_posted(void (*serve)(struct sandbox *, struct req *, struct answer *), struct bytes body)
{
	struct answer ans = { 0 };

	serve(sandbox_ready(), sandbox_request(METHOD_POST, "text/xml", body), &ans);
	assert_int_equal(ans.status, 200);
	struct bytes b = { arena_dup(&unit_arena, ans.body.p, ans.body.n), ans.body.n };
	out_free(&ans.head);
	out_free(&ans.body);
	return b;
}

struct pay *sandbox_order(const char *notify_url)
{
	static int serial;
	struct wechat_order_in in = {
		.body = "云安全", .product_id = "1", .client_ip = "127.0.0.1", .total = { 128000 }
	};
	struct wechat_order got;
	struct bytes xml;

	in.number = arena_printf(&unit_arena, "P2026112110230400%04d", ++serial);
	merchant.notify_url = notify_url;
	assert_int_equal(wechat_order_write(&unit_arena, &merchant, &in, &xml), RC_OK);
	assert_int_equal(wechat_order_read(&unit_arena, &merchant, sandbox_posted(gateway_order, xml), &got), RC_OK);
	assert_int_equal(got.answer.error, WECHAT_DONE);
	struct pay *p = pay_by_number(&sandbox.pays, in.number);
	assert_non_null(p);
	return p;
}
