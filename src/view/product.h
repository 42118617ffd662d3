#ifndef VIEW_PRODUCT_H
#define VIEW_PRODUCT_H
#include "view/list.h"

/* The storefront: CAT-1, CAT-3, CAT-12, CAT-13. */

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
	H(text, value)          \
	H(text, label)          \
	H(bool, chosen)
VIEW_STRUCT(plan_choice, PLAN_CHOICE)

#define PLAN_OPTION(V, L, M, H) \
	V(text, code)           \
	V(text, name)           \
	L(plan_choice, choices)
VIEW_STRUCT(plan_option, PLAN_OPTION)

#define PLAN(V, L, M, H)                \
	V(text, id)                      \
	V(text, name)                   \
	V(text, summary)                \
	V(billing_mode, billing_mode)   \
	V(text, unit)                   \
	V(u64, quantity_min)            \
	V(u64, quantity_max)            \
	V(u64, quantity_step)           \
	V(bool, trial)                  \
	V(bool, sold_out)               \
	L(plan_price, prices)           \
	L(plan_option, options)         \
	H(bool, counted)                \
	H(bool, stepped)                \
	H(bool, chosen)                 \
	H(money, price_from)
VIEW_STRUCT(plan, PLAN)

#define PRODUCT_SHOW(V, L, M, H)   \
	V(text, slug)              \
	V(product_state, state)    \
	V(text, name)              \
	V(text, summary)           \
	V(text, picture)           \
	V(text, category)          \
	V(delivery_mode, delivery) \
	V(u64, deals)              \
	V(text, provider_name)     \
	V(text, provider_phone)    \
	V(text, provider_email)    \
	V(text, support_phone)     \
	V(text, support_email)     \
	V(text, description)       \
	V(text, guide)             \
	V(text, after_sales)       \
	L(plan, plans)             \
	M(plan, plan)              \
	H(text, category_name)     \
	H(text, initial)           \
	H(bool, buyable)           \
	H(bool, phone)             \
	H(bool, email)
VIEW_STRUCT(product_show, PRODUCT_SHOW)

/* An agreement, in the version in force (ORD-10). */
#define AGREEMENT(V, L, M, H) \
	V(text, title)        \
	V(u64, version)       \
	V(text, text)
VIEW_STRUCT(agreement, AGREEMENT)
#endif
