/* Purchased products and services: SUB-1, SUB-2, DEL-3, DEL-4. */
#include <inttypes.h>

#include "app/resource.h"
#include "base/id.h"
#include "base/str.h"
#include "domain/resource.h"
#include "q_audit.h"
#include "q_resource.h"
#include "view/phrase.h"
#include "view/resource.h"
#include "web/list.h"

struct resource_list_in { enum resource_state state; LIST_MEMBERS };
FORM(resource_list_form, struct resource_list_in,
	ENUM(struct resource_list_in, state, resource_state, .optional = true),
	LIST_ROWS(struct resource_list_in))

static const char *id_text(struct cx *cx, uint64_t id) { return arena_printf(cx->a, "%" PRIu64, id); }

static const struct view_action *actions_of(struct cx *cx, const struct q_resource_list *r, size_t *n)
{
	struct view_action *a = ARENA_NEW(cx->a, struct view_action);
	uint32_t offered = resource_actions(r->state, &(struct resource_facts){ .now = cx->now, .ends_at = r->end_at });

	*n = set_has(offered, RESOURCE_MANAGE);
	*a = (struct view_action){ "manage", arena_printf(cx->a, "/console/resources/%" PRIu64, r->id),
		MSG_resource_list_manage, false };
	return a;
}

static struct view_resource_item item_of(struct cx *cx, const struct q_resource_list *r)
{
	struct phrase_plan p = { .plan = r->plan_name, .unit = r->unit, .quantity = r->quantity };
	struct view_resource_item m = {
		.id = id_text(cx, r->id), .state = r->state, .delivery = r->delivery, .name = r->name,
		.product_name = r->product_name, .plan_name = r->plan_name, .quantity = r->quantity, .unit = r->unit,
		.order_number = r->order_number, .created_at = r->created_at, .begin_at = r->begin_at,
		.end_at = r->end_at, .summary = phrase_plan(cx->a, cx->lang, &p), .tone = tone_resource(r->state),
	};

	m.actions = actions_of(cx, r, &m.actions_n);
	return m;
}

static const struct view_tabs *tabs_of(struct cx *cx, const struct web *w, enum resource_state chosen)
{
	struct view_tab *t = ARENA_ARRAY(cx->a, struct view_tab, resource_state_n + 1);
	struct view_tabs *tabs = ARENA_NEW(cx->a, struct view_tabs);

	t[0] = list_tab(w, "state", NULL, web_text(w, MSG_list_all), !chosen);
	t[0].counted = true;
	t[0].count = w->session->resources;
	for (int i = 1; i <= resource_state_n; i++)
		t[i] = list_tab(w, "state", resource_state_enum.names[i], web_text(w, (enum msg)resource_state_msg[i]),
			i == (int)chosen);
	*tabs = (struct view_tabs){ web_text(w, MSG_order_list_state), t, resource_state_n + 1 };
	return tabs;
}

enum rc resource_list(struct cx *cx, struct web *w)
{
	const struct resource_list_in *in = w->in;
	size_t limit = list_limit(in->limit);
	struct q_resource_list_in ask = { .buyer = cx->actor.org, .before = UINT64_MAX, .state = in->state,
		.limit = (int32_t)limit + 1 };
	struct q_resource_list *rows;
	struct view_resource_list m = { 0 };
	struct view_link shop = { .label = web_text(w, MSG_resource_list_shop), .href = "/products", .primary = true };
	struct view_empty empty = {
		web_text(w, in->state ? MSG_list_none : MSG_resource_list_empty),
		web_text(w, in->state ? MSG_list_none_hint : MSG_resource_list_empty_hint), &shop,
	};

	TRY(cursor_read(in->after, &ask.before, 1));
	TRY(q_resource_list(cx->db, cx->a, &ask, &rows, &m.items_n));
	if (list_more(&m.items_n, limit))
		m.next = cursor_write(cx->a, &rows[limit - 1].id, 1);
	struct view_resource_item *items = ARENA_ARRAY(cx->a, struct view_resource_item, m.items_n);
	for (size_t i = 0; i < m.items_n; i++)
		items[i] = item_of(cx, &rows[i]);
	m.items = items;
	m.tabs = tabs_of(cx, w, in->state);
	m.empty = &empty;
	m.pager = list_pager(w, m.items_n, m.next);
	w->page.title = MSG_resource_list_title;
	CRUMBS(w, web_text(w, MSG_resource_list_title), { web_text(w, MSG_nav_buyer), "/console" });
	return web_show(w, tpl_buyer_resource_list, json_resource_list, &m);
}

/* The names of the protocols in words; what a provider calls a field of its own stays as it is. */
static const char *field_label(struct cx *cx, const char *name)
{
	static const struct { const char *name; enum msg label; } known[] = {
		{ "website", MSG_resource_field_website }, { "auth_url", MSG_resource_field_auth_url },
		{ "account", MSG_resource_field_account }, { "password", MSG_resource_field_password },
	};

	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (str_eq(known[i].name, name))
			return msg_text(cx->lang, known[i].label);
	return name;
}

static bool is_address(const char *value)
{
	return value && (str_prefix(value, "https://") || str_prefix(value, "http://"));
}

static enum rc add_fields(struct cx *cx, uint64_t id, struct view_resource_show *m)
{
	struct q_resource_field_list *rows;

