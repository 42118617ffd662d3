/* Any inner document of a refund notification, encrypted rightly, and any text as what is encrypted: a hint with values in their bounds, or a refusal
 * with a reason. */
#include "fuzz.h"

#include <assert.h>

#include "base/money.h"
#include "channel/wechat_refund_notice.h"
#include "crypto/wxcrypt.h"

#define KEY "192006250b4c09247ec02edce69f6a2d"
static const struct wechat_conf conf = { .appid = "wxd930ea5d5a258f4f", .mch_id = "10000100", .key = KEY, .sign_type = WXSIGN_HMAC_SHA256 };

static void check(const char *info)
{
	const struct pair fields[] = { { "return_code", "SUCCESS" }, { "appid", conf.appid }, { "mch_id", conf.mch_id }, { "req_info", info } };
	struct wechat_refund_notice n;
	struct out o = { 0 };

	xml_flat_write(&o, "xml", fields, 4);
	struct bytes body = { arena_dup(&fuzz_arena, o.p, o.n), o.n };
	out_free(&o);
	enum rc rc = wechat_refund_notice_read(&fuzz_arena, &conf, "text/xml", body, &n);
	assert((rc == RC_OK) == (n.refusal == WECHAT_REFUND_HINTED));
	assert(rc == RC_OK || (n.why && !n.number));
	if (rc != RC_OK)
		return;
	assert(strlen(n.number) >= 1 && strlen(n.number) <= 64 && strlen(n.refund_id) <= 32);
	assert(n.state && n.state != WECHAT_REFUND_PROCESSING && n.amount.fen > 0 && n.amount.fen <= MONEY_MAX);
}

FUZZ(p, n)
{
	check(wxcrypt_close(&fuzz_arena, KEY, p, n));
	check(arena_dup(&fuzz_arena, p, n));
}
