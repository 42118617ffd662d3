#ifndef APP_APPEAL_H
#define APP_APPEAL_H
#include "app/delivery.h"
#include "domain/appeal.h"
#include "q_appeal.h"

/* Appeals about deliveries, and providers' requests to close them (DEL-8).  One that goes on holds its delivery: nobody acts on it, no refund can be
 * asked for, its clocks stand still; its end lets go.  Each call is one transaction: delivery, appeal, files, messages, and the money.
 * All give RC_CONFLICT when the delivery or the appeal is not (any more) where it would have to be, RC_NOT_FOUND for another's. */

struct appeal_said { const char *text; const uint64_t *files; size_t files_n; };

/* Buyer and provider, by the number of the delivery; page: where deliveries stand in their console.
 * RC_INVALID: a file is no draft of theirs any more. */
struct appeal_by { const char *delivery, *page; struct appeal_said said; };
MUST_USE enum rc appeal_open(struct cx *cx, const struct appeal_by *by, enum delivery_ground ground, struct outcome *out);
MUST_USE enum rc appeal_answer(struct cx *cx, const struct appeal_by *by, struct outcome *out);
/* By the side that appealed: the delivery goes on. */
MUST_USE enum rc appeal_withdraw(struct cx *cx, const struct appeal_by *by, struct outcome *out);

/* The mediator, by the number of the appeal. */
MUST_USE enum rc appeal_ask(struct cx *cx, const char *number, enum org_kind side, const struct appeal_said *said, struct outcome *out);
/* The first decision counts.  amount: of CLOSE_PARTIAL.  A refund goes the way of the policy (app/refund.h) and ends the resource; vouchers do not come
 * back (REF-1).  RC_INVALID: *left is the most that can go back. */
struct appeal_verdict { enum appeal_decision decision; struct money amount; const char *why; };
MUST_USE enum rc appeal_decide(struct cx *cx, const char *number, const struct appeal_verdict *v, struct money *left, struct outcome *out);
/* What can still go back for the resource: of its line, as far as cash, gift and cards of its order have not been returned. */
MUST_USE enum rc appeal_left(struct cx *cx, uint64_t order, uint64_t resource, struct money *left);
#endif
