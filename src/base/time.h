#ifndef BASE_TIME_H
#define BASE_TIME_H
#include "base/rc.h"
#include "base/value.h"

/* Civil time in the platform's zone (NUM-3).  The zone is a fixed offset east of UTC, set once at start: Asia/Shanghai has no summer time. */

#define SECOND_US ((int64_t)1000000)
#define MINUTE_US (60 * SECOND_US)
#define HOUR_US   (60 * MINUTE_US)
#define DAY_US    (24 * HOUR_US)

struct civil { int year, month, day, hour, minute, second, us; };

/* "Asia/Shanghai", "UTC" or "+08:00".  False: not a zone that we know. */
bool time_zone_set(const char *zone);
int time_zone_seconds(void);

/* The one clock of business time (NUM-6): the system's, moved forward by clock_shift on development instances. */
struct instant clock_now(void);
struct instant clock_real(void);			/* the system's, whatever business time says */
void clock_shift(int64_t us);

struct civil civil_of(struct instant t);		/* in the platform's zone */
struct civil civil_utc(struct instant t);
struct instant civil_instant(struct civil c);		/* of the platform's zone */
struct date date_of(struct instant t);			/* the business day that t falls on */
struct instant date_begin(struct date d);		/* its first microsecond */
struct date date_make(int year, int month, int day);
struct civil date_civil(struct date d);			/* time of day 0 */
int month_days(int year, int month);
/* "2026-11-21"; false when there is no such day. */
bool date_parse(const char *s, struct date *d);

static inline struct instant instant_add(struct instant t, int64_t us) { return (struct instant){ t.us + us }; }

enum { TIME_TEXT = 32 };
char *instant_text(struct instant t, char buf[TIME_TEXT]);	/* 2026-11-21 10:23:04 in the platform's zone */
char *instant_rfc3339(struct instant t, char buf[TIME_TEXT]);	/* 2026-11-21T02:23:04.123456Z, without the fraction when it is 0 */
char *instant_compact(struct instant t, char buf[TIME_TEXT]);	/* 20261121102304 in the platform's zone */
char *instant_http(struct instant t, char buf[TIME_TEXT]);	/* Sat, 21 Nov 2026 02:23:04 GMT, as HTTP writes it */
/* Only just what instant_http() writes; false for every other text. */
bool instant_http_parse(const char *s, struct instant *t);
char *date_text(struct date d, char buf[TIME_TEXT]);		/* 2026-11-21 */
#endif
