#ifndef WEB_CHOICE_H
#define WEB_CHOICE_H
#include "base/arena.h"
#include "domain/enums.h"
#include "web/form.h"

/* What a buyer chose, as addresses and forms carry it: duration "12-month", options "region=north,disk=100". */

/* The rows of a form that holds a choice, and the members that they fill. */
#define CHOICE_ROWS_OPTIONAL(S) \
	TEXT(S, plan, .max = 20, .optional = true), \
	TEXT(S, duration, .max = 20, .optional = true), \
	INT(S, quantity, .min = 1, .optional = true), \
	TEXTS(S, options, .max = 32)
#define CHOICE_MEMBERS const char *plan, *duration; int64_t quantity; struct texts options

const char *choice_duration(struct arena *a, uint64_t n, enum time_unit unit);
/* "" is no duration (0 and none).  False: not one. */
bool choice_duration_read(const char *text, int64_t *n, enum time_unit *unit);
/* The options that were ticked, as one text. */
const char *choice_options(struct arena *a, const struct texts *t);
/* What a choice adds to the price: +¥20.00, +15%; "" for nothing. */
const char *choice_effect(struct arena *a, struct money effect, int64_t per_mille);
/* Whether the options name this choice. */
bool choice_has(const char *options, const char *option, const char *code);
#endif
