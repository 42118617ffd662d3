#ifndef DOMAIN_CALENDAR_H
#define DOMAIN_CALENDAR_H
#include "base/time.h"

/* Working days (NUM-5): Monday to Friday, but for the days of a calendar. */

struct workday { struct date day; bool working; };
/* The days that are otherwise than their weekday says, in their order, each once. */
struct calendar { const struct workday *days; size_t n; };

/* 0 Monday … 6 Sunday. */
int calendar_weekday(struct date d);
/* Monday to Friday, whatever a calendar says. */
static inline bool calendar_weekday_works(struct date d) { return calendar_weekday(d) < 5; }
bool calendar_works(const struct calendar *c, struct date d);
/* The n-th working day after d, n at least 0; d itself for 0. */
struct date calendar_add(const struct calendar *c, struct date d, int n);
/* The working days after `from` up to and with `to`; negative the other way round. */
int calendar_between(const struct calendar *c, struct date from, struct date to);
#endif
