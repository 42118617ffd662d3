#include "unit.h"

#include <assert.h>

enum { TESTS_MAX = 1000 };

struct arena unit_arena;
static struct CMUnitTest tests[TESTS_MAX];
static size_t tests_n;

static int fresh_arena(void **state)
{
	(void)state;
	arena_release(&unit_arena, 0);
	return 0;
}

void unit_add(const char *title, CMUnitTestFunction test)
{
	assert(tests_n < TESTS_MAX);
	tests[tests_n++] = (struct CMUnitTest){ title, test, fresh_arena, NULL, NULL };
}

int main(void)
{
	cmocka_set_message_output(CM_OUTPUT_TAP);
	arena_init(&unit_arena, ARENA_CAP);
	int failed = _cmocka_run_group_tests("unit", tests, tests_n, NULL, NULL);
	arena_free(&unit_arena);
	return failed != 0;
}
