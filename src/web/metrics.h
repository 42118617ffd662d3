#ifndef WEB_METRICS_H
#define WEB_METRICS_H
#include "base/out.h"
#include "web/route.h"

/* Counts of a pool, in memory that its workers share (fcgi/worker.h), so that any worker answers for all. */
struct metrics;
size_t metrics_size(void);

/* One request done.  route NULL: an address that we do not have. */
struct metrics_request { const struct route *route; int status; int64_t us; unsigned queries, retries; };
void metrics_count(struct metrics *m, const struct metrics_request *r);
/* In Prometheus' text format. */
void metrics_print(struct out *o, const struct metrics *m, const struct router *routes, const char *pool);
#endif
