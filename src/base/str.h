#ifndef BASE_STR_H
#define BASE_STR_H
#include "base/arena.h"
#include "base/value.h"

/* Small text helpers.  All text is UTF-8 and NUL-terminated unless a length says otherwise. */

bool str_utf8(const char *s, size_t n);		/* well-formed: no overlong forms, surrogates, or NUL */
size_t str_chars(const char *s);		/* code points of well-formed text */
bool str_control(const char *s, bool lines);	/* has a control character (tab and newline allowed when lines) */
bool str_all(const char *s, const char *set);	/* every byte is one of set, and there is one */
bool str_digits(const char *s, size_t min, size_t max);
const char *str_trim(struct arena *a, const char *s);	/* without ASCII and ideographic space at both ends */
const char *str_lower(struct arena *a, const char *s);	/* ASCII only */
/* Whole decimal number, optional sign; false on rubbish, overflow, or an empty text. */
bool str_i64(const char *s, int64_t *v);
bool str_u64(const char *s, uint64_t *v);
static inline bool str_eq(const char *a, const char *b) { return !strcmp(a, b); }
static inline bool str_prefix(const char *s, const char *p) { return !strncmp(s, p, strlen(p)); }
#endif
