#include <stdio.h>

#include "callback/fill.h"
#include "channel/wechat_notice.h"
#include "channel/wechat_refund_notice.h"
#include "unit.h"

#define KEY "192006250b4c09247ec02edce69f6a2d"

static const struct wechat_conf conf = {
	.appid = "wxd930ea5d5a258f4f", .mch_id = "10000100", .key = KEY, .sign_type = WXSIGN_HMAC_SHA256
};
static const struct pair values[] = {
	{ "key", KEY },           { "appid", "wxd930ea5d5a258f4f" },
	{ "mch_id", "10000100" }, { "number", "P20261121102304000012" },
	{ "refund", "R20261121102304000012" },
	{ "fee", "128000" },      { "transaction", "4200002026112100000000000001" },
};

static struct bytes document(const char *file)
{
	char *template = fill_file(&unit_arena, arena_printf(&unit_arena, CORPUS "/%s", file));
	struct out o = { 0 };

	assert_non_null(template);
	fill(&unit_arena, template, values, sizeof values / sizeof *values, &o);
	struct bytes b = { arena_dup(&unit_arena, o.p, o.n), o.n };
	out_free(&o);
	return b;
}

static bool judged(const char *file, const char *got, const char *want, const char *why)
{
	if (strcmp(got, want))
		print_error("%s: %s (%s), not %s\n", file, got, why ? why : "", want);
	return !strcmp(got, want);
}

static bool payment_as_expected(const char *file, const char *want, const char *media)
{
	struct wechat_notice notice;
	enum rc rc = wechat_notice_read(&unit_arena, &conf, media, document(file), &notice);
	bool good = judged(file, notice.refusal ? wechat_refusal_enum.names[notice.refusal] : "accepted", want, notice.why);

	assert_int_equal(rc == RC_OK, notice.refusal == WECHAT_ACCEPTED);
	if (!notice.refusal)
		good = good && !strcmp(notice.number, "P20261121102304000012");
	if (!notice.refusal && notice.paid)
		good = good && notice.total.fen == 128000 &&
		       !strcmp(notice.transaction_id, "4200002026112100000000000001");
	return good;
}

static bool refund_as_expected(const char *file, const char *want, const char *media)
{
	struct wechat_refund_notice notice;
	enum rc rc = wechat_refund_notice_read(&unit_arena, &conf, media, document(file), &notice);
	bool good = judged(file, notice.refusal ? wechat_refund_refusal_enum.names[notice.refusal] : "accepted", want, notice.why);

	assert_int_equal(rc == RC_OK, notice.refusal == WECHAT_REFUND_HINTED);
	if (!notice.refusal)
		good = good && !strcmp(notice.number, "R20261121102304000012") && !strcmp(notice.refund_id, "50000408942018111907145868882") &&
		       (notice.amount.fen == 30000 || notice.amount.fen == 128000);
	return good;
}

/* Refunds are announced at an address of their own: refund-*. */
static bool as_expected(const char *file, const char *want, const char *media)
{
	size_t mark = arena_mark(&unit_arena);
	const char *type = strcmp(media, "-") ? media : "";
	bool good = strstr(file, "/refund-") ? refund_as_expected(file, want, type) : payment_as_expected(file, want, type);

	arena_release(&unit_arena, mark);
	return good;
}

static void replay(const char *folder, int least)
{
	char line[256], file[128], want[32], media[96];
	FILE *f = fopen(CORPUS "/manifest", "re");
	int n = 0, wrong = 0;

	assert_non_null(f);
	while (fgets(line, sizeof line, f))
		if (!strncmp(line, folder, strlen(folder)) &&
		    sscanf(line, "%127s %31s %95[^\n]", file, want, media) == 3) {
			wrong += !as_expected(file, want, media);
			n++;
		}
	fclose(f);
	assert_int_equal(wrong, 0);
	assert_true(n >= least);
}

TEST(corpus_accepts, "WXP-5 WXP-6 WXP-8 every document that must be accepted is, with number, amount and transaction")
{
	replay("accept/", 40);
}
TEST(corpus_refuses, "WXP-6 WXP-7 WXP-8 every document that must be refused is, each for its own reason")
{
	replay("refuse/", 150);
}
