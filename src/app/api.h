#ifndef APP_API_H
#define APP_API_H
#include "app/work.h"

/* API products (DEL-13 to DEL-15): the key that an organisation calls with, one for all that it bought of a product; what it may call, a row for
 * each purchase and period; and what it called. */

/* ---- what was bought ---- */

/* From now on, or from the day that its buyer chose, the resource may call as much as it was bought for; nothing when it is no quota of an API.
 * The first one of a product makes the key.  end 0: for ever. */
MUST_USE enum rc api_grant(struct work *w, uint64_t resource, struct instant begin, struct instant end);
/* The key of what it calls, when there is none yet. */
MUST_USE enum rc api_key_first(struct work *w, uint64_t resource);
/* Released or refunded: what is left of it is gone. */
MUST_USE enum rc api_close(struct work *w, uint64_t resource);

/* ---- its key ---- */

enum { API_GRACE_HOURS = 24, API_GRACE_HOURS_MAX = 168 };
/* Another key for what the actor's resource calls; the one before is good for so many hours more.  The first one when there is none.
 * RC_NOT_FOUND: no API of theirs. */
MUST_USE enum rc api_key_replace(struct cx *cx, uint64_t resource, int64_t grace_hours, struct outcome *out);
/* In clear, for its owner's eyes; written to the audit log before. */
MUST_USE enum rc api_key_reveal(struct cx *cx, uint64_t resource, const char **key);
/* For the jobs and the check.  RC_INTERNAL, and a line in the log: it does not open. */
MUST_USE enum rc api_key_open(struct cx *cx, uint64_t id, uint64_t version, struct bytes sealed, struct bytes *key);

/* ---- a call ---- */

#define API_VERDICTS(V) \
	V(GRANTED,   granted,       200) \
	V(MALFORMED, malformed,     401)	/* no Authorization, or not as API-1 says, or a named header is missing */ \
	V(STALE,     stale,         401)	/* x-date is more than 15 minutes away */ \
	V(UNSIGNED,  signature,     401)	/* nobody's secret id, or not signed with its key */ \
	V(REPLAYED,  replayed,      401) \
	V(OTHER,     other_product, 403) \
	V(FROZEN,    frozen,        403) \
	V(ENDED,     ended,         403)	/* nothing bought is in its period: expired, released, refunded, not yet begun */ \
	V(USED_UP,   used_up,       429)
enum api_verdict {
	API_NONE,
#define V(name, text, status) API_##name,
	API_VERDICTS(V)
#undef V
};
struct api_verdict_info { const char *name; int status; };
extern const struct api_verdict_info api_verdict_info[];

enum { API_WINDOW_MINUTES = 15 };

/* The value of a header of the call; NULL: it has none, or several. */
typedef const char *api_header(void *from, const char *name);
struct api_ask {
	api_header *header;
	void *from;
	const char *product;		/* slug of what is protected */
};
struct api_answer { enum api_verdict verdict; int64_t left; };	/* left: over all purchases, after this call */
/* Granted: one call was taken from the quota and committed, never more than there is, once for one request id (a call that the web server
 * sends again is the same).  RC_OK whatever the verdict. */
MUST_USE enum rc api_check(struct cx *cx, const struct api_ask *ask, struct api_answer *out);
/* Whether a call of the last minutes, signed so and dated so, was granted; and how much is left now. */
struct hmacauth;
MUST_USE enum rc api_taken(struct cx *cx, const struct hmacauth *auth, struct instant dated, bool *taken, int64_t *left);

/* ---- what a provider's own gateway reports (DEL-15) ---- */

#define API_RESULTS(R) \
	R(COUNTED,   counted) \
	R(KNOWN,     known)	/* by its id: counted before */ \
	R(BAD,       malformed) \
	R(NOT_NOW,   time)	/* more than API_RECORD_DAYS ago, or not yet */ \
	R(NOBODY,    unknown)	/* no secret id of this product */ \
	R(NOT_LEFT,  used_up)	/* more than was left at its time: nothing of it is counted */
enum api_result {
	API_RESULT_NONE,
#define R(name, text) API_##name,
	API_RESULTS(R)
#undef R
};
extern const char *const api_result_names[];

enum { API_RECORDS_MAX = 200, API_RECORD_ID_MAX = 64, API_RECORD_CALLS_MAX = 1000000, API_RECORD_DAYS = 31 };
struct api_record {
	const char *id, *secret_id;	/* NULL: malformed */
	int64_t calls;
	struct instant at;
	enum api_result result;		/* set by api_report */
};
/* The provider's product of that slug, and who says so knows its secret (PRV-4): t=…,v1=… over t "." event "." hex SHA-256 of the body, not older
 * than the window.  RC_UNAUTHENTICATED: not so. */
struct api_reporter { const char *slug, *signature, *event; struct bytes body; };
MUST_USE enum rc api_reporter(struct cx *cx, const struct api_reporter *who, uint64_t *product);
/* Each record has its own result; the batch is one transaction, so that after any other answer than RC_OK it is sent again. */
MUST_USE enum rc api_report(struct cx *cx, uint64_t product, struct api_record *records, size_t n);

/* The job: calls whose window is over are added up by day and forgotten. */
MUST_USE enum rc api_fold(struct cx *cx, bool *more);
/* After calls were taken: says once that a tenth is left, and how much. */
MUST_USE enum rc api_note_left(struct work *w, uint64_t buyer, uint64_t product, const char *name, bool said, int64_t *left);
#endif
