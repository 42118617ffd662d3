#include "unit.h"
#include "web/cookie.h"
#include "web/csrf.h"

static const struct config plain = { .platform_base_url = "http://127.0.0.1:8080", .platform_secret = "0123456789abcdef0123456789abcdef" };
static const struct config secure = { .platform_base_url = "https://market.example", .platform_secret = "0123456789abcdef0123456789abcdef" };

static const char *get(const struct config *c, const char *header) { return cookie_get(&unit_arena, c, COOKIE_SESSION, header); }

TEST(cookie_read, "ACC-12 a session's cookie is taken when there is exactly one and it is well formed")
{
	assert_null(get(&plain, NULL));
	assert_string_equal(get(&plain, "yunshi=abc"), "abc");
	assert_string_equal(get(&plain, "a=b; yunshi=abc; yunshi-visitor=v"), "abc");
	assert_null(get(&plain, "yunshi-visitor=v"));
	assert_null(get(&plain, "xyunshi=abc"));
	assert_null(get(&plain, "yunshi=abc; yunshi=def"));
	assert_null(get(&plain, "yunshi="));
	assert_null(get(&plain, "yunshi=a\"b"));
	assert_null(get(&plain, "__Host-yunshi=abc"));
	assert_null(get(&secure, "yunshi=abc"));		/* a neighbour's plain cookie is not ours */
	assert_string_equal(get(&secure, "yunshi=abc; __Host-yunshi=def"), "def");
}

static void written(const struct config *c, enum cookie k, const char *value, const char *line)
{
	struct out o = { 0 };

	cookie_set(&o, c, k, value);
	assert_int_equal(o.n, strlen(line));
	assert_memory_equal(o.p, line, o.n);
	out_free(&o);
}

TEST(cookie_write, "ACC-12 cookies are HttpOnly and SameSite, behind https also Secure and __Host-")
{
	written(&plain, COOKIE_SESSION, "abc", "Set-Cookie: yunshi=abc; Path=/; HttpOnly; SameSite=Lax\r\n");
	written(&secure, COOKIE_SESSION, "abc", "Set-Cookie: __Host-yunshi=abc; Path=/; Secure; HttpOnly; SameSite=Lax\r\n");
	written(&plain, COOKIE_SESSION, "", "Set-Cookie: yunshi=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0\r\n");
}

TEST(csrf_tokens, "S-14 a form token belongs to one session")
{
	char a[CSRF_SIZE], b[CSRF_SIZE];
	struct config other = plain;

	other.platform_secret = "another secret of 32 characters!";
	csrf_token(&plain, "session-a", a);
	csrf_token(&plain, "session-b", b);
	assert_string_not_equal(a, b);
	assert_true(csrf_valid(&plain, "session-a", a));
	assert_false(csrf_valid(&plain, "session-b", a));
	assert_false(csrf_valid(&other, "session-a", a));
	assert_false(csrf_valid(&plain, NULL, a));
	assert_false(csrf_valid(&plain, "session-a", NULL));
	assert_false(csrf_valid(&plain, "session-a", ""));
	a[0] ^= 1;
	assert_false(csrf_valid(&plain, "session-a", a));
}

static bool same(const char *origin, const char *site)
{
	const char *env[3] = { NULL };
	int n = 0;

	if (origin)
		env[n++] = arena_printf(&unit_arena, "HTTP_ORIGIN=%s", origin);
	if (site)
		env[n++] = arena_printf(&unit_arena, "HTTP_SEC_FETCH_SITE=%s", site);
	return csrf_same_origin(&secure, req_make(&unit_arena, env));
}

TEST(csrf_origins, "S-14 a change that says it comes from elsewhere is refused")
{
	assert_true(same(NULL, NULL));
	assert_true(same("https://market.example", "same-origin"));
	assert_true(same(NULL, "none"));
	assert_false(same("https://market.example.evil.test", NULL));
	assert_false(same("http://market.example", NULL));
	assert_false(same("null", NULL));
	assert_false(same("", NULL));
	assert_false(same(NULL, "cross-site"));
	assert_false(same(NULL, "same-site"));
	assert_false(same("https://market.example", "cross-site"));
}
