#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sandbox/journal.h"
#include "unit.h"

static char folder[] = "journal-XXXXXX";
static const char *file;
static int replayed;

static void make_folder(void)
{
	memcpy(folder, "journal-XXXXXX", sizeof folder);
	assert_non_null(mkdtemp(folder));
	file = arena_printf(&unit_arena, "%s/journal", folder);
}

static void remove_folder(void)
{
	unlink(file);
	rmdir(folder);
}

static const char *const texts[] = { "云\t1", "line\nend", "back\\slash\\n", "" };

static void check(void *ctx, const char *event, const char *const *t, size_t n)
{
	assert_ptr_equal(ctx, texts);
	assert_string_equal(event, "test");
	assert_int_equal(n, 4);
	for (size_t i = 0; i < n; i++)
		assert_string_equal(t[i], texts[i]);
	replayed++;
}

static void reopen(struct journal *j, int want)
{
	close(j->fd);
	replayed = 0;
	assert_true(journal_open(j, folder, &unit_arena, check, (void *)texts));
	assert_int_equal(replayed, want);
}

TEST(journal_replays, "MON-10 what happened is there again after a restart, and a line that a crash cut short is not")
{
	struct journal j;

	make_folder();
	assert_true(journal_open(&j, folder, &unit_arena, check, (void *)texts));
	journal_append(&j, "test", texts, 4);
	journal_append(&j, "test", texts, 4);
	reopen(&j, 2);
	struct stat st;
	assert_int_equal(fstat(j.fd, &st), 0);
	assert_int_equal(ftruncate(j.fd, st.st_size - 3), 0);
	reopen(&j, 1);
	journal_append(&j, "test", texts, 4);
	reopen(&j, 2);
	close(j.fd);
	remove_folder();
}

TEST(journal_none, "MON-10 without a folder nothing is kept, without a place for it nothing begins")
{
	struct journal j;

	assert_true(journal_open(&j, "", &unit_arena, check, NULL));
	journal_append(&j, "test", texts, 4);
	assert_int_equal(j.fd, -1);
	assert_false(journal_open(&j, "/nonexistent/folder", &unit_arena, check, NULL));
}
