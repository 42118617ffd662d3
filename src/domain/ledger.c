#include "domain/ledger.h"

static const struct { enum journal_kind kind; enum account_kind account; int sign; } rows[] = {
#define POSTS(kind, account, sign) { JOURNAL_##kind, ACCOUNT_##account, sign },
#include "domain/ledger.def"
};

static bool allowed(enum journal_kind kind, const struct posting *p)
{
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		if (rows[i].kind == kind && rows[i].account == p->account)
			return (rows[i].sign > 0) == (p->amount.fen > 0);
	return false;
}

enum rc ledger_check(enum journal_kind kind, const struct posting *p, size_t n)
{
	int64_t sum = 0;

	for (size_t i = 0; i < n; i++) {
		if (!p[i].amount.fen || !allowed(kind, &p[i]) || __builtin_add_overflow(sum, p[i].amount.fen, &sum))
			return RC_INVALID;
	}
	return n >= 2 && sum == 0 ? RC_OK : RC_INVALID;
}

bool ledger_guarded(enum account_kind k) { return k == ACCOUNT_CASH || k == ACCOUNT_FROZEN || k == ACCOUNT_GIFT || k == ACCOUNT_ARREARS; }
