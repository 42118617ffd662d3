#ifndef VIEW_PRODUCT_H
#define VIEW_PRODUCT_H
#include "view/api_doc.h"
#include "view/order.h"

struct view_coupon_offers;	/* view/coupon.h */

/* The storefront: CAT-1, CAT-3, CAT-12 … CAT-15. */

#define CATEGORY(V, L, M, H) \
	V(text, code)        \
	V(text, name)        \
	H(text, count)       \
	H(text, href)        \
	H(bool, current)
VIEW_STRUCT(category, CATEGORY)

#define PRODUCT_ITEM(V, L, M, H)   \
	V(text, slug)              \
	V(text, name)              \
	V(text, summary)           \
	V(text, picture)           \
	V(text, category)          \
	V(text, provider)          \
	V(text, provider_name)     \
	V(delivery_mode, delivery) \
	V(money, price_from)       \
	V(u64, deals)              \
	V(text, rating)            \
	V(u64, rating_n)           \
	H(text, initial)
VIEW_STRUCT(product_item, PRODUCT_ITEM)

#define HOME(V, L, M, H)        \
	L(category, categories) \
	L(product_item, popular) \
	L(product_item, newest) \
	L(product_item, rated)
VIEW_STRUCT(home, HOME)

#define PRODUCT_LIST(V, L, M, H) \
	V(text, q)               \
	V(text, category)        \
	V(u64, count)            \
	V(bool, count_exact)     \
	L(product_item, items)   \
	V(text, next)            \
	L(category, categories)  \
	H(text, heading)         \
	H(text, found)           \
	H(text, early)           \
	H(tabs, sorts)           \
	H(filter, filter)        \
	L(link, chosen)          \
	H(empty, empty)          \
	H(pager, pager)
VIEW_STRUCT(product_list, PRODUCT_LIST)

#define PROVIDER_SHOW(V, L, M, H) \
	V(text, id)              \
	V(text, name)            \
	V(text, phone)           \
	V(text, email)           \
	V(u64, products)         \
	L(product_item, items)   \
	H(bool, more)            \
	H(text, initial)
VIEW_STRUCT(provider_show, PROVIDER_SHOW)

#define PLAN_PRICE(V, L, M, H) \
	V(text, duration)      \
	V(money, price)        \
	H(text, label)         \
	H(bool, chosen)
VIEW_STRUCT(plan_price, PLAN_PRICE)

#define PLAN_CHOICE(V, L, M, H) \
	V(text, code)           \
	V(text, name)           \
	V(money, effect)        \
	V(i64, effect_pm)       \
	H(text, label)          \
	H(bool, chosen)
VIEW_STRUCT(plan_choice, PLAN_CHOICE)

#define PLAN_OPTION(V, L, M, H) \
	V(text, code)           \
	V(text, name)           \
	L(plan_choice, choices)
VIEW_STRUCT(plan_option, PLAN_OPTION)

/* Pay-per-use: the price of a month's usage above a threshold. */
#define PLAN_TIER(V, L, M, H) \
	V(i64, above)         \
	V(money, price)       \
	V(i64, per)           \
	H(text, label)        /* 0 – 1000 */
VIEW_STRUCT(plan_tier, PLAN_TIER)

/* A component (CAT-8, CAT-14). */
#define PLAN_PART(V, L, M, H) \
	V(text, name)         \
	V(text, option)       \
	V(bool, bound)
VIEW_STRUCT(plan_part, PLAN_PART)

#define PLAN(V, L, M, H)                \
	V(text, id)                     \
	V(text, name)                   \
	V(text, summary)                \
	V(billing_mode, billing_mode)   \
	V(text, unit)                   \
	V(u64, quantity_min)            \
	V(u64, quantity_max)            \
	V(u64, quantity_step)           \
	V(bool, trial)                  \
	V(bool, review)                 \
	V(bool, separate)               \
	V(bool, begin_later)            \
	V(text, usage_name)             \
	V(u64, package_units)           \
	V(bool, sold_out)               \
	V(i64, left)                    /* of a stock that is nearly gone; else 0 */ \
	L(plan_price, prices)           \
	L(plan_option, options)         \
	L(plan_tier, tiers)             \
	L(plan_part, parts)             \
	H(bool, metered)                \
	H(bool, counted)                \
	H(bool, stepped)                \
	H(bool, chosen)                 \
	H(bool, first)                  /* of its billing mode, when there are several */ \
	H(text, href)                   \
	H(text, from)                   /* ¥128.00 起; ¥0.06 / 1 次; none: it is free */ \
	H(money, price_from)            /* the lowest; none of what is paid by usage */
VIEW_STRUCT(plan, PLAN)

/* What a choice costs, and how that came about (CAT-4). */
#define PRICE_SHARE(V, L, M, H) \
	V(text, name)           \
	V(money, amount)
VIEW_STRUCT(price_share, PRICE_SHARE)

#define PRODUCT_PRICE(V, L, M, H)  \
	V(text, plan)              \
	V(u64, quantity)           \
	V(text, duration)          \
	V(text, options)           \
	V(money, unit_price)       \
	V(money, list_total)       \
	V(money, total)            \
	L(price_row, rows)         \
	L(price_share, shares)     \
	V(i64, package_units)      \
	V(i64, usage)              /* of a month, that was asked for */ \
	V(money, usage_cost)       \
	H(text, unit)              \
	H(text, usage_name)        \
	H(bool, metered)           \
	H(bool, estimated)         \
	H(text, error)             \
	H(text, field)             /* that the error belongs to */
VIEW_STRUCT(product_price, PRODUCT_PRICE)

#define PRODUCT_PICTURE(V, L, M, H) \
	V(text, address)            \
	H(i64, position)
VIEW_STRUCT(product_picture, PRODUCT_PICTURE)

#define PRODUCT_SHOW(V, L, M, H)   \
	V(text, slug)              \
	V(product_state, state)    \
	V(text, name)              \
	V(text, summary)           \
	V(text, picture)           \
	L(product_picture, pictures) \
	V(text, category)          \
	V(delivery_mode, delivery) \
	V(u64, deals)              \
	V(text, rating)            /* 4.8; none: nobody has rated it */ \
	V(u64, rating_n)           \
	V(text, provider)          /* its id */ \
	V(text, provider_name)     \
	V(text, provider_phone)    \
	V(text, provider_email)    \
	V(text, support_phone)     \
	V(text, support_email)     \
	V(text, description)       \
	V(text, guide)             \
	V(text, after_sales)       \
	M(api_doc, api)            \
	L(plan, plans)             \
	M(plan, plan)              /* the chosen one */ \
	M(product_price, price)    \
	M(coupon_offers, coupons)  /* to claim */ \
	H(product_tab, tab)        \
	H(tabs, tabs)              \
	H(field, quantity)         \
	H(field, usage)            \
	H(text, duration_error)    \
	H(text, options_error)     \
	H(text, path)              /* of this page */ \
	H(text, checkout)          /* where it is ordered */ \
	H(text, base)              /* the trial resource that becomes the chosen plan (CAT-5) */ \
	H(text, price_path)        /* where the price of a choice can be asked for */ \
	H(text, category_name)     \
	H(text, initial)           \
	H(bool, shown)             /* plans and prices are shown */ \
	H(bool, several)           /* pictures */ \
	H(bool, buyable)
VIEW_STRUCT(product_show, PRODUCT_SHOW)

/* An agreement, in the version in force (ORD-10). */
#define AGREEMENT(V, L, M, H) \
	V(text, title)        \
	V(u64, version)       \
	V(text, text)
VIEW_STRUCT(agreement, AGREEMENT)
#endif
