#include "web/route.h"
#include "base/str.h"

#include <assert.h>

/* A tree of segments.  A literal goes before a parameter and there is no way back, so the time is that of the path. */
struct node {
	const char *seg;		/* literal, or name of the parameter */
	size_t len;
	struct node *next, *child, *any;
	const struct route *get, *post;
};
struct router {
	struct node root;
	struct route *rows;
	size_t n;
};

static struct node *literal(struct node *at, const char *s, size_t n)
{
	for (struct node *c = at->child; c; c = c->next)
		if (c->len == n && !memcmp(c->seg, s, n))
			return c;
	return NULL;
}

static struct node *grow(struct arena *a, struct node *at, const char *s, size_t n)
{
	bool param = *s == '{';
	struct node *c = param ? at->any : literal(at, s, n);

	if (c) {
		assert(!param || (c->len == n - 2 && !memcmp(c->seg, s + 1, n - 2)));
		return c;
	}
	c = ARENA_NEW(a, struct node);
	c->seg = param ? s + 1 : s;
	c->len = param ? n - 2 : n;
	if (param) {
		assert(n > 2 && s[n - 1] == '}');
		at->any = c;
	} else {
		c->next = at->child;
		at->child = c;
	}
	return c;
}

static void plant(struct router *r, struct arena *a, const struct route *row)
{
	struct node *at = &r->root;

	assert(*row->pattern == '/');
	for (const char *s = row->pattern + 1; *s; s += s[0] == '/') {
		size_t n = strcspn(s, "/");
		at = grow(a, at, s, n);
		s += n;
	}
	const struct route **slot = row->method == METHOD_GET ? &at->get : &at->post;
	assert(!*slot);
	*slot = row;
}

static const struct route *row_of_handler(const struct router *r, web_handler *h)
{
	for (size_t i = 0; i < r->n; i++)
		if (r->rows[i].method == METHOD_GET && r->rows[i].handle == h)
			return &r->rows[i];
	return NULL;
}

static const struct route *row_of_pattern(const struct router *r, const char *pattern, size_t n)
{
	for (size_t i = 0; i < r->n; i++)
		if (r->rows[i].method == METHOD_GET && strlen(r->rows[i].pattern) == n && !memcmp(r->rows[i].pattern, pattern, n))
			return &r->rows[i];
	return NULL;
}

static const struct route *form_page(const struct router *r, const struct route *row)
{
	size_t n = strlen(row->pattern);

	if (row->page)
		return row_of_handler(r, row->page);
	const struct route *same = row_of_pattern(r, row->pattern, n);
	while (n && row->pattern[--n] != '/')
		;
	return same ? same : row_of_pattern(r, row->pattern, n ? n : 1);
}

struct router *router_make(struct arena *a, const struct route_table *tables, size_t n)
{
	struct router *r = ARENA_NEW(a, struct router);

	r->rows = ARENA_ARRAY(a, struct route, ROUTES_MAX);
	for (size_t t = 0; t < n; t++)
		for (size_t i = 0; i < tables[t].n; i++) {
			assert(r->n < ROUTES_MAX);
			r->rows[r->n] = tables[t].rows[i];
			r->rows[r->n].id = (int)r->n + 1;
			plant(r, a, &r->rows[r->n++]);
		}
	for (size_t i = 0; i < r->n; i++)
		if (r->rows[i].form && r->rows[i].method == METHOD_POST) {
			r->rows[i].again = form_page(r, &r->rows[i]);
			assert(r->rows[i].again || !r->rows[i].form->n || r->rows[i].no_token);
		}
	return r;
}

static const struct node *walk(const struct router *r, struct arena *a, const char *path, struct route_found *out)
{
	const struct node *at = &r->root;

	for (const char *s = path + 1; *s; s += s[0] == '/') {
		size_t n = strcspn(s, "/");
		struct node *next = literal((struct node *)at, s, n);
		if (!next && (next = at->any) && n) {
			assert(out->n < ROUTE_PARAMS);
			out->param[out->n++] = (struct param){ arena_dup(a, next->seg, next->len), arena_dup(a, s, n) };
		}
		if (!next || (s[n] == '/' && !s[n + 1]))	/* an address has no slash at its end */
			return NULL;
		at = next;
		s += n;
	}
	return at;
}

void router_find(const struct router *r, struct arena *a, enum method m, const char *path, struct route_found *out)
{
	*out = (struct route_found){ 0 };
	const struct node *at = walk(r, a, path, out);
	if (!at || (!at->get && !at->post))
		return;
	out->allow = !at->post ? "GET, HEAD" : at->get ? "GET, HEAD, POST" : "POST";
	out->route = m == METHOD_POST ? at->post : m == METHOD_GET || m == METHOD_HEAD ? at->get : NULL;
}

size_t router_count(const struct router *r) { return r->n; }
const struct route *router_row(const struct router *r, size_t i) { return &r->rows[i]; }
