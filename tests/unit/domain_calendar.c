#include "domain/calendar.h"
#include "unit.h"

/* Spring of 2026: nine days off, two weekend days worked. */
static const char *const off[] = { "2026-02-15", "2026-02-16", "2026-02-17", "2026-02-18", "2026-02-19", "2026-02-20", "2026-02-21", "2026-02-22", "2026-02-23" };

static struct date on(const char *s)
{
	struct date d;

	assert_true(date_parse(s, &d));
	return d;
}

static struct calendar spring(void)
{
	static struct workday days[11];
	size_t n = 0;

	days[n++] = (struct workday){ on("2026-02-14"), true };
	for (size_t i = 0; i < sizeof off / sizeof *off; i++)
		days[n++] = (struct workday){ on(off[i]), false };
	days[n++] = (struct workday){ on("2026-02-28"), true };
	return (struct calendar){ days, n };
}

TEST(calendar_plain, "NUM-5 without a calendar, Monday to Friday are worked")
{
	struct calendar none = { 0 };

	assert_int_equal(calendar_weekday(on("2026-11-16")), 0);
	assert_int_equal(calendar_weekday(on("1970-01-04")), 6);
	for (int i = 0; i < 7; i++)
		assert_int_equal(calendar_works(&none, (struct date){ on("2026-11-16").days + i }), i < 5);
	assert_int_equal(calendar_add(&none, on("2026-11-20"), 1).days, on("2026-11-23").days);
	assert_int_equal(calendar_add(&none, on("2026-11-21"), 5).days, on("2026-11-27").days);
	assert_int_equal(calendar_add(&none, on("2026-11-21"), 0).days, on("2026-11-21").days);
}

TEST(calendar_days, "NUM-5 holidays are not worked, make-up days are")
{
	struct calendar c = spring();

	for (size_t i = 0; i < sizeof off / sizeof *off; i++)
		assert_false(calendar_works(&c, on(off[i])));
	assert_true(calendar_works(&c, on("2026-02-14")));
	assert_true(calendar_works(&c, on("2026-02-28")));
	assert_true(calendar_works(&c, on("2026-02-13")));
	assert_true(calendar_works(&c, on("2026-02-24")));
	assert_false(calendar_works(&c, on("2026-03-01")));
}

TEST(calendar_adds, "NUM-5 working days are counted over holidays and make-up days")
{
	static const struct { const char *from; int n; const char *to; } cases[] = {
		{ "2026-02-13", 1, "2026-02-14" }, { "2026-02-13", 2, "2026-02-24" }, { "2026-02-14", 1, "2026-02-24" },
		{ "2026-02-18", 1, "2026-02-24" }, { "2026-02-24", 4, "2026-02-28" }, { "2026-02-24", 5, "2026-03-02" },
	};
	struct calendar c = spring();

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		assert_int_equal(calendar_add(&c, on(cases[i].from), cases[i].n).days, on(cases[i].to).days);
		assert_int_equal(calendar_between(&c, on(cases[i].from), on(cases[i].to)), cases[i].n);
		assert_int_equal(calendar_between(&c, on(cases[i].to), on(cases[i].from)), -cases[i].n);
	}
	assert_int_equal(calendar_between(&c, on("2026-02-14"), on("2026-02-23")), 0);
}
