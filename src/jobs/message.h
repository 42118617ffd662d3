#ifndef JOBS_MESSAGE_H
#define JOBS_MESSAGE_H
#include "base/cx.h"
#include "q_outbox.h"

/* One try of an outbox row of the kind notify (ACC-16): an event is spread to the people concerned, a message goes out by e-mail or SMS. */
MUST_USE enum rc message_try(struct cx *cx, const struct q_outbox_take *row);
/* The mail server did not answer a moment ago: no other e-mail is tried now, so that what else waits does not wait for it. */
bool message_calm(void);
#endif
