#include <stdlib.h>

#include "domain/price.h"
#include "unit.h"

static const struct price_duration terms[] = {
	{ UNIT_MONTH, 1, { 10000 } }, { UNIT_MONTH, 6, { 54000 } }, { UNIT_YEAR, 1, { 99999 } }, { UNIT_DAY, 7, { 0 } },
};
#define CHOICE(option, code, adds, pm) { option, code, { adds }, pm, "Option", "Choice" }
static const struct price_choice choices[] = {
	CHOICE("disk", "d40", 0, 0), { "disk", "d100", { 1500 }, 0, "Disk", "100 GB" },
	CHOICE("region", "bj", 0, 0), CHOICE("region", "gz", 0, -55), CHOICE("region", "hk", 0, 250),
};
static const struct price_plan plan = {
	.billing = BILLING_YEARLY_MONTHLY, .durations = terms, .durations_n = 4, .choices = choices, .choices_n = 5,
	.quantity_min = 5, .quantity_max = 1000, .quantity_step = 5,
};
static const struct price_ask ask = {
	.kind = ORDER_KIND_PURCHASE, .quantity = 5, .duration = 1, .unit = UNIT_MONTH, .options = "region=bj,disk=d40", .agreed_pm = 1000,
};

static int64_t lines_sum(const struct price *p)
{
	int64_t sum = 0;

	for (size_t i = 0; i < p->lines_n; i++)
		sum += p->lines[i].amount.fen;
	return sum;
}

/* The total; negative: -problem. */
static int64_t total(const struct price_plan *l, struct price_ask a, struct price *p)
{
	enum price_problem bad = price_of(l, &a, p);

	if (bad)
		return -(int64_t)bad;
	assert_int_equal(lines_sum(p), p->total.fen);
	assert_true(p->total.fen >= 0);
	return p->total.fen;
}

static int64_t line(const struct price *p, enum price_line_kind kind)
{
	int64_t sum = 0;

	for (size_t i = 0; i < p->lines_n; i++)
		if (p->lines[i].kind == kind)
			sum += p->lines[i].amount.fen;
	return sum;
}

TEST(price_list, "CAT-4 list price, options, duration discount, agreed discount and coupon, line by line")
{
	struct price_ask a = ask;
	struct price p;

	assert_int_equal(total(&plan, a, &p), 50000);
	assert_int_equal(p.lines_n, 1);
	a.duration = 1;
	a.unit = UNIT_YEAR;
	a.options = "disk=d100,region=hk";
	a.agreed_pm = 905;
	a.coupon = (struct price_coupon){ .kind = COUPON_PERCENT, .per_mille = 100 };
	/* 5 × (99999 + 1500 + 24999.75) = 632493.75; × 0.905 = 572406.84375; × 0.9 = 515166.159375 */
	assert_int_equal(total(&plan, a, &p), 515166);
	assert_int_equal(line(&p, PRICE_LIST), 600000);
	assert_int_equal(line(&p, PRICE_OPTION), 7500 + 124999);
	assert_int_equal(p.list.fen, 732499);
	assert_int_equal(line(&p, PRICE_DURATION), -100005);
	assert_int_equal(line(&p, PRICE_AGREED), 572407 - 632494);
	assert_int_equal(line(&p, PRICE_COUPON), 515166 - 572407);
	assert_string_equal(p.lines[1].choice->option, "disk");
	assert_string_equal(p.lines[1].choice->code, "d100");
	assert_string_equal(p.lines[1].choice->name, "100 GB");
	assert_null(p.lines[0].choice);
}

TEST(price_rounds_once, "NUM-2 a fraction of a fen is rounded half away from zero, once, at the end")
{
	static const struct price_duration one = { UNIT_MONTH, 1, { 1 } };
	struct price_plan l = { .billing = BILLING_YEARLY_MONTHLY, .durations = &one, .durations_n = 1, .quantity_min = 1, .quantity_max = 10, .quantity_step = 1 };
	struct price_ask a = ask;
	struct price p;

	a.options = NULL;
	a.agreed_pm = 700;
	a.coupon = (struct price_coupon){ .kind = COUPON_PERCENT, .per_mille = 300 };
	a.quantity = 1;			/* 0.49: rounded at each step it would be 1 */
	assert_int_equal(total(&l, a, &p), 0);
	a.coupon.per_mille = 0;
	a.agreed_pm = 500;
	assert_int_equal(total(&l, a, &p), 1);
	a.agreed_pm = 499;
	assert_int_equal(total(&l, a, &p), 0);
}

