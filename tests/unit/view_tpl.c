/* Templates: each value escaped for its place, blocks, white space; the frame and the parts. */
#include "unit.h"

#include "tpl.h"
#include "base/time.h"
#include "view/components.h"
#include "view/probe.h"

static struct out o;

static const char *probe(const struct view_probe *p)
{
	const struct view_page page = { .user = "<张敏>" };

	o.n = 0;
	o.lang = LANG_EN;
	tpl_tpl_probe(&o, p, &page);
	out_bytes(&o, "", 1);
	return o.p;
}

/* What the line of that name says. */
static const char *said(const char *name)
{
	const char *at = strstr(o.p, name);

	assert_non_null(at);
	at += strlen(name);
	return arena_dup(&unit_arena, at, strcspn(at, "\n"));
}

static const struct view_probe_item items[] = { { "a", 1 }, { "<b>", 2 } };
static const struct view_probe nasty = {
	.words = "<i a=\"'&", .number = -7, .id = 12, .flag = true, .amount = { 128000 }, .at = { INT64_C(1795227784) * SECOND_US },
	.day = { 20778 }, .state = ORDER_TO_PAY, .title = MSG_layout_search, .items = items, .items_n = 2, .best = &items[1],
};

TEST(tpl_escapes, "IFC-1 a value is escaped for the place where it stands")
{
	probe(&nasty);
	assert_string_equal(said("text="), "&lt;i a=&quot;&#39;&amp;");
	assert_string_equal(said("attribute="), "<i title=\"&lt;i a=&quot;&#39;&amp;\" lang='&lt;i a=&quot;&#39;&amp;'></i>");
	assert_string_equal(said("href="), "<a href=\"#refused\"></a>");
	assert_string_equal(said("url="), "<a href=\"/x/%3Ci%20a%3D%22%27%26?id=12&amp;s=to_pay&amp;d=2026-11-21&amp;t=2026-11-21T02:23:04Z\"></a>");
	assert_string_equal(said("branch="), "<a href=\"/yes?q=%3Ci%20a%3D%22%27%26\"></a>");
	assert_string_equal(said("page="), "&lt;张敏&gt;");
}

TEST(tpl_addresses, "an address is our own or https")
{
	static const struct { const char *in, *out; } rows[] = {
		{ "/console?a=1&b=2", "/console?a=1&amp;b=2" }, { "https://example.com/", "https://example.com/" }, { "#top", "#top" },
		{ "javascript:alert(1)", "#refused" }, { "JavaScript:alert(1)", "#refused" }, { "//evil.example", "#refused" }, { "/\\evil.example", "#refused" },
		{ " https://example.com/", "#refused" }, { "data:text/html,x", "#refused" },
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct view_probe p = { .words = rows[i].in };
		probe(&p);
		assert_string_equal(said("href="), arena_printf(&unit_arena, "<a href=\"%s\"></a>", rows[i].out));
	}
}

TEST(tpl_types, "NUM-1 NUM-3 each type has its look and its formats")
{
	probe(&nasty);
	assert_string_equal(said("number="), "-7 12 Yes");
	assert_string_equal(said("money="), "1,280.00 ¥1,280.00 1280.00");
	assert_string_equal(said("time="), "2026-11-21 10:23:04 2026-11-21 10:23:04 2026-11-21T02:23:04Z 2026-11-21 2026-11-21");
	assert_string_equal(said("enum="), "To pay to_pay");
	assert_string_equal(said("message="), "Search Menu Reference &lt;i a=&quot;&#39;&amp;");
}

TEST(tpl_blocks, "blocks show what is there")
{
	static const struct view_probe none = { 0 };

	probe(&nasty);
	assert_string_equal(said("\nif="), "yes to pay");
	assert_string_equal(said("tag="), "<input type=\"checkbox\" checked>");
	assert_string_equal(said("each="), "[a:1][&lt;b&gt;:2]");
	assert_string_equal(said("best="), "&lt;b&gt;");
	probe(&none);
	assert_string_equal(said("\nif="), "no noneother");
	assert_string_equal(said("tag="), "<input type=\"checkbox\">");
	assert_string_equal(said("each="), "");
	assert_string_equal(said("best="), "nobody");
}

