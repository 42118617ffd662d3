#include "domain/case.h"

struct case_facts { char none; };

#define MACHINE case
#define MACHINE_ROWS "domain/case.def"
#define MACHINE_FACTS struct case_facts
#include "domain/machine_rows.h"

enum rc case_step(enum case_state state, enum case_event event, enum actor_kind who, struct move *out)
{
	return machine_step(&case_machine, state, event, who, holds(NULL), out);
}

enum { ACCOUNT_NOWHERE = 0 };
static const struct { enum case_kind kind; int stands; enum case_settlement how; } settlements[] = {
#define SETTLE(kind, stands, how) { CASE_##kind, ACCOUNT_##stands, SETTLE_##how },
#include "domain/settlement.def"
};

bool case_settles(enum case_kind kind, enum account_kind stands, enum case_settlement how)
{
	for (size_t i = 0; i < sizeof settlements / sizeof *settlements; i++)
		if (settlements[i].kind == kind && settlements[i].stands == (int)stands && settlements[i].how == how)
			return true;
	return false;
}

size_t case_postings(enum case_kind kind, enum case_settlement how, uint64_t org, struct money amount, enum journal_kind *journal, struct posting p[CASE_POSTINGS])
{
	struct money out = case_taken(kind) ? amount : money_neg(amount);	/* what makes unexplained receipts even again */

	p[0] = (struct posting){ 0, ACCOUNT_UNEXPLAINED, out };
	switch (how) {
	case SETTLE_CREDIT:
		*journal = JOURNAL_UNEXPLAINED_CLAIM;
		p[1] = (struct posting){ org, ACCOUNT_CASH, money_neg(out) };
		return CASE_POSTINGS;
	case SETTLE_CHARGE:
		*journal = JOURNAL_ADJUST;
		p[1] = (struct posting){ org, ACCOUNT_CASH, money_neg(out) };
		return CASE_POSTINGS;
	case SETTLE_WRITE_OFF:
		*journal = JOURNAL_ADJUST;
		p[1] = (struct posting){ 0, ACCOUNT_EXPENSE, money_neg(out) };
		return CASE_POSTINGS;
	default:
		return 0;
	}
}
