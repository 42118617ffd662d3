#include "unit.h"
#include "web/form.h"

struct trial {
	const char *name, *memo, *mobile;
	int64_t n, below;
	struct money price;
	int64_t share;
	struct date day;
	enum order_state state;
	bool agreed;
	struct ids ids;
	struct texts options;
};

static enum msg only_digits(const char *s) { return strspn(s, "0123456789") == strlen(s) ? MSG_NONE : MSG_field_number; }

FORM(trial_form, struct trial,
	TEXT(struct trial, name, .min = 2, .max = 5),
	LINES(struct trial, memo, .max = 10, .optional = true),
	TEXT(struct trial, mobile, .optional = true, .check = only_digits),
	INT(struct trial, n, .min = 1, .max = 100, .optional = true),
	INT(struct trial, below, .min = -5, .optional = true),
	MONEY(struct trial, price, .max = 10000, .optional = true),
	PERCENT(struct trial, share, .min = -500, .max = 1000, .optional = true),
	DATE(struct trial, day, .optional = true),
	ENUM(struct trial, state, order_state, .optional = true),
	CHECK(struct trial, agreed),
	IDS(struct trial, ids, .max = 3),
	TEXTS(struct trial, options))

static struct form_errors errors;

static const struct trial *read(const char *s, bool json)
{
	struct input *in = ARENA_NEW(&unit_arena, struct input);

	errors.n = 0;
	assert_int_equal(json ? input_json(&unit_arena, s, strlen(s), in) : input_urlencoded(&unit_arena, s, strlen(s), in), RC_OK);
	return form_read(&trial_form, &unit_arena, in, &errors);
}

/* The body has this wrong, and nothing else. */
static void wrong(const char *s, bool json, const char *field, enum msg msg)
{
	read(s, json);
	assert_int_equal(errors.n, 1);
	assert_string_equal(errors.e[0].field, field);
	assert_int_equal(errors.e[0].msg, msg);
}

TEST(form_good, "IFC-3 a form becomes its struct")
{
	const struct trial *t = read("name=+%E4%BA%91%E5%B8%82+&memo=a%0D%0Ab&n=100&below=-5&price=12.3&day=2026-11-21&state=to_pay&agreed=1"
				     "&ids=7&ids=&ids=9&options=a&options=b&unknown=1&mobile=", false);

	assert_int_equal(errors.n, 0);
	assert_string_equal(t->name, "云市");
	assert_string_equal(t->memo, "a\nb");
	assert_null(t->mobile);
	assert_int_equal(t->n, 100);
	assert_int_equal(t->below, -5);
	assert_int_equal(t->price.fen, 1230);
	assert_int_equal(t->day.days, date_make(2026, 11, 21).days);
	assert_int_equal(t->state, ORDER_TO_PAY);
	assert_true(t->agreed);
	assert_int_equal(t->ids.n, 2);
	assert_int_equal(t->ids.v[1], 9);
	assert_int_equal(t->options.n, 2);
	assert_string_equal(t->options.v[1], "b");
}

TEST(form_json, "IFC-1 the same form as JSON: amounts in fen, the same names")
{
	const struct trial *t = read("{\"name\":\"云市\",\"n\":1,\"price\":1230,\"state\":\"to_pay\",\"agreed\":false,\"ids\":[7,9]}", true);

	assert_int_equal(errors.n, 0);
	assert_int_equal(t->price.fen, 1230);
	assert_int_equal(t->state, ORDER_TO_PAY);
	assert_false(t->agreed);
	assert_int_equal(t->ids.n, 2);
	wrong("{\"name\":12}", true, "name", MSG_field_type);
	wrong("{\"name\":\"ab\",\"n\":\"1\"}", true, "n", MSG_field_type);
	wrong("{\"name\":\"ab\",\"n\":1.5}", true, "n", MSG_field_type);
	wrong("{\"name\":\"ab\",\"price\":\"12.30\"}", true, "price", MSG_field_type);
	wrong("{\"name\":\"ab\",\"agreed\":\"1\"}", true, "agreed", MSG_field_type);
	wrong("{\"name\":\"ab\",\"price\":-1}", true, "price", MSG_field_amount_small);
}

