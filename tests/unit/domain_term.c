#include "domain/term.h"
#include "unit.h"

enum { MAX = 8 };

typedef size_t split_fn(struct arena *a, const char *text, const char **terms, size_t max);

static void assert_split(split_fn *split, const char *text, const char *expected)
{
	const char *terms[MAX];
	char joined[400] = "";
	size_t n = split(&unit_arena, text, terms, MAX);

	for (size_t i = 0; i < n; i++) {
		assert_true(strlen(joined) + strlen(terms[i]) + 2 < sizeof joined);
		memcpy(joined + strlen(joined), " ", 2);
		memcpy(joined + strlen(joined), terms[i], strlen(terms[i]) + 1);
	}
	assert_string_equal(*joined ? joined + 1 : joined, expected);
}
static void assert_terms(const char *text, const char *expected) { assert_split(term_split, text, expected); }

TEST(term_words, "CAT-12 words are split at everything else and put in lower case")
{
	assert_terms("", "");
	assert_terms(" \t-—。", "");
	assert_terms("WordPress 6.4, Nginx!", "wordpress 6 4 nginx");
	assert_terms("Café×Ünder", "café Ünder");
}

TEST(term_chinese, "CAT-12 a run of Chinese gives each two neighbours, one alone itself")
{
	assert_terms("进销存", "进销 销存");
	assert_terms("云", "云");
	assert_terms("云 市场", "云 市场");
	assert_terms("𠀀𠀁", "𠀀𠀁");
}

TEST(term_mixed, "CAT-12 Chinese and words stand apart; full-width letters are plain ones")
{
	assert_terms("云帆CRM客户管理", "云帆 crm 客户 户管 管理");
	assert_terms("ＥＲＰ２", "erp2");
	assert_terms("开票（数电）", "开票 数电");
}

TEST(term_once, "CAT-12 a term is given once, the first ones up to the limit, each at most 20 characters")
{
	assert_terms("云云云云", "云云");
	assert_terms("a b c d e f g h i j", "a b c d e f g h");
	assert_terms("一二三四五六七八九十百", "一二 二三 三四 四五 五六 六七 七八 八九");
	assert_terms("abcdefghijklmnopqrstuvwxyz", "abcdefghijklmnopqrst");
	assert_terms("éééééééééééééééééééééé", "éééééééééééééééééééé");
}

TEST(term_cover_pairs, "CAT-12 what is searched for is covered by every second pair and the last, nothing left out")
{
	assert_split(term_cover, "主机卫士", "主机 卫士");
	assert_split(term_cover, "云主机", "云主 主机");
	assert_split(term_cover, "云", "云");
	assert_split(term_cover, "云帆CRM管理", "云帆 crm 管理");
}

TEST(term_single_chars, "CAT-12 a name is found by one of its characters")
{
	assert_split(term_single, "云帆CRM 云", "云 帆 crm");
}
