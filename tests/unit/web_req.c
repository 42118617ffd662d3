#include "fcgi/req.h"
#include "unit.h"

static struct req *make(const char *uri)
{
	const char *env[] = { "REQUEST_METHOD=GET", arena_printf(&unit_arena, "REQUEST_URI=%s", uri), NULL };

	return req_make(&unit_arena, env);
}

static void refused(const char *uri)
{
	struct req *r = make(uri);

	assert_int_equal(r->rc, RC_MALFORMED);
	assert_string_equal(r->path, "/");
}

TEST(req_path, "IFC-1 an address has one spelling: the path is decoded once, folding is refused")
{
	assert_string_equal(make("/products/a%20b?x=1")->path, "/products/a b");
	assert_string_equal(make("/products/a%20b?x=%20")->query, "x=%20");
	assert_string_equal(make("/%252e")->path, "/%2e");
	assert_string_equal(make("/")->path, "/");
	assert_int_equal(make("/a/")->rc, RC_OK);	/* no page has it: 404 */
	static const char *const bad[] = { "", "x", "//", "/a//b", "/.", "/..", "/a/../b", "/a/./b", "/a/..", "/%2e%2e/b", "/a%2fb", "/a%2Fb",
					   "/%00", "/a%0a", "/%", "/%4", "/%zz", "/%c0%ae", "http://x/" };
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		refused(bad[i]);
}

TEST(req_long, "IFC-4 an address or a head that is too long is told so")
{
	char *uri = arena_alloc(&unit_arena, URI_MAX + 2);

	memset(uri, 'a', URI_MAX + 1);
	uri[0] = '/';
	assert_int_equal(make(uri)->rc, RC_TOO_LARGE);
	uri[URI_MAX] = 0;
	assert_int_equal(make(uri)->rc, RC_OK);
	char *huge = arena_alloc(&unit_arena, ENV_MAX + 8);
	memset(huge, 'A', ENV_MAX + 7);
	struct req *r = req_make(&unit_arena, (const char *[]){ "REQUEST_URI=/", huge, NULL });
	assert_int_equal(r->rc, RC_TOO_LARGE);
}

TEST(req_words, "IFC-10 method, client and number of a request come from its parameters, when they are clean")
{
	const char *good[] = { "REQUEST_METHOD=POST", "REQUEST_URI=/", "REMOTE_ADDR=192.0.2.1", "REQUEST_ID=0123456789abcdef0123456789abcdef", NULL };
	struct req *r = req_make(&unit_arena, good);

	assert_int_equal(r->method, METHOD_POST);
	assert_string_equal(r->remote, "192.0.2.1");
	assert_string_equal(r->id, "0123456789abcdef0123456789abcdef");
	const char *bad[] = { "REQUEST_METHOD=BREW", "REQUEST_URI=/", "REMOTE_ADDR=1\n2", "REQUEST_ID=0123456789ABCDEF0123456789abcde\n", NULL };
	r = req_make(&unit_arena, bad);
	assert_int_equal(r->method, METHOD_OTHER);
	assert_string_equal(r->remote, "");
	assert_int_equal(strspn(r->id, "0123456789abcdef"), REQ_ID_LEN);
	assert_null(req_env(r, "REQUEST"));
}

struct source { const char *p; size_t n; };

static size_t take(void *from, char *to, size_t n)
{
	struct source *s = from;
	size_t part = n < s->n ? n : s->n;

	memcpy(to, s->p, part);
	s->p += part;
	s->n -= part;
	return part;
}

static enum rc body(const char *length, const char *text, size_t max, struct req **out)
{
	struct source *s = ARENA_NEW(&unit_arena, struct source);
	const char *env[] = { "REQUEST_METHOD=POST", "REQUEST_URI=/", arena_printf(&unit_arena, "CONTENT_LENGTH=%s", length), NULL };
	struct req *r = *out = req_make(&unit_arena, env);

	*s = (struct source){ text, strlen(text) };
	r->read = take;
	r->from = s;
	return r->rc != RC_OK ? r->rc : req_body(r, &unit_arena, max);
}

TEST(req_body_bounds, "IFC-4 a body is as long as it says and not longer than the route allows")
{
	struct req *r;

	assert_int_equal(body("5", "hello", 5, &r), RC_OK);
	assert_int_equal(r->body.n, 5);
	assert_memory_equal(r->body.p, "hello", 5);
	assert_int_equal(body("6", "hello!", 5, &r), RC_TOO_LARGE);
	assert_int_equal(body("6", "hello", 9, &r), RC_MALFORMED);
	assert_int_equal(body("-1", "", 9, &r), RC_MALFORMED);
	assert_int_equal(body("99999999999999999999", "", 9, &r), RC_MALFORMED);
	assert_int_equal(body("", "", 9, &r), RC_OK);
}

TEST(answer_text, "IFC-1 an answer to HEAD has the length of the page and no page")
{
	struct answer a = { .status = 404 };
	struct out to = { 0 };

	out_lit(&a.head, "X: y\r\n");
	out_lit(&a.body, "page");
	answer_write(&a, false, &to);
	assert_int_equal(to.n, strlen("Status: 404 Not Found\r\nX: y\r\nContent-Length: 4\r\n\r\npage"));
	assert_memory_equal(to.p, "Status: 404 Not Found\r\nX: y\r\nContent-Length: 4\r\n\r\npage", to.n);
	answer_write(&a, true, &to);
	assert_memory_equal(to.p, "Status: 404 Not Found\r\nX: y\r\nContent-Length: 4\r\n\r\n", to.n);
	out_free(&a.head);
	out_free(&a.body);
	out_free(&to);
}

struct pieces { int made, left, done; };
static enum rc one_piece(void *from, struct out *o, bool *last)
{
	struct pieces *p = from;

	p->made++;
	out_lit(o, "piece");
	*last = !--p->left;
	return RC_OK;
}
static void pieces_done(void *from) { ((struct pieces *)from)->done++; }
static bool take_some(void *to, const char *p, size_t n)
{
	int *takes = to;

	(void)p;
	(void)n;
	return (*takes)-- > 0;
}

TEST(answer_pieces, "EXP-2 whoever makes a long answer is told when it is sent, and when nobody takes the rest")
{
	struct out wire = { 0 };

	for (int takes = 1; takes <= 4; takes++) {
		struct pieces p = { .left = 3 };
		struct answer a = { .status = 200, .more = one_piece, .done = pieces_done, .from = &p };
		int left = takes;
		assert_int_equal(answer_deliver(&a, &unit_arena, false, &wire, take_some, &left), takes == 4);
		assert_int_equal(p.made, takes < 4 ? takes : 3);
		assert_int_equal(p.done, 1);
	}
	out_free(&wire);
}