TEST(tpl_space, "indentation is not sent; what is verbatim stays; a line with a directive alone is no line")
{
	probe(&nasty);
	assert_non_null(strstr(o.p, "\nindented and <b>spaced</b>\n<b>out</b>\npre=<textarea>\n  &lt;i"));
	assert_non_null(strstr(o.p, "\n</textarea>\nalone\nend\n"));
}

static const char *components_page(enum lang lang)
{
	static const struct view_nav_item item = { "order", "/console/orders", MSG_components_lists, 3, true };
	static const struct view_nav_group group = { MSG_NONE, &item, 1 };
	static const struct view_page page = {
		.title = MSG_components_title, .platform = "云市场", .portal = MSG_components_title, .nav = &group, .nav_n = 1, .csrf = "TOKEN",
		.key = "KEY", .back = "/console/components?a=1&b", .signed_in = true, .user = "张敏", .org = "示例科技", .home = "/console",
		.is_development = true,
	};

	o.n = 0;
	o.lang = lang;
	tpl_storefront_components(&o, &components, &page);
	out_bytes(&o, "", 1);
	return o.p;
}

TEST(tpl_frame, "IFC-6 the frame in both languages, with the switch to the other one")
{
	const char *zh = components_page(LANG_ZH_CN);

	assert_non_null(strstr(zh, "<html lang=\"zh-CN\">"));
	assert_non_null(strstr(zh, "<title>组件 - 云市场</title>"));
	assert_non_null(strstr(zh, "value=\"/console/components?a=1&amp;b\"><button class=\"link\" name=\"lang\" value=\"en\""));
	assert_non_null(strstr(zh, "aria-current=\"page\""));
	const char *en = components_page(LANG_EN);
	assert_non_null(strstr(en, "<html lang=\"en\">"));
	assert_non_null(strstr(en, ">中文</button>"));
}

TEST(tpl_keys, "IFC-3 each form carries the token and a key of its own")
{
	const char *p = components_page(LANG_ZH_CN), *first = strstr(p, "name=\"key\" value=\"KEY-"), *second = strstr(first + 1, "name=\"key\" value=\"KEY-");

	assert_non_null(second);
	assert_memory_not_equal(first, second, 30);
	assert_non_null(strstr(p, "name=\"csrf\" value=\"TOKEN\""));
}

TEST(tpl_errors, "IFC-4 the summary links to the fields, the title says that there are errors")
{
	static const struct view_page_error e = { "phone", "请输入手机号码" };
	const struct view_page page = { .title = MSG_layout_sign_in, .platform = "云市场", .errors = &e, .errors_n = 1 };

	o.n = 0;
	o.lang = LANG_ZH_CN;
	tpl_layout_bare_begin(&o, &page);
	tpl_layout_bare_end(&o, &page);
	out_bytes(&o, "", 1);
	assert_non_null(strstr(o.p, "<title>错误：登录 - 云市场</title>"));
	assert_non_null(strstr(o.p, "<li><a href=\"#phone\">请输入手机号码</a></li>"));
}

/* Opening and closing forms of an element pair up, and nothing inline asks for more than the content security policy gives. */
TEST(tpl_strict, "no inline script, style or handler in any part")
{
	static const char *const never[] = { "style=", "<style", "javascript:", " onclick", "data:image", "#refused", "(null)" };
	const char *p = components_page(LANG_EN);

	for (size_t i = 0; i < sizeof never / sizeof *never; i++)
		assert_null(strstr(p, never[i]));
	assert_non_null(strstr(p, "身份证实名认证 API &lt;10,000 次&gt;"));
	const char *script = strstr(p, "<script");
	assert_memory_equal(script, "<script src=\"/static/console.js?v=", 34);
	assert_null(strstr(script + 1, "<script"));
}
