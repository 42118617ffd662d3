/* How values look, and the JSON of a model. */
#include "unit.h"

#include "base/time.h"
#include "view/json.h"
#include "view/probe.h"

VIEW_JSON(probe_item, PROBE_ITEM)
VIEW_JSON(probe, PROBE)

static struct out o;

static const char *text(void)
{
	out_bytes(&o, "", 1);
	o.n = 0;
	return o.p;
}

#define PRINTS(call, expected) do { call; assert_string_equal(text(), expected); } while (0)

TEST(prints_money, "NUM-1 money as 1,280.00, ¥1,280.00, and as it is typed")
{
	PRINTS(view_text(&o, ((struct money){ 128000 })), "1,280.00");
	PRINTS(view_text(&o, ((struct money){ -256000 })), "-2,560.00");
	PRINTS(view_yuan(&o, ((struct money){ 123456789 })), "¥1,234,567.89");
	PRINTS(view_yuan(&o, ((struct money){ -5 })), "−¥0.05");
	PRINTS(view_plain(&o, ((struct money){ 128000 })), "1280.00");
}

TEST(prints_time, "NUM-3 instants in the platform's zone, RFC 3339 in UTC, nothing for none")
{
	struct instant at = { INT64_C(1795227784) * SECOND_US };
	struct date day = date_make(2026, 11, 21);

	assert_true(time_zone_set("Asia/Shanghai"));
	PRINTS(view_text(&o, at), "2026-11-21 10:23:04");
	PRINTS(view_iso(&o, at), "2026-11-21T02:23:04Z");
	PRINTS(view_date(&o, at), "2026-11-21");
	PRINTS(view_time(&o, at), "10:23:04");
	PRINTS(view_text(&o, day), "2026-11-21");
	PRINTS(view_text(&o, ((struct instant){ 0 })), "");
	PRINTS(view_iso(&o, ((struct instant){ 0 })), "");
	PRINTS(view_text(&o, ((struct date){ 0 })), "");
}

TEST(prints_enum, "IFC-6 an enum's label in the reader's language, its code name in addresses")
{
	enum order_state s = ORDER_TO_PAY;

	o.lang = LANG_ZH_CN;
	PRINTS(view_text(&o, s), "待支付");
	o.lang = LANG_EN;
	PRINTS(view_text(&o, s), "To pay");
	PRINTS(view_url(&o, s), "to_pay");
	PRINTS(view_name(&o, s), "to_pay");
	s = 0;
	PRINTS(view_text(&o, s), "");
	o.lang = LANG_NONE;
}

TEST(prints_bool, "IFC-6 yes and no in the reader's language")
{
	o.lang = LANG_EN;
	PRINTS(view_text(&o, (bool)true), "Yes");
	o.lang = LANG_ZH_CN;
	PRINTS(view_text(&o, (bool)false), "否");
}

TEST(prints_truth, "what is empty, zero or not there is not there")
{
	const char *none = NULL, *empty = "", *some = "0";

	assert_false(view_is(none));
	assert_false(view_is(empty));
	assert_true(view_is(some));
	assert_false(view_is((struct money){ 0 }));
	assert_true(view_is((struct money){ -1 }));
	assert_true(view_is((int64_t)-1));
	assert_false(view_is((struct instant){ 0 }));
	assert_true(view_is((enum order_state)ORDER_TO_PAY));
	assert_false(view_is((const struct view_probe *)NULL));
}

TEST(writes_model, "IFC-1 snake_case names, fen, RFC 3339 in UTC, code names; nothing of what is for the page only")
{
	const struct view_probe_item items[] = { { "a\"<", 1 }, { NULL, -2 } };
	struct view_probe p = {
		.words = "云", .number = -7, .id = 9007199254740993, .flag = true, .amount = { 128000 }, .at = { INT64_C(1795227784123456) },
		.day = date_make(2026, 11, 21), .state = ORDER_IN_REVIEW, .secret = "no", .items = items, .items_n = 2, .best = &items[0],
	};

	PRINTS(json_probe(&o, &p),
	       "{\"words\":\"云\",\"number\":-7,\"id\":9007199254740993,\"flag\":true,\"amount\":128000,\"at\":\"2026-11-21T02:23:04.123456Z\","
	       "\"day\":\"2026-11-21\",\"state\":\"in_review\",\"items\":[{\"name\":\"a\\\"\\u003c\",\"n\":1},{\"name\":null,\"n\":-2}],"
	       "\"best\":{\"name\":\"a\\\"\\u003c\",\"n\":1}}");
}

TEST(writes_none, "IFC-1 what is not there is null, a list without members is []")
{
	struct view_probe p = { 0 };

	PRINTS(json_probe(&o, &p), "{\"words\":null,\"number\":0,\"id\":0,\"flag\":false,\"amount\":0,\"at\":null,\"day\":null,\"state\":null,"
				   "\"items\":[],\"best\":null}");
}
