#ifndef VIEW_VOUCHER_H
#define VIEW_VOUCHER_H
#include "view/list.h"

/* Vouchers (代金券) and stored-value cards (储值卡): ORD-16. */

#define VOUCHER_ITEM(V, L, M, H)     \
	V(text, number)              \
	V(voucher_kind, kind)        \
	V(voucher_state, state)      \
	V(text, org_name)            \
	V(money, face)               \
	V(money, available)          \
	V(money, reserved)           \
	V(money, used)               \
	V(money, expired)            \
	V(money, minimum)            \
	V(bool, reusable)            \
	V(instant, valid_from)       \
	V(instant, valid_to)         \
	V(text, note)                \
	V(instant, created_at)       \
	H(text, scope)               \
	H(text, tone)
VIEW_STRUCT(voucher_item, VOUCHER_ITEM)

#define VOUCHER_LIST(V, L, M, H) \
	V(voucher_kind, kind)    \
	L(voucher_item, items)   \
	V(text, next)            \
	H(tabs, tabs)            \
	H(filter, filter)        \
	H(empty, empty)          \
	H(pager, pager)          \
	H(bool, may_issue)
VIEW_STRUCT(voucher_list, VOUCHER_LIST)

/* What it is for. */
#define VOUCHER_FOR(V, L, M, H) \
	V(text, name)           \
	H(text, href)
VIEW_STRUCT(voucher_for, VOUCHER_FOR)
#define VOUCHER_ENTRY(V, L, M, H)   \
	V(instant, at)              \
	V(voucher_entry_kind, kind) \
	V(money, amount)            \
	V(text, order)              \
	V(text, payment)
VIEW_STRUCT(voucher_entry, VOUCHER_ENTRY)
#define VOUCHER_SHOW(V, L, M, H) \
	M(voucher_item, voucher) \
	L(voucher_for, scope)    \
	L(voucher_entry, entries) \
	H(bool, desk)
VIEW_STRUCT(voucher_show, VOUCHER_SHOW)

/* Issuing: one by its fields, many by a CSV text. */
#define VOUCHER_NEW(V, L, M, H) \
	L(field, fields)        \
	M(field, csv)
VIEW_STRUCT(voucher_new, VOUCHER_NEW)

const char *tone_voucher(enum voucher_state s);
#endif
