#ifndef BASE_PAIR_H
#define BASE_PAIR_H
#include "base/value.h"

/* A name and its value: a field of a flat document, of a signed message, of a form. */
struct pair { const char *name, *value; };

/* The value of the first pair of that name, NULL when there is none. */
static inline const char *pair_value(const struct pair *p, size_t n, const char *name)
{
	for (size_t i = 0; i < n; i++)
		if (!strcmp(p[i].name, name))
			return p[i].value;
	return NULL;
}
#endif
