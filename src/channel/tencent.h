#ifndef CHANNEL_TENCENT_H
#define CHANNEL_TENCENT_H
#include "channel/dialect.h"

/* The dialect `tencent` (PRV-2): signed JSON to a provider's system; and `yunshi`, the same with one header more (PRV-4). */

enum { TENCENT_SIGN_ID_MAX = 11 };

/* lower hex SHA-256 of token, timestamp and eventId, sorted as texts and joined. */
const char *tencent_sign(struct arena *a, const char *token, const char *timestamp, const char *event);
/* X-Yunshi-Signature (PRV-4): t=…,v1=… of each secret that is alive: hex HMAC-SHA256 of timestamp "." eventId "." hex SHA-256 of the body. */
const char *yunshi_signature(struct arena *a, const char *secret, const char *old_secret, const char *timestamp, const char *event, const char *body);

/* The pure halves: what is sent, and what an answer with a body of n bytes says. */
const char *tencent_write(struct arena *a, const struct provision_event *e);
dialect_read tencent_create_read, tencent_change_read;
#endif