TEST(form_texts, "IFC-4 each way a text can be wrong is told apart; length is in characters")
{
	wrong("", false, "name", MSG_field_required);
	wrong("name=", false, "name", MSG_field_required);
	wrong("name=+%E3%80%80", false, "name", MSG_field_required);
	wrong("name=a", false, "name", MSG_field_too_short);
	read("name=%E4%BA%91%E4%BA%91%E4%BA%91%E4%BA%91%E4%BA%91", false);
	assert_int_equal(errors.n, 0);
	wrong("name=abcdef", false, "name", MSG_field_too_long);
	assert_int_equal(errors.e[0].limit, 5);
	wrong("name=a%ff", false, "name", MSG_field_encoding);
	wrong("name=a%00b", false, "name", MSG_field_control);
	wrong("name=a%07b", false, "name", MSG_field_control);
	wrong("name=a%0Ab", false, "name", MSG_field_control);
	wrong("name=ab&memo=a%07", false, "memo", MSG_field_control);
	wrong("name=ab&name=cd", false, "name", MSG_field_repeated);
	wrong("name=ab&mobile=12x", false, "mobile", MSG_field_number);
	assert_null(read("name=ab&mobile=12x", false)->mobile);
}

TEST(form_numbers, "IFC-4 numbers, amounts, dates and choices: rubbish and what is out of range are told apart")
{
	static const char *const rubbish[] = { "x", "1x", "1.0", "0x10", "--1", "99999999999999999999", "1e3", "%EF%BC%91" };

	for (size_t i = 0; i < sizeof rubbish / sizeof *rubbish; i++)
		wrong(arena_printf(&unit_arena, "name=ab&n=%s", rubbish[i]), false, "n", MSG_field_number);
	wrong("name=ab&n=0", false, "n", MSG_field_too_small);
	wrong("name=ab&n=-1", false, "n", MSG_field_too_small);
	wrong("name=ab&n=101", false, "n", MSG_field_too_big);
	wrong("name=ab&below=-6", false, "below", MSG_field_too_small);
	wrong("name=ab&price=100.01", false, "price", MSG_field_amount_big);
	wrong("name=ab&price=1.005", false, "price", MSG_field_number);
	wrong("name=ab&price=-1", false, "price", MSG_field_amount_small);
	wrong("name=ab&price=--1", false, "price", MSG_field_number);
	wrong("name=ab&share=101", false, "share", MSG_field_too_big);
	wrong("name=ab&share=-50.1", false, "share", MSG_field_too_small);
	wrong("name=ab&share=1.25", false, "share", MSG_field_percent);
	assert_int_equal(read("name=ab&share=-12.5", false)->share, -125);
	assert_int_equal(read("{\"name\":\"ab\",\"share\":125}", true)->share, 125);
	wrong("name=ab&day=2026-02-30", false, "day", MSG_field_date);
	wrong("name=ab&state=paid_twice", false, "state", MSG_field_choice);
	wrong("name=ab&n=1&n=1", false, "n", MSG_field_repeated);
}

TEST(form_lists, "IFC-4 lists are bounded and hold what they should")
{
	wrong("name=ab&ids=1&ids=2&ids=3&ids=4", false, "ids", MSG_field_too_many);
	wrong("name=ab&ids=0", false, "ids", MSG_field_number);
	wrong("name=ab&ids=-1", false, "ids", MSG_field_number);
	wrong("name=ab&ids=18446744073709551616", false, "ids", MSG_field_number);
	wrong("name=ab&options=%ff", false, "options", MSG_field_encoding);
	assert_int_equal(read("name=ab&ids=18446744073709551615", false)->ids.v[0] == UINT64_MAX, 1);
}

