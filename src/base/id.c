#include "base/id.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/random.h>

#include "base/time.h"

enum { ID_RANDOM_BITS = 13, NUMBER_TICK_US = 100, NUMBER_RANDOM = 100 };
_Static_assert(ID_PER_INSTANT == 1 << ID_RANDOM_BITS, "the low bits of an id");
#define ID_EPOCH_US ((int64_t)1577836800 * SECOND_US)	/* 2020-01-01 UTC */

static uint32_t random_below(uint32_t n)
{
	uint32_t v;

	if (getrandom(&v, sizeof v, 0) != sizeof v)
		abort();
	return v % n;
}

uint64_t id_floor(struct instant t)
{
	return t.us <= ID_EPOCH_US ? 0 : (uint64_t)(t.us - ID_EPOCH_US) << ID_RANDOM_BITS;
}

uint64_t id_at(struct instant t, uint32_t n)
{
	assert(n < ID_PER_INSTANT && t.us > ID_EPOCH_US);
	return id_floor(t) | n;
}

uint64_t id_new(struct instant now)
{
	static uint64_t last;
	uint64_t id = id_floor(now) | random_below(1u << ID_RANDOM_BITS);

	assert(now.us > ID_EPOCH_US);
	last = id > last ? id : last + 1;
	return last;
}

struct instant id_instant(uint64_t id) { return (struct instant){ (int64_t)(id >> ID_RANDOM_BITS) + ID_EPOCH_US }; }

const char *number_new(struct arena *a, struct instant now)
{
	char t[TIME_TEXT];
	int ticks = civil_of(now).us / NUMBER_TICK_US;

	return arena_printf(a, "%s%04d%02u", instant_compact(now, t), ticks, random_below(NUMBER_RANDOM));
}

const char *number_prefixed(struct arena *a, char kind, struct instant now)
{
	return arena_printf(a, "%c%s%06u", kind, number_new(a, now), random_below(1000000));
}
