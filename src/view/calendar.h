#ifndef VIEW_CALENDAR_H
#define VIEW_CALENDAR_H
#include "view/list.h"

/* The working days of a year (NUM-5). */
#define CALENDAR_DAY(V, L, M, H) \
	V(date, day)             \
	V(day_kind, kind)        \
	V(text, name)            \
	H(text, weekday)
VIEW_STRUCT(calendar_day, CALENDAR_DAY)

/* A square of a month: number 0 where the month has no day, kind 0 where the day is what its weekday says. */
#define CALENDAR_SQUARE(V, L, M, H) \
	V(i64, number)              \
	V(day_kind, kind)           \
	H(text, name)               \
	H(bool, weekend)            \
	H(bool, today)
VIEW_STRUCT(calendar_square, CALENDAR_SQUARE)
#define CALENDAR_WEEK(V, L, M, H) L(calendar_square, days)
VIEW_STRUCT(calendar_week, CALENDAR_WEEK)
#define CALENDAR_MONTH(V, L, M, H) \
	V(i64, number)             \
	V(i64, working)            \
	L(calendar_week, weeks)
VIEW_STRUCT(calendar_month, CALENDAR_MONTH)
#define CALENDAR_YEAR(V, L, M, H) L(calendar_month, months)
VIEW_STRUCT(calendar_year, CALENDAR_YEAR)
typedef const struct view_calendar_year *view_type_calendar_year;

#define CALENDAR_SHOW(V, L, M, H) \
	V(i64, year)              \
	V(i64, working)           \
	L(calendar_day, items)    \
	H(calendar_year, grid)    \
	H(i64, before)            \
	H(i64, after)             \
	H(bool, may_change)       \
	H(field, day)             \
	H(field, kind)            \
	H(field, name)            \
	H(field, csv)             \
	H(field, file)            \
	H(field, mode)
VIEW_STRUCT(calendar_show, CALENDAR_SHOW)
#endif