TEST(price_coupons, "ORD-14 a coupon never makes a price negative and needs its minimum spend")
{
	struct price_ask a = ask;
	struct price p;

	a.coupon = (struct price_coupon){ .kind = COUPON_AMOUNT, .amount = { 60000 } };
	assert_int_equal(total(&plan, a, &p), 0);
	assert_int_equal(line(&p, PRICE_COUPON), -50000);
	a.coupon = (struct price_coupon){ .kind = COUPON_AMOUNT, .amount = { 600 }, .minimum = { 50000 } };
	assert_int_equal(total(&plan, a, &p), 49400);
	a.coupon.minimum.fen = 50001;
	assert_int_equal(total(&plan, a, &p), -PRICE_COUPON_MINIMUM);
	a.coupon = (struct price_coupon){ .kind = COUPON_PERCENT, .per_mille = 1000 };
	assert_int_equal(total(&plan, a, &p), 0);
}

TEST(price_problems, "CAT-3 ORD-10 what is not offered is refused, with its field")
{
	static const struct { int64_t quantity, duration; enum time_unit unit; const char *options; enum price_problem bad; const char *field; } rows[] = {
		{ 4, 1, UNIT_MONTH, "disk=d40,region=bj", PRICE_QUANTITY_RANGE, "quantity" },
		{ 1005, 1, UNIT_MONTH, "disk=d40,region=bj", PRICE_QUANTITY_RANGE, "quantity" },
		{ -5, 1, UNIT_MONTH, "disk=d40,region=bj", PRICE_QUANTITY_RANGE, "quantity" },
		{ 7, 1, UNIT_MONTH, "disk=d40,region=bj", PRICE_QUANTITY_STEP, "quantity" },
		{ 5, 2, UNIT_MONTH, "disk=d40,region=bj", PRICE_DURATION_NOT_OFFERED, "duration" },
		{ 5, 12, UNIT_MONTH, "disk=d40,region=bj", PRICE_DURATION_NOT_OFFERED, "duration" },
		{ 5, 0, 0, "disk=d40,region=bj", PRICE_DURATION_NOT_OFFERED, "duration" },
		{ 5, 1, UNIT_MONTH, "", PRICE_OPTION_MISSING, "options" },
		{ 5, 1, UNIT_MONTH, "disk=d40", PRICE_OPTION_MISSING, "options" },
		{ 5, 1, UNIT_MONTH, "disk=d4,region=bj", PRICE_OPTION_UNKNOWN, "options" },
		{ 5, 1, UNIT_MONTH, "disk=d400,region=bj", PRICE_OPTION_UNKNOWN, "options" },
		{ 5, 1, UNIT_MONTH, "disk=bj,region=d40", PRICE_OPTION_UNKNOWN, "options" },
		{ 5, 1, UNIT_MONTH, "disk=d40,region=bj,colour=red", PRICE_OPTION_UNKNOWN, "options" },
		{ 5, 1, UNIT_MONTH, "disk=d40,region=bj,disk=d100", PRICE_OPTION_UNKNOWN, "options" },
		{ 5, 1, UNIT_MONTH, "disk=d40,region=bj,", PRICE_OPTION_UNKNOWN, "options" },
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct price_ask a = ask;
		struct price p;
		a.quantity = rows[i].quantity;
		a.duration = rows[i].duration;
		a.unit = rows[i].unit;
		a.options = rows[i].options;
		assert_int_equal(price_of(&plan, &a, &p), rows[i].bad);
		assert_string_equal(price_field(rows[i].bad), rows[i].field);
	}
}

TEST(price_modes, "CAT-3 one-off has one price, free and pay-per-use cost nothing when ordered")
{
	static const struct price_duration validity = { UNIT_YEAR, 1, { 777 } };
	struct price_plan l = { .billing = BILLING_ONE_OFF, .durations = &validity, .durations_n = 1, .quantity_min = 1, .quantity_max = 9, .quantity_step = 1 };
	struct price_ask a = { .kind = ORDER_KIND_PURCHASE, .quantity = 2, .agreed_pm = 1000 };
	struct price p;

	assert_int_equal(total(&l, a, &p), 1554);
	l.billing = BILLING_PACKAGE;
	assert_int_equal(total(&l, a, &p), -PRICE_DURATION_NOT_OFFERED);
	l.billing = BILLING_PAY_PER_USE;
	assert_int_equal(total(&l, a, &p), 0);
	l.billing = BILLING_FREE;
	l.durations_n = 0;
	assert_int_equal(total(&l, a, &p), 0);
	a.duration = 1;
	a.unit = UNIT_DAY;
	assert_int_equal(total(&l, a, &p), -PRICE_DURATION_NOT_OFFERED);
}

