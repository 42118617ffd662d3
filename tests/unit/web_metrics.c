#include <stdlib.h>

#include "unit.h"
#include "web/metrics.h"

TEST(metrics_text, "IFC-10 requests are counted by address and status, in the form that Prometheus reads")
{
	static const struct route row = { .method = METHOD_GET, .pattern = "/orders" };
	struct router *r = router_make(&unit_arena, &(struct route_table){ &row, 1 }, 1);
	struct metrics *m = calloc(1, metrics_size());
	struct out o = { 0 };

	metrics_count(m, &(struct metrics_request){ router_row(r, 0), 200, 3000, 2, 1 });
	metrics_count(m, &(struct metrics_request){ router_row(r, 0), 503, 9000000, 1, 0 });
	metrics_count(m, &(struct metrics_request){ NULL, 404, 10, 0, 0 });
	metrics_print(&o, m, r, "buyer");
	out_bytes(&o, "", 1);
	assert_non_null(strstr(o.p, "yunshi_requests_total{pool=\"buyer\",method=\"GET\",route=\"/orders\",status=\"200\"} 1\n"));
	assert_non_null(strstr(o.p, "route=\"/orders\",status=\"503\"} 1\n"));
	assert_non_null(strstr(o.p, "method=\"-\",route=\"-\",status=\"404\"} 1\n"));
	assert_non_null(strstr(o.p, "route=\"/orders\",le=\"0.001\"} 0\n"));
	assert_non_null(strstr(o.p, "route=\"/orders\",le=\"0.005\"} 1\n"));
	assert_non_null(strstr(o.p, "route=\"/orders\",le=\"+Inf\"} 2\n"));
	assert_non_null(strstr(o.p, "yunshi_queries_total{pool=\"buyer\"} 3\n"));
	assert_non_null(strstr(o.p, "yunshi_transaction_retries_total{pool=\"buyer\"} 1\n"));
	out_free(&o);
	free(m);
}
