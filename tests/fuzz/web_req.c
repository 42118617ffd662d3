/* Any address and head: the path is clean or the request is refused; headers are read without harm. */
#include "fuzz.h"

#include <assert.h>

#include "base/str.h"
#include "web/cookie.h"
#include "web/csrf.h"
#include "web/negotiate.h"

static const struct config conf = { .platform_base_url = "https://market.example",
				    .platform_secret = "0123456789abcdef0123456789abcdef" };

static void path(const struct req *r)
{
	const char *p = r->path;

	assert(*p == '/' && str_utf8(p, strlen(p)) && !str_control(p, false));
	assert(!strstr(p, "//") && !strstr(p, "/../") && !strstr(p, "/./"));
	assert(r->rc == RC_OK || r->rc == RC_MALFORMED || r->rc == RC_TOO_LARGE);
}

FUZZ(p, n)
{
	const char *text = arena_dup(&fuzz_arena, p, n);
	const char *env[] = {
		arena_printf(&fuzz_arena, "REQUEST_URI=%s", text),
		arena_printf(&fuzz_arena, "HTTP_ORIGIN=%s", text),
		arena_printf(&fuzz_arena, "CONTENT_LENGTH=%s", text),
		arena_printf(&fuzz_arena, "REQUEST_ID=%s", text),
		NULL,
	};
	const struct req *r = req_make(&fuzz_arena, env);

	path(r);
	assert(strlen(r->id) == REQ_ID_LEN);
	csrf_same_origin(&conf, r);
	csrf_valid(&conf, "session", text);
	negotiate_json(text, n & 1);
	negotiate_lang(text);
	media_is(text, "application/json");
	const char *session = cookie_get(&fuzz_arena, &conf, COOKIE_SESSION, text);
	assert(!session || strstr(text, session));
}
