#include "domain/tag.h"
#include "unit.h"

TEST(tag_keys, "CAT-14 keys of tags have letters and digits of any script, and a few signs between them")
{
	const char *good[] = { "env", "环境", "cost centre", "team:web/1", "a@b", "v1.2+x_y-z", "7" };
	const char *bad[] = { "", "=", "a=b", "a,b", "<b>", "a&b", "\"", "'", "_", "- .", "a%", "a\nb" };

	for (size_t i = 0; i < sizeof good / sizeof *good; i++)
		assert_true(tag_key_good(good[i]));
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		assert_false(tag_key_good(bad[i]));
}
