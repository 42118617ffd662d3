#ifndef BASE_VALUE_H
#define BASE_VALUE_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* The typed values of the project.  Zero always means "none" for an instant, a date, an id and an enum, so that
 * a zeroed struct is a struct with nothing set. */

struct money { int64_t fen; };		/* NUM-1: integer fen, CNY */
struct instant { int64_t us; };		/* NUM-3: microseconds since 1970 UTC; 0 = none */
struct date { int32_t days; };		/* days since 1970-01-01 in the platform's zone; 0 = none */
struct bytes { const void *p; size_t n; };	/* borrowed */

enum lang { LANG_NONE, LANG_ZH_CN, LANG_EN, LANG__MAX };

/* An enum that is stored by name: names[1] .. names[n]; 0 is "none". */
struct enum_def {
	const char *name;
	const char *const *names;
	int n;
};

extern const struct enum_def lang_enum;		/* zh_cn, en */

/* 0 when the name is not one of the enum's. */
static inline int enum_of(const struct enum_def *d, const char *name, size_t len)
{
	for (int i = 1; i <= d->n; i++)
		if (strlen(d->names[i]) == len && !memcmp(d->names[i], name, len))
			return i;
	return 0;
}
#endif
