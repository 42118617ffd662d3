#ifndef FUZZ_H
#define FUZZ_H
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/arena.h"

/* A target is one function: FUZZ(p, n) { … } with an arena of its own, empty each time.  What must always hold is
 * asserted in it. */
static struct arena fuzz_arena;
static void fuzz_one(const uint8_t *p, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

#define FUZZ(p, n)                                                     \
	int LLVMFuzzerTestOneInput(const uint8_t *p_, size_t n_)       \
	{                                                              \
		if (!fuzz_arena.base)                                  \
			arena_init(&fuzz_arena, ARENA_CAP);            \
		arena_release(&fuzz_arena, 0);                         \
		fuzz_one(p_, n_);                                      \
		return 0;                                              \
	}                                                              \
	static void fuzz_one(const uint8_t *p, size_t n)
#endif
