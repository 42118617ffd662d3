#ifndef VIEW_COUPON_H
#define VIEW_COUPON_H
#include "view/list.h"
#include "view/product.h"

/* Coupons as buyers and providers see them: ORD-12, ORD-14, ORD-15. */

/* What every page says of a coupon.  face: 9 折, ¥50.00; rule: the spend from which it counts. */
#define COUPON(V, L, M, H)      \
	V(text, id)             \
	V(text, name)           \
	V(coupon_kind, kind)    \
	V(u64, percent)         \
	V(money, amount)        \
	V(money, minimum)       \
	V(coupon_scope, scope)  \
	V(coupon_use, used_for) \
	H(text, face)           \
	H(text, rule)
VIEW_STRUCT(coupon, COUPON)
/* From a row of any statement that reads these columns. */
#define COUPON_OF(cx, r, coupon_id) \
	((struct view_coupon){ \
		.id = arena_printf((cx)->a, "%llu", (unsigned long long)(coupon_id)), .name = (r)->name, \
		.kind = (r)->kind, .percent = (r)->percent, .amount = (r)->amount, .minimum = (r)->minimum, \
		.scope = (r)->scope, .used_for = (r)->used_for, \
		.face = coupon_face((cx)->a, (cx)->lang, (r)->kind, (r)->percent, (r)->amount), \
		.rule = coupon_rule((cx)->a, (cx)->lang, (r)->minimum), \
	})

const char *coupon_face(struct arena *a, enum lang lang, enum coupon_kind kind, uint64_t percent, struct money amount);
const char *coupon_rule(struct arena *a, enum lang lang, struct money minimum);
/* 仅剩 2 天; "" when there is still time. */
const char *coupon_left(struct arena *a, enum lang lang, struct instant now, struct instant end);

/* The review page: the buyer's coupons for the product, one of which may be used. */
#define COUPON_CHOICE(V, L, M, H)    \
	V(text, id)                  \
	V(text, number)              \
	M(coupon, coupon)            \
	V(instant, valid_from)       \
	V(instant, valid_to)         \
	V(money, saves)              \
	V(coupon_obstacle, why_not)  \
	V(bool, chosen)              \
	V(bool, best)                \
	V(u64, same)                 \
	H(bool, several)             \
	H(money, off)                \
	H(money, pays)               \
	H(text, left)
VIEW_STRUCT(coupon_choice, COUPON_CHOICE)
#define COUPON_PICKER(V, L, M, H) \
	L(coupon_choice, items)   \
	V(u64, usable)            \
	H(u64, total)             \
	H(bool, none)             \
	H(money, off)             \
	H(money, without)         \
	H(text, slug)             \
	H(text, again)            /* address of the review page */ \
	H(text, name)             /* of the product, when there are several */ \
	H(text, field)            /* that the radios are */ \
	H(text, seen)             /* the field that has the price with the chosen one */ \
	H(text, error)
VIEW_STRUCT(coupon_picker, COUPON_PICKER)

/* What can be claimed.  claimable: by this reader, now; the JSON says with mine, left and per_buyer why not. */
#define COUPON_OFFER(V, L, M, H) \
	M(coupon, coupon)        \
	V(instant, claim_to)     \
	V(instant, valid_from)   \
	V(instant, valid_to)     \
	V(u64, valid_days)       \
	V(u64, left)             \
	V(u64, per_buyer)        \
	V(u64, mine)             \
	H(bool, claimable)       \
	H(bool, enough)          \
	H(text, life)            \
	H(text, soon)            \
	H(text, back)            \
	H(text, login)
VIEW_STRUCT(coupon_offer, COUPON_OFFER)
#define COUPON_OFFERS(V, L, M, H) L(coupon_offer, items)
VIEW_STRUCT(coupon_offers, COUPON_OFFERS)
typedef const struct view_coupon_offers *view_type_coupon_offers;

#define COUPON_SHOW(V, L, M, H)   \
	M(coupon_offer, offer)    \
	V(coupon_state, state)    \
	V(text, provider_name)    \
	V(instant, claim_from)    \
	L(product_item, products) \
	H(bool, open)             \
	H(empty, empty)
VIEW_STRUCT(coupon_show, COUPON_SHOW)

/* What a buyer has claimed (ORD-15). */
#define COUPON_CLAIM(V, L, M, H) \
	V(text, number)          \
	V(claim_state, state)    \
	M(coupon, coupon)        \
	V(text, provider_name)   \
	V(instant, valid_from)   \
	V(instant, valid_to)     \
	V(instant, claimed_at)   \
	V(money, saved)          \
	V(text, order_number)    \
	H(text, soon)            \
	H(text, tone)
VIEW_STRUCT(coupon_claim, COUPON_CLAIM)
#define COUPON_LIST(V, L, M, H) \
	L(coupon_claim, items)  \
	V(text, next)           \
	H(tabs, tabs)           \
	H(filter, filter)       \
	H(empty, empty)         \
	H(pager, pager)
VIEW_STRUCT(coupon_list, COUPON_LIST)

/* A provider's own coupons (ORD-14). */
#define COUPON_ROW(V, L, M, H) \
	M(coupon, coupon)      \
	V(coupon_state, state) \
	V(instant, claim_from) \
	V(instant, claim_to)   \
	V(instant, valid_from) \
	V(instant, valid_to)   \
	V(u64, valid_days)     \
	V(u64, total)          \
	V(u64, per_buyer)      \
	V(u64, claimed)        \
	H(text, tone)          \
	H(msg, sub)
VIEW_STRUCT(coupon_row, COUPON_ROW)
#define COUPON_ROWS(V, L, M, H) \
	L(coupon_row, items)    \
	V(text, next)           \
	H(bool, may_edit)       \
	H(tabs, tabs)           \
	H(empty, empty)         \
	H(pager, pager)
VIEW_STRUCT(coupon_rows, COUPON_ROWS)

#define COUPON_OWN(V, L, M, H)  \
	M(coupon_row, row)      \
	V(i64, locked)          \
	V(i64, used)            \
	V(money, saved)         \
	L(link, products)       \
	H(bool, may_edit)
VIEW_STRUCT(coupon_own, COUPON_OWN)

#define COUPON_EDIT(V, L, M, H)   \
	M(field, name)            \
	M(field, kind)            \
	M(field, percent)         \
	M(field, amount)          \
	M(field, minimum)         \
	M(field, scope)           \
	L(field_option, products) \
	M(field, used_for)        \
	M(field, claim_from)      \
	M(field, claim_to)        \
	M(field, life)            \
	M(field, valid_from)      \
	M(field, valid_to)        \
	M(field, valid_days)      \
	M(field, total)           \
	M(field, per_buyer)       \
	H(text, products_error)   \
	H(text, cancel)
VIEW_STRUCT(coupon_edit, COUPON_EDIT)
#endif
