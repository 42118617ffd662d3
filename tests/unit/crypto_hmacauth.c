#include "base/time.h"
#include "crypto/hmacauth.h"
#include "unit.h"

static const char key[] = "yunshi-test-key", date[] = "Sat, 21 Nov 2026 02:23:04 GMT";
static struct hmacauth h;

#define AUTH(algorithm, headers, signature) "hmac id=\"AKIDx\", algorithm=\"" algorithm "\", headers=\"" headers "\", signature=\"" signature "\""

static bool reads(const char *s) { return hmacauth_read(&unit_arena, s, &h); }

static bool holds(const char *authorization, const char *const *value)
{
	return reads(authorization) && hmacauth_check(&unit_arena, &h, (struct bytes){ key, sizeof key - 1 }, hmacauth_text(&unit_arena, &h, value));
}

/* Signatures made by another implementation (node's crypto). */
TEST(hmacauth_vectors, "API-1 hmac-sha1 and hmac-sha256 over the named headers in the order given")
{
	const char *dated_first[] = { date, "demo" }, *dated_last[] = { "demo", date };

	assert_true(holds(AUTH("hmac-sha1", "x-date source", "qQz1CVE7XgIPQc4zois08GgUWX8="), dated_first));
	assert_true(holds(AUTH("hmac-sha256", "x-date source", "r+jyi9cbNmJtJt2MWCo+VfbvY/Nq9KTmeljYgqMlq6w="), dated_first));
	assert_true(holds(AUTH("hmac-sha256", "source x-date", "FYOiWWYmBgGrV2I0yM4RNkXVwjFNr0kL7Oc+iSpyJ3M="), dated_last));
	assert_false(holds(AUTH("hmac-sha256", "source x-date", "r+jyi9cbNmJtJt2MWCo+VfbvY/Nq9KTmeljYgqMlq6w="), dated_last));
	assert_false(holds(AUTH("hmac-sha1", "x-date source", "r+jyi9cbNmJtJt2MWCo+VfbvY/Nq9KTmeljYgqMlq6w="), dated_first));
	assert_string_equal(h.id, "AKIDx");
}

TEST(hmacauth_order, "API-1 the four parts may come in any order, with or without a blank between them")
{
	assert_true(reads("hmac signature=\"eA==\",headers=\"x-date\",algorithm=\"hmac-sha1\", id=\"a-_9\""));
	assert_int_equal(h.algorithm, HMACAUTH_SHA1);
	assert_int_equal(h.headers, 1);
	assert_string_equal(h.header[0], "x-date");
	assert_string_equal(h.signature, "eA==");
}

