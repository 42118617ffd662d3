#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "crypto/seal.h"
#include "unit.h"

static const char secret[] = "0123456789abcdef0123456789abcdef";
static struct seal_key key, other;

static struct bytes sealed_secret(void)
{
	assert_int_equal(seal_key_from(secret, &key), RC_OK);
	return seal_close(&unit_arena, &key, "webhook_token:1", "TestToken2024", 13);
}

TEST(seal_opens, "a sealed secret opens with its key and for its use only")
{
	struct bytes sealed = sealed_secret(), plain;

	assert_int_equal(seal_open(&unit_arena, &key, "webhook_token:1", sealed, &plain), RC_OK);
	assert_int_equal(plain.n, 13);
	assert_string_equal(plain.p, "TestToken2024");
	assert_int_equal(seal_open(&unit_arena, &key, "webhook_token:2", sealed, &plain), RC_INVALID);
	assert_null(plain.p);
	assert_int_equal(seal_key_from("0123456789abcdef0123456789abcdeF", &other), RC_OK);
	assert_int_equal(seal_open(&unit_arena, &other, "webhook_token:1", sealed, &plain), RC_INVALID);
}

TEST(seal_changed, "a sealed secret of which any byte was changed does not open")
{
	struct bytes sealed = sealed_secret(), plain;
	unsigned char *p = (unsigned char *)sealed.p;

	for (size_t i = 0; i < sealed.n; i++) {
		p[i] ^= 1;
		assert_int_equal(seal_open(&unit_arena, &key, "webhook_token:1", sealed, &plain), RC_INVALID);
		p[i] ^= 1;
	}
	for (size_t n = 0; n < sealed.n; n++)
		assert_int_equal(seal_open(&unit_arena, &key, "webhook_token:1", (struct bytes){ p, n }, &plain),
				 RC_INVALID);
	assert_int_equal(seal_open(&unit_arena, &key, "webhook_token:1", sealed, &plain), RC_OK);
}

TEST(seal_fresh, "the same secret is never sealed the same way twice")
{
	struct bytes a = sealed_secret(), b = sealed_secret();

	assert_int_equal(a.n, b.n);
	assert_memory_not_equal(a.p, b.p, a.n);
}

TEST(seal_key_file, "the key is the first line of a file, of 32 characters at least")
{
	char path[] = "seal-XXXXXX";
	int fd = mkstemp(path);
	struct bytes sealed = sealed_secret(), plain;

	assert_true(fd >= 0);
	assert_int_equal(dprintf(fd, "%s\n", secret), 33);
	close(fd);
	assert_int_equal(seal_key_load(path, &other), RC_OK);
	assert_int_equal(seal_open(&unit_arena, &other, "webhook_token:1", sealed, &plain), RC_OK);
	assert_int_equal(truncate(path, 31), 0);
	assert_int_equal(seal_key_load(path, &other), RC_INVALID);
	unlink(path);
	assert_int_equal(seal_key_load(path, &other), RC_NOT_FOUND);
}
