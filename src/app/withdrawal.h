#ifndef APP_WITHDRAWAL_H
#define APP_WITHDRAWAL_H
#include "app/work.h"
#include "domain/withdrawal.h"

/* Cash that an organisation takes out (MON-12): frozen until finance decides, then on its way: back the way that it came, as far as that
 * goes, and the rest to a bank account of the organisation's own. */

/* The one part that goes to the bank account; the others, from 1 on, go back each to its payment. */
enum { WITHDRAWAL_BY_BANK = 0, WITHDRAWAL_PARTS_MAX = 50 };

/* What may go out now, and how; nothing of it is a promise until it is requested. */
struct withdrawal_way { uint64_t payment; const char *number; enum payment_channel channel; struct money room; struct instant paid_at; };
struct withdrawable {
	struct money cash, frozen, arrears, gift;	/* none below 0; cash is what both accounts hold (MON-3) */
	struct money total, origin, by_bank;		/* total = cash - frozen - arrears = origin + by_bank */
	const struct withdrawal_way *ways;		/* the latest first; origin is at most their rooms */
	size_t n;
};
MUST_USE enum rc withdrawal_look(struct db *db, struct arena *a, struct instant now, uint64_t org, struct withdrawable *out);
/* How an amount would be split: what of it goes to the bank account. */
struct money withdrawal_by_bank(const struct withdrawable *m, struct money amount);

struct withdrawal_wish { struct money amount; uint64_t payee; };
struct withdrawal_refusal { const char *field, *error; struct money limit; };
/* RC_INVALID: see *why. */
MUST_USE enum rc withdrawal_request(struct cx *cx, const struct withdrawal_wish *wish, struct withdrawal_refusal *why, struct outcome *out);
/* By the organisation, while nobody has decided. */
MUST_USE enum rc withdrawal_cancel(struct cx *cx, const char *number, struct outcome *out);
/* By finance.  approve: its parts go out.  RC_DENIED: the organisation is frozen by the police; RC_CONFLICT: it was decided, or the room of a
 * payment was used by something else. */
struct withdrawal_decision { const char *number; bool approve; const char *why; };
MUST_USE enum rc withdrawal_decide(struct cx *cx, const struct withdrawal_decision *d, struct outcome *out);
/* In the transaction that ends one of its parts, whose money is booked there: done, or again in the organisation's cash. */
MUST_USE enum rc withdrawal_part_heard(struct work *w, uint64_t id, uint64_t line, bool done, const char *why);

/* -- bank accounts in an organisation's own name -------------------------------------------------------------------- */

enum { PAYEES_MAX = 10, PAYEE_DIGITS_MIN = 8, PAYEE_DIGITS_MAX = 30 };
struct payee_account { enum bank_code bank; const char *branch, *account; };
/* Digits alone, without the blanks and hyphens that people write; NULL: it cannot be an account number. */
const char *payee_digits(struct arena *a, const char *text);
/* The first one is the default.  RC_DUPLICATE as *error: it is there. */
MUST_USE enum rc payee_add(struct cx *cx, const struct payee_account *p, const char **error, struct outcome *out);
MUST_USE enum rc payee_default(struct cx *cx, uint64_t id, struct outcome *out);
MUST_USE enum rc payee_remove(struct cx *cx, uint64_t id, struct outcome *out);
#endif
