#ifndef BASE_CX_H
#define BASE_CX_H
#include "base/arena.h"
#include "base/config.h"
#include "base/rc.h"
#include "base/value.h"

struct db;

/* Who acts.  Zero ids mean that nobody is signed in, or that the system itself acts. */
struct actor {
	uint64_t person, org;		/* and as whom: the organisation of the session */
	uint32_t roles;			/* bit 1 << ROLE_… */
	int org_kind;			/* enum org_kind */
	const char *name;		/* for the audit log: person's name, "system", a channel */
	const char *address;		/* from where: client address, or NULL */
};

/* The context of one request or job step: first argument everywhere above base.  Lives on the worker's stack; what it
 * points to lives in its arena or longer. */
struct cx {
	struct arena *a;
	struct db *db;
	const struct config *conf;
	struct instant now;		/* read once: everything in one request happens at one time */
	struct actor actor;
	enum lang lang;
	const char *request_id;
	/* idempotency (IFC-3): key as sent, NULL when there is none; hash of method, address and body */
	const char *key;
	unsigned char body_hash[32];
};
#endif
