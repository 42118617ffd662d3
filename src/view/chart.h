#ifndef VIEW_CHART_H
#define VIEW_CHART_H
#include "view/view.h"

/* Amounts or counts as bars: part/chart.html. */
#define CHART_BAR(V, L, M, H) \
	H(i64, x)             \
	H(i64, y)             \
	H(i64, width)         \
	H(i64, height)        \
	H(i64, label_x)       \
	H(text, label)        \
	H(bool, quiet)        /* no label below */ \
	H(text, amount)
VIEW_STRUCT(chart_bar, CHART_BAR)
#define CHART_LINE(V, L, M, H) \
	H(text, amount)        \
	H(i64, y)              \
	H(i64, text_y)
VIEW_STRUCT(chart_line, CHART_LINE)
#define CHART(V, L, M, H)     \
	H(text, title)        \
	H(i64, width)         \
	H(i64, height)        \
	H(i64, left)          \
	H(i64, base)          \
	L(chart_bar, bars)    \
	L(chart_line, lines)
VIEW_STRUCT(chart, CHART)
typedef const struct view_chart *view_type_chart;
#endif
