/* Organisations: found, frozen, given an account manager (ACC-15, ORD-9). */
#include <inttypes.h>

#include "app/org.h"
#include "base/str.h"
#include "q_org.h"
#include "view/org.h"
#include "web/history.h"
#include "web/list.h"

static bool may(const struct cx *cx, enum perm p) { return permit_allows(p, (enum org_kind)cx->actor.org_kind, cx->actor.roles); }
static const char *id_text(struct cx *cx, uint64_t id) { return arena_printf(cx->a, "%" PRIu64, id); }

/* -- list ------------------------------------------------------------------------------------------------------------ */

struct org_find_in { const char *q; enum org_kind kind; bool frozen; LIST_MEMBERS };
FORM(org_find_form, struct org_find_in,
	TEXT(struct org_find_in, q, .max = 80, .optional = true),
	ENUM(struct org_find_in, kind, org_kind, .optional = true),
	CHECK(struct org_find_in, frozen),
	LIST_ROWS(struct org_find_in))

static enum rc find(struct cx *cx, const struct org_find_in *in, struct view_org_rows *m)
{
	size_t limit = list_limit(in->limit);
	struct q_org_list_in ask = { .before = UINT64_MAX, .kind = in->kind, .frozen = in->frozen, .limit = (int32_t)limit + 1 };
	struct q_org_list *r;

	if (in->q && *in->q && !str_u64(in->q, &ask.id))
		ask.like = list_like(cx->a, in->q);
	TRY(cursor_read(in->after, &ask.before, 1));
	TRY(q_org_list(cx->db, cx->a, &ask, &r, &m->items_n));
	if (list_more(&m->items_n, limit))
		m->next = cursor_write(cx->a, &r[limit - 1].id, 1);
	struct view_org_row *rows = ARENA_ARRAY(cx->a, struct view_org_row, m->items_n);
	for (size_t i = 0; i < m->items_n; i++)
		rows[i] = (struct view_org_row){
			.id = id_text(cx, r[i].id), .kind = r[i].kind, .name = r[i].name, .freeze = r[i].freeze_kind,
			.freeze_reason = r[i].freeze_reason, .manager_name = r[i].manager_name, .completed = r[i].completed,
			.resources = r[i].resources, .created_at = r[i].created_at,
		};
	m->items = rows;
	return RC_OK;
}

enum rc org_find(struct cx *cx, struct web *w)
{
	const struct org_find_in *in = w->in;
	struct view_empty empty = { web_text(w, MSG_list_none), web_text(w, MSG_list_none_hint), NULL };
	struct view_org_rows m = { .empty = &empty };
	struct view_tab tabs[] = {
		list_tab(w, "frozen", NULL, web_text(w, MSG_list_all), !in->frozen), list_tab(w, "frozen", "1", web_text(w, MSG_org_frozen), in->frozen),
	};
	struct view_tabs bar = { web_text(w, MSG_org_state), tabs, 2 };
	struct view_field fields[] = {
		list_search(w, "q", MSG_org_q, MSG_org_q_hint), list_choice(w, "kind", MSG_org_kind, &org_kind_enum, org_kind_msg, (int)in->kind),
	};

	TRY(find(cx, in, &m));
	m.tabs = &bar;
	m.filter = list_filter(w, fields, 2);
	m.pager = list_pager(w, m.items_n, m.next);
	w->page.title = MSG_org_title;
	CRUMBS(w, web_text(w, MSG_org_title), { web_text(w, MSG_nav_platform), "/ops" });
	return web_show(w, tpl_operator_org_list, json_org_rows, &m);
}

/* -- one --------------------------------------------------------------------------------------------------------------- */

struct org_freeze_form_in { enum freeze_kind kind, seen; const char *reason; };
FORM(org_freeze_form, struct org_freeze_form_in,
	ENUM(struct org_freeze_form_in, kind, freeze_kind),
	ENUM(struct org_freeze_form_in, seen, freeze_kind, .optional = true),
	TEXT(struct org_freeze_form_in, reason, .max = 200))
struct org_unfreeze_in { enum freeze_kind seen; const char *reason; };
FORM(org_unfreeze_form, struct org_unfreeze_in,
	ENUM(struct org_unfreeze_in, seen, freeze_kind),
	TEXT(struct org_unfreeze_in, reason, .max = 200))
struct org_manager_in { struct ids manager; };
FORM(org_manager_form, struct org_manager_in,
	IDS(struct org_manager_in, manager, .max = 1))

