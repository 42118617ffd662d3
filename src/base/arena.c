#include "base/arena.h"

#include <assert.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void arena_init(struct arena *a, size_t cap)
{
	*a = (struct arena){ .base = malloc(cap), .cap = cap };
	if (!a->base)
		abort();
}

void arena_free(struct arena *a)
{
	free(a->base);
	*a = (struct arena){ 0 };
}

void *arena_alloc(struct arena *a, size_t size)
{
	size_t need = (size + 15) & ~(size_t)15;

	assert(a->base && a->used <= a->cap);
	if (need < size || need > a->cap - a->used)
		abort();
	void *p = a->base + a->used;
	a->used += need;
	return memset(p, 0, need);
}

void *arena_array(struct arena *a, size_t n, size_t size)
{
	if (size && n > SIZE_MAX / size)
		abort();
	return arena_alloc(a, n * size);
}

char *arena_dup(struct arena *a, const void *p, size_t n)
{
	char *to = arena_alloc(a, n + 1);

	if (n)
		memcpy(to, p, n);
	return to;
}

char *arena_strdup(struct arena *a, const char *s) { return arena_dup(a, s, strlen(s)); }

/* Straight into what is free: printing twice, once for the length, would cost twice. */
char *arena_printf(struct arena *a, const char *fmt, ...)
{
	char *p = a->base + a->used;
	size_t room = a->cap - a->used;
	va_list ap;

	va_start(ap, fmt);
	int n = vsnprintf(p, room, fmt, ap);
	va_end(ap);
	if (n < 0 || ((size_t)n | 15) >= room)
		abort();
	a->used += ((size_t)n | 15) + 1;
	return p;
}
