#ifndef VIEW_ORG_H
#define VIEW_ORG_H
#include "view/list.h"

/* Organisations as the operators see them: ACC-15, ORD-9. */
#define ORG_ROW(V, L, M, H)       \
	V(text, id)               \
	V(org_kind, kind)         \
	V(text, name)             \
	V(freeze_kind, freeze)    \
	V(text, freeze_reason)    \
	V(text, manager_name)     \
	V(i64, completed)         \
	V(i64, resources)         \
	V(instant, created_at)
VIEW_STRUCT(org_row, ORG_ROW)
#define ORG_ROWS(V, L, M, H) \
	L(org_row, items)    \
	V(text, next)        \
	H(tabs, tabs)        \
	H(filter, filter)    \
	H(empty, empty)      \
	H(pager, pager)
VIEW_STRUCT(org_rows, ORG_ROWS)

#define ORG_PAGE(V, L, M, H)      \
	V(text, id)               \
	V(org_kind, kind)         \
	V(text, name)             \
	V(text, phone)            \
	V(text, email)            \
	V(freeze_kind, freeze)    \
	V(text, freeze_reason)    \
	V(text, paying_name)      \
	V(text, manager_name)     \
	V(i64, open_orders)       \
	V(i64, completed)         \
	V(i64, resources)         \
	V(instant, created_at)    \
	H(text, freeze_does)      \
	H(bool, may_freeze)       \
	H(bool, may_assign)       \
	H(field, kinds)           \
	H(field, reason)          \
	H(field, manager)         \
	H(timeline, history)
VIEW_STRUCT(org_page, ORG_PAGE)
#endif
