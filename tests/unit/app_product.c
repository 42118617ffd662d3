/* The document of a product: what is read is what was written, what is wrong is found at its field, and two of them differ where they differ. */
#include "app/product_doc.h"
#include "base/str.h"
#include "unit.h"

static const char whole[] =
	"{\"name\":\"云帆账房\",\"summary\":\"记账\",\"category\":\"saas\",\"delivery\":\"automatic\",\"description\":\"一\\u000a二\",\"guide\":\"g\","
	"\"pictures\":[{\"id\":\"9007199254740993\"}],\"agreement\":\"a\",\"after_sales\":\"s\",\"support_phone\":\"400-800-1234\",\"support_email\":\"a@b.cn\","
	"\"dialect\":\"tencent\",\"webhook_url\":\"https://api.example.com/hook\",\"plans\":[{\"id\":\"7\",\"name\":\"标准版\",\"summary\":\"\","
	"\"billing_mode\":\"yearly_monthly\",\"unit\":\"账套\",\"quantity_min\":1,\"quantity_max\":50,\"quantity_step\":1,\"stock\":20,"
	"\"usage_name\":\"\",\"package_units\":0,\"trial\":false,\"limited\":true,\"begin_later\":false,\"separate\":false,\"server\":false,"
	"\"review\":false,\"on_sale\":true,"
	"\"prices\":[{\"unit\":\"month\",\"duration\":1,\"price\":5900},{\"unit\":\"year\",\"duration\":1,\"price\":59000}],\"tiers\":[],"
	"\"options\":[{\"code\":\"edition\",\"name\":\"版本\",\"choices\":[{\"code\":\"a\",\"name\":\"甲\",\"effect\":-100,\"effect_pm\":0}]}],"
	"\"parts\":[{\"name\":\"系统盘\",\"option_code\":\"edition\",\"alone\":false}]}],"
	"\"calls\":[{\"name\":\"识别\",\"method\":\"post\",\"address\":\"https://api.example.com/v1\",\"returns\":\"JSON\",\"description\":\"\","
	"\"parameters\":[{\"place\":\"header\",\"name\":\"Authorization\",\"type\":\"string\",\"required\":true,\"description\":\"\"}],"
	"\"codes\":[{\"code\":\"0\",\"message\":\"ok\",\"description\":\"\"}],\"samples\":[{\"title\":\"t\",\"text\":\"curl\"}]}]}";

static struct doc_product read_doc(const char *json)
{
	struct doc_product d;

	assert_int_equal(doc_read(&unit_arena, json, strlen(json), &d), RC_OK);
	return d;
}

TEST(doc_round, "CAT-9 a document comes back as it was written")
{
	struct doc_product d = read_doc(whole);

	assert_string_equal(doc_write(&unit_arena, &d), whole);
	assert_int_equal(d.pictures[0].id, UINT64_C(9007199254740993));
	assert_int_equal(d.plans[0].options[0].choices[0].effect.fen, -100);
	d = read_doc("{}");
	assert_string_equal(d.name, "");
	assert_int_equal(d.plans_n, 0);
}

TEST(doc_refused, "CAT-9 what is no document is refused")
{
	static const char *const bad[] = {
		"", "[]", "null", "{", "{\"name\":1}", "{\"name\":\"a\\u0000b\"}", "{\"name\":\"a\\nb\"}", "{\"name\":\"a\",\"name\":\"b\"}", "{\"plans\":{}}",
		"{\"plans\":[1]}", "{\"plans\":[{\"id\":7}]}", "{\"plans\":[{\"id\":\"-1\"}]}", "{\"plans\":[{\"id\":\"99999999999999999999\"}]}",
		"{\"plans\":[{\"trial\":1}]}", "{\"plans\":[{\"stock\":1.5}]}", "{\"delivery\":\"pigeon\"}", "{\"delivery\":1}", "{\"name\":\"\xff\"}",
		"{\"pictures\":[{},{},{},{},{},{},{},{},{}]}",
	};
	struct doc_product d;

	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		if (doc_read(&unit_arena, bad[i], strlen(bad[i]), &d) == RC_OK)
			fail_msg("%s", bad[i]);
}

/* What is wrong there; "" when nothing is. */
static const char *wrong_at(const struct doc_product *d, const char *at)
{
	static struct doc_problems p;

	p.http = false;
	doc_check(&unit_arena, d, &p);
	for (size_t i = 0; i < p.n; i++)
		if (str_eq(p.p[i].at, at))
			return p.p[i].wrong;
	return "";
}
#define WRONG(member, value, at, key) \
	do { struct doc_product d = read_doc(whole); struct doc_plan *l = d.plans; (void)l; member = value; \
		assert_string_equal(wrong_at(&d, at), key); } while (0)

TEST(doc_whole, "CAT-9 a whole document has no problem")
{
	struct doc_product d = read_doc(whole);
	struct doc_problems p = { 0 };

	doc_check(&unit_arena, &d, &p);
	if (p.n)
		fail_msg("%s: %s", p.p[0].at, p.p[0].wrong);
}

