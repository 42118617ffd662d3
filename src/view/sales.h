#ifndef VIEW_SALES_H
#define VIEW_SALES_H
#include "view/list.h"

/* A provider's sales (CAT-11): numbers, a chart, a table by product. */

#define SALES_DAY(V, L, M, H) \
	V(date, day)          \
	V(i64, sold)          \
	V(money, amount)      \
	H(i64, x)             /* its bar in the chart */ \
	H(i64, y)             \
	H(i64, width)         \
	H(i64, height)        \
	H(text, label)        \
	H(i64, label_x)
VIEW_STRUCT(sales_day, SALES_DAY)
#define SALES_LINE(V, L, M, H) \
	V(money, amount)       \
	V(i64, y)              \
	V(i64, text_y)
VIEW_STRUCT(sales_line, SALES_LINE)
#define SALES_PRODUCT(V, L, M, H) \
	V(text, name)             \
	V(text, slug)             \
	V(i64, placed)            \
	V(i64, sold)              \
	V(text, conversion)       \
	V(money, amount)          \
	V(i64, refunded)          \
	V(money, refund_amount)   \
	V(text, refund_rate)      \
	V(text, rating)           \
	V(i64, rating_n)          \
	V(text, delivery)
VIEW_STRUCT(sales_product, SALES_PRODUCT)
#define SALES(V, L, M, H)         \
	V(date, from)             \
	V(date, to)               \
	L(sales_day, days)        \
	L(sales_product, products) \
	M(sales_product, total)   \
	H(tabs, tabs)             \
	L(sales_line, lines)      \
	H(text, chart)            \
	H(i64, chart_width)       \
	H(i64, chart_height)      \
	H(i64, left)              \
	H(i64, base)
VIEW_STRUCT(sales, SALES)
#endif
