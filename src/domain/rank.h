#ifndef DOMAIN_RANK_H
#define DOMAIN_RANK_H
#include <stdint.h>

#include "base/value.h"

/* Where a product stands in a list (CAT-12): the greater number comes first. */

/* 综合: the tenths of its stars, as if five more people had given 3.5, and four for each doubling of its sales.  It changes seldom, as it is copied
 * to every list that the product is in. */
uint64_t rank_best(uint64_t deals, uint64_t rating_sum, uint64_t rating_n);
/* Found in its name goes before found elsewhere. */
static inline uint64_t rank_named(uint64_t rank) { return rank | UINT64_C(1) << 32; }
/* By average, then by how many gave it; not rated: 0. */
uint64_t rank_rating(uint64_t rating_sum, uint64_t rating_n);
/* The step of prices that an amount is in: 0, below 1 yuan, 2, 5, 10, 20, 50 …, in ascending order; at most RANK_STEPS - 1. */
enum { RANK_STEPS = 48 };
int rank_step(struct money price);
/* Lowest price first. */
uint64_t rank_cheap(struct money price);
#endif
