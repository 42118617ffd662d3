#ifndef APP_CALENDAR_H
#define APP_CALENDAR_H
#include "app/work.h"
#include "domain/calendar.h"

/* The platform's working days (NUM-5), kept by the operator. */
enum { CALENDAR_FIRST_YEAR = 2000, CALENDAR_LAST_YEAR = 2100, CALENDAR_NAME_MAX = 60 };

/* All of it, for counting working days.  Each process keeps it and reads it anew once a minute. */
MUST_USE enum rc calendar_now(struct cx *cx, const struct calendar **c);

struct calendar_day { struct date day; enum day_kind kind; const char *name; };
/* Message key of why this cannot be a day of the calendar, NULL when it can: its year; a weekday that is worked anyway. */
const char *calendar_day_bad(const struct calendar_day *d);
/* Adds a day, or changes what it is. */
MUST_USE enum rc calendar_put(struct cx *cx, const struct calendar_day *d, struct outcome *out);
/* The day is again what its weekday says.  RC_NOT_FOUND: it is already. */
MUST_USE enum rc calendar_remove(struct cx *cx, struct date day, struct outcome *out);

/* Rows `2026-10-01,holiday,国庆节` (or 放假, 休; working, 上班, 班); a first row of names is passed over. */
enum { CALENDAR_ROWS_MAX = 800, CALENDAR_BAD_MAX = 20 };
struct calendar_text {
	struct calendar_day *day;
	size_t n;
	struct calendar_bad { size_t line; const char *error; } bad[CALENDAR_BAD_MAX];	/* message keys, with {limit} for the line */
	size_t bad_n;
};
void calendar_read(struct arena *a, const char *csv, struct calendar_text *t);
/* All of a text without bad rows, or nothing.  replace: whatever else stands in the years of its days goes. */
MUST_USE enum rc calendar_import(struct cx *cx, const struct calendar_text *t, bool replace, struct outcome *out);
#endif
