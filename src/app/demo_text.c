#include "app/demo_text.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/str.h"

enum { FIELDS_MAX = 60, TEXT_MAX = 1 << 18 };

void demo_bad(const char *what, const char *text)
{
	fprintf(stderr, "demo texts: %s: %s\n", what, text);
	abort();
}

bool demo_read(struct demo_reader *r, struct arena *a, const char *path)
{
	static char text[TEXT_MAX];
	FILE *f = fopen(path, "re");

	if (!f)
		return false;
	size_t n = fread(text, 1, sizeof text, f);
	if (n == sizeof text || ferror(f) || !str_utf8(text, n))
		demo_bad(path, "too long, unreadable or not UTF-8");
	fclose(f);
	*r = (struct demo_reader){ a, path, arena_dup(a, text, n), 0 };
	return true;
}

/* The line at r->at without its end, or NULL after the last; the reader moves behind it. */
static char *next_line(struct demo_reader *r)
{
	if (!*r->at)
		return NULL;
	size_t n = strcspn(r->at, "\n");
	char *line = arena_dup(r->a, r->at, n);

	r->at += n + (r->at[n] == '\n');
	r->line++;
	return line;
}

static void __attribute__((noreturn)) bad_line(const struct demo_reader *r, const char *what)
{
	fprintf(stderr, "%s:%d: %s\n", r->path, r->line, what);
	abort();
}

static struct pair field_of(struct demo_reader *r, char *line)
{
	char *colon = strchr(line, ':');

	if (!colon)
		bad_line(r, "a field is `name: value`");
	*colon = '\0';
	return (struct pair){ line, str_trim(r->a, colon + 1) };
}

/* A line that goes on with the field above is a paragraph of its own. */
static void go_on(struct demo_reader *r, struct pair *field, const char *line)
{
	if (!field)
		bad_line(r, "nothing to continue");
	field->value = *field->value ? arena_printf(r->a, "%s\n%s", field->value, line) : arena_strdup(r->a, line);
}

bool demo_next(struct demo_reader *r, struct demo_record *rec)
{
	struct pair *fields = ARENA_ARRAY(r->a, struct pair, FIELDS_MAX);
	size_t n = 0;
	char *line;

	while ((line = next_line(r)) && (*line || !n)) {
		if (!*line || *line == '#')
			continue;
		if (*line == '\t')
			go_on(r, n ? &fields[n - 1] : NULL, line + 1);
		else if (n < FIELDS_MAX)
			fields[n++] = field_of(r, line);
		else
			bad_line(r, "too many fields");
	}
	*rec = (struct demo_record){ fields, n };
	return n > 0;
}

const char *demo_field(const struct demo_record *r, const char *name)
{
	const char *value = pair_value(r->field, r->n, name);

	return value ? value : "";
}

char *demo_cut(char **rest, const char *sep)
{
	char *part = *rest, *end;

	if (!part)
		return NULL;
	end = strstr(part, sep);
	*rest = end ? end + strlen(sep) : NULL;
	if (!end)
		end = part + strlen(part);
	while (*part == ' ')
		part++;
	while (end > part && end[-1] == ' ')
		end--;
	*end = '\0';
	return part;
}

const char *demo_fill(struct arena *a, const char *text, const struct pair *values, size_t n)
{
	const char *open, *done = "";

	for (; (open = strchr(text, '{')); text = strchr(open, '}') + 1) {
		size_t len = strcspn(open + 1, "}");
		const char *value = open[1 + len] ? pair_value(values, n, arena_dup(a, open + 1, len)) : NULL;
		if (!value)
			demo_bad("nothing to fill in for", open);
		done = arena_printf(a, "%s%.*s%s", done, (int)(open - text), text, value);
	}
	return arena_printf(a, "%s%s", done, text);
}