static const char *event_title(struct cx *cx, const struct q_audit_latest *e)
{
	enum freeze_kind kind = e->to_state ? (enum freeze_kind)enum_of(&freeze_kind_enum, e->to_state, strlen(e->to_state)) : 0;

	if (kind)
		return msg_text(cx->lang, (enum msg)freeze_kind_msg[kind]);
	if (str_eq(e->event, "unfreeze"))
		return msg_text(cx->lang, MSG_org_unfrozen);
	if (str_eq(e->event, "account_manager"))
		return msg_text(cx->lang, MSG_org_assigned);
	return str_eq(e->event, "create") ? msg_text(cx->lang, MSG_org_created_event) : NULL;
}

static enum rc add_managers(struct cx *cx, struct web *w, uint64_t chosen, struct view_org_page *m)
{
	struct view_field f = web_field(w, &org_manager_form, "manager", MSG_org_manager, NULL);
	struct q_org_managers *r;
	size_t n;

	TRY(q_org_managers(cx->db, cx->a, &(struct q_org_managers_in){ SET_OF(ROLE_ACCOUNT_MANAGER) }, &r, &n));
	struct view_field_option *o = ARENA_ARRAY(cx->a, struct view_field_option, n + 1);
	o[0] = (struct view_field_option){ .value = "", .label = web_text(w, MSG_org_nobody), .chosen = !chosen };
	for (size_t i = 0; i < n; i++)
		o[i + 1] = (struct view_field_option){ .value = id_text(cx, r[i].id), .label = r[i].name, .chosen = chosen == r[i].id };
	f.control = FIELD_SELECT;
	f.options = o;
	f.options_n = n + 1;
	m->manager = web_keep(w, f);
	return RC_OK;
}

static const char *does(const struct web *w, enum freeze_kind k)
{
	switch (k) {
	case FREEZE_ARREARS:   return web_text(w, MSG_freeze_arrears);
	case FREEZE_VIOLATION: return web_text(w, MSG_freeze_violation);
	case FREEZE_POLICE:    return web_text(w, MSG_freeze_police);
	}
	return NULL;
}

enum rc org_page(struct cx *cx, struct web *w)
{
	struct q_org_page o;

	TRY(q_org_page(cx->db, cx->a, &(struct q_org_page_in){ web_param_id(w, "id") }, &o));
	struct view_org_page m = {
		.id = id_text(cx, o.id), .kind = o.kind, .name = o.name, .phone = o.phone, .email = o.email, .freeze = o.freeze_kind,
		.freeze_reason = o.freeze_reason, .paying_name = o.paying_name, .manager_name = o.manager_name,
		.open_orders = o.open_orders, .completed = o.completed, .resources = o.resources, .created_at = o.created_at,
		.freeze_does = does(w, o.freeze_kind), .may_freeze = o.kind != ORG_PLATFORM && may(cx, PERM_ORG_FREEZE),
		.may_assign = o.kind == ORG_BUYER && may(cx, PERM_ORG_ASSIGN),
		.kinds = web_keep(w, web_enum(w, &org_freeze_form, "kind", MSG_org_freeze_kind, FIELD_RADIO, freeze_kind_msg, 0)),
		.reason = web_keep(w, web_field(w, &org_freeze_form, "reason", MSG_org_reason, NULL)),
	};
	if (m.may_assign)
		TRY(add_managers(cx, w, o.manager_id, &m));
	TRY(history_of(cx, o.id, event_title, &m.history));
	w->page.title = MSG_org_title;
	w->page.name = o.name;
	CRUMBS(w, o.name, { web_text(w, MSG_nav_platform), "/ops" }, { web_text(w, MSG_org_title), "/ops/organisations" });
	return web_show(w, tpl_operator_org_page, json_org_page, &m);
}

static enum rc set_freeze(struct cx *cx, struct web *w, enum freeze_kind kind, enum freeze_kind seen, const char *reason)
{
	struct org_freeze f = { web_param_id(w, "id"), kind, seen, reason };
	struct outcome out;
	enum rc rc = org_freeze(cx, &f, &out);

	if (rc == RC_CONFLICT)
		return web_refuse(w, NULL, MSG_org_meanwhile);
	TRY(rc);
	return web_done(w, &out);
}

enum rc org_freeze_do(struct cx *cx, struct web *w)
{
	const struct org_freeze_form_in *in = w->in;

	return set_freeze(cx, w, in->kind, in->seen, in->reason);
}

enum rc org_unfreeze_do(struct cx *cx, struct web *w)
{
	const struct org_unfreeze_in *in = w->in;

	return set_freeze(cx, w, 0, in->seen, in->reason);
}

enum rc org_manager_do(struct cx *cx, struct web *w)
{
	const struct org_manager_in *in = w->in;
	struct outcome out;
	enum rc rc = org_assign(cx, web_param_id(w, "id"), in->manager.n ? in->manager.v[0] : 0, &out);

	if (rc == RC_INVALID)
		return web_refuse(w, "manager", MSG_field_choice);
	TRY(rc);
	return web_done(w, &out);
}
