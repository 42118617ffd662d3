#ifndef APP_INBOX_H
#define APP_INBOX_H
#include "app/work.h"

/* What a person does with the messages that reached them as a member of this organisation (ACC-16). */

/* Has read one; leads to what it is about, or to `back` when that is not NULL.  RC_NOT_FOUND: another's.  Read before: nothing changes. */
MUST_USE enum rc inbox_read(struct cx *cx, uint64_t id, const char *back, struct outcome *out);
/* Has read all up to that one; of one topic, or of all (0). */
MUST_USE enum rc inbox_read_all(struct cx *cx, uint64_t up_to, enum message_topic topic, const char *back, struct outcome *out);

/* How the person wants to be told of a kind of event, from now on. */
struct inbox_choice { enum message_event event; bool by_email, by_sms; };
MUST_USE enum rc inbox_choose(struct cx *cx, const struct inbox_choice *c, size_t n, struct outcome *out);
#endif
