#ifndef DOMAIN_CASE_H
#define DOMAIN_CASE_H
#include "domain/ledger.h"
#include "domain/machine.h"

/* Cases for the finance desk: MON-7.  Their life stands in case.def, what can become of their money in settlement.def. */
extern const struct machine case_machine;

enum rc case_step(enum case_state state, enum case_event event, enum actor_kind who, struct move *out) MUST_USE;
/* stands: where its money is, ACCOUNT_CASH or ACCOUNT_UNEXPLAINED; 0: it was never booked. */
bool case_settles(enum case_kind kind, enum account_kind stands, enum case_settlement how);
/* The channel took its money instead of bringing it. */
static inline bool case_taken(enum case_kind kind) { return kind == CASE_REVERSAL || kind == CASE_DEBIT; }

/* The entry of a settlement that books; org: of CREDIT and CHARGE.  Gives the number of postings, 0: it books nothing of its own. */
enum { CASE_POSTINGS = 2 };
size_t case_postings(enum case_kind kind, enum case_settlement how, uint64_t org, struct money amount, enum journal_kind *journal, struct posting p[CASE_POSTINGS]);
#endif
