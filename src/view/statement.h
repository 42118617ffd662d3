#ifndef VIEW_STATEMENT_H
#define VIEW_STATEMENT_H
#include "view/list.h"

/* Reconciliation (MON-9). */
#define STATEMENT_ITEM(V, L, M, H)  \
	V(text, id)                 \
	V(payment_channel, channel) \
	V(text, day)                \
	V(statement_state, state)   \
	V(i64, version)             \
	V(i64, lines)               \
	V(money, income)            \
	V(money, our_income)        \
	V(money, income_difference) \
	V(money, outgo)             \
	V(money, our_outgo)         \
	V(money, outgo_difference)  \
	V(money, fees)              \
	V(i64, found)               \
	V(i64, unsettled)           \
	H(text, tone)               \
	H(text, error)
VIEW_STRUCT(statement_item, STATEMENT_ITEM)
#define STATEMENT_LIST(V, L, M, H) \
	L(statement_item, items)   \
	V(text, next)              \
	H(filter, filter)          \
	H(empty, empty)            \
	H(pager, pager)            \
	H(bool, may)               \
	H(field, channel)          \
	H(field, day)
VIEW_STRUCT(statement_list, STATEMENT_LIST)

#define DIFFERENCE_ITEM(V, L, M, H)        \
	V(i64, nth)                        \
	V(difference_kind, kind)           \
	V(bool, refund)                    \
	V(text, transaction_id)            \
	V(text, number)                    \
	V(money, theirs)                   \
	V(money, ours)                     \
	V(money, difference)               \
	V(instant, at)                     \
	V(case_state, state)               \
	V(difference_settlement, settlement) \
	V(text, note)                      \
	V(i64, proposal)                   \
	V(text, proposed_name)             \
	V(text, decided_name)              \
	V(instant, settled_at)             \
	H(text, tone)
VIEW_STRUCT(difference_item, DIFFERENCE_ITEM)
#define STATEMENT_VERSION(V, L, M, H) \
	V(i64, version)               \
	V(i64, lines)                 \
	V(money, income)              \
	V(money, outgo)               \
	V(money, fees)                \
	V(instant, loaded_at)
VIEW_STRUCT(statement_version, STATEMENT_VERSION)
#define STATEMENT_SHOW(V, L, M, H)    \
	M(statement_item, item)       \
	V(instant, loaded_at)         \
	V(instant, closed_at)         \
	V(text, closed_name)          \
	L(difference_item, differences) \
	L(statement_version, versions) \
	V(text, next)                 \
	H(instant, next_at)           \
	H(pager, pager)               \
	H(bool, may_work)             \
	H(bool, may_close)
VIEW_STRUCT(statement_show, STATEMENT_SHOW)
#define DIFFERENCE_SHOW(V, L, M, H) \
	V(text, statement)          \
	V(text, day)                \
	M(difference_item, item)    \
	H(msg, todo)                \
	H(bool, may_propose)        \
	H(bool, may_approve)        \
	H(bool, may_reject)         \
	H(bool, own)                \
	H(field, how)               \
	H(field, note)
VIEW_STRUCT(difference_show, DIFFERENCE_SHOW)

/* The first page of finance. */
#define FINANCE_CHANNEL(V, L, M, H) \
	V(payment_channel, channel) \
	V(money, clearing)          \
	V(money, refund_due)
VIEW_STRUCT(finance_channel, FINANCE_CHANNEL)
#define FINANCE_SHOW(V, L, M, H)  \
	L(stat, stats)            \
	L(finance_channel, channels) \
	V(money, unexplained)     \
	V(money, expense)
VIEW_STRUCT(finance_show, FINANCE_SHOW)
#endif
