#include "unit.h"
#include "base/time.h"
#include "view/phrase.h"

static struct instant at(int64_t s) { return (struct instant){ 1000 * DAY_US + s * SECOND_US }; }
static const char *left(enum lang lang, int64_t s) { return phrase_left(&unit_arena, lang, at(0), at(s)); }

TEST(phrase_durations, "IFC-6 durations in words, in both languages")
{
	assert_string_equal(phrase_duration(&unit_arena, LANG_ZH_CN, 3, UNIT_MONTH), "3 个月");
	assert_string_equal(phrase_duration(&unit_arena, LANG_EN, 1, UNIT_YEAR), "1 year");
	assert_string_equal(phrase_duration(&unit_arena, LANG_EN, 14, UNIT_DAY), "14 days");
	assert_string_equal(phrase_duration(&unit_arena, LANG_EN, 5, 0), "");
}

TEST(phrase_lefts, "ORD-6 the time left has its two largest parts, rounded down, and nothing when it is over")
{
	assert_string_equal(left(LANG_ZH_CN, 24 * 3600 - 1), "23 小时 59 分钟");
	assert_string_equal(left(LANG_EN, 7200), "2 hours");
	assert_string_equal(left(LANG_EN, 3 * 86400 + 3600 + 59), "3 days 1 hour");
	assert_string_equal(left(LANG_EN, 86400 + 59 * 60), "1 day");
	assert_string_equal(left(LANG_EN, 59), "0 minutes");
	assert_string_equal(left(LANG_EN, 0), "");
	assert_string_equal(left(LANG_EN, -5), "");
	assert_string_equal(phrase_left(&unit_arena, LANG_EN, at(0), (struct instant){ 0 }), "");
}

TEST(phrase_plans, "ORD-17 what was bought on one line")
{
	struct phrase_plan p = { .plan = "专业版", .unit = "账号", .quantity = 5, .duration = 1,
		.duration_unit = UNIT_YEAR };

	assert_string_equal(phrase_plan(&unit_arena, LANG_ZH_CN, &p), "专业版 · 5 账号 · 1 年");
	p.duration_unit = 0;
	assert_string_equal(phrase_plan(&unit_arena, LANG_ZH_CN, &p), "专业版 · 5 账号");
}

TEST(phrase_actors, "ACC-14 the system and channels have names in the reader's language, people their own")
{
	assert_string_equal(phrase_actor(LANG_ZH_CN, "system"), "系统");
	assert_string_equal(phrase_actor(LANG_EN, "wechat"), "WeChat Pay");
	assert_string_equal(phrase_actor(LANG_ZH_CN, "张敏"), "张敏");
}

TEST(phrase_agents, "ACC-12 a session is known by its browser and system, which name themselves among those they descend from")
{
	static const struct { const char *agent, *said; } known[] = {
		{ "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Safari/537.36", "Chrome · Windows" },
		{ "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Safari/537.36 Edg/130.0", "Edge · Windows" },
		{ "Mozilla/5.0 (Macintosh; Intel Mac OS X 14_5) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Safari/605.1.15", "Safari · macOS" },
		{ "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 MicroMessenger/8.0", "WeChat · iOS" },
		{ "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0", "Firefox · Linux" },
		{ "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Mobile Safari/537.36", "Chrome · Android" },
	};

	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		assert_string_equal(phrase_agent(&unit_arena, known[i].agent), known[i].said);
	assert_null(phrase_agent(&unit_arena, "curl/7.88.1"));
	assert_null(phrase_agent(&unit_arena, ""));
}

TEST(tones, "DEL-4 every state has a tone that the style sheet knows")
{
	static const char *const known[] = { "", "info", "ok", "warn", "bad" };
	const char *said[order_state_n + payment_state_n + resource_state_n];
	size_t n = 0;

	for (int s = 1; s <= order_state_n; s++)
		said[n++] = tone_order((enum order_state)s);
	for (int s = 1; s <= payment_state_n; s++)
		said[n++] = tone_payment((enum payment_state)s);
	for (int s = 1; s <= resource_state_n; s++)
		said[n++] = tone_resource((enum resource_state)s);
	for (size_t i = 0; i < n; i++) {
		bool found = false;
		for (size_t k = 0; k < sizeof known / sizeof *known; k++)
			found |= !strcmp(said[i], known[k]);
		assert_true(found);
	}
}
