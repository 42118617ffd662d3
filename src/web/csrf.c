#include "web/csrf.h"
#include "base/str.h"
#include "crypto/hash.h"

#include <stdio.h>

void csrf_token(const struct config *conf, const char *cookie, char out[CSRF_SIZE])
{
	unsigned char mac[SHA256_SIZE];
	char bound[256];
	int n = snprintf(bound, sizeof bound, "csrf:%s", cookie);

	hash_hmac_sha256(conf->platform_secret, strlen(conf->platform_secret), bound, n < (int)sizeof bound ? (size_t)n : sizeof bound - 1, mac);
	hash_hex(mac, sizeof mac, out);
}

bool csrf_valid(const struct config *conf, const char *cookie, const char *token)
{
	char right[CSRF_SIZE];

	if (!cookie || !token)
		return false;
	csrf_token(conf, cookie, right);
	return hash_equal_text(right, token);
}

/* "https://market.example" of "https://market.example/base" */
static size_t origin_len(const char *url)
{
	const char *host = strstr(url, "://");

	return host ? (size_t)(host - url) + 3 + strcspn(host + 3, "/") : strlen(url);
}

bool csrf_same_origin(const struct config *conf, const struct req *r)
{
	const char *site = req_env(r, "HTTP_SEC_FETCH_SITE"), *origin = req_env(r, "HTTP_ORIGIN");
	const char *base = conf->platform_base_url;
	size_t n = origin_len(base);

	if (site && !str_eq(site, "same-origin") && !str_eq(site, "none"))
		return false;
	return !origin || (strlen(origin) == n && !strncmp(origin, base, n));
}
