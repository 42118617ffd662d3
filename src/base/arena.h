#ifndef BASE_ARENA_H
#define BASE_ARENA_H
#include <stddef.h>

/* One region of memory for each request (or job step): allocated once for a worker, reset between requests.
 * Allocation never returns NULL: inputs are bounded before, so passing the cap is a bug and aborts the worker. */
struct arena {
	char *base;
	size_t used, cap;
};

enum { ARENA_CAP = 8 << 20 };

void arena_init(struct arena *a, size_t cap);
void arena_free(struct arena *a);
/* Zeroed, 16-byte aligned. */
void *arena_alloc(struct arena *a, size_t size);
/* n * size, the product checked. */
void *arena_array(struct arena *a, size_t n, size_t size);
char *arena_dup(struct arena *a, const void *p, size_t n);	/* n bytes and a NUL */
char *arena_strdup(struct arena *a, const char *s);
char *arena_printf(struct arena *a, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

static inline size_t arena_mark(const struct arena *a) { return a->used; }
/* Everything allocated after the mark is gone. */
static inline void arena_release(struct arena *a, size_t mark) { a->used = mark; }

#define ARENA_NEW(a, T) ((T *)arena_alloc((a), sizeof(T)))
#define ARENA_ARRAY(a, T, n) ((T *)arena_array((a), (n), sizeof(T)))
#endif
