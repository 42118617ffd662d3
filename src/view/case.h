#ifndef VIEW_CASE_H
#define VIEW_CASE_H
#include "view/posting.h"

/* Money that needs a person (MON-7). */
#define CASE_ITEM(V, L, M, H)       \
	V(text, id)                 \
	V(case_kind, kind)          \
	V(case_state, state)        \
	V(payment_channel, channel) \
	V(text, transaction_id)     \
	V(text, payment_number)     \
	V(text, org_name)           \
	V(money, amount)            \
	V(case_settlement, settlement) \
	V(instant, created_at)      \
	H(text, tone)               \
	H(msg, explained)
VIEW_STRUCT(case_item, CASE_ITEM)

#define CASE_LIST(V, L, M, H) \
	L(case_item, items)   \
	V(text, next)         \
	V(case_state, state)  \
	H(tabs, tabs)         \
	H(filter, filter)     \
	H(empty, empty)       \
	H(pager, pager)
VIEW_STRUCT(case_list, CASE_LIST)

/* One case: what happened, what was booked, what is to do, and what was proposed. */
#define CASE_ORDER(V, L, M, H)  \
	V(text, number)         \
	V(text, product_name)   \
	V(order_state, state)   \
	V(money, payable)       \
	H(text, tone)
VIEW_STRUCT(case_order, CASE_ORDER)
#define CASE_PROPOSAL(V, L, M, H)     \
	V(i64, nth)                   \
	V(case_proposal_state, state) \
	V(case_settlement, settlement) \
	V(text, org)                  \
	V(text, org_name)             \
	V(text, note)                 \
	V(text, proposed_name)        \
	V(instant, proposed_at)       \
	V(text, decided_name)         \
	V(instant, decided_at)        \
	V(text, decided_why)          \
	H(text, tone)
VIEW_STRUCT(case_proposal, CASE_PROPOSAL)
#define CASE_SHOW(V, L, M, H)          \
	M(case_item, item)             \
	V(text, org)                   \
	V(freeze_kind, freeze)         \
	V(money, expected)             \
	V(account_kind, stands)        \
	V(payment_state, payment_state) \
	V(money, payment_amount)       \
	V(instant, payment_paid_at)    \
	V(text, payment_transaction)   \
	V(instant, settled_at)         \
	M(booked, booked)              \
	L(case_order, orders)          \
	L(case_proposal, proposals)    \
	V(text, raw)                   \
	H(text, payment_tone)          \
	H(msg, todo)                   \
	M(case_proposal, waiting)      \
	H(bool, may_propose)           \
	H(bool, may_decide)            \
	H(bool, may_withdraw)          \
	H(field, how)                  \
	H(field, payee)                \
	H(field, note)                 \
	H(field, why)                  \
	H(timeline, history)
VIEW_STRUCT(case_show, CASE_SHOW)
#endif
