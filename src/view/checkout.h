#ifndef VIEW_CHECKOUT_H
#define VIEW_CHECKOUT_H
#include "view/coupon.h"
#include "view/order.h"

/* The review page (ORD-10, ORD-12): what is bought, how its price comes about, and what is agreed to. */
#define CHECKOUT(V, L, M, H)          \
	V(text, plan)                  \
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
	V(u64, platform_agreement)    \
	M(coupon_picker, coupons)     \
	M(field, contact)             \
	M(field, memo)                \
	H(text, duration_text)        \
	H(text, options_text)         \
	H(text, agree_error)          \
	H(bool, agreed)               \
	H(steps, steps)
VIEW_STRUCT(checkout, CHECKOUT)
#endif
