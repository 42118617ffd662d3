/* Any bytes as a file, and as its name: whatever is said of them is the same however the pieces fall, nothing stays in the arena, and the header is one line. */
#include "fuzz.h"

#include <assert.h>

#include "base/str.h"
#include "file/file.h"

struct bytes_at { const uint8_t *p; size_t n, piece; };

static enum rc piece(void *from, uint64_t at, const uint8_t **p, size_t *n)
{
	const struct bytes_at *b = from;

	assert(at < b->n);
	*p = b->p + at;
	*n = b->n - at < b->piece ? b->n - at : b->piece;
	return RC_OK;
}

static enum file_problem look(const uint8_t *p, size_t n, size_t size, enum file_type *type)
{
	struct bytes_at b = { p, n, size };
	struct file_source s = { .size = n, .piece = piece, .from = &b };
	size_t mark = arena_mark(&fuzz_arena);
	enum file_problem wrong = file_look(&s, &fuzz_arena, type);

	assert(arena_mark(&fuzz_arena) == mark && s.rc == RC_OK);
	return wrong;
}

FUZZ(p, n)
{
	enum file_type whole, pieces;
	enum file_problem wrong = look(p, n, n + 1, &whole);

	assert(look(p, n, 13, &pieces) == wrong && whole == pieces && (wrong || whole));
	const char *name = file_name_safe(&fuzz_arena, arena_dup(&fuzz_arena, p, n));
	size_t len = strlen(name);
	assert(len && len <= FILE_NAME_MAX && str_utf8(name, len) && !str_control(name, false) && !strpbrk(name, "/\\\"<>") && *name != '.');
	assert(!str_control(file_disposition(&fuzz_arena, name), false));
}
