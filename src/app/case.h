#ifndef APP_CASE_H
#define APP_CASE_H
#include "app/work.h"
#include "domain/case.h"

/* Money that needs a person (MON-7): a case is opened in the transaction that books the money, or decides not to, and settled by two people
 * of finance: one proposes, another approves. */

struct case_of {
	enum case_kind kind;
	enum payment_channel channel;
	const char *transaction_id;	/* the channel's own; of one kind there is one case for each, for ever */
	const char *payment_number;	/* what it says it is for; "" when it does not say */
	uint64_t org;			/* whose it is, or seems to be; 0: nobody knows */
	struct money amount, expected;	/* never negative; expected 0: not known */
	enum account_kind stands;	/* where its money is: ACCOUNT_CASH of org, ACCOUNT_UNEXPLAINED, or 0: not in the books */
	struct bytes raw;		/* as the channel said it */
};
/* Opens it and tells the platform's finance.  RC_DUPLICATE: it is there since before (work_do makes that RC_CONFLICT). */
MUST_USE enum rc case_open(struct work *w, const struct case_of *c);

/* Somebody else's use case has dealt with its money in this transaction, e.g. a claim with proof (MON-11): it is settled by `how`.
 * RC_NOT_FOUND: no such case; RC_CONFLICT: it is settled, or a proposal waits for its approver. */
struct case_key { enum case_kind kind; enum payment_channel channel; const char *transaction_id; };
MUST_USE enum rc case_settled(struct work *w, const struct case_key *key, enum case_settlement how, const char *why);

struct case_proposal {
	uint64_t id;
	enum case_settlement how;
	uint64_t org;			/* CREDIT, CHARGE: whose balance */
	const char *note;
};
/* What cannot be is told by *error, a message key (RC_INVALID): this settlement is not for such a case, the organisation is not there … */
MUST_USE enum rc case_propose(struct cx *cx, const struct case_proposal *p, const char **error, struct outcome *out);
/* By another person than the one who proposed: RC_DENIED.  nth: the proposal that he saw; RC_CONFLICT: it is not the one that waits (any more).
 * The postings are made here; what they need and is not there any more is told by *error (RC_INVALID), and the proposal goes on waiting. */
MUST_USE enum rc case_approve(struct cx *cx, uint64_t id, uint64_t nth, const char **error, struct outcome *out);
MUST_USE enum rc case_reject(struct cx *cx, uint64_t id, uint64_t nth, const char *why, struct outcome *out);
/* By the one who proposed. */
MUST_USE enum rc case_withdraw(struct cx *cx, uint64_t id, uint64_t nth, struct outcome *out);

/* Four eyes: nobody decides what he proposed himself.  RC_DENIED, whose message is finance.four_eyes (web/operator/finance.h). */
MUST_USE enum rc four_eyes(const struct cx *cx, uint64_t proposer);
#endif
