#ifndef VIEW_TRANSACTION_H
#define VIEW_TRANSACTION_H
#include "view/list.h"

/* What moved an organisation's money (MON-13), and its parts (MON-3). */

#define TRANSACTION_ITEM(V, L, M, H) \
	V(instant, at)               \
	V(journal_kind, kind)        \
	V(account_kind, account)     \
	V(money, amount)             \
	V(money, after)              /* of the account; not known of the oldest ones */ \
	H(bool, has_after)           \
	V(text, order)               \
	V(text, payment)             \
	V(payment_channel, channel)  \
	V(text, number)              \
	H(bool, inward)              \
	H(text, order_href)          \
	H(text, payment_href)        \
	H(text, number_href)
VIEW_STRUCT(transaction_item, TRANSACTION_ITEM)
#define TRANSACTION_LIST(V, L, M, H) \
	V(date, from)                \
	V(date, to)                  \
	L(transaction_item, items)   \
	V(text, next)                \
	H(exports, exports)          \
	H(tabs, tabs)                \
	H(filter, filter)            \
	H(pager, pager)              \
	H(empty, empty)
VIEW_STRUCT(transaction_list, TRANSACTION_LIST)
typedef const struct view_transaction_list *view_type_transaction_list;

#define BALANCE(V, L, M, H) \
	V(money, available)  \
	V(money, cash)       /* what the cash and frozen accounts hold together */ \
	V(money, gift)       \
	V(money, arrears)    \
	V(money, frozen)
VIEW_STRUCT(balance, BALANCE)
#define BALANCE_SHOW(V, L, M, H) \
	M(balance, balance)          \
	L(link, ways)                \
	L(transaction_item, items)   \
	H(transaction_list, table)
VIEW_STRUCT(balance_show, BALANCE_SHOW)
#endif
