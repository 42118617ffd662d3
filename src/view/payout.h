#ifndef VIEW_PAYOUT_H
#define VIEW_PAYOUT_H
#include "view/list.h"

/* Money that banks are told to pay: ISO-7. */

#define PAYOUT_ITEM(V, L, M, H) \
	V(text, number)         \
	V(payout_cause, cause)  \
	V(text, org_name)       \
	V(text, name)           \
	V(text, account)        \
	V(bank_code, bank)      \
	V(money, amount)        \
	V(payout_state, state)  \
	V(text, batch_number)   \
	V(text, why)            \
	V(instant, created_at)  \
	V(instant, ended_at)    \
	H(text, tone)           \
	H(text, href)           \
	H(text, age)
VIEW_STRUCT(payout_item, PAYOUT_ITEM)

#define PAYOUT_LIST(V, L, M, H) \
	L(payout_item, items)   \
	V(text, next)           \
	V(payout_state, state)  \
	H(bool, may_make)       \
	H(field, bank)          \
	H(tabs, tabs)           \
	H(pager, pager)         \
	H(empty, empty)
VIEW_STRUCT(payout_list, PAYOUT_LIST)

#define PAYOUT_BATCH_ITEM(V, L, M, H) \
	V(text, number)               \
	V(bank_code, bank)            \
	V(payout_batch_state, state)  \
	V(i64, payouts)               \
	V(money, total)               \
	V(text, made_name)            \
	V(text, decided_name)         \
	V(instant, created_at)        \
	V(instant, decided_at)        \
	V(instant, filed_at)          \
	H(text, tone)
VIEW_STRUCT(payout_batch_item, PAYOUT_BATCH_ITEM)
#define PAYOUT_BATCH_LIST(V, L, M, H) \
	L(payout_batch_item, items)   \
	V(text, next)                 \
	H(tabs, tabs)                 \
	H(pager, pager)               \
	H(empty, empty)
VIEW_STRUCT(payout_batch_list, PAYOUT_BATCH_LIST)

#define PAYOUT_BATCH_SHOW(V, L, M, H) \
	M(payout_batch_item, batch)   \
	V(text, account)              \
	V(instant, closed_at)         \
	L(payout_item, items)         \
	H(bool, may_approve)          \
	H(bool, may_discard)          \
	H(bool, may_answer)           \
	H(bool, file)                 \
	H(text, own)                  \
	H(field, answer)              \
	H(timeline, history)
VIEW_STRUCT(payout_batch_show, PAYOUT_BATCH_SHOW)

const char *tone_payout(enum payout_state s);
const char *tone_payout_batch(enum payout_batch_state s);
#endif
