#include "web/problem.h"
#include "base/str.h"
#include "web/nav.h"
#include "web/page.h"

enum { RETRY_AWAY = 5, RETRY_TOO_MANY = 60 };

static const char *code_of(const struct web *w, enum rc rc) { return str_lower(w->cx->a, rc_info[rc].name); }

/* ACC-4: whom a zone has to ask. */
static const char *payer_help(const struct web *w, enum rc rc)
{
	if (rc != RC_DENIED || !w->found.route || !nav_of_payer(w, w->found.route->perm))
		return NULL;
	return MSG_FILL(w->cx->a, w->cx->lang, MSG_zone_of_payer, { "name", w->session->payer_name });
}

static void details(struct web *w, enum rc rc)
{
	struct out *o = &w->ans->body;

	out_lit(o, "{\"type\":\"about:blank\",\"title\":");
	out_json(o, msg_text(w->cx->lang, msg_error(rc)));
	out_printf(o, ",\"status\":%d,\"code\":", rc_info[rc].http);
	out_json(o, code_of(w, rc));
	out_lit(o, ",\"detail\":");
	const char *help = payer_help(w, rc);
	out_json(o, help ? help : msg_text(w->cx->lang, msg_error_help(rc)));
	out_lit(o, ",\"reference\":");
	out_json(o, w->req->id);
	for (size_t i = 0; i < w->errors.n; i++) {
		out_str(o, i ? ",{\"field\":" : ",\"errors\":[{\"field\":");
		out_json(o, w->errors.e[i].field);
		out_lit(o, ",\"code\":");
		out_json(o, msg_keys[w->errors.e[i].msg]);
		out_lit(o, ",\"message\":");
		out_json(o, page_error_text(w, &w->errors.e[i]));
		out_lit(o, "}");
	}
	out_str(o, w->errors.n ? "]}" : "}");
	out_lit(&w->ans->head, "Content-Type: application/problem+json\r\n");
	if (rc == RC_UNAUTHENTICATED)
		out_lit(&w->ans->head, "WWW-Authenticate: Bearer\r\n");
}

static void page(struct web *w, enum rc rc)
{
	struct view_problem m = { .title = msg_error(rc), .help = msg_error_help(rc), .more = payer_help(w, rc) };
	struct out *o = &w->ans->body;

	if (m.more)
		m.title = MSG_zone_title;
	page_frame(w);
	o->lang = w->cx->lang;
	w->page.title = m.title;
	w->page.reference = w->req->id;
	if (w->req->method != METHOD_POST && rc_info[rc].http >= 500)
		m.again = w->page.back;
	out_lit(&w->ans->head, "Content-Type: text/html; charset=utf-8\r\n");
	if (w->session)
		tpl_console_problem(o, &m, &w->page);
	else
		tpl_storefront_problem(o, &m, &w->page);
}

/* Sign in, and back here (a GET) or to the beginning. */
static void sign_in(struct web *w)
{
	struct out *h = &w->ans->head;

	w->ans->status = 303;
	out_lit(h, "Location: /login?back=");
	out_url(h, page_back(w));
	out_lit(h, "\r\n");
}

void problem_show(struct web *w, enum rc rc)
{
	bool raw = w->found.route && w->found.route->raw;

	out_reset(&w->ans->head);
	out_reset(&w->ans->body);
	w->ans->status = rc_info[rc].http;
	if (rc == RC_UNAUTHENTICATED && !w->json)
		return sign_in(w);
	if (rc == RC_METHOD) {
		out_lit(&w->ans->head, "Allow: ");
		out_str(&w->ans->head, w->found.allow);
		out_lit(&w->ans->head, "\r\n");
	}
	if (w->ans->status == 503 || w->ans->status == 429)
		out_printf(&w->ans->head, "Retry-After: %d\r\n", w->ans->status == 503 ? RETRY_AWAY : RETRY_TOO_MANY);
	if (w->json || raw)
		details(w, rc);
	else
		page(w, rc);
}
