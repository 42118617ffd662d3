#include "unit.h"
#include "web/negotiate.h"

#define BROWSER "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8"

TEST(negotiate_types, "IFC-1 JSON goes to those who ask for it, HTML to browsers")
{
	assert_false(negotiate_json(NULL, false));
	assert_true(negotiate_json(NULL, true));
	assert_false(negotiate_json(BROWSER, false));
	assert_false(negotiate_json("*/*", false));
	assert_true(negotiate_json("*/*", true));
	assert_true(negotiate_json("application/json", false));
	assert_true(negotiate_json("Application/JSON; charset=utf-8", false));
	assert_true(negotiate_json("application/*", false));
	assert_true(negotiate_json("text/html;q=0.5, application/json", false));
	assert_false(negotiate_json("text/html, application/json;q=0.999", false));
	assert_false(negotiate_json("application/json;q=0", true));
	assert_true(negotiate_json("application/json, */*;q=0.1", false));
	assert_false(negotiate_json("image/png", false));
	assert_false(negotiate_json("application/jsonp", false));
	assert_false(negotiate_json("", false));
	assert_false(negotiate_json(";;,,;q=,q=9", false));
}

TEST(negotiate_langs, "IFC-6 Chinese or English, by weight, then by order")
{
	assert_int_equal(negotiate_lang(NULL), LANG_NONE);
	assert_int_equal(negotiate_lang("zh-CN,zh;q=0.9,en;q=0.8"), LANG_ZH_CN);
	assert_int_equal(negotiate_lang("en-GB,en;q=0.9,zh;q=0.8"), LANG_EN);
	assert_int_equal(negotiate_lang("zh;q=0.2, en;q=0.3"), LANG_EN);
	assert_int_equal(negotiate_lang("fr, de;q=0.9"), LANG_NONE);
	assert_int_equal(negotiate_lang("fr, en;q=0.1"), LANG_EN);
	assert_int_equal(negotiate_lang("en;q=0"), LANG_NONE);
	assert_int_equal(negotiate_lang("eng, *"), LANG_NONE);
}

TEST(negotiate_media, "IFC-3 the type of a body is compared without its parameters")
{
	assert_true(media_is("application/json", "application/json"));
	assert_true(media_is("Application/Json;charset=utf-8", "application/json"));
	assert_false(media_is("application/jsonx", "application/json"));
	assert_false(media_is("", "application/json"));
}
