#ifndef VIEW_REFUND_H
#define VIEW_REFUND_H
#include "view/posting.h"

/* Refunds through channels, and refunds by finance (REF-1). */
#define REFUND_ITEM(V, L, M, H)     \
	V(text, number)             \
	V(refund_state, state)      \
	V(payment_channel, channel) \
	V(refund_cause, cause)      \
	V(money, amount)            \
	V(text, org_name)           \
	V(text, payment_number)     \
	V(i64, tries)               \
	V(instant, created_at)      \
	V(instant, next_at)         \
	V(instant, done_at)         \
	H(text, tone)
VIEW_STRUCT(refund_item, REFUND_ITEM)

#define REFUND_PROPOSAL(V, L, M, H)     \
	V(text, id)                     \
	V(refund_proposal_state, state) \
	V(text, order)                  \
	V(text, product_name)           \
	V(text, org_name)               \
	V(text, resource)               \
	V(money, amount)                \
	V(refund_target, target)        \
	V(text, why)                    \
	V(text, proposed_name)          \
	V(instant, proposed_at)         \
	V(text, decided_name)           \
	V(instant, decided_at)          \
	V(text, decided_why)            \
	V(text, unsubscribe)            \
	H(text, tone)                   \
	H(bool, may_decide)             \
	H(bool, own)                    \
	H(field, decline)
VIEW_STRUCT(refund_proposal, REFUND_PROPOSAL)

#define REFUND_LIST(V, L, M, H)       \
	L(refund_item, items)         \
	V(text, next)                 \
	L(refund_proposal, proposals) \
	H(tabs, tabs)                 \
	H(filter, filter)             \
	H(empty, empty)               \
	H(pager, pager)               \
	H(bool, may_propose)
VIEW_STRUCT(refund_list, REFUND_LIST)

#define REFUND_TRY(V, L, M, H) \
	V(i64, nth)            \
	V(refund_call, step)   \
	V(instant, at)         \
	V(i64, took_ms)        \
	V(text, answer)
VIEW_STRUCT(refund_try, REFUND_TRY)
#define REFUND_ORDER(V, L, M, H) \
	V(text, number)          \
	V(order_state, state)    \
	V(text, refunds)         \
	V(money, amount)         \
	V(money, origin)         \
	H(text, tone)
VIEW_STRUCT(refund_order, REFUND_ORDER)
#define REFUND_SHOW(V, L, M, H)     \
	M(refund_item, item)        \
	V(text, org)                \
	V(text, case_id)            \
	V(money, paid)              \
	V(text, transaction_id)     \
	V(text, refund_id)          \
	V(text, why)                \
	V(text, answer)             \
	V(text, stopped_name)       \
	L(refund_order, orders)     \
	M(booked, booked)           \
	L(refund_try, calls)        \
	H(msg, explained)           \
	H(bool, may_ask)            \
	H(bool, may_stop)           \
	H(bool, may_decide)         \
	H(bool, own)                \
	H(field, stop)              \
	H(timeline, history)
VIEW_STRUCT(refund_show, REFUND_SHOW)

/* The form of a refund by finance: which order, and how much of what is left of it. */
#define REFUND_SOURCE(V, L, M, H)   \
	V(pay_source, source)       \
	V(payment_channel, channel) \
	V(text, payment_number)     \
	V(text, holding)            \
	V(money, amount)            \
	V(money, returned)
VIEW_STRUCT(refund_source, REFUND_SOURCE)
#define REFUND_NEW(V, L, M, H)    \
	V(text, order)            \
	V(text, product_name)     \
	V(text, org_name)         \
	V(money, left)            \
	L(refund_source, sources) \
	H(field, find)            \
	L(field, fields)
VIEW_STRUCT(refund_new, REFUND_NEW)

const char *tone_refund(enum refund_state s);
#endif
