#include <stdio.h>

#include "callback/fill.h"
#include "channel/wechat_notice.h"
#include "unit.h"

#define KEY "192006250b4c09247ec02edce69f6a2d"

static const struct wechat_conf conf = {
	.appid = "wxd930ea5d5a258f4f", .mch_id = "10000100", .key = KEY, .sign_type = WXSIGN_HMAC_SHA256
};
static const struct pair values[] = {
	{ "key", KEY },           { "appid", "wxd930ea5d5a258f4f" },
	{ "mch_id", "10000100" }, { "number", "P20261121102304000012" },
	{ "fee", "128000" },      { "transaction", "4200002026112100000000000001" },
};

static void read_document(const char *file, const char *media, struct wechat_notice *notice)
{
	char *template = fill_file(&unit_arena, arena_printf(&unit_arena, CORPUS "/%s", file));
	struct out o = { 0 };

	assert_non_null(template);
	fill(&unit_arena, template, values, sizeof values / sizeof *values, &o);
	enum rc rc = wechat_notice_read(&unit_arena, &conf, media,
					(struct bytes){ arena_dup(&unit_arena, o.p, o.n), o.n }, notice);
	assert_int_equal(rc == RC_OK, notice->refusal == WECHAT_ACCEPTED);
	out_free(&o);
}

static bool as_expected(const char *file, const char *want, const char *media)
{
	struct wechat_notice notice;
	size_t mark = arena_mark(&unit_arena);

	read_document(file, strcmp(media, "-") ? media : "", &notice);
	const char *got = notice.refusal ? wechat_refusal_enum.names[notice.refusal] : "accepted";
	bool good = !strcmp(got, want);
	if (!notice.refusal)
		good = good && !strcmp(notice.number, "P20261121102304000012");
	if (!notice.refusal && notice.paid)
		good = good && notice.total.fen == 128000 &&
		       !strcmp(notice.transaction_id, "4200002026112100000000000001");
	if (!good)
		print_error("%s: %s (%s), not %s\n", file, got, notice.why ? notice.why : "", want);
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

TEST(corpus_accepts, "WXP-5 WXP-6 every document that must be accepted is, with number, amount and transaction")
{
	replay("accept/", 25);
}
TEST(corpus_refuses, "WXP-6 WXP-7 every document that must be refused is, each for its own reason")
{
	replay("refuse/", 110);
}
