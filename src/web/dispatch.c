#include "web/dispatch.h"
#include "base/log.h"
#include "base/str.h"
#include "base/time.h"
#include "db/db.h"
#include "web/change.h"
#include "web/identity.h"
#include "web/nav.h"
#include "web/negotiate.h"
#include "web/page.h"
#include "web/problem.h"

#include <time.h>

/* ---- steps, in their order ---- */

static enum rc find(struct web *w)
{
	TRY(w->req->rc);
	router_find(w->app->router, w->cx->a, w->req->method, w->req->path, &w->found);
	return RC_OK;
}

static enum rc permit(const struct web *w)
{
	const struct actor *who = &w->cx->actor;

	if (!w->found.route)
		return w->found.allow ? RC_METHOD : RC_NOT_FOUND;
	if (permit_allows(w->found.route->perm, (enum org_kind)who->org_kind, who->roles))
		return nav_of_payer(w, w->found.route->perm) ? RC_DENIED : RC_OK;
	return w->session ? RC_DENIED : RC_UNAUTHENTICATED;
}

static enum rc read_fields(struct web *w)
{
	if (w->req->method == METHOD_POST)
		return change_read(w);
	return input_urlencoded(w->cx->a, w->req->query, strlen(w->req->query), &w->input);
}

static enum rc read_form(struct web *w)
{
	const struct form *f = w->found.route->form;

	if (f)
		w->in = form_read(f, w->cx->a, &w->input, &w->errors);
	if (!w->errors.n)
		return RC_OK;
	if (w->json || w->req->method == METHOD_POST)
		return RC_INVALID;
	w->status = rc_info[RC_INVALID].http;	/* a page with a wrong filter: shown, and what is wrong on top of it */
	return RC_OK;
}

/* A refused form is the page that it stood on, with what was typed and what is wrong (IFC-4). */
static enum rc show_again(struct web *w)
{
	const struct route *page = w->found.route->again;
	const struct actor *who = &w->cx->actor;

	if (w->json || !w->errors.n || !page || !permit_allows(page->perm, (enum org_kind)who->org_kind, who->roles))
		return RC_INVALID;
	out_reset(&w->ans->head);
	out_reset(&w->ans->body);
	w->status = rc_info[RC_INVALID].http;
	w->in = page->form ? form_read(page->form, w->cx->a, &w->input, &(struct form_errors){ 0 }) : NULL;
	return page->handle(w->cx, w);
}

static enum rc run(struct web *w)
{
	TRY(find(w));
	const struct route *route = w->found.route;
	if (route && route->raw) {
		TRY(req_body(w->req, w->cx->a, route->body_max ? route->body_max : BODY_MAX));
		return route->handle(w->cx, w);
	}
	TRY(identify(w));
	TRY(permit(w));
	TRY(read_fields(w));
	enum rc rc = read_form(w);
	if (rc == RC_OK)
		rc = route->handle(w->cx, w);
	return rc == RC_INVALID && w->req->method == METHOD_POST ? show_again(w) : rc;
}

/* ---- around them ---- */

static int64_t clock_us(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * INT64_C(1000000) + t.tv_nsec / 1000;
}

static struct web *begin(const struct web_app *app, struct cx *cx, struct req *r, struct answer *ans)
{
	struct web *w = ARENA_NEW(app->a, struct web);
	bool program = media_is(r->type, "application/json") || req_env(r, "HTTP_AUTHORIZATION");
	const char *language = cookie_get(app->a, app->conf, COOKIE_LANGUAGE, req_env(r, "HTTP_COOKIE"));

	config_clock(app->conf);
	*cx = (struct cx){ .a = app->a, .db = app->db, .conf = app->conf, .now = clock_now(), .request_id = r->id };
	cx->actor.address = r->remote;
	cx->lang = language ? (enum lang)enum_of(&lang_enum, language, strlen(language)) : LANG_NONE;
	if (!cx->lang)
		cx->lang = negotiate_lang(req_env(r, "HTTP_ACCEPT_LANGUAGE"));
	if (!cx->lang)
		cx->lang = LANG_ZH_CN;
	w->cx = cx;
	w->app = app;
	w->req = r;
	w->ans = ans;
	w->json = negotiate_json(req_env(r, "HTTP_ACCEPT"), program);
	return w;
}

static void note(const struct web *w, enum rc rc, int64_t us, unsigned queries, unsigned retries)
{
	const struct route *route = w->found.route;
	const struct rc_info *info = &rc_info[rc];

	log_event(info->level == 'D' ? 'I' : info->level, "request", LOG_STR("request", w->req->id), LOG_STR("method", w->req->method_text),
		  LOG_STR("route", route ? route->pattern : NULL), LOG_INT("status", w->ans->status), LOG_STR("rc", info->name),
		  LOG_INT("ms", us / 1000), LOG_INT("queries", queries), LOG_INT("user", w->cx->actor.person), LOG_INT("org", w->cx->actor.org),
		  LOG_STR("remote", w->req->remote));
	metrics_count(w->app->metrics, &(struct metrics_request){ route, w->ans->status, us, queries, retries });
}

void web_handle(void *ctx, struct req *r, struct answer *ans)
{
	const struct web_app *app = ctx;
	int64_t from = clock_us();
	unsigned queries = db_queries(app->db), retries = db_retries(app->db);
	struct cx cx;
	struct web *w = begin(app, &cx, r, ans);
	enum rc rc = run(w);

	if (rc != RC_OK)
		problem_show(w, rc);
	page_finish(w);
	note(w, rc, clock_us() - from, db_queries(app->db) - queries, db_retries(app->db) - retries);
}
