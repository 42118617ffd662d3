#ifndef VIEW_CHECKOUT_H
#define VIEW_CHECKOUT_H
#include "view/coupon.h"
#include "view/product.h"
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
	L(price_share, shares)        \
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
	H(text, open_order)           /* that keeps it from being ordered */ \
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
	H(text, add_image)            /* where one is put on the server (CAT-6) */ \
	H(text, agree_error)          \
	H(bool, agreed)               \
	H(steps, steps)
VIEW_STRUCT(checkout, CHECKOUT)

/* The servers of a buyer that an image can run on (CAT-6). */
#define CHECKOUT_HOST(V, L, M, H) \
	V(text, id)               \
	V(text, name)             \
	V(text, product_name)     \
	V(text, plan_name)        \
	V(instant, end_at)        \
	V(bool, taken)            /* it has an image already */
VIEW_STRUCT(checkout_host, CHECKOUT_HOST)
#define CHECKOUT_HOSTS(V, L, M, H) \
	V(text, product_name)      \
	L(checkout_host, items)    \
	M(field, q)                \
	L(hidden, hidden)          \
	H(text, review)            \
	H(text, path)              \
	H(text, server)            /* where a new one is put together */ \
	H(text, field)             \
	H(bool, searched)
VIEW_STRUCT(checkout_hosts, CHECKOUT_HOSTS)

/* A server put together step by step, with the image that runs on it (CAT-6). */
#define CHECKOUT_RADIO(V, L, M, H) \
	V(text, value)             \
	V(text, label)             \
	V(text, hint)              \
	H(text, face)              \
	V(bool, chosen)
VIEW_STRUCT(checkout_radio, CHECKOUT_RADIO)
#define CHECKOUT_GROUP(V, L, M, H) \
	V(text, field)             \
	V(text, label)             \
	L(checkout_radio, radios)  \
	H(bool, cards)             /* radios with much to say */
VIEW_STRUCT(checkout_group, CHECKOUT_GROUP)
#define CHECKOUT_SUM_ROW(V, L, M, H) \
	V(text, name)                \
	V(text, details)             \
	V(text, duration)            \
	V(money, amount)             \
	V(text, error)
VIEW_STRUCT(checkout_sum_row, CHECKOUT_SUM_ROW)
#define CHECKOUT_SUM(V, L, M, H)  \
	L(checkout_sum_row, rows) \
	V(money, total)           \
	H(text, field)            /* that what is wrong belongs to */
VIEW_STRUCT(checkout_sum, CHECKOUT_SUM)
#define CHECKOUT_SERVER(V, L, M, H) \
	V(i64, step)                \
	L(checkout_group, groups)   \
	M(field, name)              \
	M(field, quantity)          \
	M(field, q)                 \
	M(checkout_sum, sum)        \
	L(hidden, hidden)           \
	V(text, review)             /* the address of the review page for what is chosen */ \
	H(text, path)               \
	H(text, place)              /* of that page alone */ \
	H(text, price_path)         \
	H(text, heading)            \
	H(i64, back)                \
	H(i64, next)                \
	H(bool, none)               /* no image fits what was searched for */ \
	H(steps, steps)
VIEW_STRUCT(checkout_server, CHECKOUT_SERVER)
#endif
