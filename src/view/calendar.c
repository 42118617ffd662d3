#include "view/calendar.h"

#include "view/json.h"

VIEW_JSON(calendar_day, CALENDAR_DAY)
VIEW_JSON(calendar_square, CALENDAR_SQUARE)
VIEW_JSON(calendar_week, CALENDAR_WEEK)
VIEW_JSON(calendar_month, CALENDAR_MONTH)
VIEW_JSON(calendar_year, CALENDAR_YEAR)
VIEW_JSON(calendar_show, CALENDAR_SHOW)
