#ifndef VIEW_WITHDRAWAL_H
#define VIEW_WITHDRAWAL_H
#include "view/topup.h"

/* Withdrawals: MON-12. */

#define WITHDRAWAL_ITEM(V, L, M, H)  \
	V(text, number)              \
	V(withdrawal_state, state)   \
	V(money, amount)             \
	V(money, by_bank)            \
	V(instant, created_at)       \
	V(instant, decided_at)       \
	V(instant, ended_at)         \
	V(text, org_name)            \
	H(text, tone)                \
	H(text, href)
VIEW_STRUCT(withdrawal_item, WITHDRAWAL_ITEM)

#define WITHDRAWAL_WAY(V, L, M, H)  \
	V(text, number)             \
	V(payment_channel, channel) \
	V(money, room)              \
	V(instant, paid_at)
VIEW_STRUCT(withdrawal_way, WITHDRAWAL_WAY)

/* What may go out and how, the form, and what was asked for before. */
#define WITHDRAWAL_LIST(V, L, M, H) \
	V(money, cash)              \
	V(money, frozen)            \
	V(money, arrears)           \
	V(money, gift)              \
	V(money, total)             \
	V(money, origin)            \
	V(money, by_bank)           \
	L(withdrawal_way, ways)     \
	L(withdrawal_item, items)   \
	V(text, next)               \
	H(text, stopped)            \
	H(bool, may_ask)            \
	H(bool, payees)             \
	H(text, bank_days)          \
	H(field, amount)            \
	H(field, payee)             \
	H(tabs, tabs)               \
	H(pager, pager)             \
	H(empty, empty)
VIEW_STRUCT(withdrawal_list, WITHDRAWAL_LIST)

#define WITHDRAWAL_PART(V, L, M, H)     \
	V(text, payment_number)         \
	V(payment_channel, channel)     \
	V(money, amount)                \
	V(withdrawal_part_state, state) \
	V(text, why)                    \
	H(text, expected)               \
	H(text, tone)
VIEW_STRUCT(withdrawal_part, WITHDRAWAL_PART)

#define WITHDRAWAL_SHOW(V, L, M, H) \
	V(text, number)             \
	V(withdrawal_state, state)  \
	V(money, amount)            \
	V(text, org_name)           \
	V(text, payee_name)         \
	V(bank_code, payee_bank)    \
	V(text, payee_branch)       \
	V(text, payee_account)      \
	V(text, asked_name)         \
	V(instant, created_at)      \
	V(text, decided_name)       \
	V(instant, decided_at)      \
	V(text, reason)             \
	V(instant, ended_at)        \
	L(withdrawal_part, parts)   \
	H(text, tone)               \
	H(text, org_href)           \
	H(text, police)             \
	H(bool, desk)               \
	H(bool, may_cancel)         \
	H(bool, may_decide)         \
	H(field, why)               \
	H(timeline, history)
VIEW_STRUCT(withdrawal_show, WITHDRAWAL_SHOW)

#define PAYEE(V, L, M, H)   \
	V(text, id)         \
	V(text, name)       \
	V(bank_code, bank)  \
	V(text, branch)     \
	V(text, account)    \
	V(bool, is_default)
VIEW_STRUCT(payee, PAYEE)
#define PAYEE_LIST(V, L, M, H) \
	L(payee, items)        \
	V(text, name)          \
	H(bool, may_change)    \
	L(field, fields)       \
	H(empty, empty)
VIEW_STRUCT(payee_list, PAYEE_LIST)

const char *tone_withdrawal(enum withdrawal_state s);
const char *tone_withdrawal_part(enum withdrawal_part_state s);
#endif
