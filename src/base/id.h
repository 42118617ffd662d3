#ifndef BASE_ID_H
#define BASE_ID_H
#include "base/arena.h"
#include "base/value.h"

/* Ids are made here, not by the store: they are known before the transaction (so that a repeated one finds itself),
 * do not depend on consecutive numbers, and sort by time.  51 bits of microseconds since 2020, 13 random bits;
 * within one process strictly increasing. */
uint64_t id_new(struct instant now);
/* The smallest id of an instant: a range of time is a range of ids. */
uint64_t id_floor(struct instant t);
/* The n-th id of an instant, n < ID_PER_INSTANT: for rows that are loaded under another time than now, whose maker sees to it
 * that no two are the same. */
enum { ID_PER_INSTANT = 1 << 13 };
uint64_t id_at(struct instant t, uint32_t n);
struct instant id_instant(uint64_t id);

/* 20 digits: year to second in the platform's zone, 4 digits of the fraction, 2 random (ORD-3).  Sortable, and silent about how
 * many there are; unique by the store's key, a new one is taken when it is not. */
enum { NUMBER_LEN = 20 };
const char *number_new(struct arena *a, struct instant now);
/* Like number_new, behind a letter that tells the kind: P for payments, at most 32 characters of [0-9A-Z]. */
const char *number_prefixed(struct arena *a, char kind, struct instant now);
#endif
