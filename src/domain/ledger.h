#ifndef DOMAIN_LEDGER_H
#define DOMAIN_LEDGER_H
#include "base/money.h"
#include "base/rc.h"
#include "domain/enums.h"

/* The books (MON-1, MON-2): what an entry may look like.  The rows stand in ledger.def. */

/* owner: the organisation; of clearing the number of the channel; of what is the platform's own 0. */
struct posting { uint64_t owner; enum account_kind account; struct money amount; };

/* RC_OK when the entry balances, has an amount in every posting, and touches only accounts that its kind may touch, with their sign. */
enum rc ledger_check(enum journal_kind kind, const struct posting *p, size_t n) MUST_USE;
/* An account that must never go below zero. */
bool ledger_guarded(enum account_kind k);
#endif
