#ifndef DOMAIN_ENUMS_H
#define DOMAIN_ENUMS_H
#include "base/value.h"

/* The rows of enums.def give, for each name X: `enum X` with values from 1, X_n (their number, which is also the
 * last value), and X_enum (its names). */

#define ENUM(name) enum name {
#define FIRST(constant, code) constant = 1,
#define V(constant, code) constant,
#define END(name) };
#include "domain/enums.def"

#define ENUM(name) enum { name##_n = 0
#define FIRST(constant, code) + 1
#define V(constant, code) + 1
#define END(name) };
#include "domain/enums.def"

#define ENUM(name) extern const struct enum_def name##_enum;
#define FIRST(constant, code)
#define V(constant, code)
#define END(name)
#include "domain/enums.def"

/* All of them, in the order of enums.def: compared by the tests with the columns and the messages. */
extern const struct enum_def *const enums_all[];
extern const size_t enums_all_n;

/* The code name; "" for none. */
static inline const char *enum_name(const struct enum_def *d, int v) { return v > 0 && v <= d->n ? d->names[v] : ""; }

/* Sets of enum values: a person's roles, the actors who may cause an event.  Bit v-1, as in a SET column. */
#define SET_OF(v) (UINT32_C(1) << ((v) - 1))
static inline bool set_has(uint32_t set, int v) { return set & SET_OF(v); }
#endif
