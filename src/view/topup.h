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

#define TOPUP(V, L, M, H)        \
	M(balance, balance)      \
	V(text, zone)            \
	L(pay_channel, channels) \
	L(topup_quick, quick)    \
	L(topup_item, items)     \
	H(bool, frozen)          \
	H(field, amount)         \
	H(text, channel_error)   \
	H(empty, empty)
VIEW_STRUCT(topup, TOPUP)
#endif
