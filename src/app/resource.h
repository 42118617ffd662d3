#ifndef APP_RESOURCE_H
#define APP_RESOURCE_H
#include "app/work.h"
#include "q_resource.h"

/* What a buyer holds after an order completes, and how it comes to be (DEL-1 to DEL-4). */

/* A field of the application information, as the provider gave it. */
struct resource_field { const char *name, *value; bool secret; };
enum { RESOURCE_FIELDS_MAX = 40, RESOURCE_VALUE_MAX = 1000 };

/* Delivered: the resource is in use from now on, its fields are stored (secrets sealed), its order goes on. */
struct resource_delivered {
	const char *sign_id;
	const struct resource_field *fields;
	size_t fields_n;
};
MUST_USE enum rc resource_deliver(struct cx *cx, uint64_t id, uint64_t outbox, const struct resource_delivered *d);
/* Definitely failed: in the same transaction the line is refunded to the buyer's cash, by an unsubscribe
 * order of its own (DEL-2, ORD-2, REF-13). */
MUST_USE enum rc resource_fail(struct cx *cx, uint64_t id, uint64_t outbox, const char *why);

/* In the transaction that pays for it, for what no provider's system makes (DEL-1): a package or quota (none) is in use at once; with human
 * delivery (manual) the delivery is open, the resource waits for it, and the order goes on (ORD-2). */
MUST_USE enum rc resource_open(struct work *w, uint64_t id, enum delivery_mode delivery);

/* What people made is there, with its bound parts: in use from now on, its period began when it was paid (NUM-4).  RC_OK also when it was before.
 * RC_CONFLICT: it has ended. */
MUST_USE enum rc resource_handed_over(struct work *w, uint64_t id, enum actor_kind who);

/* The application information anew. */
MUST_USE enum rc resource_fields_replace(struct work *w, uint64_t id, const struct resource_delivered *d);

/* What an order changed about a resource that is there (CAT-5): d is what the provider's system told, or NULL.  The order that is being
 * carried out on it goes on. */
MUST_USE enum rc resource_changed(struct work *w, uint64_t id, const struct resource_delivered *d);
/* The provider's system carried the change out, or definitely refused it: then it is refunded, and the resource stays as it was. */
MUST_USE enum rc resource_change_done(struct cx *cx, uint64_t id, uint64_t outbox, const struct resource_delivered *d);
MUST_USE enum rc resource_change_failed(struct cx *cx, uint64_t id, uint64_t outbox, const char *why);
/* The end of the period that the change begins now: what the provider's system is told.  0: it has none. */
struct instant resource_change_end(const struct q_resource_change *c, struct instant now);

/* The job: a period that is over makes the resource expired, a grace period that is over releases it (SUB-2).  RC_CONFLICT: renewed or
 * refunded meanwhile, or a freeze keeps it. */
MUST_USE enum rc resource_lapse(struct cx *cx, uint64_t id);

/* The name that the buyer gives it, and its tags, "key=value" a line each (CAT-14); both as the forms have read them (domain/tag.h).
 * RC_NOT_FOUND: not theirs. */
MUST_USE enum rc resource_rename(struct cx *cx, uint64_t id, const char *name, const char *tags, struct outcome *out);
/* The tags of a new one. */
MUST_USE enum rc resource_tags_put(struct work *w, uint64_t buyer, uint64_t resource, const char *tags);

/* A sealed field of a resource in clear. */
MUST_USE enum rc resource_field_open(struct cx *cx, uint64_t id, uint64_t position, struct bytes sealed, const char **value);
/* The same for its owner's eyes; written to the audit log (DEL-3). */
MUST_USE enum rc resource_reveal(struct cx *cx, uint64_t id, uint64_t position, const char **value);
#endif
