#include "crypto/hash.h"
#include "crypto/token.h"
#include "unit.h"

static char hex[2 * SHA256_SIZE + 1];
static unsigned char digest[SHA256_SIZE];

TEST(hash_vectors, "SHA-256, MD5 and HMAC-SHA256 agree with FIPS 180-4, RFC 1321 and RFC 4231")
{
	assert_string_equal(hash_sha256_hex("abc", 3, hex),
			    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
	hash_md5("message digest", 14, digest);
	assert_string_equal(hash_hex(digest, MD5_SIZE, hex), "f96b697d7cb7938d525a2f31aaf161d0");
	hash_hmac_sha256("Jefe", 4, "what do ya want for nothing?", 28, digest);
	assert_string_equal(hash_hex(digest, SHA256_SIZE, hex),
			    "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
	assert_string_equal(hash_hex_upper("\xfe\x0d", 2, hex), "FE0D");
}

TEST(hash_provider, "PRV-2 published vector: sorted texts, lower-case SHA-256")
{
	/* "1447906768" < "1700000000" < "TestToken2024" */
	static const char joined[] = "14479067681700000000TestToken2024";

	assert_string_equal(hash_sha256_hex(joined, sizeof joined - 1, hex),
			    "147a6f4d86f957a27a7b6bcb6a4ccac1fa61ae3349c865cbc4d5465735c99be7");
}

TEST(hash_equals, "texts are equal only as a whole")
{
	assert_true(hash_equal_text("", ""));
	assert_true(hash_equal_text("AB", "AB"));
	assert_false(hash_equal_text("AB", "Ab"));
	assert_false(hash_equal_text("AB", "ABC"));
	assert_false(hash_equal("\0\1", "\0\2", 2));
}

TEST(token_shape, "tokens are 43 characters of base64url, and never the same twice")
{
	char a[TOKEN_SIZE], b[TOKEN_SIZE], h[33];

	token_new(a);
	token_new(b);
	assert_int_equal(strlen(a), TOKEN_LEN);
	assert_int_equal(strspn(a, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"), TOKEN_LEN);
	assert_string_not_equal(a, b);
	token_hex(16, h);
	assert_int_equal(strspn(h, "0123456789abcdef"), 32);
	assert_int_equal(strlen(h), 32);
	for (int i = 0; i < 1000; i++)
		assert_true(token_below(7) < 7);
}
