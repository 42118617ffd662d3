/* Any document, as it came and with a right signature put in: a notice with values in their bounds, or a refusal with a
 * reason. */
#include "fuzz.h"

#include <assert.h>

#include "base/money.h"
#include "channel/wechat_notice.h"

#define KEY "192006250b4c09247ec02edce69f6a2d"
static const struct wechat_conf conf = {
	.appid = "wxd930ea5d5a258f4f", .mch_id = "10000100", .key = KEY, .sign_type = WXSIGN_HMAC_SHA256
};

/* So that what lies behind the signature is reached too. */
static struct bytes signed_again(const struct xml_flat *doc)
{
	struct pair *fields = ARENA_ARRAY(&fuzz_arena, struct pair, doc->n + 1);
	struct out o = { 0 };
	size_t n = 0;

	for (size_t i = 0; i < doc->n; i++)
		if (strcmp(doc->fields[i].name, "sign"))
			fields[n++] = doc->fields[i];
	char *sign = wxsign(&fuzz_arena, WXSIGN_HMAC_SHA256, fields, n, KEY, arena_alloc(&fuzz_arena, WXSIGN_SIZE));
	fields[n] = (struct pair){ "sign", sign };
	xml_flat_write(&o, "xml", fields, n + 1);
	struct bytes b = { arena_dup(&fuzz_arena, o.p, o.n), o.n };
	out_free(&o);
	return b;
}

static void check(struct bytes body)
{
	struct wechat_notice notice;
	enum rc rc = wechat_notice_read(&fuzz_arena, &conf, "text/xml", body, &notice);

	assert((rc == RC_OK) == (notice.refusal == WECHAT_ACCEPTED));
	assert(rc == RC_OK || (notice.why && !notice.paid && !notice.number));
	if (rc != RC_OK)
		return;
	assert(strlen(notice.number) >= 6 && strlen(notice.number) <= 32);
	if (notice.paid)
		assert(notice.total.fen > 0 && notice.total.fen <= MONEY_MAX && notice.cash.fen <= notice.total.fen &&
		       notice.paid_at.us > 0);
}

FUZZ(p, n)
{
	struct xml_flat doc;

	check((struct bytes){ p, n });
	if (xml_flat_read(&fuzz_arena, (const char *)p, n, "xml", &doc) == RC_OK)
		check(signed_again(&doc));
}
