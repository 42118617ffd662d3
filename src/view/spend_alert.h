#ifndef VIEW_SPEND_ALERT_H
#define VIEW_SPEND_ALERT_H
#include "view/list.h"

/* ACC-17: what is told of, and how things stand. */
#define SPEND_ALERT(V, L, M, H) \
	V(bool, balance_on)     \
	V(money, on_balance)    \
	V(bool, month_on)       \
	V(money, on_month)      \
	V(money, available)     \
	V(money, spent)         \
	L(field, fields)        \
	H(bool, may_change)
VIEW_STRUCT(spend_alert, SPEND_ALERT)
#endif
