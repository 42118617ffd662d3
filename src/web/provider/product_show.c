/* A product of the provider: how it stands, its versions, and what can be done with it: CAT-9. */
#include <inttypes.h>

#include "app/product_live.h"
#include "domain/product.h"
#include "web/changes.h"
#include "web/provider/product.h"
#include "web/storefront/product_preview.h"

/* How each event is offered: by a page that asks first, or by a button. */
static const struct offer { enum product_event event; const char *name; bool asks, primary, danger; } offers[] = {
	{ PRODUCT_EV_SUBMIT, "submit", true, true, false },   { PRODUCT_EV_REVISE, "revise", false, true, false },
	{ PRODUCT_EV_WITHDRAW, "withdraw", false, false, false }, { PRODUCT_EV_RELIST, "relist", false, true, false },
	{ PRODUCT_EV_DISCARD, "discard", true, false, true }, { PRODUCT_EV_DELIST, "delist", true, false, true },
};
enum { OFFERS = sizeof offers / sizeof *offers };

static void add_actions(struct cx *cx, const struct editing *e, struct view_portal_show *m)
{
	uint32_t set = product_offers(e->row.state, e->row.edit_state, (enum org_kind)cx->actor.org_kind, cx->actor.roles);
	struct view_product_act *to = ARENA_ARRAY(cx->a, struct view_product_act, OFFERS);

	for (const struct offer *o = offers; o < offers + OFFERS; o++)
		if (set_has(set, o->event))
			to[m->actions_n++] = (struct view_product_act){
				.name = o->name, .href = editing_href(cx, e, arena_printf(cx->a, "/%s", o->name)), .label = (enum msg)product_event_msg[o->event],
				.version = e->row.edit_version, .primary = o->primary, .danger = o->danger, .asks = o->asks,
			};
	m->actions = to;
}

static enum rc add_versions(struct cx *cx, const struct editing *e, struct view_portal_show *m)
{
	struct q_version_list *r;

	TRY(q_version_list(cx->db, cx->a, &(struct q_version_list_in){ e->id }, &r, &m->versions_n));
	struct view_product_version *to = ARENA_ARRAY(cx->a, struct view_product_version, m->versions_n);
	for (size_t i = 0; i < m->versions_n; i++)
		to[i] = (struct view_product_version){
			.version = r[i].version, .state = r[i].state, .saved_at = r[i].saved_at, .saved_by = r[i].saved_by, .submitted_at = r[i].submitted_at,
			.submitted_by = r[i].submitted_by, .decided_at = r[i].decided_at, .reason = r[i].reason, .sells = r[i].version == e->row.version,
			.tone = r[i].version == e->row.version ? "ok" : r[i].state == VERSION_PUBLISHED ? "" : tone_version(r[i].state),
			.href = editing_href(cx, e, arena_printf(cx->a, "/versions/%" PRIu64, r[i].version)),
		};
	m->versions = to;
	return RC_OK;
}

enum rc product_portal(struct cx *cx, struct web *w)
{
	struct editing e;

	TRY(editing_open(cx, w, &e));
	const struct q_product_edit *r = &e.row;
	struct view_portal_show m = {
		.id = e.id_text, .slug = r->slug, .name = r->name, .state = r->state, .version = r->version, .edit_version = r->edit_version, .edit_state = r->edit_state,
		.reason = r->edit_state == VERSION_REFUSED ? r->reason : NULL, .deals = r->deals, .listed_at = r->listed_at, .created_at = r->created_at,
		.saved_at = r->saved_at, .saved_by = r->saved_by, .submitted_at = r->submitted_at, .tone = tone_product(r->state),
		.edit_tone = tone_version(r->edit_state), .sells = r->state == PRODUCT_LISTED, .draft = r->edit_state == VERSION_DRAFT && may_edit(cx), .may_edit = may_edit(cx),
	};
	if (m.draft)
		TRY(editing_lacks(cx, &e, &m.lacks, &m.lacks_n));
	TRY(add_versions(cx, &e, &m));
	add_actions(cx, &e, &m);
	w->page.title = MSG_portal_products_title;
	w->page.name = r->name;
	CRUMBS(w, r->name, { web_text(w, MSG_nav_provider), "/provider" }, { web_text(w, MSG_portal_products_title), "/provider/products" });
	return web_show(w, tpl_provider_product_show, json_portal_show, &m);
}

enum rc product_version_page(struct cx *cx, struct web *w)
{
	uint64_t version = web_param_id(w, "version");
	struct q_version_list *rows;
	struct editing e;
	struct view_version_show m;
	size_t n, i = 0;

	TRY(editing_open(cx, w, &e));
	m = (struct view_version_show){ .id = e.id_text, .name = e.row.name, .version = version };
	TRY(product_changes_of(cx, e.id, version, &m.before, &m.changes));
	TRY(q_version_list(cx->db, cx->a, &(struct q_version_list_in){ e.id }, &rows, &n));
	while (i < n && rows[i].version != version)
		i++;
	if (i == n)
		return RC_NOT_FOUND;
	m.state = rows[i].state;
	m.reason = rows[i].reason;
	m.tone = tone_version(m.state);
	const char *here = MSG_FILL(cx->a, cx->lang, MSG_product_edit_version, { "n", web_param(w, "version") });
	w->page.title = MSG_portal_products_title;
	w->page.name = here;
	editing_crumbs(cx, w, &e, here);
	return web_show(w, tpl_provider_version_show, json_version_show, &m);
}

