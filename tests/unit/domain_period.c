#include "domain/period.h"
#include "unit.h"

static struct instant at(int y, int m, int d, int h, int min, int s)
{
	return civil_instant((struct civil){ .year = y, .month = m, .day = d, .hour = h, .minute = min, .second = s });
}

static void ends(struct instant begin, int anchor, int64_t n, enum time_unit unit, enum period_end policy, const char *expected)
{
	char b[TIME_TEXT];

	assert_string_equal(instant_text(period_end(begin, anchor, n, unit, policy), b), expected);
}

TEST(period_anchors, "NUM-4 adding months keeps the day that the subscription began on")
{
	struct instant t = at(2027, 1, 31, 10, 23, 4);

	assert_int_equal(period_anchor(t), 31);
	ends(t, 31, 1, UNIT_MONTH, PERIOD_TO_SECOND, "2027-02-28 10:23:04");
	ends(at(2027, 2, 28, 10, 23, 4), 31, 1, UNIT_MONTH, PERIOD_TO_SECOND, "2027-03-31 10:23:04");
	ends(at(2028, 1, 31, 0, 0, 0), 31, 1, UNIT_MONTH, PERIOD_TO_SECOND, "2028-02-29 00:00:00");
	ends(at(2028, 2, 29, 1, 0, 0), 29, 1, UNIT_YEAR, PERIOD_TO_SECOND, "2029-02-28 01:00:00");
	ends(at(2029, 2, 28, 1, 0, 0), 29, 3, UNIT_YEAR, PERIOD_TO_SECOND, "2032-02-29 01:00:00");
	ends(at(2027, 11, 30, 1, 0, 0), 30, 3, UNIT_MONTH, PERIOD_TO_SECOND, "2028-02-29 01:00:00");
	ends(at(2027, 12, 15, 1, 0, 0), 15, 1, UNIT_MONTH, PERIOD_TO_SECOND, "2028-01-15 01:00:00");
}

TEST(period_policies, "NUM-4 a period ends at 23:59:59 of its last day or to the second")
{
	ends(at(2027, 3, 10, 10, 0, 1), 10, 1, UNIT_MONTH, PERIOD_END_OF_DAY, "2027-04-10 23:59:59");
	ends(at(2027, 4, 10, 23, 59, 59), 10, 1, UNIT_MONTH, PERIOD_END_OF_DAY, "2027-05-10 23:59:59");
	ends(at(2027, 3, 10, 10, 0, 1), 10, 7, UNIT_DAY, PERIOD_END_OF_DAY, "2027-03-17 23:59:59");
	ends(at(2027, 3, 10, 10, 0, 1), 10, 7, UNIT_DAY, PERIOD_TO_SECOND, "2027-03-17 10:00:01");
	ends(at(2027, 3, 10, 23, 30, 0), 10, 90, UNIT_MINUTE, PERIOD_END_OF_DAY, "2027-03-11 01:00:00");
	ends(at(2027, 3, 10, 23, 30, 0), 10, 24, UNIT_HOUR, PERIOD_TO_SECOND, "2027-03-11 23:30:00");
}

TEST(period_chain, "NUM-4 month after month for 20 years equals all of it at once, from every day")
{
	for (int day = 1; day <= 31; day++) {
		struct instant begin = at(2027, 1, day, 12, 0, 0), t = begin;
		for (int month = 1; month <= 240; month++) {
			struct instant next = period_end(t, day, 1, UNIT_MONTH, PERIOD_TO_SECOND);
			assert_true(next.us > t.us);
			assert_int_equal(next.us, period_end(begin, day, month, UNIT_MONTH, PERIOD_TO_SECOND).us);
			t = next;
		}
		assert_int_equal(t.us, period_end(begin, day, 20, UNIT_YEAR, PERIOD_TO_SECOND).us);
	}
}

TEST(period_days_count, "NUM-4 all days are the calendar days after the first instant up to the end")
{
	assert_int_equal(period_days(at(2027, 3, 10, 10, 0, 0), at(2027, 4, 10, 10, 0, 0)), 31);
	assert_int_equal(period_days(at(2027, 3, 10, 10, 0, 0), at(2027, 4, 10, 23, 59, 59)), 31);
	assert_int_equal(period_days(at(2027, 4, 15, 23, 59, 59), at(2027, 5, 1, 23, 59, 59)), 16);	/* SUB-12's first example */
	assert_int_equal(period_days(at(2027, 3, 10, 10, 0, 0), at(2027, 3, 11, 0, 0, 1)), 1);
	assert_int_equal(period_days(at(2027, 3, 10, 10, 0, 0), at(2027, 3, 10, 23, 0, 0)), 0);
}
