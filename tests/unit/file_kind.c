/* Files are known by what they are: the corpus of tests/file, whose names begin with the type or with what is wrong. */
#include <dirent.h>
#include <stdio.h>

#include "base/str.h"
#include "file/file.h"
#include "unit.h"

struct lying { const uint8_t *p; uint64_t n; size_t piece, calls; };

static enum rc piece(void *from, uint64_t at, const uint8_t **p, size_t *n)
{
	struct lying *f = from;

	f->calls++;
	*p = f->p + at;
	*n = f->n - at < f->piece ? (size_t)(f->n - at) : f->piece;
	return RC_OK;
}

static enum file_problem look(const uint8_t *p, size_t n, size_t size, enum file_type *type)
{
	struct lying f = { .p = p, .n = n, .piece = size };
	struct file_source s = { .size = n, .piece = piece, .from = &f };
	size_t used = arena_mark(&unit_arena);
	enum file_problem wrong = file_look(&s, &unit_arena, type);

	assert_int_equal(s.rc, RC_OK);
	assert_int_equal(arena_mark(&unit_arena), used);
	return wrong;
}

static struct bytes slurp(const char *folder, const char *name)
{
	FILE *f = fopen(arena_printf(&unit_arena, CORPUS "/%s/%s", folder, name), "rb");
	char *p = arena_alloc(&unit_arena, 64 << 10);

	assert_non_null(f);
	size_t n = fread(p, 1, 64 << 10, f);
	fclose(f);
	return (struct bytes){ p, n };
}

/* Calls each for every file of the folder, with the value that its name begins with; gives how many there are. */
static int corpus(const char *folder, const struct enum_def *def, void each(const char *name, struct bytes b, int value))
{
	DIR *d = opendir(arena_printf(&unit_arena, CORPUS "/%s", folder));
	int n = 0;

	assert_non_null(d);
	for (struct dirent *e; (e = readdir(d));) {
		if (*e->d_name == '.')
			continue;
		size_t mark = arena_mark(&unit_arena);
		int value = enum_of(def, e->d_name, strcspn(e->d_name, "-"));
		assert_int_not_equal(value, 0);
		each(e->d_name, slurp(folder, e->d_name), value);
		arena_release(&unit_arena, mark);
		n++;
	}
	closedir(d);
	return n;
}

static void take(const char *name, struct bytes b, int value)
{
	static const size_t sizes[] = { 256 << 10, 511, 7, 1 };
	enum file_type type;

	for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
		enum file_problem wrong = look((const uint8_t *)b.p, b.n, sizes[i], &type);
		if (wrong || type != (enum file_type)value)
			fail_msg("%s in pieces of %zu: %s, %s", name, sizes[i], wrong ? file_problem_enum.names[wrong] : "fine", type ? file_type_enum.names[type] : "no type");
	}
	assert_non_null(file_name_as(&unit_arena, name, type));
}

static void refuse(const char *name, struct bytes b, int value)
{
	enum file_type type;
	enum file_problem wrong = look((const uint8_t *)b.p, b.n, 256 << 10, &type);

	if (wrong != (enum file_problem)value)
		fail_msg("%s: %s", name, wrong ? file_problem_enum.names[wrong] : file_type_enum.names[type]);
}

/* Old Office files and texts are what they are wherever they end; jpeg-padded may lose its padding. */
static void cut(const char *name, struct bytes b, int value)
{
	enum file_type type, whole = (enum file_type)value;

	if (whole == FILE_TEXT || whole == FILE_DOC || whole == FILE_XLS || whole == FILE_PPT || strstr(name, "padded"))
		return;
	size_t end = whole == FILE_PDF ? b.n - 1 : b.n;	/* its last end of line may be missing */
	for (size_t n = 0; n < end; n++)
		if (!look((const uint8_t *)b.p, n, 256 << 10, &type) && type == whole)
			fail_msg("%s is taken when cut at %zu", name, n);
}

TEST(file_take, "DEL-12 each kind is known by its content, however the pieces fall")
{
	assert_true(corpus("take", &file_type_enum, take) >= 18);
}

TEST(file_refuse, "DEL-12 programs, bombs, polyglots and cut files are refused, each for its reason")
{
	assert_true(corpus("refuse", &file_problem_enum, refuse) >= 35);
}

TEST(file_cut, "DEL-12 no beginning of a file is a file")
{
	corpus("take", &file_type_enum, cut);
}
