/* The page of a purchased product, and its secrets: SUB-1, DEL-3, DEL-4. */
#include <inttypes.h>

#include "app/resource.h"
#include "app/resource_enter.h"
#include "base/id.h"
#include "base/str.h"
#include "base/time.h"
#include "q_audit.h"
#include "q_resource.h"
#include "view/phrase.h"
#include "web/buyer/api.h"
#include "web/buyer/checkout.h"
#include "web/buyer/resource.h"
#include "web/list.h"

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

/* The way in leads to another site: the page's policy must allow it. */
static bool enters(struct web *w, const struct q_resource_field_list *f, const struct view_resource_show *m)
{
	const char *origin = f->value && str_eq(f->name, "auth_url") ? entry_origin(w->cx->a, f->value, w->cx->conf->platform_development) : NULL;

	if (!origin || !m->may_enter)
		return false;
	w->form_action = origin;
	return true;
}

static enum rc add_fields(struct cx *cx, struct web *w, uint64_t id, struct view_resource_show *m)
{
	struct q_resource_field_list *rows;

	TRY(q_resource_field_list(cx->db, cx->a, &(struct q_resource_field_list_in){ .resource = id }, &rows,
		&m->fields_n));
	struct view_resource_field *f = ARENA_ARRAY(cx->a, struct view_resource_field, m->fields_n);
	for (size_t i = 0; i < m->fields_n; i++)
		f[i] = (struct view_resource_field){
			.position = rows[i].position, .name = rows[i].name, .value = rows[i].value,
			.secret = !rows[i].value, .label = field_label(cx, rows[i].name),
			.link = is_address(rows[i].value), .enters = enters(w, &rows[i], m),
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
	if (str_eq(e->event, "rename"))
		return msg_text(cx->lang, MSG_resource_show_renamed);
	if (str_eq(e->event, "enter"))
		return msg_text(cx->lang, MSG_resource_show_entered);
	if (str_eq(e->event, "fields"))
		return msg_text(cx->lang, MSG_resource_show_filled);
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

static enum resource_relation relation_of(const struct q_resource_show *r, const struct q_resource_beside *b)
{
	if (b->main_id == r->id)
		return RELATION_PART;
	if (b->host_id == r->id)
		return RELATION_IMAGE;
	return b->id == r->main_id ? RELATION_MAIN : RELATION_HOST;
}

static enum rc add_beside(struct cx *cx, const struct q_resource_show *r, struct view_resource_show *m)
{
	struct q_resource_beside_in in = { .buyer = cx->actor.org, .id = r->id, .main = r->main_id, .host = r->host_id };
	struct q_resource_beside *rows;

	TRY(q_resource_beside(cx->db, cx->a, &in, &rows, &m->beside_n));
	struct view_resource_beside *b = ARENA_ARRAY(cx->a, struct view_resource_beside, m->beside_n);
	for (size_t i = 0; i < m->beside_n; i++)
		b[i] = (struct view_resource_beside){
			.relation = relation_of(r, &rows[i]), .id = arena_printf(cx->a, "%" PRIu64, rows[i].id), .name = rows[i].name,
			.product_name = rows[i].product_name, .state = rows[i].state, .end_at = rows[i].end_at, .tone = tone_resource(rows[i].state),
		};
	m->beside = b;
	return RC_OK;
}

/* What was chosen, in the words of the plan. */
static enum rc add_options(struct cx *cx, const struct q_resource_show *r, struct view_resource_show *m)
{
	struct order_choice chosen = { .options = r->options };
	struct order_quote of = { 0 };

	if (!*r->options)
		return RC_OK;
	TRY(q_choice_list(cx->db, cx->a, &(struct q_choice_list_in){ .plan = r->plan_id }, &of.choices, &of.choices_n));
	m->options_text = checkout_options(cx, &chosen, &of);
	return RC_OK;
}

static enum rc add_orders(struct cx *cx, uint64_t id, struct view_resource_show *m)
{
	struct q_resource_orders *rows;

	TRY(q_resource_orders(cx->db, cx->a, &(struct q_resource_orders_in){ .buyer = cx->actor.org, .id = id }, &rows, &m->orders_n));
	struct view_resource_order *o = ARENA_ARRAY(cx->a, struct view_resource_order, m->orders_n);
	for (size_t i = 0; i < m->orders_n; i++)
		o[i] = (struct view_resource_order){
			.number = rows[i].number, .kind = rows[i].kind, .state = rows[i].state, .payable = rows[i].payable, .created_at = rows[i].created_at,
			.tone = tone_order(rows[i].state),
		};
	m->orders = o;
	return RC_OK;
}

static struct instant delivered_at(const struct view_resource_show *m)
{
	for (size_t i = 0; i < m->history_n; i++)
		if (m->history[i].to == RESOURCE_IN_USE && m->history[i].from == RESOURCE_PROVISIONING)
			return m->history[i].at;
	return m->begin_at;
}

static const char *at_moment(struct cx *cx, enum msg msg, struct instant at)
{
	char text[TIME_TEXT];

	return MSG_FILL(cx->a, cx->lang, msg, { "at", instant_text(at, text) });
}

/* What its state means, and what happens next (SUB-2). */
static const char *explain(const struct web *w, const struct view_resource_show *m)
{
	struct cx *cx = w->cx;
	bool people = m->delivery == DELIVERY_MANUAL;

	switch (m->state) {
	case RESOURCE_PROVISIONING:
		return msg_text(cx->lang, people ? MSG_resource_show_people : MSG_resource_show_provisioning);
	case RESOURCE_IN_USE:
		return m->not_yet ? msg_text(cx->lang, MSG_resource_show_not_yet) : at_moment(cx, MSG_resource_show_in_use, delivered_at(m));
	case RESOURCE_EXPIRED:
		return w->session->freeze_kind == FREEZE_POLICE ? msg_text(cx->lang, MSG_resource_show_kept) : at_moment(cx, MSG_resource_show_expired, m->release_at);
	case RESOURCE_RELEASED:
		return msg_text(cx->lang, MSG_resource_show_released);
	case RESOURCE_REFUNDED:
		return msg_text(cx->lang, MSG_resource_show_refunded);
	case RESOURCE_FAILED:
		return msg_text(cx->lang, MSG_resource_show_failed);
	}
	return "";
}

static enum rc resource_of(struct cx *cx, const struct web *w, struct q_resource_show *r)
{
	return q_resource_show(cx->db, cx->a, &(struct q_resource_show_in){ .buyer = cx->actor.org,
		.id = web_param_id(w, "id") }, r);
}

static struct instant release_of(const struct q_resource_show *r)
{
	bool counts = r->end_at.us && (r->state == RESOURCE_IN_USE || r->state == RESOURCE_EXPIRED);

	return counts ? instant_add(r->end_at, r->grace_days * DAY_US) : (struct instant){ 0 };
}

enum rc resource_show(struct cx *cx, struct web *w)
{
	struct q_resource_show r;

	TRY(resource_of(cx, w, &r));
	struct view_resource_show m = {
		.id = arena_printf(cx->a, "%" PRIu64, r.id), .state = r.state, .delivery = r.delivery, .name = r.name,
		.product_name = r.product_name, .slug = r.slug, .plan_name = r.plan_name, .quantity = r.quantity,
		.unit = r.unit, .order_number = r.order_number, .sign_id = r.sign_id, .created_at = r.created_at,
		.begin_at = r.begin_at, .end_at = r.end_at, .provider_name = r.provider_name,
		.support_phone = r.support_phone, .support_email = r.support_email, .tone = tone_resource(r.state),
		.trial = r.trial, .not_yet = r.begin_at.us > cx->now.us, .options = r.options, .open_order = r.open_order,
		.refunding = r.refunding, .delivery_number = r.delivery_number, .release_at = release_of(&r), .poll = r.state == RESOURCE_PROVISIONING,
		.may_reveal = permit_allows(PERM_RESOURCE_SECRET, (enum org_kind)cx->actor.org_kind, cx->actor.roles),
	};
	struct resource_buttons b = RESOURCE_BUTTONS(&r);

	b.page = true;
	m.actions = resource_buttons(w, &b, &m.actions_n);
	m.tags = resource_tags(cx->a, r.tags, &m.tags_n);
	m.may_rename = permit_allows(PERM_RESOURCE_RENAME, (enum org_kind)cx->actor.org_kind, cx->actor.roles);
	TRY(add_options(cx, &r, &m));
	TRY(add_beside(cx, &r, &m));
	m.may_enter = m.may_reveal && r.state == RESOURCE_IN_USE && r.secret;
	TRY(add_fields(cx, w, r.id, &m));
	TRY(add_orders(cx, r.id, &m));
	if (r.api)
		TRY(api_panel(cx, w, r.id, r.product_id, &m.api));
	m.app = m.fields_n || !r.api;
	TRY(add_history(cx, r.id, &m));
	m.explained = explain(w, &m);
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
	m.id = arena_printf(cx->a, "%" PRIu64, r.id);
	m.label = field_label(cx, m.name);
	w->page.title = MSG_resource_secret_title;
	CRUMBS(w, web_text(w, MSG_resource_secret_title),
		{ web_text(w, MSG_resource_list_title), "/console/resources" },
	       { r.name, arena_printf(cx->a, "/console/resources/%" PRIu64, r.id) });
	return web_show(w, tpl_buyer_resource_secret, json_resource_secret, &m);
}

enum rc resource_enter_do(struct cx *cx, struct web *w)
{
	const char *address;

	TRY(resource_enter(cx, web_param_id(w, "id"), &address));
	return web_see(w, address);
}
