#ifndef CHANNEL_DIALECT_H
#define CHANNEL_DIALECT_H
#include <jansson.h>

#include "base/out.h"
#include "channel/provision.h"

/* What the dialects share: one file each puts an event into its words, and reads what is answered. */

struct dialect_post {
	const char *url, *body;
	const char *const *headers;	/* NULL at the end */
};
/* What an answer with status 200 says; sets everything but the status. */
typedef void dialect_read(struct arena *a, const char *body, size_t n, struct provision_answer *out);
/* One call.  A definite no is one that the provider's program gave: its own 4xx for this request, but not for a rate limit or a timeout. */
void dialect_call(struct arena *a, const struct provision_conf *c, const struct dialect_post *p, dialect_read *read, struct provision_answer *out);

/* url?names, or url&names when it has a query already. */
const char *dialect_url(struct arena *a, const char *url, const char *query);
/* "name":"value", with a comma behind. */
void dialect_put(struct out *o, const char *name, const char *value);
/* The text in the arena; the collector is empty then. */
const char *dialect_text(struct arena *a, struct out *o);

/* Text of a member, or NULL when it is missing, not a text, or not fit to be shown. */
const char *dialect_member(struct arena *a, json_t *o, const char *name, size_t max);
void dialect_say(struct provision_answer *out, enum provision_verdict v, const char *why);
/* One more field of the application information; what is named like a secret is kept sealed (DEL-3).  NULL: nothing. */
void dialect_field(struct arena *a, struct resource_delivered *d, const char *name, const char *value);

/* One try in each dialect. */
void tencent_tell(struct arena *a, const struct provision_conf *c, const struct provision_event *e, struct instant now, struct provision_answer *out);
void tencent_check(struct arena *a, const struct provision_conf *c, struct instant now, struct provision_answer *out);
void koogallery_tell(struct arena *a, const struct provision_conf *c, const struct provision_event *e, struct instant now, struct provision_answer *out);
void koogallery_check(struct arena *a, const struct provision_conf *c, struct instant now, struct provision_answer *out);
#endif
