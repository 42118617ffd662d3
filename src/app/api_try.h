#ifndef APP_API_TRY_H
#define APP_API_TRY_H
#include "app/api.h"
#include "crypto/hmacauth.h"
#include "q_api_try.h"

/* A call of an API that a buyer tries from the page of the resource (DEL-13).  It is a call as any other: signed with the resource's key, checked and
 * counted by whatever stands before the API.  The jobs make it, once: one that was cut off is not made again, as it may have been counted. */

enum { API_TRY_MINUTE_MAX = 10, API_TRY_URL_MAX = 4000, API_TRY_DAYS = 7 };
struct api_try {
	uint64_t resource;
	enum api_method method;
	const char *url, *added, *body, *typed;	/* added, typed: a line each */
	const char *page;			/* where its result is shown; the id is put behind */
};
/* RC_NOT_FOUND: no API of the actor's.  RC_TOO_MANY: API_TRY_MINUTE_MAX in the last minute. */
MUST_USE enum rc api_try_ask(struct cx *cx, const struct api_try *t, struct outcome *out);

/* For the jobs: what is to be done next; *row NULL: nothing.  In state API_TRY_CALLING it is called now; all else has been seen to. */
MUST_USE enum rc api_try_take(struct cx *cx, struct q_api_try_take **row);
/* The headers that sign a call, one after the other with a NULL at the end, made with the key of now. */
struct api_try_signed { const char *header[4]; struct hmacauth auth; struct instant dated; };
MUST_USE enum rc api_try_sign(struct cx *cx, const struct q_api_try_take *row, struct api_try_signed *out);
/* What came of it: taken and left are looked up. */
MUST_USE enum rc api_try_tell(struct cx *cx, const struct api_try_signed *s, struct q_api_try_done_in *in);
#endif
