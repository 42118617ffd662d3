#ifndef VIEW_CUSTOMER_H
#define VIEW_CUSTOMER_H
#include "view/list.h"
#include "view/product.h"

/* An account manager's customers, and orders for them: ORD-9. */
#define CUSTOMER(V, L, M, H)      \
	V(text, id)               \
	V(text, name)             \
	V(text, phone)            \
	V(text, email)            \
	V(freeze_kind, freeze)
VIEW_STRUCT(customer, CUSTOMER)
#define CUSTOMER_LIST(V, L, M, H) \
	L(customer, items)        \
	V(text, next)             \
	H(filter, filter)         \
	H(empty, empty)           \
	H(pager, pager)
VIEW_STRUCT(customer_list, CUSTOMER_LIST)

#define CUSTOMER_SHOW(V, L, M, H) \
	V(text, id)               \
	V(text, name)             \
	V(text, phone)            \
	V(text, email)            \
	V(freeze_kind, freeze)    \
	V(text, freeze_reason)    \
	V(i64, to_confirm)        \
	V(i64, in_review)         \
	V(i64, to_pay)            \
	V(i64, processing)        \
	L(product_item, items)    \
	H(text, q)                \
	H(text, path)
VIEW_STRUCT(customer_show, CUSTOMER_SHOW)
#endif
