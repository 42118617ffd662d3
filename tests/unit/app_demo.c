#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "app/demo_plan.h"
#include "app/demo_story.h"
#include "base/id.h"
#include "base/time.h"
#include "unit.h"

static bool read_text(struct demo_reader *r, const char *text)
{
	char path[] = "demo-XXXXXX";
	int fd = mkstemp(path);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, text, strlen(text)), (int)strlen(text));
	close(fd);
	bool ok = demo_read(r, &unit_arena, path);
	unlink(path);
	return ok;
}

TEST(demo_text_records, "IFC-11 a text is records of fields, which go on in lines that begin with a tab")
{
	struct demo_reader r;
	struct demo_record rec;

	assert_true(read_text(&r, "# note\n\nproduct:  one \nname: 甲\nguide:\n\tfirst\n\tsecond\n\n\nproduct: two\n# note\nname: a: b"));
	assert_true(demo_next(&r, &rec));
	assert_true(demo_is(&rec, "product"));
	assert_string_equal(rec.field->value, "one");
	assert_string_equal(demo_field(&rec, "guide"), "first\nsecond");
	assert_string_equal(demo_field(&rec, "summary"), "");
	assert_true(demo_next(&r, &rec));
	assert_string_equal(demo_field(&rec, "name"), "a: b");
	assert_false(demo_next(&r, &rec));
	assert_false(demo_read(&r, &unit_arena, "no/such/file"));
}

TEST(demo_text_cut, "IFC-11 a line is cut at its separators; names are filled in")
{
	char line[] = " a b | c |", *rest = line;
	const struct pair values[] = { { "who", "云帆" }, { "what", "账房" } };

	assert_string_equal(demo_cut(&rest, "|"), "a b");
	assert_string_equal(demo_cut(&rest, "|"), "c");
	assert_string_equal(demo_cut(&rest, "|"), "");
	assert_null(demo_cut(&rest, "|"));
	assert_string_equal(demo_fill(&unit_arena, "{who}的{what}。", values, 2), "云帆的账房。");
}

/* -- stories -------------------------------------------------------------------------------------------------------- */

enum { STORIES = 3000, BUYERS = 3 };
static struct cx cx = { .a = &unit_arena };
static struct demo_catalog catalog;
static struct demo_buyer buyers[BUYERS];

static void add_product(const char *text, enum delivery_mode delivery)
{
	static struct demo_org provider = { .code = "p", .name = "p", .id = 9, .person = 9 };
	struct demo_product *p = &catalog.product[catalog.products++];
	struct demo_plan_rows *rows = ARENA_NEW(&unit_arena, struct demo_plan_rows);
	struct demo_reader r;
	struct demo_record rec;

	assert_true(read_text(&r, text));
	assert_true(demo_next(&r, &rec));
	*p = (struct demo_product){ .id = catalog.products, .slug = rec.field->value, .name = "n", .category = "saas", .provider = &provider, .delivery = delivery };
	demo_plans(&catalog, p, &rec, rows);
}

static struct demo_teller teller(void)
{
	struct instant now = date_begin(date_make(2026, 11, 21));

	catalog = (struct demo_catalog){ .cx = &cx, .begun = date_begin(date_make(2026, 1, 5)) };
	add_product("product: saas\nplan: t | trial | n | 1-1/1 | s\nprice: 15 day 0\nplan: m | yearly_monthly | n | 5-50/5 | s\n"
		    "price: 1 month 9.90, 1 year 99.00\noption: r region | n north | s south +20% | w west -1.00", DELIVERY_AUTOMATIC);
	add_product("product: work\nplan: w | one_off | n | 1-3/1 | s\nprice: 1 year 1000.00", DELIVERY_MANUAL);
	for (uint64_t i = 0; i < BUYERS; i++)
		buyers[i] = (struct demo_buyer){ .id = i + 1, .payer = i + 1, .person_name = "b", .discount_pm = 950, .known = true };
	return (struct demo_teller){
		.catalog = &catalog, .buyers = buyers, .buyers_n = BUYERS, .known_n = BUYERS, .seed = 7, .orders = STORIES,
		.from = instant_add(now, -183 * DAY_US), .now = now, .order_hours = 24,
	};
}

TEST(demo_plan_options, "IFC-11 plans, prices and options are read as they are written")
{
	teller();
	const struct demo_plan *l = &catalog.product[0].plan[1];

	assert_int_equal(catalog.product[0].plans, 2);
	assert_true(catalog.product[0].plan[0].trial);
	assert_int_equal(l->min, 5);
	assert_int_equal(l->price[1].price.fen, 9900);
	assert_int_equal(l->choice[1].per_mille, 200);
	assert_int_equal(l->choice[2].adds.fen, -100);
}

static int by_id(const void *a, const void *b)
{
	const uint64_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

TEST(demo_story_same, "IFC-11 a story told twice is the same, and its times are in order")
{
	struct demo_teller t = teller();
	struct demo_story a, b;
	uint64_t ids[STORIES];

	for (uint64_t i = 0; i < STORIES; i++) {
		demo_story(&t, i, &a);
		demo_story(&t, i, &b);
		assert_memory_equal(&a, &b, sizeof a);
		assert_true(a.placed.us >= t.from.us - DAY_US && a.closed.us < t.now.us && a.provided.us < t.now.us);
		if (a.paid.us)
			assert_true(a.placed.us < a.paying.us && a.paying.us < a.paid.us);
		if (a.provided.us)
			assert_true((a.paid.us ? a.paid.us : a.placed.us) < a.provided.us);
		assert_int_equal(a.payable.fen != 0, a.state == ORDER_CANCELLED || a.paid.us);
		ids[i] = demo_time_id(a.placed, i, 0);
	}
	qsort(ids, STORIES, sizeof *ids, by_id);
	for (size_t i = 1; i < STORIES; i++)
		assert_true(ids[i] != ids[i - 1]);
}

TEST(demo_story_ids, "IFC-11 no two stories share an id, also beyond a million")
{
	struct instant t = date_begin(date_make(2026, 6, 1));

	assert_true(demo_time_id(demo_time(t, 5), 5, 0) != demo_time_id(demo_time(t, 6), 6, 0));
	assert_true(demo_time_id(demo_time(t, 5), 5, 0) != demo_time_id(demo_time(t, 5), 5, 1));
	assert_true(demo_time_id(demo_time(t, 5), 5, 15) != demo_time_id(demo_time(t, 5 + (1 << 20)), 5 + (1 << 20), 15));
}

TEST(demo_story_states, "ORD-2 DEL-4 IFC-11 each demo buyer has an order in every state, and a resource in every one that is reached so far")
{
	struct demo_teller t = teller();
	struct demo_story s, before = { 0 };
	uint32_t orders[BUYERS] = { 0 }, resources[BUYERS] = { 0 };
	size_t n = demo_scripted(&t);

	for (size_t i = 0; i < n; i++, before = s) {
		demo_script(&t, i, &before, &s);
		orders[s.buyer->id - 1] |= SET_OF(s.state);
		if (s.resource)
			resources[s.buyer->id - 1] |= SET_OF(s.resource);
		if (s.state == ORDER_TO_PAY)
			assert_true(s.deadline.us > t.now.us);
		if (s.kind == ORDER_KIND_UNSUBSCRIBE)
			assert_int_equal(s.of->state, ORDER_COMPLETED);
	}
	for (size_t i = 0; i < BUYERS; i++) {
		assert_int_equal(orders[i], (1u << order_state_n) - 1);
		assert_int_equal(resources[i], ((1u << resource_state_n) - 1) & ~SET_OF(RESOURCE_REFUNDED));
	}
}
