#ifndef APP_PAYOUT_H
#define APP_PAYOUT_H
#include "app/work.h"
#include "domain/payout.h"
#include "domain/payout_batch.h"

/* Money that a bank is told to pay (ISO-7): waiting, put into a file by one person, which another approves, and ended by the bank's word. */

struct payout_of {
	enum payout_cause cause;
	uint64_t cause_id, org;		/* the refund or withdrawal; each has one payout at most */
	const char *number;		/* EndToEndId: the refund's or withdrawal's own number */
	const char *name, *account;	/* the creditor's */
	enum bank_code bank;		/* of that account; 0: not known */
	struct money amount;
	const char *purpose;		/* what the creditor reads */
};
/* In the caller's transaction; books nothing.  RC_DUPLICATE: it is there already (the transaction goes on). */
MUST_USE enum rc payout_add(struct work *w, const struct payout_of *p, uint64_t *id);

enum payout_verdict { PAYOUT_SAYS_DONE = 1, PAYOUT_SAYS_REFUSED, PAYOUT_SAYS_PENDING };
/* What a bank says of one, by pain.002 or by an entry of our account. */
struct payout_said {
	const char *number;
	enum payout_verdict verdict;
	struct money amount;		/* 0: not said */
	const char *reference;		/* the bank's own; NULL: none */
	const char *why;		/* of a refusal; NULL: none */
	struct instant at;
};
/* In the caller's transaction: the payout and what it is for move on.  Twice is once.  RC_NOT_FOUND: not a number of ours.  RC_CONFLICT:
 * another amount, never sent, or the opposite was said before: a case. */
MUST_USE enum rc payout_heard(struct work *w, const struct payout_said *s);

/* -- files ------------------------------------------------------------------------------------------------------- */

enum { PAYOUT_BATCH_MAX = 200 };
struct payout_line { const char *number, *name, *account, *purpose; enum bank_code bank; struct money amount; };
struct payout_file {
	const char *number;		/* MsgId */
	struct instant created;
	const char *name, *account;	/* of the platform */
	enum bank_code bank;
	const struct payout_line *lines;
	size_t n;
};
/* What a bank answers about a file: of each that it names, and of the rest. */
struct payout_answer {
	const char *order;		/* the file's number */
	const struct payout_said *said;
	size_t n;
	struct payout_said rest;	/* verdict 0: nothing is said */
};
/* The language of the files (pain.001, pain.002), which this layer does not speak: the program registers it.
 * read: RC_DENIED: not signed by that bank; RC_INVALID, RC_MALFORMED, RC_TOO_LARGE: *why says what. */
struct payout_format {
	enum rc (*write)(struct cx *cx, const struct payout_file *f, struct bytes *document);
	enum rc (*read)(struct cx *cx, enum bank_code bank, struct bytes document, struct payout_answer *answer, const char **why);
};
void payout_format_register(const struct payout_format *f);
const struct payout_format *payout_format_of(void);

/* One person makes a file for a bank of payouts that wait.  RC_CONFLICT: one of them does not wait any more; RC_NOT_FOUND: there is no such. */
struct payout_choice { const char *const *numbers; size_t n; enum bank_code bank; };
MUST_USE enum rc payout_batch_make(struct cx *cx, const struct payout_choice *in, struct outcome *out);
/* Another one approves it: it goes to the bank as it is (RC_DENIED: the same person).  Or somebody discards it: its payouts wait again. */
MUST_USE enum rc payout_batch_decide(struct cx *cx, const char *number, bool approve, struct outcome *out);
/* The bank's answer, whole or not at all; ended: how many payouts are over.  RC_NOT_FOUND: it is about no file of ours that was sent. */
MUST_USE enum rc payout_answer_hear(struct cx *cx, const struct payout_answer *a, struct outcome *out);
/* It lies in the bank's folder. */
MUST_USE enum rc payout_batch_filed(struct cx *cx, uint64_t id);
/* After the last of its payouts ended; used by payout_heard. */
MUST_USE enum rc payout_batch_close(struct work *w, uint64_t batch);
#endif