TEST(doc_wrong, "CAT-3 what is wrong with a document is found at its field")
{
	WRONG(d.name, "", "name", "field.required");
	WRONG(d.support_email, "a@b", "support_email", "product_doc.email_wrong");
	WRONG(d.support_phone, "call me", "support_phone", "product_doc.phone_wrong");
	WRONG(d.webhook_url, "http://api.example.com", "webhook_url", "product_doc.url_wrong");
	WRONG(d.webhook_url, "https://", "webhook_url", "product_doc.url_wrong");
	WRONG(d.webhook_url, "", "webhook_url", "product_doc.webhook_missing");
	WRONG(d.plans_n, 0, "plans", "product_doc.plan_missing");
	WRONG(l->on_sale, false, "plans", "product_doc.plan_missing");
	WRONG(l->quantity_min, 51, "plans.0.quantity_max", "product_doc.min_above_max");
	WRONG(l->quantity_step, 0, "plans.0.quantity_step", "field.too_small");
	WRONG(l->quantity_step, 3, "plans.0.quantity_step", "product_doc.step_misses_max");
	WRONG(l->prices[0].price, fen(-1), "plans.0.prices.0.price", "field.amount_small");
	WRONG(l->prices[1].unit, UNIT_MONTH, "plans.0.prices.1.duration", "product_doc.twice");
	WRONG(l->prices_n, 0, "plans.0.prices", "product_doc.price_missing");
	WRONG(l->prices[0].unit, 0, "plans.0.prices.0.unit", "field.required");
	WRONG(l->prices[0].unit, UNIT_HOUR, "plans.0.prices.0.unit", "product_doc.unit_short");
	WRONG(l->billing_mode, BILLING_ONE_OFF, "plans.0.prices", "product_doc.price_once");
	WRONG(l->billing_mode, BILLING_PAY_PER_USE, "plans.0.tiers", "product_doc.tier_missing");
	WRONG(l->billing_mode, BILLING_FREE, "plans.0.prices.0.price", "product_doc.price_free");
	WRONG(l->trial, true, "plans.0.trial", "product_doc.trial_free");
	WRONG(l->options[0].choices_n, 0, "plans.0.options.0.choices", "product_doc.choice_missing");
	WRONG(l->options[0].code, "a=b", "plans.0.options.0.code", "product_doc.code_wrong");
	WRONG(l->parts[0].option_code, "disk", "plans.0.parts.0.option_code", "product_doc.part_option");
}

TEST(doc_twice, "CAT-3 two plans of one name, an option and a choice that are there twice")
{
	struct doc_product d = read_doc(whole);
	struct doc_plan two[2] = { d.plans[0], d.plans[0] };
	struct doc_option options[2] = { d.plans[0].options[0], d.plans[0].options[0] };
	struct doc_choice choices[2] = { options[0].choices[0], options[0].choices[0] };

	two[1].id = 8;
	two[1].options = options;
	two[1].options_n = 2;
	options[1].choices = choices;
	options[1].choices_n = 2;
	d.plans = two;
	d.plans_n = 2;
	assert_string_equal(wrong_at(&d, "plans.1.name"), "product_doc.name_twice");
	assert_string_equal(wrong_at(&d, "plans.1.options.1.code"), "product_doc.twice");
	assert_string_equal(wrong_at(&d, "plans.1.options.1.choices.1.code"), "product_doc.twice");
	assert_string_equal(wrong_at(&d, "plans.0.name"), "");
}

static size_t differences(const struct doc_product *a, const struct doc_product *b, struct doc_change **c) { return doc_diff(&unit_arena, a, b, c); }

TEST(doc_same, "CAT-9 a document does not differ from itself")
{
	struct doc_product a = read_doc(whole), b = read_doc(whole);
	struct doc_change *c;

	assert_int_equal(differences(&a, &b, &c), 0);
}

TEST(doc_differs, "CAT-9 a changed price, a row that came and one that is gone are each named")
{
	struct doc_product a = read_doc(whole), b = read_doc(whole);
	struct doc_price prices[3] = { b.plans[0].prices[1], { UNIT_YEAR, 2, fen(100000) } };
	struct doc_change *c;

	prices[0].price = fen(60000);
	b.plans[0].prices = prices;
	assert_int_equal(differences(&a, &b, &c), 5);
	assert_int_equal(c[0].kind, CHANGE_ROW);	/* one month is gone, with its price */
	assert_null(c[0].after);
	assert_string_equal(doc_title(&unit_arena, doc_price(), c[0].in->row), "month 1");
	assert_string_equal(doc_title(&unit_arena, doc_plan(), c[0].in->up->row), "标准版");
	assert_int_equal(c[1].kind, CHANGE_VALUE);
	assert_int_equal(((const struct doc_price *)c[2].before)->price.fen, 59000);
	assert_int_equal(((const struct doc_price *)c[2].after)->price.fen, 60000);
	assert_int_equal(c[3].kind, CHANGE_ROW);
	assert_null(c[3].before);
}

TEST(doc_order, "CAT-9 another order of the plans is a difference")
{
	struct doc_product a = read_doc(whole), b = read_doc(whole);
	struct doc_plan one[2] = { a.plans[0], a.plans[0] }, other[2] = { a.plans[0], a.plans[0] };
	struct doc_change *c;

	one[1].id = other[0].id = 8;
	a.plans = one;
	b.plans = other;
	a.plans_n = b.plans_n = 2;
	assert_int_equal(differences(&a, &b, &c), 1);
	assert_int_equal(c[0].kind, CHANGE_ORDER);
	assert_string_equal(c[0].field->name, "plans");
}
