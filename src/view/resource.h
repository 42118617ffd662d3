#ifndef VIEW_RESOURCE_H
#define VIEW_RESOURCE_H
#include "view/api.h"
#include "view/resource_tag.h"

/* Purchased products and services: SUB-1, SUB-2, DEL-3, DEL-4. */

#define RESOURCE_ITEM(V, L, M, H)  \
	V(text, id)                 \
	V(resource_state, state)   \
	V(delivery_mode, delivery) \
	V(text, name)              \
	V(text, product_name)      \
	V(text, plan_name)         \
	V(u64, quantity)           \
	V(text, unit)              \
	V(text, order_number)      \
	V(instant, created_at)     \
	V(instant, begin_at)       \
	V(instant, end_at)         \
	V(bool, trial)             \
	V(bool, not_yet)           /* it begins later (CAT-7) */ \
	V(text, open_order)        \
	V(text, refunding)         /* number of the order that refunds it */ \
	L(resource_tag, tags)      \
	L(action, actions)         \
	H(text, summary)           \
	H(text, tone)
VIEW_STRUCT(resource_item, RESOURCE_ITEM)

#define RESOURCE_LIST(V, L, M, H) \
	L(resource_item, items)   \
	V(text, next)             \
	H(tabs, tabs)             \
	H(filter, filter)         \
	H(empty, empty)           \
	H(pager, pager)
VIEW_STRUCT(resource_list, RESOURCE_LIST)

/* A field of the application information.  A secret one has no value until it is asked for. */
#define RESOURCE_FIELD(V, L, M, H) \
	V(u64, position)           \
	V(text, name)              \
	V(text, value)             \
	V(bool, secret)            \
	H(bool, enters)            \
	H(text, label)             \
	H(bool, link)
VIEW_STRUCT(resource_field, RESOURCE_FIELD)

#define RESOURCE_EVENT(V, L, M, H)  \
	V(instant, at)              \
	V(text, event)              \
	V(resource_state, from)     \
	V(resource_state, to)       \
	V(text, why)                \
	V(text, who)
VIEW_STRUCT(resource_event, RESOURCE_EVENT)

/* A part, the main resource, a server, an image (CAT-6, CAT-8). */
#define RESOURCE_BESIDE(V, L, M, H)    \
	V(resource_relation, relation) \
	V(text, id)                    \
	V(text, name)                  \
	V(text, product_name)          \
	V(resource_state, state)       \
	V(instant, end_at)             \
	H(text, tone)
VIEW_STRUCT(resource_beside, RESOURCE_BESIDE)

/* An order about it: purchase, conversion, refund. */
#define RESOURCE_ORDER(V, L, M, H) \
	V(text, number)            \
	V(order_kind, kind)        \
	V(order_state, state)      \
	V(money, payable)          \
	V(instant, created_at)     \
	H(text, tone)
VIEW_STRUCT(resource_order, RESOURCE_ORDER)

#define RESOURCE_SHOW(V, L, M, H)  \
	V(text, id)                 \
	V(resource_state, state)   \
	V(delivery_mode, delivery) \
	V(text, name)              \
	V(text, product_name)      \
	V(text, slug)              \
	V(text, plan_name)         \
	V(u64, quantity)           \
	V(text, unit)              \
	V(text, order_number)      \
	V(text, sign_id)           \
	V(instant, created_at)     \
	V(instant, begin_at)       \
	V(instant, end_at)         \
	V(text, provider_name)     \
	V(text, support_phone)     \
	V(text, support_email)     \
	V(bool, trial)             \
	V(bool, not_yet)           \
	V(text, options)           \
	V(text, open_order)        \
	V(text, refunding)         \
	V(text, delivery_number)   /* of its delivery by people */ \
	V(instant, release_at)     /* past its end and not renewed, it is released then */ \
	L(resource_tag, tags)      \
	L(resource_order, orders)  \
	L(resource_beside, beside) \
	L(resource_field, fields)  \
	M(api_panel, api)          /* of what calls an API */ \
	L(resource_event, history) \
	L(action, actions)         \
	H(text, options_text)      \
	H(bool, may_rename)        \
	H(text, tone)              \
	H(text, explained)         \
	H(bool, may_enter)         /* without signing in there (DEL-3) */ \
	H(bool, may_reveal)        \
	H(bool, app)               /* the application information has a place */ \
	H(bool, poll)              \
	H(timeline, timeline)
VIEW_STRUCT(resource_show, RESOURCE_SHOW)

#define RESOURCE_EDIT(V, L, M, H) \
	V(text, id)                \
	M(field, name)             \
	M(resource_tag_rows, tags)
VIEW_STRUCT(resource_edit, RESOURCE_EDIT)

/* One secret, in clear, once. */
#define RESOURCE_SECRET(V, L, M, H) \
	V(text, id)                  \
	V(u64, position)            \
	V(text, name)               \
	V(text, value)              \
	H(text, label)
VIEW_STRUCT(resource_secret, RESOURCE_SECRET)
#endif
