#include "unit.h"
#include "web/input.h"

static enum rc form(const char *s, struct input *in) { *in = (struct input){ 0 }; return input_urlencoded(&unit_arena, s, strlen(s), in); }
static enum rc json(const char *s, struct input *in) { *in = (struct input){ 0 }; return input_json(&unit_arena, s, strlen(s), in); }

TEST(input_form, "IFC-3 form fields are decoded once")
{
	struct input in;

	assert_int_equal(form("a=1&b=x+y%2Bz&&c&d=%E4%BA%91=", &in), RC_OK);
	assert_int_equal(in.n, 4);
	assert_string_equal(in.f[1].value, "x y+z");
	assert_string_equal(in.f[2].name, "c");
	assert_string_equal(in.f[2].value, "");
	assert_string_equal(in.f[3].value, "云=");
	assert_int_equal(form("l:disk=d40&l:=x&:y=z&l.a:b=", &in), RC_OK);
	assert_string_equal(in.f[0].name, "l");
	assert_string_equal(in.f[0].value, "disk=d40");
	assert_string_equal(in.f[1].value, "=x");
	assert_string_equal(in.f[2].name, ":y");
	assert_string_equal(in.f[3].name, "l.a");
	assert_string_equal(in.f[3].value, "b=");
	assert_int_equal(form("a=%41%00%42", &in), RC_OK);
	assert_int_equal(in.f[0].n, 3);			/* for the form to refuse */
	assert_null(input_text(&in, "a", 10));
}

TEST(input_form_bad, "IFC-4 a form that cannot be read is malformed")
{
	struct input in;
	static const char *const bad[] = { "a=%", "a=%4", "a=%gg", "=1", "%00=1", "a%0a=1", "%ff=1" };

	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		assert_int_equal(form(bad[i], &in), RC_MALFORMED);
	char many[3 * (INPUT_FIELDS_MAX + 1) + 1] = "";
	for (int i = 0; i < INPUT_FIELDS_MAX; i++)
		memcpy(many + 2 * i, "a&", 3);
	assert_int_equal(form(many, &in), RC_OK);
	memcpy(many + 2 * INPUT_FIELDS_MAX, "a", 2);
	assert_int_equal(form(many, &in), RC_MALFORMED);
	char name[INPUT_NAME_MAX + 2];
	memset(name, 'n', sizeof name - 1);
	name[sizeof name - 1] = 0;
	assert_int_equal(form(name, &in), RC_MALFORMED);
	name[INPUT_NAME_MAX] = 0;
	assert_int_equal(form(name, &in), RC_OK);
}

TEST(input_objects, "IFC-3 JSON has the same names: a list is a repeated field, null is absent")
{
	struct input in;
	size_t count;

	assert_int_equal(json("{\"a\":\"x\",\"n\":12,\"t\":true,\"f\":false,\"z\":null,\"l\":[1,2],\"o\":{},\"r\":1.5}", &in), RC_OK);
	assert_int_equal(input_find(&in, "a", &count)->kind, INPUT_STRING);
	assert_string_equal(input_find(&in, "n", &count)->value, "12");
	assert_int_equal(input_find(&in, "n", &count)->kind, INPUT_NUMBER);
	assert_string_equal(input_find(&in, "t", &count)->value, "1");
	assert_string_equal(input_find(&in, "f", &count)->value, "");
	assert_null(input_find(&in, "z", &count));
	assert_string_equal(input_find(&in, "l", &count)->value, "1");
	assert_int_equal(count, 2);
	assert_int_equal(input_find(&in, "o", &count)->kind, INPUT_ODD);
	assert_int_equal(input_find(&in, "r", &count)->kind, INPUT_ODD);
	static const char *const bad[] = { "", "[]", "1", "{", "{\"a\":1}x", "{\"a\":1,\"a\":2}", "{\"a\":\"\\u0000\"}", "{\"\":1}", "{\"a\":\"\xff\"}" };
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		assert_int_equal(json(bad[i], &in), RC_MALFORMED);
}

TEST(input_texts, "IFC-3 a field of ours is taken when there is one and it is clean")
{
	struct input in;

	assert_int_equal(form("key=abc&two=1&two=2&ctl=%07", &in), RC_OK);
	assert_string_equal(input_text(&in, "key", 3), "abc");
	assert_null(input_text(&in, "key", 2));
	assert_null(input_text(&in, "two", 9));
	assert_null(input_text(&in, "ctl", 9));
	assert_null(input_text(&in, "none", 9));
}
