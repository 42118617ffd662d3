#ifndef APP_DELIVERY_H
#define APP_DELIVERY_H
#include "app/work.h"
#include "domain/delivery.h"
#include "q_delivery.h"

/* The delivery centre: a delivery for each line that is supervised, its steps, and everything that was said in them (DEL-5 to DEL-11). */

/* In the transaction that pays for it, after its resource is there: what the line's product, category and policy ask for; nothing when the line is
 * not supervised. */
struct delivery_of {
	uint64_t buyer, provider, order, resource, product;
	const char *order_number, *product_name, *plan_name;
	enum delivery_mode mode;
	enum supervision supervised;
	bool requirement;
};
MUST_USE enum rc delivery_open(struct work *w, const struct delivery_of *of);

/* -- inside a transaction: appeals and refunds ------------------------------------------------------------------- */

/* Locks it, after its order and before its resource.  RC_NOT_FOUND: no such number; by resource (number NULL): the resource has none. */
MUST_USE enum rc delivery_lock(struct work *w, const char *number, uint64_t resource, struct q_delivery_lock *d);
/* What the domain's rules look at (delivery_appeals, delivery_close_requests, delivery_offers). */
struct delivery_facts delivery_facts_of(const struct q_delivery_lock *d, struct instant now);
/* The same of a row that a page has read. */
#define DELIVERY_FACTS(r, at) { \
	.hold = (r)->hold, .requirement_rejections = (int)(r)->requirement_rejections, .acceptance_rejections = (int)(r)->acceptance_rejections, .now = (at), \
	.step_since = (r)->step_since, .due_at = (r)->due_at, .material_since = (r)->material_since }

/* The only writer of its state: asks the machine, keeps clocks and counts, writes the round and the audit log, tells those concerned, hands the
 * resource over when it is completed; *d is as it is then.  RC_CONFLICT: no such move now, or it is held.
 * An appeal calls FREEZE with hold APPEAL by ACTOR_PERSON; a mediator RESUME, COMPLETE or CLOSE.  A refund freezes it and goes on by
 * ACTOR_SYSTEM.  A full refund that is there closes it by itself (apply_resource), so CLOSE and then refund_begin() is the mediator's full refund. */
struct delivery_said {
	const char *text;		/* at most DELIVERY_TEXT_MAX characters; NULL: nothing */
	enum delivery_hold hold;	/* FREEZE: by what */
	bool material;			/* REPORT: the provider waits for material from the buyer */
};
MUST_USE enum rc delivery_move(struct work *w, struct q_delivery_lock *d, enum delivery_event ev, enum actor_kind who, const struct delivery_said *said, uint64_t *round);

/* What happens to a delivery when a refund of its resource begins, was withdrawn or refused, or when the resource has ended: nothing when there is none,
 * or it is over.  RC_CONFLICT: an appeal is open (DEL-8). */
MUST_USE enum rc delivery_refund_begins(struct work *w, uint64_t resource);
MUST_USE enum rc delivery_refund_ends(struct work *w, uint64_t resource);
MUST_USE enum rc delivery_resource_ended(struct work *w, uint64_t resource, const char *why);

/* -- the pages' one use case -------------------------------------------------------------------------------------- */

/* One step of buyer or provider: who may is the route's permission, whose it is is looked at here (RC_NOT_FOUND: another's).
 * version: what the page showed; RC_CONFLICT when something happened since, or by the machine. */
struct delivery_act {
	const char *number;
	enum delivery_event event;
	uint64_t version;
	struct delivery_said said;
	const char *page;		/* where deliveries stand in the console */
	const uint64_t *files;		/* drafts of the person (app/attachment.h); RC_INVALID: one is gone */
	size_t files_n;
};
MUST_USE enum rc delivery_act(struct cx *cx, const struct delivery_act *act, struct outcome *out);

/* The job: a delivery whose alarm has gone off (DEL-6, DEL-9): warns once, tells the provider that it is late, or accepts.  RC_CONFLICT: another
 * instance did it, or it moved on. */
MUST_USE enum rc delivery_alarm(struct cx *cx, uint64_t id);
#endif