	TRY(q_resource_field_list(cx->db, cx->a, &(struct q_resource_field_list_in){ .resource = id }, &rows,
		&m->fields_n));
	struct view_resource_field *f = ARENA_ARRAY(cx->a, struct view_resource_field, m->fields_n);
	for (size_t i = 0; i < m->fields_n; i++)
		f[i] = (struct view_resource_field){
			.position = rows[i].position, .name = rows[i].name, .value = rows[i].value,
			.secret = !rows[i].value, .label = field_label(cx, rows[i].name),
			.link = is_address(rows[i].value),
		};
	m->fields = f;
	return RC_OK;
}

static enum resource_state state_named(const char *s)
{
	return s ? (enum resource_state)enum_of(&resource_state_enum, s, strlen(s)) : 0;
}

static const char *moment_title(struct cx *cx, const struct view_resource_event *e)
{
	if (str_eq(e->event, "reveal"))
		return msg_text(cx->lang, MSG_resource_show_revealed);
	if (!e->from || !e->to)
		return msg_text(cx->lang, MSG_resource_show_created);
	return MSG_FILL(cx->a, cx->lang, MSG_resource_show_changed,
		{ "state", msg_text(cx->lang, (enum msg)resource_state_msg[e->to]) });
}

static enum rc add_history(struct cx *cx, uint64_t id, struct view_resource_show *m)
{
	struct q_audit_history *rows;
	size_t n;

	TRY(q_audit_history(cx->db, cx->a, &(struct q_audit_history_in){ .object = id }, &rows, &n));
	struct view_resource_event *e = ARENA_ARRAY(cx->a, struct view_resource_event, n);
	struct view_moment *t = ARENA_ARRAY(cx->a, struct view_moment, n);
	struct view_timeline *timeline = ARENA_NEW(cx->a, struct view_timeline);
	for (size_t i = 0; i < n; i++) {
		e[i] = (struct view_resource_event){
			.at = id_instant(rows[i].id), .event = rows[i].event, .from = state_named(rows[i].from_state),
			.to = state_named(rows[i].to_state), .why = rows[i].why, .who = rows[i].actor_name,
		};
		t[n - 1 - i] = (struct view_moment){ .at = e[i].at, .title = moment_title(cx, &e[i]),
			.who = phrase_actor(cx->lang, e[i].who), .note = e[i].why, .current = i == n - 1 };
	}
	*timeline = (struct view_timeline){ t, n };
	m->history = e;
	m->history_n = n;
	m->timeline = timeline;
	return RC_OK;
}

static enum msg explain(enum resource_state s)
{
	switch (s) {
	case RESOURCE_PROVISIONING: return MSG_resource_show_provisioning;
	case RESOURCE_IN_USE:       return MSG_resource_show_in_use;
	case RESOURCE_EXPIRED:      return MSG_resource_show_expired;
	case RESOURCE_RELEASED:     return MSG_resource_show_released;
	case RESOURCE_REFUNDED:     return MSG_resource_show_refunded;
	case RESOURCE_FAILED:       return MSG_resource_show_failed;
	}
	return MSG_NONE;
}

static enum rc resource_of(struct cx *cx, const struct web *w, struct q_resource_show *r)
{
	return q_resource_show(cx->db, cx->a, &(struct q_resource_show_in){ .buyer = cx->actor.org,
		.id = web_param_id(w, "id") }, r);
}

enum rc resource_show(struct cx *cx, struct web *w)
{
	struct q_resource_show r;

	TRY(resource_of(cx, w, &r));
	struct view_resource_show m = {
		.id = id_text(cx, r.id), .state = r.state, .delivery = r.delivery, .name = r.name,
		.product_name = r.product_name, .slug = r.slug, .plan_name = r.plan_name, .quantity = r.quantity,
		.unit = r.unit, .order_number = r.order_number, .sign_id = r.sign_id, .created_at = r.created_at,
		.begin_at = r.begin_at, .end_at = r.end_at, .provider_name = r.provider_name,
		.support_phone = r.support_phone, .support_email = r.support_email, .tone = tone_resource(r.state),
		.explained = explain(r.state), .poll = r.state == RESOURCE_PROVISIONING,
		.may_reveal = permit_allows(PERM_RESOURCE_SECRET, (enum org_kind)cx->actor.org_kind, cx->actor.roles),
	};
	TRY(add_fields(cx, r.id, &m));
	TRY(add_history(cx, r.id, &m));
	w->page.name = r.name;
	CRUMBS(w, r.name, { web_text(w, MSG_nav_buyer), "/console" },
		{ web_text(w, MSG_resource_list_title), "/console/resources" });
	return web_show(w, tpl_buyer_resource_show, json_resource_show, &m);
}

enum rc resource_reveal_do(struct cx *cx, struct web *w)
{
	struct q_resource_show r;
	struct q_resource_field_list *rows;
	uint64_t position = web_param_id(w, "position");
	size_t n;
	struct view_resource_secret m = { .position = position };

	TRY(resource_of(cx, w, &r));
	TRY(q_resource_field_list(cx->db, cx->a, &(struct q_resource_field_list_in){ .resource = r.id }, &rows, &n));
	for (size_t i = 0; i < n; i++)
		if (rows[i].position == position)
			m.name = rows[i].name;
	if (!m.name)
		return RC_NOT_FOUND;
	TRY(resource_reveal(cx, r.id, position, &m.value));
	m.id = id_text(cx, r.id);
	m.label = field_label(cx, m.name);
	w->page.title = MSG_resource_secret_title;
	CRUMBS(w, web_text(w, MSG_resource_secret_title),
		{ web_text(w, MSG_resource_list_title), "/console/resources" },
	       { r.name, arena_printf(cx->a, "/console/resources/%" PRIu64, r.id) });
	return web_show(w, tpl_buyer_resource_secret, json_resource_secret, &m);
}
