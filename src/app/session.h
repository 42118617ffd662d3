#ifndef APP_SESSION_H
#define APP_SESSION_H
#include "app/work.h"
#include "crypto/token.h"

/* Signing in and out (ACC-11, ACC-12). */
struct session_begun {
	uint64_t before;		/* in: the actor's own session that ends with this, as it takes its place; 0: none */
	char token[TOKEN_SIZE];		/* for the cookie; at rest only its hash */
	uint64_t person, org;
	enum org_kind org_kind;
	enum lang language;		/* the person's setting, or LANG_NONE */
};

/* One answer for an unknown account and a wrong password: RC_DENIED, in the same time.  RC_TOO_MANY: after SESSION_FAILURES
 * failures in 15 minutes for the account or the address, a try must wait, longer with each failure. */
enum { SESSION_FAILURES = 10, SESSION_WAIT_MAX_S = 60 };
MUST_USE enum rc session_begin(struct cx *cx, const char *login, const char *password, const char *agent, struct session_begun *out);

/* The hash under which a token stands in the store. */
void session_hash(const char *token, unsigned char out[32]);
/* Seconds to wait after so many failures, the last of them so long ago; 0 = may try. */
int session_wait(uint64_t failures, int64_t since_us);

/* Of the actor's own sessions: RC_NOT_FOUND for another's. */
MUST_USE enum rc session_end(struct cx *cx, uint64_t id);
MUST_USE enum rc session_end_others(struct cx *cx, uint64_t keep);
/* The actor goes on as a member of another of its organisations; RC_NOT_FOUND when it is not a member. */
MUST_USE enum rc session_switch(struct cx *cx, uint64_t id, uint64_t org);
MUST_USE enum rc session_language(struct cx *cx, enum lang language);
/* A note that the session is in use, at most once a minute. */
MUST_USE enum rc session_touch(struct cx *cx, const char *token);
#endif
