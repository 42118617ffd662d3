/* Signing in and out, open sessions, the organisation that one acts for: ACC-1, ACC-11, ACC-12. */
#include <inttypes.h>

#include "app/session.h"
#include "base/str.h"
#include "domain/enums.h"
#include "view/phrase.h"
#include "view/session.h"
#include "web/list.h"
#include "web/nav.h"

struct login_in { const char *name, *password, *back; };
FORM(login_form, struct login_in,
	TEXT(struct login_in, name, .max = 120),
	TEXT(struct login_in, password, .max = 128, .verbatim = true),
	TEXT(struct login_in, back, .max = URI_MAX, .optional = true))

enum rc login_show(struct cx *cx, struct web *w)
{
	struct view_field name = web_field(w, &login_form, "name", MSG_login_name, NULL);
	struct view_field password = web_field(w, &login_form, "password", MSG_login_password, NULL);
	struct view_login m = { .name = &name, .password = &password, .back = web_back(w, "back", "/") };

	(void)cx;
	name.autocomplete = "username";
	password.type = "password";
	password.autocomplete = "current-password";
	password.value = "";	/* never sent back */
	w->page.title = MSG_login_title;
	w->page.noindex = true;
	return web_show(w, tpl_storefront_login, json_login, &m);
}

static const char *home_of(enum org_kind kind)
{
	return kind == ORG_PLATFORM ? "/ops" : kind == ORG_PROVIDER ? "/provider" : "/console";
}

enum rc login_do(struct cx *cx, struct web *w)
{
	const struct login_in *in = w->in;
	struct session_begun *s = ARENA_NEW(cx->a, struct session_begun);

	s->before = w->session ? w->session->session_id : 0;
	enum rc rc = session_begin(cx, in->name, in->password, req_env(w->req, "HTTP_USER_AGENT"), s);

	if (rc == RC_DENIED)
		return web_refuse(w, "name", MSG_login_wrong);
	if (rc == RC_TOO_MANY && !w->json) {
		w->status = rc_info[rc].http;
		form_refuse(&w->errors, NULL, MSG_login_throttled, 0);
		return login_show(cx, w);
	}
	TRY(rc);
	web_cookie(w, COOKIE_SESSION, s->token);
	const char *back = web_back(w, "back", "/");
	return web_see(w, str_eq(back, "/") ? home_of(s->org_kind) : back);
}

enum rc logout_do(struct cx *cx, struct web *w)
{
	if (w->session)
		TRY(session_end(cx, w->session->session_id));
	web_cookie(w, COOKIE_SESSION, "");
	return web_see(w, "/");
}

static void settings_crumbs(struct web *w, enum msg title)
{
	w->page.title = title;
	CRUMBS(w, web_text(w, title), crumb_home(w));
}

enum rc session_list(struct cx *cx, struct web *w)
{
	struct view_session_list m = { 0 };
	struct q_session_list *rows;

	TRY(q_session_list(cx->db, cx->a, &(struct q_session_list_in){ .person = cx->actor.person, .now = cx->now },
		&rows, &m.items_n));
	struct view_session_item *items = ARENA_ARRAY(cx->a, struct view_session_item, m.items_n);
	for (size_t i = 0; i < m.items_n; i++)
		items[i] = (struct view_session_item){
			.id = arena_printf(cx->a, "%" PRIu64, rows[i].id), .org_name = rows[i].org_name,
			.created_at = rows[i].created_at, .seen_at = rows[i].seen_at, .address = rows[i].address,
			.agent = rows[i].agent, .device = phrase_agent(cx->a, rows[i].agent), .current = rows[i].id == w->session->session_id,
		};
	m.items = items;
	m.others = m.items_n > 1;
	settings_crumbs(w, MSG_session_list_title);
	return web_show(w, tpl_storefront_session_list, json_session_list, &m);
}

enum rc session_end_do(struct cx *cx, struct web *w)
{
	uint64_t id = web_param_id(w, "id");

	if (id == w->session->session_id)
		return logout_do(cx, w);
	TRY(session_end(cx, id));
	return web_see(w, "/console/settings/sessions");
}

enum rc session_end_others_do(struct cx *cx, struct web *w)
{
	TRY(session_end_others(cx, w->session->session_id));
	return web_see(w, "/console/settings/sessions");
}

enum rc org_list(struct cx *cx, struct web *w)
{
	struct view_org_list m = { 0 };
	struct q_member_list *rows;

	TRY(q_member_list(cx->db, cx->a, &(struct q_member_list_in){ .person = cx->actor.person }, &rows, &m.items_n));
	struct view_org_item *items = ARENA_ARRAY(cx->a, struct view_org_item, m.items_n);
	for (size_t i = 0; i < m.items_n; i++)
		items[i] = (struct view_org_item){
			.org = arena_printf(cx->a, "%" PRIu64, rows[i].org), .kind = rows[i].kind, .name = rows[i].name,
			.current = rows[i].org == cx->actor.org,
		};
	m.items = items;
	settings_crumbs(w, MSG_org_list_title);
	return web_show(w, tpl_storefront_org_list, json_org_list, &m);
}

struct org_switch_in { const char *org; };
FORM(org_switch_form, struct org_switch_in, TEXT(struct org_switch_in, org, .max = 20))

enum rc org_switch_do(struct cx *cx, struct web *w)
{
	const struct org_switch_in *in = w->in;
	struct q_member_list *rows;
	uint64_t org;
	size_t n;

	if (!str_u64(in->org, &org))
		return RC_NOT_FOUND;
	TRY(q_member_list(cx->db, cx->a, &(struct q_member_list_in){ .person = cx->actor.person }, &rows, &n));
	TRY(session_switch(cx, w->session->session_id, org));
	for (size_t i = 0; i < n; i++)
		if (rows[i].org == org)
			return web_see(w, home_of(rows[i].kind));
	return RC_NOT_FOUND;
}
