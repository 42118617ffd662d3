#include "web/page.h"
#include "base/money.h"
#include "base/str.h"
#include "crypto/token.h"
#include "web/csrf.h"
#include "web/dispatch.h"
#include "web/nav.h"

enum { VISITOR_BYTES = 16 };

/* The same for all visitors: no token, key or cookie of anybody's stands in it, so that a cache may keep it. */
static bool for_everybody(const struct web *w) { return w->found.route && w->found.route->cache && !w->session; }

static void tokens(struct web *w)
{
	struct arena *a = w->cx->a;

	w->page.csrf = "";
	if (for_everybody(w)) {
		w->page.key = "";
		return;
	}
	if (!w->cookie) {
		w->cookie = token_hex(VISITOR_BYTES, arena_alloc(a, 2 * VISITOR_BYTES + 1));
		web_cookie(w, COOKIE_VISITOR, w->cookie);
	}
	char *csrf = arena_alloc(a, CSRF_SIZE);
	csrf_token(w->cx->conf, w->cookie, csrf);
	w->page.csrf = csrf;
	if (!w->page.key)
		w->page.key = token_new(arena_alloc(a, TOKEN_SIZE));
}

const char *page_error_text(const struct web *w, const struct form_error *e)
{
	const char *limit = arena_printf(w->cx->a, "%lld", (long long)e->limit);
	char amount[MONEY_TEXT];

	const char *text = MSG_FILL(w->cx->a, w->cx->lang, e->msg, { "limit", limit }, { "amount", money_text(fen(e->limit), false, amount) });

	if (e->about)
		return MSG_FILL(w->cx->a, w->cx->lang, MSG_layout_error_about, { "name", e->about }, { "text", text });
	if (!e->line)
		return text;
	return MSG_FILL(w->cx->a, w->cx->lang, MSG_layout_error_line, { "line", arena_printf(w->cx->a, "%zu", e->line) }, { "text", text });
}

/* Away from its field, what is true of any field needs the name of this one. */
static const char *in_summary(const struct web *w, const struct form_error *e)
{
	const char *text = page_error_text(w, e);

	if (!e->label || !str_prefix(msg_keys[e->msg], "field."))
		return text;
	return MSG_FILL(w->cx->a, w->cx->lang, MSG_layout_error_at, { "label", msg_text(w->cx->lang, e->label) }, { "text", text });
}

static void errors(struct web *w)
{
	struct view_page_error *to = ARENA_ARRAY(w->cx->a, struct view_page_error, w->errors.n);

	for (size_t i = 0; i < w->errors.n; i++)
		to[i] = (struct view_page_error){ .field = w->errors.e[i].field, .text = in_summary(w, &w->errors.e[i]) };
	w->page.errors = to;
	w->page.errors_n = w->errors.n;
}

const char *page_back(const struct web *w)
{
	const struct req *r = w->req;

	if (r->method == METHOD_POST || r->rc != RC_OK)
		return nav_home(w);
	struct out o = { 0 };
	for (const char *s = r->path; *s; s += *s == '/') {
		size_t n = strcspn(s, "/");
		out_url(&o, arena_dup(w->cx->a, s, n));
		s += n;
		if (*s)
			out_lit(&o, "/");
	}
	const char *path = arena_dup(w->cx->a, o.p, o.n);
	out_free(&o);
	return *r->query ? arena_printf(w->cx->a, "%s?%s", path, r->query) : path;
}

static enum msg freeze_msg(enum freeze_kind k)
{
	switch (k) {
	case FREEZE_ARREARS:   return MSG_freeze_arrears_own;
	case FREEZE_VIOLATION: return MSG_freeze_violation_own;
	case FREEZE_POLICE:    return MSG_freeze_police_own;
	}
	return MSG_NONE;
}

/* ACC-15: each page says which freeze stands and what to do. */
static void freeze(struct web *w)
{
	const struct q_session_by_token *s = w->session;
	struct view_notice *n = ARENA_NEW(w->cx->a, struct view_notice);

	if (!s->freeze_kind)
		return;
	*n = (struct view_notice){ "bad", MSG_FILL(w->cx->a, w->cx->lang, freeze_msg(s->freeze_kind), { "reason", s->freeze_reason }), NULL };
	w->page.freeze = n;
}

void page_frame(struct web *w)
{
	struct view_page *p = &w->page;
	const struct config *conf = w->cx->conf;

	p->platform = conf->platform_name;
	p->path = w->req->path;
	p->back = page_back(w);
	p->is_development = conf->platform_development;
	p->home = nav_home(w);
	if (w->session) {
		p->signed_in = true;
		p->user = w->session->person_name;
		p->org = w->session->org_name;
		p->unread = w->session->unread;
		freeze(w);
	}
	p->search_path = "/products";
	p->search_hint = MSG_nav_search;
	p->noindex |= !for_everybody(w);
	nav_frame(w);
	tokens(w);
	errors(w);
}

static void security(struct out *h, const struct web *w)
{
	out_lit(h, "Content-Security-Policy: default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; font-src 'self'; "
		   "connect-src 'self'; form-action 'self'");
	if (w->form_action) {
		out_lit(h, " ");
		out_str(h, w->form_action);
	}
	if (w->sandbox)
		out_lit(h, "; sandbox");
	out_lit(h, "; frame-ancestors 'none'; base-uri 'none'\r\n"
		   "X-Content-Type-Options: nosniff\r\n"
		   "Referrer-Policy: same-origin\r\n"
		   "X-Frame-Options: DENY\r\n"
		   "Cross-Origin-Opener-Policy: same-origin\r\n"
		   "Cross-Origin-Resource-Policy: same-origin\r\n");
	if (str_prefix(w->cx->conf->platform_base_url, "https://"))
		out_lit(h, "Strict-Transport-Security: max-age=31536000; includeSubDomains\r\n");
}

static void caching(struct out *h, const struct web *w)
{
	if (w->ans->status == 200 && for_everybody(w) && w->found.route->raw)	/* one thing for ever, whoever asks */
		out_printf(h, "Cache-Control: public, max-age=%d, immutable\r\n", w->found.route->cache);
	else if (w->ans->status == 200 && for_everybody(w) && !w->set_n)
		out_printf(h, "Cache-Control: public, max-age=%d\r\nVary: Accept, Accept-Language, Cookie\r\n", w->found.route->cache);
	else
		out_lit(h, "Cache-Control: no-store\r\n");
}

void page_finish(struct web *w)
{
	struct out *h = &w->ans->head;

	for (size_t i = 0; i < w->set_n; i++)
		cookie_set(h, w->cx->conf, w->set[i].cookie, w->set[i].value);
	caching(h, w);
	security(h, w);
	out_lit(h, "X-Request-Id: ");
	out_str(h, w->req->id);
	out_lit(h, "\r\n");
}
