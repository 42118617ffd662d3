#ifndef CHANNEL_TENCENT_H
#define CHANNEL_TENCENT_H
#include "app/resource.h"
#include "base/arena.h"
#include "domain/enums.h"
#include "http/http.h"

/* The provisioning dialect `tencent` (PRV-2): signed JSON to a provider's system, and what its answers mean. */

struct tencent_conf {
	const char *url, *token;
	int timeout_ms;
	bool allow_private;		/* development (PRV-6) */
};

enum tencent_verdict {
	TENCENT_DONE = 1,
	TENCENT_ACCEPTED,		/* under way at the provider: ask again */
	TENCENT_AGAIN,			/* no clear answer: try again */
	TENCENT_REFUSED,		/* a definite no (DEL-2) */
};

struct tencent_answer {
	enum tencent_verdict verdict;
	int status;			/* HTTP, 0 when none came */
	const char *why;		/* for the record of tries: no secrets */
	struct resource_delivered delivered;	/* when done */
};

struct tencent_create {
	uint64_t event, account;	/* eventId stays over repeats */
	const char *order_id, *open_id, *product_id, *request_id, *product_name, *spec;
	bool trial;
	uint64_t time_span;
	enum time_unit time_unit;
};

enum { TENCENT_ANSWER_MAX = 64 << 10, TENCENT_SIGN_ID_MAX = 11 };

void tencent_create(struct arena *a, const struct tencent_conf *c, const struct tencent_create *in, struct instant now, struct tencent_answer *out);

/* expireInstance, destroyInstance: of an instance that exists (SUB-3).  Done when the provider says success. */
struct tencent_change { uint64_t event; const char *action, *sign_id; };
void tencent_change(struct arena *a, const struct tencent_conf *c, const struct tencent_change *in, struct instant now, struct tencent_answer *out);

/* modifyInstance: another spec; of a trial that is paid now also its period.  end 0: none. */
struct tencent_modify { uint64_t event; const char *sign_id, *spec; uint64_t time_span; enum time_unit time_unit; struct instant end; };
void tencent_modify(struct arena *a, const struct tencent_conf *c, const struct tencent_modify *in, struct instant now, struct tencent_answer *out);

/* lower hex SHA-256 of token, timestamp and eventId, sorted as texts and joined. */
const char *tencent_sign(struct arena *a, const char *token, const char *timestamp, const char *event);
/* The pure halves: what is sent, and what an answer with a body of n bytes says. */
const char *tencent_create_write(struct arena *a, const struct tencent_create *in);
void tencent_create_read(struct arena *a, const char *body, size_t n, struct tencent_answer *out);
void tencent_change_read(struct arena *a, const char *body, size_t n, struct tencent_answer *out);
#endif
