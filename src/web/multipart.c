#include "web/multipart.h"

#include <strings.h>

#include "base/out.h"
#include "base/str.h"

enum { BOUNDARY_MAX = 70, WINDOW = 64 << 10 };
#define BOUNDARY_SET "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'()+_,-./:=?"

/* A window on the body: n bytes of it from p on are here, `left` are still to come. */
struct stream {
	struct arena *a;
	struct multipart_source from;
	char *window, *p;
	size_t n, left;
	const struct multipart_files *files;
	struct input *in;
	struct out value;		/* of the field at hand */
	size_t text;			/* bytes of all fields */
};
struct part { const char *name, *file; };

/* More of the body behind what is here; false: there is no more, or no room. */
static bool fill(struct stream *s)
{
	if (s->p != s->window)
		memmove(s->window, s->p, s->n);
	s->p = s->window;
	size_t room = WINDOW - s->n, want = room < s->left ? room : s->left;
	size_t got = want ? s->from.read(s->from.from, s->window + s->n, want) : 0;
	s->n += got;
	s->left = got == want ? s->left - got : 0;
	return got;
}

static void skip(struct stream *s, size_t n)
{
	s->p += n;
	s->n -= n;
}

static bool take(struct stream *s, const char *text)
{
	size_t n = strlen(text);

	while (s->n < n && fill(s))
		;
	if (s->n < n || memcmp(s->p, text, n))
		return false;
	skip(s, n);
	return true;
}

/* "--" and the boundary that the type names; NULL: it names none. */
static const char *delimiter(struct arena *a, const char *type)
{
	const char *s = strcasestr(type, "boundary=");
	char end[] = "; \t";

	if (!s)
		return NULL;
	s += strlen("boundary=");
	if (*s == '"') {
		s++;
		memcpy(end, "\"", 2);
	}
	const char *boundary = arena_dup(a, s, strcspn(s, end));
	return strlen(boundary) <= BOUNDARY_MAX && str_all(boundary, BOUNDARY_SET) ? arena_printf(a, "--%s", boundary) : NULL;
}

/* A line up to CR LF, which is taken too; NULL: none that fits. */
static const char *take_line(struct stream *s)
{
	const char *end;

	while (!(end = memmem(s->p, s->n, "\r\n", 2)))
		if (s->n > MULTIPART_LINE_MAX + 1 || !fill(s))
			return NULL;
	size_t n = (size_t)(end - s->p);
	if (n > MULTIPART_LINE_MAX || memchr(s->p, 0, n))
		return NULL;
	const char *line = arena_dup(s->a, s->p, n);
	skip(s, n + 2);
	return line;
}

/* Browsers write three characters of a name as %22, %0D and %0A. */
static const char *unescaped(struct arena *a, const char *s, size_t n)
{
	static const struct { const char *escape; char c; } known[] = { { "%22", '"' }, { "%0D", '\r' }, { "%0A", '\n' } };
	char *to = arena_dup(a, s, n), *p = to;

	for (const char *from = to; *from; p++) {
		*p = *from++;
		for (size_t i = 0; *p == '%' && i < sizeof known / sizeof *known; i++)
			if (!strncasecmp(from - 1, known[i].escape, 3)) {
				*p = known[i].c;
				from += 2;
			}
	}
	*p = 0;
	return to;
}

/* ; name="picture"; filename="a.png" */
static bool read_disposition(struct arena *a, const char *line, struct part *p)
{
	if (p->name || strncasecmp(line, "form-data", 9))
		return false;
	for (line += 9; *line == ';';) {
		line += 1 + strspn(line + 1, " ");
		size_t n = strcspn(line, "=");
		const char *value = line[n] && line[n + 1] == '"' ? line + n + 2 : NULL, *end = value ? strchr(value, '"') : NULL;
		const char **to = n == 4 && !strncasecmp(line, "name", 4) ? &p->name : n == 8 && !strncasecmp(line, "filename", 8) ? &p->file : NULL;
		if (!end || !to || *to)
			return false;
		*to = unescaped(a, value, (size_t)(end - value));
		line = end + 1 + strspn(end + 1, " ");
	}
	return !*line && p->name && *p->name;
}

static bool read_headers(struct stream *s, struct part *p)
{
	static const char disposition[] = "content-disposition:";

	*p = (struct part){ 0 };
	for (int i = 0; i <= MULTIPART_HEADERS_MAX; i++) {
		const char *line = take_line(s);
		if (!line)
			return false;
		if (!*line)
			return p->name;
		if (!strncasecmp(line, disposition, strlen(disposition))) {
			line += strlen(disposition);
			if (!read_disposition(s->a, line + strspn(line, " "), p))
				return false;
		} else if (!strncasecmp(line, "content-transfer-encoding:", 26)) {
			return false;
		}
	}
	return false;
}

static enum rc add(struct stream *s, bool apart, size_t n)
{
	if (apart)
		return s->files->add(s->files->to, s->p, n);
	s->text += n;
	if (s->text > MULTIPART_TEXT_MAX)
		return RC_TOO_LARGE;
	out_bytes(&s->value, s->p, n);
	return RC_OK;
}

/* Up to what stands between two parts, which is taken too; what may be the beginning of it stays until more has come. */
static enum rc read_value(struct stream *s, bool apart, const char *between)
{
	const size_t len = strlen(between);
	const char *end;

	while (!(end = memmem(s->p, s->n, between, len))) {
		size_t n = s->n < len ? 0 : s->n - len + 1;
		TRY(add(s, apart, n));
		skip(s, n);
		if (!fill(s))
			return RC_MALFORMED;
	}
	size_t n = (size_t)(end - s->p);
	TRY(add(s, apart, n));
	skip(s, n + len);
	return RC_OK;
}

static enum rc read_part(struct stream *s, const char *between)
{
	struct part p;

	if (!read_headers(s, &p))
		return RC_MALFORMED;
	bool apart = p.file && s->files;
	if (apart)
		TRY(s->files->begin(s->files->to, p.name, p.file));
	out_reset(&s->value);
	TRY(read_value(s, apart, between));
	if (apart)
		return s->files->end(s->files->to);
	const char *value = arena_dup(s->a, s->value.p, s->value.n);
	return input_add(s->in, (struct input_field){ .name = p.name, .value = value, .n = s->value.n, .kind = p.file ? INPUT_FILE : INPUT_FORM });
}

static enum rc read_parts(struct stream *s, const char *line)
{
	const char *between = arena_printf(s->a, "\r\n%s", line);

	if (!take(s, line))
		return RC_MALFORMED;
	while (take(s, "\r\n"))
		TRY(read_part(s, between));
	if (!take(s, "--"))
		return RC_MALFORMED;
	take(s, "\r\n");
	return s->n || fill(s) ? RC_MALFORMED : RC_OK;
}

enum rc multipart_read(struct arena *a, const char *type, const struct multipart_source *from, const struct multipart_files *files, struct input *in)
{
	const char *line = delimiter(a, type);
	struct stream s = { .a = a, .from = *from, .left = from->length, .files = files, .in = in };

	if (!line)
		return RC_MALFORMED;
	s.p = s.window = arena_alloc(a, WINDOW);
	enum rc rc = read_parts(&s, line);
	out_free(&s.value);
	return rc;
}

static size_t read_bytes(void *from, char *to, size_t n)
{
	const char **p = from;

	memcpy(to, *p, n);
	*p += n;
	return n;
}

enum rc input_multipart(struct arena *a, const char *type, const char *body, size_t n, struct input *in)
{
	return multipart_read(a, type, &(struct multipart_source){ read_bytes, &body, n }, NULL, in);
}
