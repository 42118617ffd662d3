#ifndef APP_MESSAGE_H
#define APP_MESSAGE_H
#include "app/apply.h"
#include "domain/message.h"
#include "q_message.h"

/* Messages to people (ACC-16).  An event writes one row into the outbox, in its own transaction; the job makes of it a message for each
 * person concerned, and e-mail and SMS of those: a crash loses none. */

/* An order moved: those whom the effects of the move name are told. */
void message_order(struct work *w, const struct order_now *o, enum order_event ev, const struct move *m);
/* Something else happened to it; 0: nothing. */
void message_tell(struct work *w, uint64_t order, enum message_event ev);
/* Something happened that is not about an order: who of the organisation (0: of the platform) is told stands in message.def. */
struct message_of {
	uint64_t org;
	const char *number, *subject, *why;	/* NULL: nothing */
	struct money amount;
	struct instant deadline;
};
MUST_USE enum rc message_about(struct work *w, enum message_event ev, const struct message_of *m);
/* The job: an event's outbox row becomes messages, once.  subject: the order, or the draft.  RC_CONFLICT: another instance did it. */
MUST_USE enum rc message_spread(struct cx *cx, uint64_t outbox, uint64_t subject, enum message_event ev);

/* An e-mail or SMS that failed goes out again, as a new row, so that what was tried stays on record; `all`: with all before it, at most MESSAGE_RESEND_MAX.
 * RC_CONFLICT: it did not fail, or somebody did that already. */
enum { MESSAGE_RESEND_MAX = 200 };
MUST_USE enum rc message_resend(struct cx *cx, uint64_t outbox, bool all, struct outcome *out);

/* The actions of outbox rows of the kind `notify`: an event's name, or how one message goes out. */
#define MESSAGE_BY_EMAIL "email"
#define MESSAGE_BY_SMS "sms"
#endif
