#include "unit.h"
#include "web/choice.h"
#include "web/cursor.h"

TEST(cursor_round, "IFC-2 a cursor gives back the keys it was made of")
{
	static const uint64_t sets[][2] = { { 0, 0 }, { 1, UINT64_MAX }, { 7, 1554406229978403606u },
		{ UINT64_MAX, 1 } };

	for (size_t i = 0; i < sizeof sets / sizeof *sets; i++) {
		uint64_t back[2] = { 3, 3 };
		const char *text = cursor_write(&unit_arena, sets[i], 2);
		assert_int_equal(strlen(text), CURSOR_TEXT);
		assert_int_equal(cursor_read(text, back, 2), RC_OK);
		assert_memory_equal(back, sets[i], sizeof back);
	}
}

TEST(cursor_begin, "IFC-2 no cursor is the beginning")
{
	uint64_t key = 42;

	assert_int_equal(cursor_read(NULL, &key, 1), RC_OK);
	assert_int_equal(cursor_read("", &key, 1), RC_OK);
	assert_int_equal(key, 42);
}

TEST(cursor_bad, "IFC-2 what is no cursor is malformed")
{
	static const char *const bad[] = {
		"0", "000000000000000", "00000000000000000", "000000000000000g", "000000000000000F", " 00000000000000a",
			"-000000000000001", "0x00000000000001",
		"00000000000000010000000000000001",
	};
	uint64_t key;

	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		assert_int_equal(cursor_read(bad[i], &key, 1), RC_MALFORMED);
}

TEST(choice_good, "CAT-3 a duration in an address is a number and its unit")
{
	int64_t n;
	enum time_unit unit;

	assert_true(choice_duration_read("12-month", &n, &unit));
	assert_int_equal(n, 12);
	assert_int_equal(unit, UNIT_MONTH);
	assert_true(choice_duration_read("", &n, &unit) && !n && !unit);
	assert_true(choice_duration_read(NULL, &n, &unit) && !n && !unit);
	assert_string_equal(choice_duration(&unit_arena, 3, UNIT_YEAR), "3-year");
	assert_string_equal(choice_duration(&unit_arena, 0, 0), "");
}

TEST(choice_bad, "CAT-3 what is no duration is refused")
{
	static const char *const bad[] = { "12", "month", "-month", "12-", "0-month", "-1-month", "12-months",
		"12 month", "1.5-year", "123456-day", "1-month-1" };
	int64_t n;
	enum time_unit unit;

	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		assert_false(choice_duration_read(bad[i], &n, &unit));
}

TEST(choice_joined, "CAT-3 options are joined, empty ones left out")
{
	static const char *const ticked[] = { "region=north", "", "disk=100" };

	assert_string_equal(choice_options(&unit_arena, &(struct texts){ ticked, 3 }), "region=north,disk=100");
	assert_string_equal(choice_options(&unit_arena, &(struct texts){ NULL, 0 }), "");
}
