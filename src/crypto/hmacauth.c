#include "crypto/hmacauth.h"

#include "base/out.h"
#include "base/str.h"
#include "crypto/base64.h"
#include "crypto/hash.h"

static const char *const algorithm_names[] = { NULL, "hmac-sha1", "hmac-sha256" };
const struct enum_def hmacauth_algorithm_enum = { "hmacauth_algorithm", algorithm_names, HMACAUTH__MAX - 1 };

static const char id_set[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
static const char name_set[] = "abcdefghijklmnopqrstuvwxyz0123456789-";
static const char base64_set[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=";

/* name="value" at *s, which goes behind it; NULL when something else stands there. */
static char *quoted(char **s, const char *name)
{
	size_t n = strlen(name);
	char *value = *s + n + 2;

	if (strncmp(*s, name, n) || (*s)[n] != '=' || (*s)[n + 1] != '"')
		return NULL;
	char *end = strchr(value, '"');
	if (!end)
		return NULL;
	*end = '\0';
	*s = end + 1;
	return value;
}

static bool add_header(struct hmacauth *out, const char *name)
{
	if (out->headers == HMACAUTH_HEADERS_MAX || !str_all(name, name_set))
		return false;
	for (size_t i = 0; i < out->headers; i++)
		if (str_eq(out->header[i], name))
			return false;
	out->header[out->headers++] = name;
	return true;
}

/* Names with one blank between them. */
static bool read_headers(struct hmacauth *out, char *list)
{
	bool dated = false;

	for (char *name = list, *next; name; name = next) {
		next = strchr(name, ' ');
		if (next)
			*next++ = '\0';
		if (!add_header(out, name))
			return false;
		dated |= str_eq(name, "x-date");
	}
	return dated;
}

enum part { PART_ID, PART_ALGORITHM, PART_HEADERS, PART_SIGNATURE, PARTS };

static bool read_parts(char *s, char *part[PARTS])
{
	static const char *const names[PARTS] = { "id", "algorithm", "headers", "signature" };

	for (int n = 0; n < PARTS; n++) {
		int i = 0;
		char *value = NULL;
		while (i < PARTS && !(value = quoted(&s, names[i])))
			i++;
		if (!value || part[i])
			return false;
		part[i] = value;
		if (n < PARTS - 1) {
			if (*s++ != ',')
				return false;
			s += *s == ' ';
		}
	}
	return !*s;
}

bool hmacauth_read(struct arena *a, const char *authorization, struct hmacauth *out)
{
	static const char scheme[] = "hmac ";
	char *part[PARTS] = { NULL };

	*out = (struct hmacauth){ 0 };
	if (strlen(authorization) > HMACAUTH_MAX || !str_prefix(authorization, scheme) || !read_parts(arena_strdup(a, authorization + strlen(scheme)), part))
		return false;
	out->id = part[PART_ID];
	out->algorithm = (enum hmacauth_algorithm)enum_of(&hmacauth_algorithm_enum, part[PART_ALGORITHM], strlen(part[PART_ALGORITHM]));
	out->signature = part[PART_SIGNATURE];
	return out->algorithm && str_all(out->id, id_set) && str_all(out->signature, base64_set) && read_headers(out, part[PART_HEADERS]);
}

const char *hmacauth_text(struct arena *a, const struct hmacauth *h, const char *const *value)
{
	struct out o = { 0 };

	for (size_t i = 0; i < h->headers; i++) {
		out_str(&o, i ? "\n" : "");
		out_str(&o, h->header[i]);
		out_lit(&o, ": ");
		out_str(&o, value[i]);
	}
	const char *text = arena_dup(a, o.p, o.n);
	out_free(&o);
	return text;
}

const char *hmacauth_sign(struct arena *a, enum hmacauth_algorithm algorithm, struct bytes key, const char *text)
{
	unsigned char mac[SHA256_SIZE];

	if (algorithm == HMACAUTH_SHA1)
		hash_hmac_sha1(key.p, key.n, text, strlen(text), mac);
	else
		hash_hmac_sha256(key.p, key.n, text, strlen(text), mac);
	return base64_text(a, mac, algorithm == HMACAUTH_SHA1 ? SHA1_SIZE : SHA256_SIZE);
}

bool hmacauth_check(struct arena *a, const struct hmacauth *h, struct bytes key, const char *text)
{
	return hash_equal_text(hmacauth_sign(a, h->algorithm, key, text), h->signature);
}
