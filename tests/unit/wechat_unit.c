#include "wechat_unit.h"

enum { COMMON = 4, FIELDS_MAX = 250 };

const struct wechat_conf merchant = {
	.gateway = "https://gateway.test",
	.appid = "wxd930ea5d5a258f4f",
	.mch_id = "10000100",
	.key = "192006250b4c09247ec02edce69f6a2d",
	.notify_url = "https://shop.test/callback/wechat",
	.refund_notify_url = "https://shop.test/callback/wechat/refund",
	.cert_file = "", .cert_key_file = "", .ca_file = "",
	.sign_type = WXSIGN_HMAC_SHA256,
};
struct xml_flat sent_doc;

void sent_read(struct bytes xml) { assert_int_equal(xml_flat_read(&unit_arena, xml.p, xml.n, "xml", &sent_doc), RC_OK); }

const char *sent(const char *name) { return pair_value(sent_doc.fields, sent_doc.n, name); }

struct bytes wechat_answer(const struct pair *p, size_t n)
{
	struct pair all[FIELDS_MAX] = {
		{ "return_code", "SUCCESS" }, { "appid", merchant.appid }, { "mch_id", merchant.mch_id }, { "nonce_str", "x" }
	};
	static char sign[WXSIGN_SIZE];
	struct out o = { 0 };

	assert_true(n + COMMON < FIELDS_MAX);
	memcpy(all + COMMON, p, n * sizeof *p);
	n += COMMON;
	all[n] = (struct pair){ "sign", wxsign(&unit_arena, merchant.sign_type, all, n, merchant.key, sign) };
	xml_flat_write(&o, "xml", all, n + 1);
	struct bytes b = { arena_dup(&unit_arena, o.p, o.n), o.n };
	out_free(&o);
	return b;
}
