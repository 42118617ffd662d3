#ifndef VIEW_TOPUP_H
#define VIEW_TOPUP_H
#include "view/payment.h"
#include "view/transaction.h"

/* Topping up: MON-4, MON-11. */

#define TOPUP_ITEM(V, L, M, H)      \
	V(text, number)             \
	V(payment_channel, channel) \
	V(payment_state, state)     \
	V(money, amount)            \
	V(instant, created_at)      \
	H(text, tone)
VIEW_STRUCT(topup_item, TOPUP_ITEM)

#define TOPUP_QUICK(V, L, M, H) V(money, amount)
VIEW_STRUCT(topup_quick, TOPUP_QUICK)

/* One of our accounts, and what a transfer to it bears, as a text. */
#define TOPUP_ACCOUNT(V, L, M, H) \
	V(bank_code, bank)        \
	V(text, account)          \
	H(text, copy)
VIEW_STRUCT(topup_account, TOPUP_ACCOUNT)

#define TOPUP(V, L, M, H)        \
	M(balance, balance)      \
	V(text, remit)           \
	V(text, payee)           \
	L(topup_account, accounts) \
	L(pay_channel, channels) \
	L(topup_quick, quick)    \
	L(topup_item, items)     \
	H(bool, frozen)          \
	H(field, amount)         \
	H(pay_choice, choice)    \
	H(empty, empty)
VIEW_STRUCT(topup, TOPUP)

/* Transfers that came, with what the bank says of them (MON-11). */
#define REMITTANCE_ITEM(V, L, M, H) \
	V(text, number)             \
	V(bank_code, bank)          \
	V(money, amount)            \
	V(instant, paid_at)         \
	V(instant, booked_at)       \
	V(text, payer_name)         \
	V(text, payer_account)      \
	V(text, reference)
VIEW_STRUCT(remittance_item, REMITTANCE_ITEM)
#define REMITTANCE_LIST(V, L, M, H) \
	L(remittance_item, items)   \
	V(text, next)               \
	V(text, remit)              \
	H(pager, pager)             \
	H(empty, empty)
VIEW_STRUCT(remittance_list, REMITTANCE_LIST)
#endif
