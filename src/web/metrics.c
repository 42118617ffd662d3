#include "web/metrics.h"

#include <inttypes.h>

static const int statuses[] = { 200, 201, 303, 304, 400, 401, 403, 404, 405, 409, 413, 415, 422, 429, 500, 503 };
static const int64_t bucket_us[] = { 1000, 5000, 10000, 25000, 50000, 100000, 250000, 1000000, 5000000 };
enum { STATUSES = sizeof statuses / sizeof *statuses, BUCKETS = sizeof bucket_us / sizeof *bucket_us };

struct series { uint64_t status[STATUSES], bucket[BUCKETS], us; };
struct metrics {
	uint64_t queries, retries;
	struct series route[ROUTES_MAX + 1];	/* by id; 0: no such address */
};

size_t metrics_size(void) { return sizeof(struct metrics); }

static void add(uint64_t *to, uint64_t v) { __atomic_add_fetch(to, v, __ATOMIC_RELAXED); }
static uint64_t get(const uint64_t *v) { return __atomic_load_n(v, __ATOMIC_RELAXED); }

/* A status that is not in the list counts as 500: it should be noticed. */
static size_t status_index(int status)
{
	for (size_t i = 0; i < STATUSES; i++)
		if (statuses[i] == status)
			return i;
	return STATUSES - 2;
}

void metrics_count(struct metrics *m, const struct metrics_request *r)
{
	struct series *s = &m->route[r->route ? r->route->id : 0];

	add(&s->status[status_index(r->status)], 1);
	add(&s->us, (uint64_t)r->us);
	for (size_t i = 0; i < BUCKETS; i++)
		if (r->us <= bucket_us[i])
			add(&s->bucket[i], 1);
	add(&m->queries, r->queries);
	add(&m->retries, r->retries);
}

static void labels(struct out *o, const char *metric, const char *pool, const struct route *r)
{
	out_str(o, metric);
	out_lit(o, "{pool=\"");
	out_str(o, pool);
	out_lit(o, "\",method=\"");
	out_str(o, !r ? "-" : r->method == METHOD_POST ? "POST" : "GET");
	out_lit(o, "\",route=\"");
	out_str(o, r ? r->pattern : "-");
	out_lit(o, "\"");
}

static void print_series(struct out *o, const struct series *s, const char *pool, const struct route *r)
{
	uint64_t total = 0;

	for (size_t i = 0; i < STATUSES; i++) {
		uint64_t n = get(&s->status[i]);
		total += n;
		if (n) {
			labels(o, "yunshi_requests_total", pool, r);
			out_printf(o, ",status=\"%d\"} %" PRIu64 "\n", statuses[i], n);
		}
	}
	if (!total)
		return;
	for (size_t i = 0; i < BUCKETS; i++) {
		labels(o, "yunshi_request_seconds_bucket", pool, r);
		out_printf(o, ",le=\"%g\"} %" PRIu64 "\n", (double)bucket_us[i] / 1e6, get(&s->bucket[i]));
	}
	labels(o, "yunshi_request_seconds_bucket", pool, r);
	out_printf(o, ",le=\"+Inf\"} %" PRIu64 "\n", total);
	labels(o, "yunshi_request_seconds_sum", pool, r);
	out_printf(o, "} %g\n", (double)get(&s->us) / 1e6);
	labels(o, "yunshi_request_seconds_count", pool, r);
	out_printf(o, "} %" PRIu64 "\n", total);
}

static void print_total(struct out *o, const char *metric, const char *pool, uint64_t v)
{
	out_lit(o, "# TYPE ");
	out_str(o, metric);
	out_lit(o, " counter\n");
	out_str(o, metric);
	out_lit(o, "{pool=\"");
	out_str(o, pool);
	out_printf(o, "\"} %" PRIu64 "\n", v);
}

void metrics_print(struct out *o, const struct metrics *m, const struct router *routes, const char *pool)
{
	print_total(o, "yunshi_queries_total", pool, get(&m->queries));
	print_total(o, "yunshi_transaction_retries_total", pool, get(&m->retries));
	out_lit(o, "# TYPE yunshi_requests_total counter\n# TYPE yunshi_request_seconds histogram\n");
	print_series(o, &m->route[0], pool, NULL);
	for (size_t i = 0; i < router_count(routes); i++)
		print_series(o, &m->route[router_row(routes, i)->id], pool, router_row(routes, i));
}
