/* /healthz, /readyz, /metrics: for the load balancer and Prometheus, in every pool. */
#include "app/migrate.h"
#include "base/str.h"
#include "db/db.h"
#include "web/dispatch.h"
#include "web/web.h"

enum rc probe_health(struct cx *cx, struct web *w)
{
	(void)cx;
	return web_raw(w, 200, "text/plain", "alive\n");
}

/* Ready: the store answers, and has every table that this program knows. */
enum rc probe_ready(struct cx *cx, struct web *w)
{
	TRY(db_ping(cx->db));
	TRY(migrate_current(cx->db, cx->a));
	return web_raw(w, 200, "text/plain", "ready\n");
}

enum rc probe_metrics(struct cx *cx, struct web *w)
{
	const char *from = cx->actor.address;

	if (!str_prefix(from, "127.") && !str_eq(from, "::1"))
		return RC_NOT_FOUND;
	TRY(web_raw(w, 200, "text/plain; version=0.0.4", ""));
	metrics_print(&w->ans->body, w->app->metrics, w->app->router, pool_enum.names[w->app->pool]);
	return RC_OK;
}
