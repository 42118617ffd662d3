#ifndef VIEW_BANK_ENTRY_H
#define VIEW_BANK_ENTRY_H
#include "view/list.h"

/* What banks announced, for finance: MON-11, ISO-5. */

#define BANK_ENTRY_ORDER(V, L, M, H) \
	V(text, number)              \
	V(text, product_name)        \
	V(order_state, state)        \
	V(money, payable)
VIEW_STRUCT(bank_entry_order, BANK_ENTRY_ORDER)

#define BANK_ENTRY_ITEM(V, L, M, H) \
	V(text, id)                 \
	V(bank_code, bank)          \
	V(text, account)            \
	V(text, reference)          \
	V(date, day)                \
	V(bank_direction, direction) \
	V(bool, reversal)           \
	V(money, amount)            \
	V(text, amount_text)        \
	V(text, currency)           \
	V(text, party_name)         \
	V(bank_entry_state, state)  \
	V(bank_match, match)        \
	V(text, number)             \
	V(notice_outcome, outcome)  \
	V(text, org)                \
	V(text, org_name)           \
	V(text, case_id)            \
	H(text, tone)
VIEW_STRUCT(bank_entry_item, BANK_ENTRY_ITEM)

#define BANK_ENTRY_LIST(V, L, M, H) \
	L(bank_entry_item, items)   \
	V(text, next)               \
	H(tabs, tabs)               \
	H(filter, filter)           \
	H(empty, empty)             \
	H(pager, pager)
VIEW_STRUCT(bank_entry_list, BANK_ENTRY_LIST)

#define BANK_ENTRY_SHOW(V, L, M, H) \
	M(bank_entry_item, entry)   \
	L(bank_entry_order, orders) \
	V(text, claim_id)           \
	H(text, href)               \
	V(text, end_to_end)         \
	V(text, structured)         \
	V(text, remittance)         \
	V(text, party_account)      \
	V(text, party_bank)         \
	V(instant, heard_at)        \
	V(text, message_id)         \
	V(bank_document_kind, kind) \
	V(bank_source, source)      \
	V(instant, received_at)     \
	V(text, document)
VIEW_STRUCT(bank_entry_show, BANK_ENTRY_SHOW)
#endif
