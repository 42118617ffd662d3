#ifndef APP_DEMO_TEXT_H
#define APP_DEMO_TEXT_H
#include "base/arena.h"
#include "base/pair.h"

/* The texts of the demo marketplace, sql/demo/<name>.txt: one record after another; sql/demo/README describes them.  They come with the
 * program: a mistake in one is said on standard error and aborts. */
struct demo_record {
	const struct pair *field;	/* the first one says what the record is */
	size_t n;
};
struct demo_reader {
	struct arena *a;
	const char *path, *at;
	int line;
};
/* Reads the whole file into the arena.  False: there is no such file. */
bool demo_read(struct demo_reader *r, struct arena *a, const char *path);
/* False at the end. */
bool demo_next(struct demo_reader *r, struct demo_record *rec);

static inline bool demo_is(const struct demo_record *r, const char *kind) { return !strcmp(r->field->name, kind); }
/* "" when there is no such field. */
const char *demo_field(const struct demo_record *r, const char *name);
/* Cuts the text before sep off *rest, blanks around it taken away; NULL when nothing is left. */
char *demo_cut(char **rest, const char *sep);
/* The text with {name} replaced by the value of that name; a name that nobody knows aborts. */
const char *demo_fill(struct arena *a, const char *text, const struct pair *values, size_t n);
void demo_bad(const char *what, const char *text) __attribute__((noreturn));
#endif
