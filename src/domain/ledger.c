#include "domain/ledger.h"

#include <assert.h>

const struct ledger_account ledger_accounts[account_kind_n + 1] = {
#define ACCOUNT(account, owner, bound) [ACCOUNT_##account] = { LEDGER_##owner, LEDGER_##bound },
#define POST(journal, sign, account)
#include "domain/ledger.def"
};

static const struct { enum journal_kind journal; int sign; enum account_kind account; } allowed[] = {
#define ACCOUNT(account, owner, bound)
#define POST(journal, sign, account) { JOURNAL_##journal, sign 1, ACCOUNT_##account },
#include "domain/ledger.def"
};

bool ledger_within(enum account_kind k, struct money balance)
{
	enum ledger_bound b = ledger_accounts[k].bound;

	return b == LEDGER_FLOOR ? balance.fen >= 0 : b == LEDGER_CEILING ? balance.fen <= 0 : true;
}

bool ledger_allows(enum journal_kind kind, enum account_kind account, int sign)
{
	assert(sign == 1 || sign == -1);
	for (size_t i = 0; i < sizeof allowed / sizeof *allowed; i++)
		if (allowed[i].journal == kind && allowed[i].account == account && allowed[i].sign == sign)
			return true;
	return false;
}

static bool owner_fits(const struct posting *p)
{
	switch (ledger_accounts[p->account].owner) {
	case LEDGER_ORG:
		return p->owner > 0;
	case LEDGER_CHANNEL:
		return p->owner >= 1 && p->owner <= payment_channel_n;
	case LEDGER_PLATFORM:
		return p->owner == 0;
	}
	return false;
}

enum rc ledger_check(enum journal_kind kind, const struct posting *p, size_t n)
{
	__int128 sum = 0;

	assert(kind >= 1 && (int)kind <= journal_kind_n);
	for (size_t i = 0; i < n; i++) {
		int64_t v = p[i].amount.fen;
		assert(p[i].account >= 1 && (int)p[i].account <= account_kind_n);
		if (v == 0 || v > MONEY_MAX || v < -MONEY_MAX)
			return RC_INVALID;
		if (!owner_fits(&p[i]) || !ledger_allows(kind, p[i].account, v < 0 ? -1 : 1))
			return RC_INVALID;
		sum += v;
	}
	return n && sum == 0 ? RC_OK : RC_INVALID;
}