TEST(price_nothing, "CAT-3 CAT-5 trials and free plans cost nothing, whatever their rows say; only what is paid is converted to, only periods are renewed")
{
	static const struct price_duration days = { UNIT_DAY, 15, { 900 } };
	static const struct price_choice dear = CHOICE("seats", "many", 5000, 500);
	static const struct { enum billing_mode billing; enum order_kind kind; enum price_problem bad; } rows[] = {
		{ BILLING_FREE, ORDER_KIND_PURCHASE, 0 }, { BILLING_FREE, ORDER_KIND_CONVERSION, PRICE_KIND_NOT_OFFERED },
		{ BILLING_FREE, ORDER_KIND_RENEWAL, PRICE_KIND_NOT_OFFERED }, { BILLING_ONE_OFF, ORDER_KIND_RENEWAL, PRICE_KIND_NOT_OFFERED },
		{ BILLING_PACKAGE, ORDER_KIND_RENEWAL, PRICE_KIND_NOT_OFFERED }, { BILLING_YEARLY_MONTHLY, ORDER_KIND_RENEWAL, 0 },
		{ BILLING_YEARLY_MONTHLY, ORDER_KIND_CONVERSION, 0 }, { BILLING_YEARLY_MONTHLY, ORDER_KIND_CHANGE, 0 },
	};
	struct price_plan l = { .durations = &days, .durations_n = 1, .choices = &dear, .choices_n = 1, .quantity_min = 1, .quantity_max = 9, .quantity_step = 1 };
	struct price p;

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct price_ask a = { .kind = rows[i].kind, .quantity = 3, .duration = 15, .unit = UNIT_DAY, .options = "seats=many", .agreed_pm = 1000 };
		l.billing = rows[i].billing;
		assert_int_equal(price_of(&l, &a, &p), rows[i].bad);
		if (!rows[i].bad)
			assert_int_equal(p.total.fen, l.billing == BILLING_FREE ? 0 : 3 * (900 + 5000 + 450));
		a.options = "";
		assert_int_equal(price_of(&l, &a, &p), rows[i].bad ? rows[i].bad : PRICE_OPTION_MISSING);
	}
	assert_string_equal(price_field(PRICE_KIND_NOT_OFFERED), "plan");
}

TEST(price_package, "CAT-7 a package holds its usage once for each that is bought; too much of it is refused")
{
	static const struct price_duration validity = { UNIT_MONTH, 6, { 60000 } };
	struct price_plan l = {
		.billing = BILLING_PACKAGE, .durations = &validity, .durations_n = 1, .quantity_min = 1, .quantity_max = 50, .quantity_step = 1, .package_units = 1024,
	};
	struct price_ask a = { .kind = ORDER_KIND_PURCHASE, .quantity = 3, .duration = 6, .unit = UNIT_MONTH, .agreed_pm = 1000 };
	struct price p;

	assert_int_equal(total(&l, a, &p), 180000);
	assert_int_equal(p.package_units, 3072);
	assert_int_equal(p.unit.fen, 60000);
	l.package_units = PRICE_UNITS_MAX / 2;
	assert_int_equal(total(&l, a, &p), -PRICE_TOO_LARGE);
	l.billing = BILLING_ONE_OFF;
	l.package_units = 1024;
	total(&l, a, &p);
	assert_int_equal(p.package_units, 0);
}

