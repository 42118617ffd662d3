#ifndef VIEW_APPEAL_H
#define VIEW_APPEAL_H
#include "view/delivery_round.h"
#include "view/list.h"

/* Appeals about deliveries: DEL-8. */

/* What somebody said in one; side: who, and of a question whom it is for. */
#define APPEAL_NOTE(V, L, M, H)    \
	V(instant, at)             \
	V(appeal_event, event)     \
	V(org_kind, side)          \
	V(text, who)               \
	V(text, text)              \
	M(attachments, attached)
VIEW_STRUCT(appeal_note, APPEAL_NOTE)
#define APPEAL(V, L, M, H)            \
	V(text, number)               \
	V(appeal_state, state)        \
	V(org_kind, side)             \
	V(delivery_ground, ground)    \
	V(bool, asks_buyer)           \
	V(bool, asks_provider)        \
	V(appeal_decision, decision)  \
	V(money, amount)              \
	V(text, decider)              \
	V(instant, ended_at)          \
	L(appeal_note, notes)         \
	H(text, tone)
VIEW_STRUCT(appeal, APPEAL)

/* On a delivery's page: the way to appeal, or why there is none now. */
#define APPEAL_OFFER(V, L, M, H) \
	V(text, href)            \
	H(text, label)           \
	V(text, why)
VIEW_STRUCT(appeal_offer, APPEAL_OFFER)

/* Of one side: all appeals about the delivery, the newest first, and what this side can do. */
#define APPEAL_SHOW(V, L, M, H)     \
	V(text, delivery)           \
	V(delivery_state, state)    \
	V(text, product_name)       \
	V(text, plan_name)          \
	V(text, order_number)       \
	L(appeal, appeals)          \
	V(text, why)                /* why one cannot appeal now */ \
	V(bool, may_open)           \
	V(bool, may_answer)         \
	V(bool, may_withdraw)       \
	H(text, back)               \
	H(field, ground)            \
	H(field, said)              \
	M(attach, files)
VIEW_STRUCT(appeal_show, APPEAL_SHOW)

/* The mediator's desk. */
#define APPEAL_ITEM(V, L, M, H)      \
	V(text, number)              \
	V(appeal_state, state)       \
	V(instant, opened_at)        \
	V(text, delivery)            \
	V(text, order_number)        \
	V(text, product_name)        \
	V(org_kind, side)            \
	V(delivery_ground, ground)   \
	V(appeal_decision, decision) \
	V(text, buyer_name)          \
	V(text, provider_name)       \
	H(text, tone)
VIEW_STRUCT(appeal_item, APPEAL_ITEM)
#define APPEAL_LIST(V, L, M, H) \
	L(appeal_item, items)   \
	V(text, next)           \
	H(tabs, tabs)           \
	H(filter, filter)       \
	H(empty, empty)         \
	H(pager, pager)
VIEW_STRUCT(appeal_list, APPEAL_LIST)
#define APPEAL_DESK(V, L, M, H)          \
	V(text, number)                  \
	V(text, delivery)                \
	V(delivery_state, state)         \
	V(text, product_name)            \
	V(text, plan_name)               \
	V(text, order_number)            \
	V(text, buyer_name)              \
	V(text, provider_name)           \
	V(u64, requirement_rejections)   \
	V(u64, acceptance_rejections)    \
	V(instant, step_since)           \
	V(instant, due_at)               \
	V(money, left)                   \
	L(appeal, appeals)               \
	L(delivery_round, rounds)        \
	V(bool, may_decide)              \
	H(field, side)                   \
	H(field, question)               \
	M(attach, files)                 \
	H(field, decision)               \
	H(field, amount)                 \
	H(field, reason)
VIEW_STRUCT(appeal_desk, APPEAL_DESK)
#endif
