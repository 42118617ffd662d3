#ifndef CHANNEL_KOOGALLERY_H
#define CHANNEL_KOOGALLERY_H
#include "channel/dialect.h"

/* The dialect `koogallery`, version 2 (PRV-3). */

/* hex HMAC-SHA256(key, key + nonce + timestamp + lower hex HMAC-SHA256(key, body)). */
const char *koogallery_sign(struct arena *a, const char *key, const char *nonce, const char *timestamp, const char *body);

/* The pure halves: what is sent (a creation or a change), and what an answer with a body of n bytes says.  A creation is followed by the
 * question for the instance's information, which says whether it is done. */
const char *koogallery_write(struct arena *a, const struct provision_event *e);
dialect_read koogallery_created_read, koogallery_info_read, koogallery_change_read;
#endif
