#ifndef VIEW_CHECKOUT_H
#define VIEW_CHECKOUT_H
#include "view/coupon.h"
#include "view/order.h"
#include "view/resource_tag.h"

/* The review page (ORD-10, ORD-12): what is bought, how its price comes about, and what is agreed to. */
#define CHECKOUT_ITEM(V, L, M, H)     \
	V(order_kind, kind)           \
	V(text, plan)                 \
	V(text, product_name)         \
	V(text, slug)                 \
	V(text, plan_name)            \
	V(text, provider_name)        \
	V(billing_mode, billing_mode) \
	V(money, unit_price)          \
	V(u64, quantity)              \
	V(text, unit)                 \
	V(text, duration)             \
	V(text, options)              \
	L(price_row, price)           \
	V(money, list_total)          \
	V(money, payable)             \
	V(u64, product_agreement)     \
	V(text, host)                 \
	V(i64, host_item)             \
	V(text, base)                 \
	M(coupon_picker, coupons)     \
	M(field, name)                \
	M(field, begin_on)            \
	H(text, duration_text)        \
	H(text, options_text)         \
	H(text, on)                   /* what it runs on, or what it was */ \
	H(money, seen)                /* when the price is another now */ \
	H(text, field)                /* that the error belongs to */ \
	H(text, error)
VIEW_STRUCT(checkout_item, CHECKOUT_ITEM)

#define CHECKOUT(V, L, M, H)          \
	L(checkout_item, items)       \
	L(price_row, discounts)       \
	V(money, list_total)          \
	V(money, payable)             \
	V(u64, platform_agreement)    \
	M(field, contact)             \
	M(field, memo)                \
	M(resource_tag_rows, tags)    \
	L(hidden, hidden)             \
	H(money, off)                 /* by coupons */ \
	H(text, review)               /* this page, and where its form goes */ \
	H(text, place)                \
	H(text, back)                 \
	H(text, agree_error)          \
	H(bool, agreed)               \
	H(steps, steps)
VIEW_STRUCT(checkout, CHECKOUT)
#endif
