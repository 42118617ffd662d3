#ifndef FCGI_WORKER_H
#define FCGI_WORKER_H
#include "fcgi/req.h"

/* Answers one request: fills *ans, which comes empty with status 0. */
typedef void fcgi_handler(void *ctx, struct req *r, struct answer *ans);

struct fcgi_worker {
	struct arena *a;		/* released to where it stood after each request */
	fcgi_handler *handle;
	void *ctx;
	unsigned retire;		/* ends after about so many requests; 0: never */
	/* For a program with other things to move on between requests: called in place of sleeping, with ctx; returns when fd can be
	 * read, and at least once a second, as stop signals are looked at after it.  NULL: sleeps. */
	void (*wait)(void *ctx, int fd);
};

/* Serves requests from the socket on fd 0, one at a time, until SIGTERM or SIGINT (the request at hand is finished first) or
 * retirement; safety.md 10.  Gives the exit status: 0, or 1 when fd 0 is no listening socket. */
int fcgi_work(const struct fcgi_worker *w);
/* One request in the manner of CGI: environment and standard input, answer on standard output. */
int fcgi_once(const struct fcgi_worker *w);
/* Zeroed memory that all workers of one master share, at most FCGI_SHARED_MAX bytes; the process's own without a master. */
void *fcgi_shared(size_t size);
enum { FCGI_SHARED_MAX = 4 << 20 };
#endif
