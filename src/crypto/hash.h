#ifndef CRYPTO_HASH_H
#define CRYPTO_HASH_H
#include "base/value.h"

enum { SHA256_SIZE = 32, SHA1_SIZE = 20, MD5_SIZE = 16 };

void hash_sha256(const void *p, size_t n, unsigned char out[SHA256_SIZE]);
/* The same of what comes in pieces: begin, add …, end. */
struct hash_sum { _Alignas(8) unsigned char state[128]; };
void hash_begin(struct hash_sum *s);
void hash_add(struct hash_sum *s, const void *p, size_t n);
void hash_end(struct hash_sum *s, unsigned char out[SHA256_SIZE]);
/* Only where a protocol of others asks for it. */
void hash_md5(const void *p, size_t n, unsigned char out[MD5_SIZE]);
void hash_hmac_sha256(const void *key, size_t key_n, const void *p, size_t n, unsigned char out[SHA256_SIZE]);

/* Only where a protocol of others asks for it. */
void hash_hmac_sha1(const void *key, size_t key_n, const void *p, size_t n, unsigned char out[SHA1_SIZE]);

/* 2 n digits and a NUL; returns out. */
char *hash_hex(const void *p, size_t n, char *out);
char *hash_hex_upper(const void *p, size_t n, char *out);
/* The hex digest of a text. */
char *hash_sha256_hex(const void *p, size_t n, char out[2 * SHA256_SIZE + 1]);

/* In a time that depends on the lengths only: for signatures, tokens and digests. */
bool hash_equal(const void *a, const void *b, size_t n);
bool hash_equal_text(const char *a, const char *b);
#endif
