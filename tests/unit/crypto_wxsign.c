#include "crypto/wxsign.h"
#include "unit.h"

static const char key[] = "192006250b4c09247ec02edce69f6a2d";
static const char md5[] = "9A0A8659F005D6984697E2CA0A9CF3B7";
static const char hmac[] = "6A9AE1657590FD6257D693A078E1C3E4BB6BA4DC30B23E0EE2496E54170DACD6";

#define N(a) (sizeof(a) / sizeof *(a))
#define PUBLISHED                                                                                                     \
	{ "appid", "wxd930ea5d5a258f4f" }, { "body", "test" }, { "device_info", "1000" }, { "mch_id", "10000100" },   \
	{ "nonce_str", "ibuaiVcKdpRxkhJA" }

static const char *sign(enum wxsign_type type, const struct pair *p, size_t n)
{
	static char out[WXSIGN_SIZE];

	return wxsign(&unit_arena, type, p, n, key, out);
}

TEST(wxsign_vector, "WXP-1 published vector, MD5 and HMAC-SHA256")
{
	const struct pair p[] = { PUBLISHED };

	assert_string_equal(sign(WXSIGN_MD5, p, N(p)), md5);
	assert_string_equal(sign(WXSIGN_HMAC_SHA256, p, N(p)), hmac);
}

TEST(wxsign_order, "WXP-1 the order of the fields does not matter, sign and empty ones do not count")
{
	const struct pair p[] = { { "nonce_str", "ibuaiVcKdpRxkhJA" },
				  { "sign", "x" },
				  { "mch_id", "10000100" },
				  { "attach", "" },
				  { "appid", "wxd930ea5d5a258f4f" },
				  { "device_info", "1000" },
				  { "body", "test" } };

	assert_string_equal(sign(WXSIGN_MD5, p, N(p)), md5);
}

TEST(wxsign_counts, "WXP-1 unknown fields, sign_type and \"0\" count")
{
	static const char *const names[] = { "brand_new", "sign_type", "coupon_fee" };

	for (size_t i = 0; i < N(names); i++) {
		const struct pair p[] = { PUBLISHED, { names[i], "0" } };
		assert_string_not_equal(sign(WXSIGN_MD5, p, N(p)), md5);
	}
}

TEST(wxsign_bytes, "WXP-1 names are in byte order: upper case before underscore before lower case")
{
	const struct pair a[] = { { "a_b", "1" }, { "aB", "2" }, { "ab", "3" } },
			  b[] = { { "aB", "2" }, { "a_b", "1" }, { "ab", "3" } };
	const struct pair one[] = { { "aB", "2&a_b=1&ab=3" } };

	assert_string_equal(sign(WXSIGN_MD5, a, 3), sign(WXSIGN_MD5, b, 3));
	/* values are not escaped: this is why & is refused in them (WXP-7) */
	assert_string_equal(sign(WXSIGN_MD5, a, 3), sign(WXSIGN_MD5, one, 1));
}

TEST(wxsign_chooses, "WXP-2 stored algorithm, else sign_type, else length")
{
	const struct pair none[] = { { "sign", "" } }, short_[] = { { "sign", md5 } }, long_[] = { { "sign", hmac } };
	const struct pair named[] = { { "sign_type", "HMAC-SHA256" }, { "sign", md5 } },
			  odd[] = { { "sign_type", "SHA1" }, { "sign", md5 } };

	assert_int_equal(wxsign_choose(WXSIGN_MD5, named, 2), WXSIGN_MD5);
	assert_int_equal(wxsign_choose(0, named, 2), WXSIGN_HMAC_SHA256);
	assert_int_equal(wxsign_choose(0, odd, 2), 0);
	assert_int_equal(wxsign_choose(0, short_, 1), WXSIGN_MD5);
	assert_int_equal(wxsign_choose(0, long_, 1), WXSIGN_HMAC_SHA256);
	assert_int_equal(wxsign_choose(0, none, 1), 0);
}

TEST(wxsign_checks, "WXP-1 a signature is right or wrong as a whole")
{
	char changed[WXSIGN_SIZE] = "9A0A8659F005D6984697E2CA0A9CF3B6";
	struct pair p[] = { PUBLISHED, { "sign", md5 } };

	assert_true(wxsign_check(&unit_arena, 0, p, 6, key));
	assert_false(wxsign_check(&unit_arena, WXSIGN_HMAC_SHA256, p, 6, key));
	assert_false(wxsign_check(&unit_arena, 0, p, 5, key));
	assert_false(wxsign_check(&unit_arena, 0, p, 6, "292006250b4c09247ec02edce69f6a2d"));
	p[5].value = changed;
	assert_false(wxsign_check(&unit_arena, 0, p, 6, key));
	p[5].value = "9a0a8659f005d6984697e2ca0a9cf3b7";
	assert_false(wxsign_check(&unit_arena, 0, p, 6, key));
	/* an empty key must not make everybody's signature right */
	struct pair q[] = { { "a", "1" }, { "sign", "" } };
	q[1].value = wxsign(&unit_arena, WXSIGN_MD5, q, 2, "", changed);
	assert_false(wxsign_check(&unit_arena, 0, q, 2, ""));
}
