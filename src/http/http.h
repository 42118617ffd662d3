#ifndef HTTP_HTTP_H
#define HTTP_HTTP_H
#include "base/arena.h"
#include "base/rc.h"
#include "base/value.h"

/* Calls to other systems: bounded in time and size, http and https only, certificates verified, no redirects, no proxy,
 * no cookies. */
typedef bool http_piece(void *to, const char *p, size_t n);	/* false: no more of it is wanted */
struct http_call {
	const char *url;
	const char *method;		/* NULL: POST */
	const char *content_type;	/* of the body */
	struct bytes body;		/* a POST without one is a POST of nothing */
	const char *const *headers;	/* "Name: value" and a NULL at the end; may be NULL */
	int timeout_ms;			/* for all of it */
	size_t max_bytes;		/* of the answer's body */
	bool allow_private;		/* development: PRV-6 is off */
	const char *cert_file, *cert_key_file;	/* our certificate and its key (PEM), shown to a server that asks; NULL: none */
	const char *ca_file;		/* who signs the server's; NULL or "": those that the system trusts */
	http_piece *piece;		/* the answer's body goes there as it comes, and is not kept; NULL: it is */
	void *to;
};

struct http_answer {
	int status;
	const char *content_type;	/* "" when none was named */
	const char *body;		/* n bytes and a NUL */
	size_t n;
	const char *why;		/* after a failure, for the log */
};

/* Sends and waits.  RC_OK: an answer came, whatever its status.  RC_AWAY: nothing was sent.  RC_UNCERTAIN: it was sent,
 * and no whole answer came in time: the other side may have acted.  RC_TOO_LARGE: so was the answer (the other side has
 * acted; its status is known when its head was read).  RC_DENIED: the name leads to an address that PRV-6 forbids, looked at when the connection is made, so that a
 * name which changes its address does not pass. RC_INVALID: not an address of ours.  The answer lives in the arena.
 * Connections are kept for the next call of this process. */
MUST_USE enum rc http_send(struct arena *a, const struct http_call *call, struct http_answer *out);

/* A file that can be read, by nobody else: private keys. */
bool http_secret_file(const char *path);

/* Several calls at once, for a loop with one thread. */
struct http_many;
typedef void http_done(void *user, enum rc rc, const struct http_answer *answer); /* the answer is gone afterwards */

struct http_many *http_many_new(void);
/* What the call points to is copied.  `done` is called from http_many_wait, where it may start other calls. */
void http_many_start(struct http_many *m, const struct http_call *call, http_done *done, void *user);
size_t http_many_running(const struct http_many *m);
/* Moves all calls on until fd can be read (true) or the time is over; fd -1: none. */
bool http_many_wait(struct http_many *m, int fd, int timeout_ms);
/* Calls that still run are dropped without a word. */
void http_many_free(struct http_many *m);
#endif
