#ifndef VIEW_DELIVERY_H
#define VIEW_DELIVERY_H
#include "view/appeal.h"

/* The delivery centre: DEL-6, DEL-7, DEL-11, DEL-16. */

#define DELIVERY_ITEM(V, L, M, H)   \
	V(text, number)             \
	V(delivery_state, state)    \
	V(delivery_hold, hold)      \
	V(text, product_name)       \
	V(text, plan_name)          \
	V(text, order_number)       \
	V(text, org_name)           /* of the other side */ \
	V(delivery_mode, mode)      \
	V(instant, created_at)      \
	V(instant, ended_at)        \
	V(instant, due_at)          \
	L(action, actions)          \
	H(text, order_href)         \
	H(text, href)               \
	H(text, tone)               \
	H(text, next)               /* what comes next, and when */ \
	H(text, left)               /* of the provider's five days */ \
	H(text, left_tone)
VIEW_STRUCT(delivery_item, DELIVERY_ITEM)

#define DELIVERY_LIST(V, L, M, H) \
	L(delivery_item, items)   \
	V(text, next)             \
	H(text, title)            \
	H(text, notice)           \
	H(text, org_label)        \
	H(bool, queue)            \
	H(tabs, tabs)             \
	H(filter, filter)         \
	H(empty, empty)           \
	H(pager, pager)
VIEW_STRUCT(delivery_list, DELIVERY_LIST)

/* One step that its reader may take now: a form. */
#define DELIVERY_FORM(V, L, M, H) \
	V(text, name)             \
	V(text, href)             \
	H(u64, version)           \
	H(text, title)            \
	H(text, hint)             \
	H(text, button)           \
	H(field, field)           \
	H(field, waits)           \
	M(attach, files)          \
	H(bool, aside)            /* folded away: not what one comes for */ \
	H(bool, open)             \
	H(bool, danger)
VIEW_STRUCT(delivery_form, DELIVERY_FORM)

#define DELIVERY_SHOW(V, L, M, H)       \
	V(text, number)                 \
	V(u64, version)                 /* to be sent with each step: what the page showed */ \
	V(delivery_state, state)        \
	V(delivery_hold, hold)          \
	V(text, product_name)           \
	V(text, plan_name)              \
	V(text, order_number)           \
	V(delivery_mode, mode)          \
	V(text, provider_name)          \
	V(text, support_phone)          \
	V(text, support_email)          \
	V(text, buyer_name)             \
	V(text, contact)                \
	V(u64, requirement_rejections)  \
	V(u64, acceptance_rejections)   \
	V(instant, created_at)          \
	V(instant, step_since)          \
	V(instant, due_at)              \
	V(instant, material_since)      \
	V(instant, ended_at)            \
	L(delivery_round, rounds)       \
	L(delivery_form, forms)         \
	H(text, product_href)           \
	H(text, order_href)             \
	H(text, resource_href)          \
	H(text, hand_href)              /* where its provider fills in the application information */ \
	H(delivery_round, answers)      /* what the other side said last: what a step of its reader answers */ \
	H(text, memo)                   \
	H(text, tone)                   \
	H(text, next)                   \
	H(text, next_tone)              \
	M(appeal_offer, appeal)         /* the way to appeal, or why not now (DEL-8) */ \
	H(text, unsent)                 /* what was typed for a step that cannot be taken any more */ \
	H(steps, steps)
VIEW_STRUCT(delivery_show, DELIVERY_SHOW)

const char *tone_delivery(enum delivery_state s);
#endif
