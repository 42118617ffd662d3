#include "crypto/base64.h"
#include "crypto/wxcrypt.h"
#include "unit.h"

#define KEY "192006250b4c09247ec02edce69f6a2d"
#define TEXT "<root><refund_status>SUCCESS</refund_status></root>"
/* printf %s TEXT | openssl enc -aes-256-ecb -K (hex of the 32 characters of md5sum of KEY) | base64 */
#define CLOSED "bDP/xixH0hFEaZusu714Uyyh0dv8MPgMqVLeIkI0QHBoWJbCzCFX0olPqtxTh2q95uvewe45Es+0+iD/4no6Cg=="

TEST(wxcrypt_vector, "WXP-8 AES-256-ECB with PKCS#7 under the lower-case hex MD5 of the key: what the openssl command writes is read, and written alike")
{
	struct bytes got;

	assert_true(wxcrypt_open(&unit_arena, KEY, CLOSED, &got));
	assert_int_equal(got.n, sizeof TEXT - 1);
	assert_memory_equal(got.p, TEXT, got.n);
	assert_string_equal(wxcrypt_close(&unit_arena, KEY, TEXT, sizeof TEXT - 1), CLOSED);
	/* a whole block is padded with a whole block */
	assert_string_equal(wxcrypt_close(&unit_arena, KEY, "0123456789abcdef", 16), "DNaVDkBbSZ4t3b4QmPLrevwXAd2fVvyZUPuCqJRycuk=");
}

TEST(wxcrypt_lengths, "WXP-8 every length comes back as it was")
{
	struct bytes got;
	char text[70];

	for (size_t n = 0; n < sizeof text; n++) {
		memset(text, 'x', sizeof text);
		assert_true(wxcrypt_open(&unit_arena, KEY, wxcrypt_close(&unit_arena, KEY, text, n), &got));
		assert_int_equal(got.n, n);
		assert_memory_equal(got.p, text, n);
	}
}

TEST(wxcrypt_refuses, "WXP-8 another key, no Base64, half a block, nothing: refused")
{
	static const char *const bad[] = { "", "AAAA", "====", "bDP/xixH0hFEaZusu714Uw", "<root/>", "bDP_xixH0hFEaZusu714Uyyh0dv8MPgM" };
	struct bytes got;

	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		assert_false(wxcrypt_open(&unit_arena, KEY, bad[i], &got));
	assert_false(wxcrypt_open(&unit_arena, "292006250b4c09247ec02edce69f6a2d", CLOSED, &got));
	/* the last block is gone, and with it the padding */
	char *cut = arena_strdup(&unit_arena, wxcrypt_close(&unit_arena, KEY, "0123456789abcdef0123456789abcdef", 32));
	struct bytes raw;
	assert_true(base64_bytes(&unit_arena, cut, &raw));
	assert_false(wxcrypt_open(&unit_arena, KEY, base64_text(&unit_arena, raw.p, raw.n - 16), &got));
}
