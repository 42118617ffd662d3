#include "web/multipart.h"

#include <strings.h>

#include "base/str.h"

enum { BOUNDARY_MAX = 70 };
#define BOUNDARY_SET "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'()+_,-./:=?"

struct rest { const char *p; size_t n; };
struct part { const char *name; bool file; };

static bool take(struct rest *r, const char *text)
{
	size_t n = strlen(text);

	if (r->n < n || memcmp(r->p, text, n))
		return false;
	r->p += n;
	r->n -= n;
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
static const char *take_line(struct arena *a, struct rest *r)
{
	const char *end = memmem(r->p, r->n, "\r\n", 2);
	size_t n = end ? (size_t)(end - r->p) : 0;

	if (!end || n > MULTIPART_LINE_MAX || memchr(r->p, 0, n))
		return NULL;
	const char *line = arena_dup(a, r->p, n);
	r->p += n + 2;
	r->n -= n + 2;
	return line;
}

/* The value of `name="…"` in a header; browsers write " as %22 in it.  False: it is there and not as it should be. */
static bool parameter(struct arena *a, const char *line, const char *name, const char **value)
{
	*value = NULL;
	for (const char *s = line; (s = strstr(s, name)); s++) {
		if (s == line || (s[-1] != ' ' && s[-1] != ';'))
			continue;
		if (*value)
			return false;
		s += strlen(name);
		size_t n = strcspn(s, "\"");
		if (s[n] != '"')
			return false;
		*value = arena_dup(a, s, n);
		s += n;
	}
	return true;
}

/* form-data; name="picture"; filename="a.png" */
static bool read_disposition(struct arena *a, const char *line, struct part *p)
{
	const char *file;

	if (p->name || strncasecmp(line, "form-data;", 10) || !parameter(a, line, "name=\"", &p->name) || !parameter(a, line, "filename=\"", &file))
		return false;
	p->file = file != NULL;
	return p->name && *p->name;
}

static bool read_headers(struct arena *a, struct rest *r, struct part *p)
{
	static const char disposition[] = "content-disposition:";

	*p = (struct part){ 0 };
	for (int i = 0; i <= MULTIPART_HEADERS_MAX; i++) {
		const char *line = take_line(a, r);
		if (!line)
			return false;
		if (!*line)
			return p->name;
		if (!strncasecmp(line, disposition, strlen(disposition))) {
			line += strlen(disposition);
			if (!read_disposition(a, line + strspn(line, " "), p))
				return false;
		} else if (!strncasecmp(line, "content-transfer-encoding:", 26)) {
			return false;
		}
	}
	return false;
}

static enum rc add_part(struct arena *a, const struct part *p, const char *value, size_t n, struct input *in)
{
	return input_add(in, (struct input_field){ .name = p->name, .value = arena_dup(a, value, n), .n = n, .kind = p->file ? INPUT_FILE : INPUT_FORM });
}

enum rc input_multipart(struct arena *a, const char *type, const char *body, size_t n, struct input *in)
{
	const char *line = delimiter(a, type), *end;
	struct rest r = { body, n };
	struct part p;

	if (!line || !take(&r, line))
		return RC_MALFORMED;
	const char *between = arena_printf(a, "\r\n%s", line);
	while (take(&r, "\r\n")) {
		if (!read_headers(a, &r, &p) || !(end = memmem(r.p, r.n, between, strlen(between))))
			return RC_MALFORMED;
		size_t len = (size_t)(end - r.p);
		TRY(add_part(a, &p, r.p, len, in));
		r.p += len + strlen(between);
		r.n -= len + strlen(between);
	}
	if (!take(&r, "--"))
		return RC_MALFORMED;
	take(&r, "\r\n");
	return r.n ? RC_MALFORMED : RC_OK;
}
