#ifndef VIEW_REMIT_CLAIM_H
#define VIEW_REMIT_CLAIM_H
#include "view/list.h"

/* Claims to transfers without a number: MON-11. */

#define REMIT_CLAIM_ITEM(V, L, M, H) \
	V(text, id)                  \
	V(remit_claim_state, state)  \
	V(money, amount)             \
	V(date, paid_on)             \
	V(text, payer_name)          \
	V(text, org_name)            \
	V(instant, created_at)       \
	H(text, tone)
VIEW_STRUCT(remit_claim_item, REMIT_CLAIM_ITEM)

#define REMIT_CLAIM_LIST(V, L, M, H) \
	L(remit_claim_item, items)   \
	V(text, next)                \
	H(bool, may_claim)           \
	H(tabs, tabs)                \
	H(pager, pager)              \
	H(empty, empty)
VIEW_STRUCT(remit_claim_list, REMIT_CLAIM_LIST)

#define REMIT_CLAIM_NEW(V, L, M, H) \
	V(text, remit)              \
	L(field, fields)
VIEW_STRUCT(remit_claim_new, REMIT_CLAIM_NEW)

/* An entry of the bank's that it is, or may be. */
#define REMIT_ENTRY(V, L, M, H) \
	V(text, id)             \
	V(bank_code, bank)      \
	V(text, reference)      \
	V(date, day)            \
	V(money, amount)        \
	V(text, party_name)     \
	V(text, party_account)  \
	V(text, remittance)
VIEW_STRUCT(remit_entry, REMIT_ENTRY)

#define REMIT_CLAIM_SHOW(V, L, M, H) \
	M(remit_claim_item, claim)   \
	V(text, payer_account)       \
	V(text, note)                \
	V(proof_type, proof_type)    \
	V(text, proof)               \
	V(text, proposed_name)       \
	V(text, decided_name)        \
	V(instant, decided_at)       \
	V(text, reason)              \
	V(text, payment_number)      \
	M(remit_entry, entry)        \
	L(remit_entry, candidates)   \
	H(text, org_href)            \
	H(text, own)                 \
	H(bool, may_withdraw)        \
	H(bool, may_propose)         \
	H(bool, may_decide)          \
	H(field, why)                \
	H(timeline, history)
VIEW_STRUCT(remit_claim_show, REMIT_CLAIM_SHOW)
#endif
