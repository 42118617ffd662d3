#include "sandbox/journal.h"

#include <assert.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/out.h"

/* Tab, newline and the backslash itself are written \t, \n and \\. */
static void write_text(struct out *o, const char *s)
{
	for (; *s; s++)
		if (*s == '\t')
			out_lit(o, "\\t");
		else if (*s == '\n')
			out_lit(o, "\\n");
		else if (*s == '\\')
			out_lit(o, "\\\\");
		else
			out_bytes(o, s, 1);
}

static void read_text(char *s)
{
	char *to = s;

	for (; *s; s++)
		if (*s == '\\' && s[1]) {
			s++;
			*to++ = *s == 't' ? '\t' : *s == 'n' ? '\n' : *s;
		} else {
			*to++ = *s;
		}
	*to = '\0';
}

static void replay_line(char *line, journal_apply *apply, void *ctx)
{
	const char *texts[JOURNAL_TEXTS_MAX + 1] = { 0 };
	size_t n = 0;

	for (char *text; (text = strsep(&line, "\t")) && n < JOURNAL_TEXTS_MAX + 1;) {
		read_text(text);
		texts[n++] = text;
	}
	apply(ctx, texts[0], texts + 1, n - 1);
}

/* Gives the length of what is whole. */
static off_t replay(FILE *f, struct arena *a, journal_apply *apply, void *ctx)
{
	off_t whole = 0;
	size_t mark = arena_mark(a);
	char *line = arena_alloc(a, JOURNAL_LINE_MAX);

	while (fgets(line, JOURNAL_LINE_MAX, f)) {
		size_t n = strcspn(line, "\n");
		if (line[n] != '\n')
			break;
		line[n] = '\0';
		whole += (off_t)n + 1;
		replay_line(line, apply, ctx);
	}
	arena_release(a, mark);
	return whole;
}

bool journal_open(struct journal *j, const char *folder, struct arena *a, journal_apply *apply, void *ctx)
{
	*j = (struct journal){ .fd = -1 };
	if (!*folder)
		return true;
	int fd = open(arena_printf(a, "%s/journal", folder), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
	if (fd < 0 || flock(fd, LOCK_EX))
		return false;
	FILE *f = fdopen(dup(fd), "re");
	if (!f)
		return false;
	off_t whole = replay(f, a, apply, ctx);
	fclose(f);
	j->fd = fd;
	return !ftruncate(fd, whole);
}

void journal_append(struct journal *j, const char *event, const char *const *texts, size_t n)
{
	struct out o = { 0 };

	assert(n <= JOURNAL_TEXTS_MAX);
	if (j->fd < 0)
		return;
	out_str(&o, event);
	for (size_t i = 0; i < n; i++) {
		out_lit(&o, "\t");
		write_text(&o, texts[i]);
	}
	out_lit(&o, "\n");
	if (o.n >= JOURNAL_LINE_MAX || write(j->fd, o.p, o.n) != (ssize_t)o.n)
		abort();
	out_free(&o);
}