/* What buyers will see: the version beside what sells, else what sells. */
enum rc product_preview_show(struct cx *cx, struct web *w)
{
	struct editing e;

	TRY(editing_open(cx, w, &e));
	if (!e.row.body)
		TRY(product_live_read(cx->db, cx->a, e.id, &e.doc));
	return product_preview(cx, w, &(struct product_preview){ e.id, &e.doc, editing_href(cx, &e, "/preview"), "/provider/pictures/", editing_href(cx, &e, "") });
}

/* ---- pages that ask first ---- */

static enum rc ask(struct cx *cx, struct web *w, const struct editing *e, enum product_event ev, enum msg lead, struct view_product_ask *m)
{
	const char *what = web_text(w, (enum msg)product_event_msg[ev]);

	m->id = e->id_text;
	m->name = e->row.name;
	m->version = e->row.edit_version;
	m->action = editing_href(cx, e, arena_printf(cx->a, "/%s", product_event_enum.names[ev]));
	m->lead = web_text(w, lead);
	m->button = what;
	w->page.title = (enum msg)product_event_msg[ev];
	w->page.name = e->row.name;
	editing_crumbs(cx, w, e, what);
	return web_show(w, tpl_provider_product_ask, json_product_ask, m);
}

enum rc product_submit_ask(struct cx *cx, struct web *w)
{
	struct view_product_ask m = { 0 };
	struct editing e;
	uint64_t before;

	TRY(editing_open(cx, w, &e));
	if (editing_closed(w, &e))
		return web_see(w, editing_href(cx, &e, ""));
	TRY(editing_lacks(cx, &e, &m.lacks, &m.lacks_n));
	TRY(product_changes_of(cx, e.id, e.row.edit_version, &before, &m.changes));
	m.ready = !m.lacks_n;
	return ask(cx, w, &e, PRODUCT_EV_SUBMIT, m.lacks_n ? MSG_product_ask_lacks : MSG_product_ask_submit, &m);
}

enum rc product_discard_ask(struct cx *cx, struct web *w)
{
	struct view_product_ask m = { .ready = true, .danger = true };
	struct editing e;

	TRY(editing_open(cx, w, &e));
	return e.row.edit_version ? ask(cx, w, &e, PRODUCT_EV_DISCARD, MSG_product_ask_discard, &m) : web_see(w, editing_href(cx, &e, ""));
}

struct delist_in { const char *why; };
FORM(product_delist_form, struct delist_in, TEXT(struct delist_in, why, .max = 200, .optional = true))

enum rc product_delist_ask(struct cx *cx, struct web *w)
{
	struct view_product_ask m = { .ready = true, .danger = true, .why = web_keep(w, web_field(w, &product_delist_form, "why", MSG_product_ask_why, NULL)) };
	struct editing e;

	TRY(editing_open(cx, w, &e));
	return ask(cx, w, &e, PRODUCT_EV_DELIST, MSG_product_ask_delist, &m);
}

/* ---- what is done ---- */

struct act_in { int64_t version; };
FORM(product_act_form, struct act_in, INT(struct act_in, version, .min = 1))

static enum rc told(struct web *w, enum rc rc, const struct outcome *out)
{
	if (rc == RC_CONFLICT)
		return web_refuse(w, NULL, MSG_product_edit_closed);
	return rc == RC_OK ? web_done(w, out) : rc;
}

enum rc product_submit_do(struct cx *cx, struct web *w)
{
	const struct act_in *in = w->in;
	struct doc_problems problems;
	struct outcome out;
	enum rc rc = product_submit(cx, web_param_id(w, "id"), (uint64_t)in->version, &problems, &out);

	return rc == RC_INVALID ? web_refuse(w, NULL, MSG_product_ask_lacks) : told(w, rc, &out);
}

enum rc product_withdraw_do(struct cx *cx, struct web *w)
{
	const struct act_in *in = w->in;
	struct outcome out;

	return told(w, product_withdraw(cx, web_param_id(w, "id"), (uint64_t)in->version, &out), &out);
}

enum rc product_discard_do(struct cx *cx, struct web *w)
{
	const struct act_in *in = w->in;
	struct outcome out;

	return told(w, product_discard(cx, web_param_id(w, "id"), (uint64_t)in->version, &out), &out);
}

enum rc product_revise_do(struct cx *cx, struct web *w)
{
	struct outcome out;

	return told(w, product_revise(cx, web_param_id(w, "id"), &out), &out);
}

enum rc product_delist_do(struct cx *cx, struct web *w)
{
	const struct delist_in *in = w->in;
	struct outcome out;

	return told(w, product_delist(cx, web_param_id(w, "id"), in->why, &out), &out);
}

enum rc product_relist_do(struct cx *cx, struct web *w)
{
	struct outcome out;

	return told(w, product_relist(cx, web_param_id(w, "id"), &out), &out);
}