TEST(hmacauth_refused, "API-1 whatever is not just that is refused")
{
	static const char *const bad[] = {
		"", "hmac", "hmac ", "HMAC id=\"a\", algorithm=\"hmac-sha1\", headers=\"x-date\", signature=\"eA==\"",
		"hmac  id=\"a\", algorithm=\"hmac-sha1\", headers=\"x-date\", signature=\"eA==\"",
		"hmac id=\"a\", algorithm=\"hmac-sha1\", headers=\"x-date\"",
		"hmac id=\"a\", algorithm=\"hmac-sha1\", headers=\"x-date\", signature=\"eA==\",",
		"hmac id=\"a\", algorithm=\"hmac-sha1\", headers=\"x-date\", signature=\"eA==\", id=\"b\"",
		"hmac id=\"a\", id=\"b\", algorithm=\"hmac-sha1\", headers=\"x-date\", signature=\"eA==\"",
		"hmac id=\"a\", algorithm=\"hmac-sha1\", headers=\"x-date\", signature=\"eA==\" ",
		"hmac id=\"a\"; algorithm=\"hmac-sha1\"; headers=\"x-date\"; signature=\"eA==\"",
		"hmac id=\"a\",  algorithm=\"hmac-sha1\", headers=\"x-date\", signature=\"eA==\"",
		"hmac id=a, algorithm=\"hmac-sha1\", headers=\"x-date\", signature=\"eA==\"",
		"hmac id=\"\", algorithm=\"hmac-sha1\", headers=\"x-date\", signature=\"eA==\"",
		"hmac id=\"a'--\", algorithm=\"hmac-sha1\", headers=\"x-date\", signature=\"eA==\"",
		"hmac id=\"a\\\"\", algorithm=\"hmac-sha1\", headers=\"x-date\", signature=\"eA==\"",
		"hmac user=\"a\", algorithm=\"hmac-sha1\", headers=\"x-date\", signature=\"eA==\"",
		"hmac id=\"a\", algorithm=\"hmac-md5\", headers=\"x-date\", signature=\"eA==\"",
		"hmac id=\"a\", algorithm=\"none\", headers=\"x-date\", signature=\"\"",
		"hmac id=\"a\", algorithm=\"HMAC-SHA1\", headers=\"x-date\", signature=\"eA==\"",
		AUTH("hmac-sha1", "", "eA=="), AUTH("hmac-sha1", "source", "eA=="), AUTH("hmac-sha1", "X-Date", "eA=="), AUTH("hmac-sha1", "x-date x-date", "eA=="),
		AUTH("hmac-sha1", "x-date  source", "eA=="), AUTH("hmac-sha1", " x-date", "eA=="), AUTH("hmac-sha1", "x-date ", "eA=="),
		AUTH("hmac-sha1", "x_date x-date", "eA=="), AUTH("hmac-sha1", "x-date,source", "eA=="), AUTH("hmac-sha1", "x-date a b c d e f g h i j", "eA=="),
		AUTH("hmac-sha1", "x-date", ""), AUTH("hmac-sha1", "x-date", "e A=="), AUTH("hmac-sha1", "x-date", "eA==\n"), AUTH("hmac-sha1", "x-date", "e-_="),
		"Basic dXNlcjpwYXNz", "Bearer x", "hmac id=\"a", "hmac =", "hmac id=\"a\"algorithm=\"hmac-sha1\"",
	};
	char large[HMACAUTH_MAX + 200];

	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		if (reads(bad[i]))
			fail_msg("taken: %s", bad[i]);
	memset(large, 'a', sizeof large - 1);
	large[sizeof large - 1] = '\0';
	memcpy(large, "hmac id=\"", 9);
	assert_false(reads(large));
}

TEST(hmacauth_date, "API-1 x-date is just what HTTP writes: another form, another weekday, a day that is none, are refused")
{
	static const char *const bad[] = {
		"", "Sun, 21 Nov 2026 02:23:04 GMT", "Sat, 21 Nov 2026 02:23:04 UTC", "Sat, 21 Nov 2026 02:23:60 GMT", "Sat, 21 Nov 2026 24:23:04 GMT",
		"Sat, 31 Nov 2026 02:23:04 GMT", "Sat, 00 Nov 2026 02:23:04 GMT", "Sat,  1 Nov 2026 02:23:04 GMT", "Saturday, 21-Nov-26 02:23:04 GMT",
		"Sat Nov 21 02:23:04 2026", "sat, 21 Nov 2026 02:23:04 GMT", "Sat, 21 nov 2026 02:23:04 GMT", "Sat, 21 Nov 2026 02:23:04 GMT ",
		"2026-11-21T02:23:04Z", "Sat, 21 Nov 2026 02:-3:04 GMT", "Sat, 21 Nov 2026 02:23:04 GM\n", "Thu, 01 Jan 1969 00:00:00 GMT",
	};
	char text[TIME_TEXT];
	struct instant t;

	assert_true(instant_http_parse(date, &t));
	assert_int_equal(t.us, INT64_C(1795227784000000));
	assert_string_equal(instant_http(t, text), date);
	assert_true(instant_http_parse("Tue, 29 Feb 2028 00:00:00 GMT", &t));
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		if (instant_http_parse(bad[i], &t))
			fail_msg("taken: %s", bad[i]);
}
