#ifndef UNIT_H
#define UNIT_H
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/rc.h"

/* TEST(id, "WXP-1 …") { … }: a test that joins the program by being linked into it.  unit.c has the main. */
#define TEST(id, title)                                                                        \
	static void id(void **);                                                               \
	__attribute__((constructor)) static void id##_join(void) { unit_add(title, id); }      \
	static void id(void **unit_state __attribute__((unused)))

void unit_add(const char *title, CMUnitTestFunction test);
/* An arena that is empty at the start of each test. */
extern struct arena unit_arena;
#endif