TEST(price_parts, "CAT-14 CAT-8 each component has what its option adds, after all discounts; without an option it is included")
{
	static const char *const options[] = { "disk", NULL, "region" };
	struct price_ask a = ask;
	struct money shares[4];
	struct price p;

	a.options = "disk=d100,region=hk";	/* 50000 + 7500 + 12500 */
	assert_int_equal(total(&plan, a, &p), 70000);
	assert_int_equal(p.unit.fen, 14000);
	price_shares(&p, options, 3, shares);
	assert_int_equal(shares[0].fen, 50000);
	assert_int_equal(shares[1].fen, 7500);
	assert_int_equal(shares[2].fen, 0);
	assert_int_equal(shares[3].fen, 12500);
	a.agreed_pm = 500;
	total(&plan, a, &p);
	price_shares(&p, options, 3, shares);
	assert_int_equal(shares[0].fen, 25000);
	assert_int_equal(shares[1].fen, 3750);
	a.options = "disk=d40,region=gz";	/* what takes away is the main resource's */
	assert_true(total(&plan, a, &p) > 0);
	price_shares(&p, options, 3, shares);
	assert_int_equal(shares[0].fen, p.total.fen);
	assert_int_equal(shares[3].fen, 0);
}

TEST(price_limits, "NUM-1 a sum beyond the limit of money is refused, never wrapped")
{
	static const struct price_duration dear = { UNIT_MONTH, 1, { MONEY_MAX } };
	struct price_plan l = { .billing = BILLING_YEARLY_MONTHLY, .durations = &dear, .durations_n = 1, .quantity_min = 1, .quantity_max = PRICE_QUANTITY_MAX, .quantity_step = 1 };
	struct price_ask a = ask;
	struct price p;

	a.options = "";
	a.quantity = 1;
	assert_int_equal(total(&l, a, &p), MONEY_MAX);
	for (a.quantity = 2; a.quantity <= PRICE_QUANTITY_MAX; a.quantity = a.quantity * 3 + 1)
		assert_int_equal(total(&l, a, &p), -PRICE_TOO_LARGE);
	l.choices = &(struct price_choice)CHOICE("x", "y", 1, 0);
	l.choices_n = 1;
	a.quantity = 1;
	a.options = "x=y";
	assert_int_equal(total(&l, a, &p), -PRICE_TOO_LARGE);
}

static int64_t below(int64_t n) { return rand() % n; }

TEST(price_properties, "CAT-4 any price: lines sum to the total, never negative, more is never cheaper, no discount adds")
{
	srand(20261121);
	for (int round = 0; round < 20000; round++) {
		struct price_duration d[] = { { UNIT_MONTH, 1, { below(100000) } }, { UNIT_YEAR, 1, { below(1000000) } } };
		struct price_choice c[] = {
			CHOICE("a", "1", below(2000) - 1000, below(2000) - 1000), CHOICE("a", "2", below(100000), 0), CHOICE("b", "1", 0, below(500) - 250),
		};
		struct price_plan l = {
			.billing = BILLING_YEARLY_MONTHLY, .durations = d, .durations_n = 2, .choices = c, .choices_n = 3,
			.quantity_min = 1, .quantity_max = 100000, .quantity_step = 1,
		};
		struct price_ask a = {
			.kind = ORDER_KIND_PURCHASE, .quantity = 1 + below(1000), .duration = 1, .unit = below(2) ? UNIT_MONTH : UNIT_YEAR,
			.options = below(2) ? "a=1,b=1" : "b=1,a=2", .agreed_pm = below(1001),
		};
		struct price p, more, coupon, list;
		int64_t t = total(&l, a, &p);
		struct price_ask b = a;
		b.quantity++;
		assert_true(total(&l, b, &more) >= t);
		b = a;
		b.coupon = (struct price_coupon){ below(2) ? COUPON_PERCENT : COUPON_AMOUNT, below(1001), { below(100000) }, { 0 } };
		assert_true(total(&l, b, &coupon) <= t);
		b = a;
		b.agreed_pm = 1000;
		assert_true(total(&l, b, &list) >= t);
		assert_true(list.list.fen >= list.total.fen && list.list.fen == p.list.fen);
		assert_true(line(&p, PRICE_DURATION) <= 0 && line(&p, PRICE_AGREED) <= 0 && line(&coupon, PRICE_COUPON) <= 0);
		assert_true(p.unit.fen * a.quantity <= list.total.fen + a.quantity && p.unit.fen * a.quantity >= list.total.fen - a.quantity);
		struct money shares[4];
		price_shares(&p, (const char *const[]){ "b", NULL, "a" }, 3, shares);
		assert_int_equal(shares[0].fen + shares[1].fen + shares[2].fen + shares[3].fen, t);
		assert_true(shares[0].fen >= 0 && shares[1].fen >= 0 && shares[2].fen == 0 && shares[3].fen >= 0);
	}
}
