#ifndef CRYPTO_WXSIGN_H
#define CRYPTO_WXSIGN_H
#include "base/arena.h"
#include "base/pair.h"

/* Signatures of WeChat Pay v2 (WXP-1) over name/value pairs. */
enum wxsign_type { WXSIGN_MD5 = 1, WXSIGN_HMAC_SHA256, WXSIGN__MAX };
extern const struct enum_def wxsign_type_enum;	/* "MD5", "HMAC-SHA256": as sign_type says it */

enum { WXSIGN_SIZE = 65 };

/* Upper-case hex over all pairs but `sign` and empty ones, sorted by the bytes of their names; returns out. */
char *wxsign(struct arena *a, enum wxsign_type type, const struct pair *p, size_t n, const char *key,
	     char out[WXSIGN_SIZE]);

/* What a signature of that length was made with; 0: none of the two. */
enum wxsign_type wxsign_by_length(const char *sign);
/* The algorithm to check with (WXP-2): the stored one when there is one (not 0), else sign_type, else by the length of
 * the signature; 0 when none of these tells. */
enum wxsign_type wxsign_choose(enum wxsign_type stored, const struct pair *p, size_t n);

/* The pair `sign` is there and right. */
bool wxsign_check(struct arena *a, enum wxsign_type stored, const struct pair *p, size_t n, const char *key);
#endif
