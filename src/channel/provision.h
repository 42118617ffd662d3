#ifndef CHANNEL_PROVISION_H
#define CHANNEL_PROVISION_H
#include "app/resource.h"
#include "base/arena.h"
#include "domain/enums.h"

/* What a provider's system is told of a resource, in the dialect that its product speaks (PRV-1), and what its answers mean.  Nothing here
 * knows the store. */

struct provision_conf {
	enum dialect dialect;
	const char *url, *secret;
	const char *old_secret;		/* that is being replaced, and lives as long as that takes (PRV-4); NULL: none.  yunshi is signed with both, the
					 * others, which have room for one signature, with this one where the new one is not known yet */
	int timeout_ms;
	bool allow_private;		/* development (PRV-6) */
};

struct provision_event {
	uint64_t id;			/* stays over repeats */
	enum provision_action action;
	const char *order;		/* number of the order that it comes from … */
	uint64_t line;			/* … and its line: an instance of its own */
	uint64_t account;		/* the buyer */
	const char *open_id, *product_id, *product_name, *spec;
	const char *sign_id;		/* of the instance, once it is there */
	bool trial;
	uint64_t time_span;
	enum time_unit time_unit;	/* 0: no period */
	struct instant end;		/* of the period after a renewal or a conversion; 0: none */
};

enum provision_verdict {
	PROVISION_DONE = 1,
	PROVISION_ACCEPTED,		/* under way at the provider: ask again */
	PROVISION_AGAIN,		/* no clear answer: try again */
	PROVISION_REFUSED,		/* a definite no (DEL-2) */
};

struct provision_answer {
	enum provision_verdict verdict;
	int status;			/* HTTP, 0 when none came */
	bool stranger;			/* it does not know who signed */
	const char *why;		/* for the record of tries: no secrets */
	struct resource_delivered delivered;	/* of a creation that is done */
};

enum { PROVISION_ANSWER_MAX = 64 << 10, PROVISION_SIGN_ID_MAX = 64 };

/* One try: sent, and its answer understood. */
void provision_tell(struct arena *a, const struct provision_conf *c, const struct provision_event *e, struct instant now, struct provision_answer *out);
/* Does a system at that address know the secret, and refuse whoever does not?  What a product must pass before it is listed (PRV-5). */
void provision_check(struct arena *a, const struct provision_conf *c, struct instant now, struct provision_answer *out);
#endif
