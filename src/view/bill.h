#ifndef VIEW_BILL_H
#define VIEW_BILL_H
#include "view/chart.h"
#include "view/list.h"

/* Bills (MON-14): a month's sums, its entries, and these by resource. */

#define BILL_SUMS(V, L, M, H) \
	V(date, month)        \
	V(text, name)         /* of a product or a buyer */ \
	V(text, slug)         \
	V(money, amount)      \
	V(money, cash)        \
	V(money, gift)        \
	V(money, voucher)     \
	V(money, card)        \
	H(text, href)         \
	H(text, share)
VIEW_STRUCT(bill_sums, BILL_SUMS)

/* One entry, or its part for one resource. */
#define BILL_ITEM(V, L, M, H)        \
	V(instant, at)               \
	V(journal_kind, kind)        \
	V(text, order)               \
	V(text, refunds)             /* the order whose money goes back */ \
	V(text, category)            \
	V(text, product)             \
	V(text, plan)                \
	V(text, resource)            \
	V(text, buyer)               /* the zone whose order it was */ \
	V(billing_mode, mode)        \
	V(text, usage)               \
	V(instant, begin)            \
	V(instant, end)              \
	V(money, list)               \
	V(money, discount)           \
	V(money, coupon)             \
	V(money, payable)            \
	V(money, voucher)            \
	V(money, card)               \
	V(money, cash)               \
	V(money, gift)               \
	V(money, tax)                \
	V(text, provider)            \
	V(text, payment)
VIEW_STRUCT(bill_item, BILL_ITEM)

/* What the page shows of it, in the chosen columns. */
#define BILL_CELL(V, L, M, H) \
	H(text, text)         \
	H(text, sub)          \
	H(text, href)         \
	H(text, head)         \
	H(bool, numeric)      \
	H(bool, key)
VIEW_STRUCT(bill_cell, BILL_CELL)
#define BILL_LINE(V, L, M, H) L(bill_cell, cells)
VIEW_STRUCT(bill_line, BILL_LINE)
#define BILL_CHOICE(V, L, M, H) \
	H(text, value)          \
	H(text, label)          \
	H(bool, chosen)
VIEW_STRUCT(bill_choice, BILL_CHOICE)

#define BILL_TABLE(V, L, M, H) \
	L(bill_cell, heads)    \
	L(bill_line, lines)    \
	L(bill_choice, choices)
VIEW_STRUCT(bill_table, BILL_TABLE)
typedef const struct view_bill_table *view_type_bill_table;

#define BILL_LIST(V, L, M, H)    \
	V(date, month)           \
	H(text, month_text)      \
	V(bill_tab, tab)         \
	M(bill_sums, total)      \
	L(bill_sums, months)     \
	L(bill_sums, products)   \
	L(bill_sums, buyers)     \
	L(bill_item, items)      \
	V(text, next)            \
	H(tabs, tabs)            \
	H(chart, by_month)       \
	H(chart, by_product)     \
	H(bool, zones)           \
	H(bill_table, table)     \
	H(filter, filter)        \
	H(exports, exports)      \
	H(pager, pager)
VIEW_STRUCT(bill_list, BILL_LIST)
#endif
