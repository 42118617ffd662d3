#ifndef WEB_DISPATCH_H
#define WEB_DISPATCH_H
#include "web/metrics.h"

struct config;
struct db;

/* What one worker serves. */
struct web_app {
	struct arena *a;
	const struct config *conf;
	struct db *db;
	enum pool pool;
	struct router *router;
	struct metrics *metrics;
};

/* One request from beginning to end (fcgi_handler; ctx is a struct web_app): always fills the answer, writes one line of log.
 * The order of checks: request, address, method, who, whether allowed, origin, size, kind of body, form token, key, fields. */
void web_handle(void *ctx, struct req *r, struct answer *ans);
#endif
