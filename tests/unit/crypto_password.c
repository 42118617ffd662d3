#include <stdlib.h>
#include <time.h>

#include "crypto/password.h"
#include "unit.h"

static double seconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

TEST(password_verifies, "ACC-11 Argon2id with 19 MiB and two passes, and only the right password fits")
{
	char hash[PASSWORD_HASH_SIZE];

	assert_int_equal(password_hash("云市-Passwort", hash), RC_OK);
	assert_int_equal(strncmp(hash, "$argon2id$v=19$m=19456,t=2,p=1$", 31), 0);
	assert_true(password_verify(hash, "云市-Passwort"));
	assert_false(password_verify(hash, "云市-passwort"));
	assert_false(password_verify(hash, ""));
	assert_false(password_verify("", "x"));
	assert_false(password_verify("$argon2id$", "x"));
	assert_false(password_needs_rehash(hash));
}

TEST(password_weak, "a weaker hash still opens, and asks to be made again")
{
	/* password "x", 8 MiB, one pass */
	static const char weak[] =
		"$argon2id$v=19$m=8192,t=1,p=1$X+zWbvsEpw3fWnZovPCDwA$XbfCpGoNa+9/87aX3b/zs/Ng0Bj2qhLaZkW+nC7qAaw";

	assert_true(password_verify(weak, "x"));
	assert_true(password_needs_rehash(weak));
	assert_true(password_needs_rehash("rubbish"));
}

TEST(password_long, "a password of more than 1024 bytes is refused")
{
	static char text[PASSWORD_BYTES_MAX + 2], hash[PASSWORD_HASH_SIZE];

	memset(text, 'x', PASSWORD_BYTES_MAX + 1);
	assert_int_equal(password_hash(text, hash), RC_TOO_LARGE);
}

TEST(password_burns, "an unknown account costs the same work as a known one")
{
	char hash[PASSWORD_HASH_SIZE];

	assert_int_equal(password_hash("x", hash), RC_OK);
	password_burn("y");
	double t0 = seconds();
	(void)password_verify(hash, "y");
	double t1 = seconds();
	password_burn("y");
	double t2 = seconds();
	assert_true(t2 - t1 > (t1 - t0) / 3 && t2 - t1 < (t1 - t0) * 3);
}
