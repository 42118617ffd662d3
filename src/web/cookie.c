#include "web/cookie.h"
#include "base/str.h"

#include <assert.h>

static const char *const stem[] = { [COOKIE_SESSION] = "yunshi", [COOKIE_VISITOR] = "yunshi-visitor", [COOKIE_LANGUAGE] = "yunshi-language" };
#define SAFE "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-"

static bool secure(const struct config *conf) { return str_prefix(conf->platform_base_url, "https://"); }

/* Past "name=" when the text begins so. */
static const char *after_name(const struct config *conf, enum cookie c, const char *s)
{
	const char *prefix = secure(conf) ? "__Host-" : "";

	if (!str_prefix(s, prefix) || !str_prefix(s + strlen(prefix), stem[c]))
		return NULL;
	s += strlen(prefix) + strlen(stem[c]);
	return *s == '=' ? s + 1 : NULL;
}

const char *cookie_get(struct arena *a, const struct config *conf, enum cookie c, const char *s)
{
	const char *found = NULL;

	while (s && *s) {
		s += strspn(s, "; ");
		const char *v = after_name(conf, c, s);
		if (v && found)
			return NULL;
		found = v ? v : found;
		s += strcspn(s, ";");
	}
	const char *value = found ? arena_dup(a, found, strcspn(found, "; ")) : NULL;
	return value && str_all(value, SAFE) ? value : NULL;
}

void cookie_set(struct out *head, const struct config *conf, enum cookie c, const char *value)
{
	assert(!*value || str_all(value, SAFE));
	out_str(head, secure(conf) ? "Set-Cookie: __Host-" : "Set-Cookie: ");
	out_str(head, stem[c]);
	out_lit(head, "=");
	out_str(head, value);
	out_str(head, secure(conf) ? "; Path=/; Secure; HttpOnly; SameSite=Lax" : "; Path=/; HttpOnly; SameSite=Lax");
	if (!*value)
		out_lit(head, "; Max-Age=0");
	else if (c == COOKIE_LANGUAGE)
		out_lit(head, "; Max-Age=31536000");
	out_lit(head, "\r\n");
}
