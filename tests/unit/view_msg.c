/* Messages: filling, and that no label is missing. */
#include "unit.h"

#include "view/msg.h"

TEST(msg_fills, "IFC-6 a message with its placeholders, in both languages")
{
	assert_string_equal(MSG_FILL(&unit_arena, LANG_ZH_CN, MSG_part_total, { "n", "128" }), "共 128 条");
	assert_string_equal(MSG_FILL(&unit_arena, LANG_EN, MSG_part_total, { "n", "128" }), "128 in all");
	assert_string_equal(MSG_FILL(&unit_arena, LANG_EN, MSG_part_total, { "n", "{n}" }), "{n} in all");
	assert_string_equal(MSG_FILL(&unit_arena, LANG_EN, MSG_layout_menu, { "n", "" }), "Menu");
	assert_string_equal(MSG_FILL(&unit_arena, LANG_EN, MSG_layout_reference, { "other", "x" }, { "reference", "" }), "Reference ");
}

TEST(msg_default, "IFC-6 Chinese when no language is set; nothing for no message")
{
	assert_string_equal(msg_text(LANG_NONE, MSG_layout_menu), "菜单");
	assert_string_equal(msg_text(LANG_EN, MSG_NONE), "");
}

TEST(msg_walk, "a long message is printed whole and escaped around its placeholder")
{
	struct out o = { 0 };
	char long_text[1000];
	const char *at = long_text;

	memset(long_text, '&', sizeof long_text);
	memcpy(long_text + 700, "{n}", 3);
	long_text[990] = 0;
	assert_true(msg_until(&o, &at));
	assert_int_equal(o.n, 700 * 5);
	assert_false(msg_hole(&at, "nn", 0));
	assert_true(msg_hole(&at, "n", 0));
	assert_false(msg_until(&o, &at));
	assert_int_equal(o.n, (990 - 3) * 5);
	out_free(&o);
}

#define LABELS(E) { &E##_enum, E##_msg },
static const struct { const struct enum_def *def; const uint16_t *labels; } families[] = { MSG_ENUMS(LABELS) };

TEST(msg_labels, "every value of every enum has its label in both languages")
{
	assert_int_equal(sizeof families / sizeof *families, enums_all_n);
	for (size_t i = 0; i < enums_all_n; i++) {
		assert_ptr_equal(families[i].def, enums_all[i]);
		for (int v = 1; v <= enums_all[i]->n; v++) {
			if (!families[i].labels[v])
				fail_msg("%s.%s has no message", enums_all[i]->name, enums_all[i]->names[v]);
			assert_true(*msg_text(LANG_ZH_CN, families[i].labels[v]) && *msg_text(LANG_EN, families[i].labels[v]));
		}
	}
}

TEST(msg_errors, "IFC-4 every result code says what happened and what to do")
{
	for (int rc = RC_OK + 1; rc < RC__MAX; rc++) {
		assert_int_not_equal(msg_error(rc), MSG_NONE);
		assert_int_not_equal(msg_error_help(rc), MSG_NONE);
	}
	assert_string_equal(msg_text(LANG_EN, msg_error(RC_CONFLICT)), "Things changed meanwhile; nothing was done");
	assert_string_equal(msg_text(LANG_EN, msg_error(RC_UNCERTAIN)), "It is not yet certain whether this was done");
	assert_string_equal(msg_text(LANG_EN, msg_error(RC_MALFORMED)), "This request cannot be read");
}
