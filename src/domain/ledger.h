#ifndef DOMAIN_LEDGER_H
#define DOMAIN_LEDGER_H
#include "base/money.h"
#include "base/rc.h"
#include "domain/enums.h"

/* The chart of accounts and what each kind of journal entry may touch: MON-1, MON-2.  The rows stand in ledger.def. */

struct posting {
	uint64_t owner;		/* an organisation's id, a payment_channel, or 0 for the platform's own */
	enum account_kind account;
	struct money amount;	/* never 0 */
};

enum ledger_owner { LEDGER_ORG = 1, LEDGER_CHANNEL, LEDGER_PLATFORM };
enum ledger_bound { LEDGER_FREE = 1, LEDGER_FLOOR, LEDGER_CEILING };
struct ledger_account {
	enum ledger_owner owner;
	enum ledger_bound bound;
};
extern const struct ledger_account ledger_accounts[account_kind_n + 1];

/* Its balance is bounded (MON-2): whoever changes it must see all of it, so it stands in one row. */
static inline bool ledger_guarded(enum account_kind k) { return ledger_accounts[k].bound != LEDGER_FREE; }

/* May that account hold this balance? */
bool ledger_within(enum account_kind k, struct money balance);

/* May entries of this kind take from (sign -1) or give to (+1) this account? */
bool ledger_allows(enum journal_kind kind, enum account_kind account, int sign);

/* RC_INVALID: the postings do not sum to 0, one is 0 or larger than MONEY_MAX, has no proper owner, or is not for this kind. */
enum rc ledger_check(enum journal_kind kind, const struct posting *p, size_t n) MUST_USE;
#endif