struct secret { const char *password; };
FORM(secret_form, struct secret, TEXT(struct secret, password, .verbatim = true))

TEST(form_verbatim, "ACC-11 a password is taken as it was typed")
{
	struct input *in = ARENA_NEW(&unit_arena, struct input);

	assert_int_equal(input_urlencoded(&unit_arena, "password=+a+", 12, in), RC_OK);
	assert_string_equal(((const struct secret *)form_read(&secret_form, &unit_arena, in, &errors))->password, " a ");
}

TEST(form_many, "IFC-4 all that is wrong is told at once")
{
	read("n=0&price=x&day=x&state=x", false);
	assert_int_equal(errors.n, 5);
}

struct line { const char *plan; int64_t n; struct texts options; };
FORM(line_form, struct line,
	TEXT(struct line, plan),
	INT(struct line, n, .min = 1, .optional = true),
	TEXTS(struct line, options))
struct basket { struct items lines; const char *memo; };
FORM(basket_form, struct basket,
	ITEMS(struct basket, lines, line_form, .max = 3),
	TEXT(struct basket, memo, .optional = true))

static const struct basket *basket(const char *s, bool json)
{
	struct input *in = ARENA_NEW(&unit_arena, struct input);

	errors.n = 0;
	assert_int_equal(json ? input_json(&unit_arena, s, strlen(s), in) : input_urlencoded(&unit_arena, s, strlen(s), in), RC_OK);
	return form_read(&basket_form, &unit_arena, in, &errors);
}

TEST(form_items, "IFC-3 a list of things: the fields of the second end in .2; in JSON it is a list of objects")
{
	const char *bodies[] = {
		"plan=a&n=1&options=x&plan.2=b&options.2=y&options.2=z&memo=m", "{\"lines\":[{\"plan\":\"a\",\"n\":1,\"options\":[\"x\"]},{\"plan\":\"b\",\"options\":[\"y\",\"z\"]}],\"memo\":\"m\"}",
	};

	for (int json = 0; json < 2; json++) {
		const struct basket *b = basket(bodies[json], json);
		const struct line *l = b->lines.v;
		assert_int_equal(errors.n, 0);
		assert_int_equal(b->lines.n, 2);
		assert_string_equal(l[0].plan, "a");
		assert_int_equal(l[0].n, 1);
		assert_string_equal(l[1].plan, "b");
		assert_int_equal(l[1].options.n, 2);
		assert_string_equal(l[1].options.v[1], "z");
		assert_string_equal(b->memo, "m");
	}
}

TEST(form_items_bad, "IFC-4 what is wrong with one of them is told at its field; none is left out, and they are bounded")
{
	basket("plan=a&plan.2=b&n.2=0", false);
	assert_int_equal(errors.n, 1);
	assert_string_equal(errors.e[0].field, "n.2");
	basket("plan=a&plan.3=c", false);
	assert_string_equal(errors.e[0].field, "plan.2");
	assert_int_equal(errors.e[0].msg, MSG_field_required);
	basket("plan=a&plan.4=d", false);
	assert_string_equal(errors.e[0].field, "lines");
	assert_int_equal(errors.e[0].msg, MSG_field_too_many);
	const char *foreign[] = { "plan=a&plan.0=b", "plan=a&plan.1=b", "plan=a&plan.02=b", "plan=a&plan.-2=b", "plan=a&plan.2.2=b", "plan=a&memo.2=b", "plan=a&plan.=b", "plan=a&plan.99999999999999999999=b" };
	for (size_t i = 0; i < sizeof foreign / sizeof *foreign; i++) {
		assert_int_equal(basket(foreign[i], false)->lines.n, 1);
		assert_int_equal(errors.n, 0);
	}
	assert_int_equal(basket("memo=x", false)->lines.n, 0);
}
