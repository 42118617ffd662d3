/* One delivery: its steps, its history, and what its reader does next.  DEL-5 to DEL-7, DEL-10, DEL-16. */
#include "web/delivery.h"

#include <inttypes.h>
#include <stddef.h>

#include "base/id.h"
#include "base/str.h"
#include "q_delivery.h"
#include "view/phrase.h"
#include "web/appeal.h"

enum { ROUNDS_MAX = 500, STEPS = 5 };

/* Each step has a form of its own with one text; the names differ, as several stand on one page. */
struct delivery_in {
	const char *requirement, *reason, *progress, *material, *work, *acceptance, *objection;
	bool waits;
	int64_t version;
	struct ids files, papers;	/* of what is aside: papers */
};
#define STEP_FORM(form, ...) FORM(form, struct delivery_in, INT(struct delivery_in, version, .optional = true), ##__VA_ARGS__)
#define SAID(member, files) LINES(struct delivery_in, member, .max = DELIVERY_TEXT_MAX), IDS(struct delivery_in, files, .max = ATTACHMENT_MAX)
STEP_FORM(delivery_require_form, SAID(requirement, files))
STEP_FORM(delivery_confirm_form)
STEP_FORM(delivery_reject_form, SAID(reason, papers))
STEP_FORM(delivery_report_form, SAID(progress, papers), CHECK(struct delivery_in, waits))
STEP_FORM(delivery_supply_form, SAID(material, files))
STEP_FORM(delivery_submit_form, SAID(work, files))
STEP_FORM(delivery_accept_form, SAID(acceptance, files))
STEP_FORM(delivery_object_form, SAID(objection, papers))

/* In the order of the page; what is aside is folded away. */
static const struct step {
	enum delivery_event event;
	const char *path;
	const struct form *form;
	const char *field;	/* NULL: nothing is said */
	size_t off;
	enum msg title, label, hint, button;
	bool aside, danger;
} steps[] = {
#define IN(m) #m, offsetof(struct delivery_in, m)
	{ DELIVERY_EV_REQUIRE, "require", &delivery_require_form, IN(requirement), MSG_delivery_require, MSG_delivery_requirement, MSG_delivery_requirement_hint, MSG_delivery_require_do, false, false },
	{ DELIVERY_EV_CONFIRM, "confirm", &delivery_confirm_form, NULL, 0, MSG_delivery_confirm, MSG_NONE, MSG_delivery_confirm_hint, MSG_delivery_confirm_do, false, false },
	{ DELIVERY_EV_REJECT_REQUIREMENT, "reject", &delivery_reject_form, IN(reason), MSG_delivery_reject, MSG_delivery_reason, MSG_delivery_reason_hint, MSG_delivery_reject_do, true, true },
	{ DELIVERY_EV_SUBMIT, "submit", &delivery_submit_form, IN(work), MSG_delivery_submit, MSG_delivery_work, MSG_delivery_work_hint, MSG_delivery_submit_do, false, false },
	{ DELIVERY_EV_REPORT, "report", &delivery_report_form, IN(progress), MSG_delivery_report, MSG_delivery_progress, MSG_delivery_progress_hint, MSG_delivery_report_do, true, false },
	{ DELIVERY_EV_SUPPLY, "supply", &delivery_supply_form, IN(material), MSG_delivery_supply, MSG_delivery_material, MSG_delivery_material_hint, MSG_delivery_supply_do, false, false },
	{ DELIVERY_EV_ACCEPT, "accept", &delivery_accept_form, IN(acceptance), MSG_delivery_accept, MSG_delivery_acceptance, MSG_delivery_acceptance_hint, MSG_delivery_accept_do, false, false },
	{ DELIVERY_EV_REJECT_ACCEPTANCE, "object", &delivery_object_form, IN(objection), MSG_delivery_object, MSG_delivery_objection, MSG_delivery_objection_hint, MSG_delivery_object_do, true, true },
#undef IN
};
enum { STEPS_N = sizeof steps / sizeof *steps };

const char *delivery_base(const struct cx *cx)
{
	return cx->actor.org_kind == ORG_BUYER ? "/console/deliveries" : cx->actor.org_kind == ORG_PROVIDER ? "/provider/deliveries" : "/ops/deliveries";
}

const char *delivery_order_href(const struct cx *cx, const char *number)
{
	const char *orders = cx->actor.org_kind == ORG_BUYER ? "/console/orders" : cx->actor.org_kind == ORG_PROVIDER ? "/provider/orders" : "/ops/orders";

	return arena_printf(cx->a, "%s/%s", orders, number);
}

void delivery_crumbs(struct web *w, const char *number, const char *here)
{
	enum org_kind side = (enum org_kind)w->cx->actor.org_kind;
	const char *list = web_text(w, side == ORG_BUYER ? MSG_delivery_center : MSG_delivery_queue);
	struct crumb way[] = { crumb_home(w), { list, delivery_base(w->cx) }, { number, here ? arena_printf(w->cx->a, "%s/%s", delivery_base(w->cx), number) : NULL } };

	page_crumbs(w, way, here ? 3 : number ? 2 : 1, here ? here : number ? number : list);
}

const char *delivery_next(struct cx *cx, enum delivery_state state, enum delivery_hold hold, struct instant due_at)
{
	static const enum msg next[] = {
		[DELIVERY_AWAITING_REQUIREMENT] = MSG_delivery_next_requirement, [DELIVERY_AWAITING_CONFIRMATION] = MSG_delivery_next_confirmation,
		[DELIVERY_IN_IMPLEMENTATION] = MSG_delivery_next_implementation, [DELIVERY_AWAITING_ACCEPTANCE] = MSG_delivery_next_acceptance,
	};
	char at[TIME_TEXT];

	if (!delivery_turn(state))
		return NULL;
	if (hold)
		return msg_text(cx->lang, hold == DELIVERY_HELD_BY_APPEAL ? MSG_delivery_held_appeal : MSG_delivery_held_refund);
	if (delivery_turn(state) == ORG_PROVIDER && due_at.us < cx->now.us)
		return MSG_FILL(cx->a, cx->lang, MSG_delivery_overdue, { "at", instant_text(due_at, at) });
	return due_at.us ? MSG_FILL(cx->a, cx->lang, next[state], { "at", instant_text(due_at, at) }) : msg_text(cx->lang, next[state]);
}

/* -- the page ------------------------------------------------------------------------------------------------------ */

static const struct view_steps *bar(struct cx *cx, enum delivery_state state)
{
	static const enum msg labels[STEPS] = { MSG_delivery_step_requirement, MSG_delivery_step_confirmation, MSG_delivery_step_implementation, MSG_delivery_step_acceptance, MSG_delivery_step_done };
	struct view_step *s = ARENA_ARRAY(cx->a, struct view_step, STEPS);
	struct view_steps *m = ARENA_NEW(cx->a, struct view_steps);
	int now = state == DELIVERY_CLOSED ? -1 : (int)state - 1;

	for (int i = 0; i < STEPS; i++)
		s[i] = (struct view_step){ msg_text(cx->lang, labels[i]), i < now || state == DELIVERY_COMPLETED, i == now && state != DELIVERY_COMPLETED };
	*m = (struct view_steps){ s, STEPS };
	return m;
}

static const char *tone_round(enum delivery_event ev)
{
	return ev == DELIVERY_EV_REJECT_REQUIREMENT || ev == DELIVERY_EV_REJECT_ACCEPTANCE || ev == DELIVERY_EV_CLOSE ? "bad" :
	       ev == DELIVERY_EV_ACCEPT || ev == DELIVERY_EV_AUTO_ACCEPT || ev == DELIVERY_EV_COMPLETE ? "ok" : "";
}

enum rc delivery_rounds(struct cx *cx, struct web *w, uint64_t id, const struct attachments *files, const struct view_delivery_round **rounds, size_t *n)
{
	struct q_delivery_round_list *r;

	TRY(q_delivery_round_list(cx->db, cx->a, &(struct q_delivery_round_list_in){ id, ROUNDS_MAX }, &r, n));
	struct view_delivery_round *v = ARENA_ARRAY(cx->a, struct view_delivery_round, *n);
	for (size_t i = 0; i < *n; i++)
		v[i] = (struct view_delivery_round){
			.at = id_instant(r[i].id), .event = r[i].event, .side = r[i].side, .who = phrase_actor(cx->lang, r[i].person_name), .text = r[i].text,
			.tone = tone_round(r[i].event), .latest = !i, .attached = attachments_of(w, files, ATTACHED_TO_ROUND, r[i].id),
		};
	*rounds = v;
	return RC_OK;
}

/* An edited requirement begins with what stands there. */
static const char *said_last(const struct view_delivery_show *m, enum delivery_event ev)
{
	for (size_t i = 0; ev == DELIVERY_EV_REQUIRE && i < m->rounds_n; i++)
		if (m->rounds[i].event == ev)
			return m->rounds[i].text;
	return NULL;
}

static bool refused(const struct web *w, const struct step *s)
{
	return w->req->method == METHOD_POST && w->errors.n && w->found.route->form == s->form;
}

static enum rc add_form(struct cx *cx, struct web *w, const struct step *s, const struct view_delivery_show *m, struct view_delivery_form *f)
{
	*f = (struct view_delivery_form){
		.name = delivery_event_enum.names[s->event], .href = arena_printf(cx->a, "%s/%s/%s", delivery_base(cx), m->number, s->path), .version = m->version, .title = web_text(w, s->title),
		.button = web_text(w, s->button), .aside = s->aside, .open = refused(w, s), .danger = s->danger,
	};

	if (!s->field) {
		f->hint = web_text(w, s->hint);
		return RC_OK;
	}
	struct view_field said = web_field(w, s->form, s->field, s->label, said_last(m, s->event));
	said.hint = web_text(w, s->hint);
	said.wide = true;
	f->field = web_keep(w, said);
	TRY(attachment_field(w, s->aside ? "papers" : "files", &f->files));
	if (s->event != DELIVERY_EV_REPORT)
		return RC_OK;
	struct view_field waits = web_field(w, s->form, "waits", MSG_delivery_waits, NULL);
	waits.hint = web_text(w, MSG_delivery_waits_hint);
	f->waits = web_keep(w, waits);
	return RC_OK;
}

static struct delivery_facts facts_of(const struct cx *cx, const struct q_delivery_show *r)
{
	return (struct delivery_facts)DELIVERY_FACTS(r, cx->now);
}

/* Material is handed in where the provider waits for it. */
static uint32_t offered(const struct cx *cx, const struct q_delivery_show *r)
{
	struct delivery_facts f = facts_of(cx, r);
	uint32_t set = delivery_offers(r->state, &f, (enum org_kind)cx->actor.org_kind, cx->actor.roles);

	if (cx->actor.org != r->buyer_id && cx->actor.org != r->provider_id)
		return 0;
	return r->material_since.us ? set : set & ~SET_OF(DELIVERY_EV_SUPPLY);
}

static const struct view_delivery_round *said_by_other(const struct view_delivery_show *m, enum org_kind reader)
{
	for (size_t i = 0; i < m->rounds_n; i++)
		if (m->rounds[i].side && m->rounds[i].side != reader && *m->rounds[i].text)
			return &m->rounds[i];
	return NULL;
}

static enum rc add_forms(struct cx *cx, struct web *w, const struct q_delivery_show *r, struct view_delivery_show *m)
{
	struct view_delivery_form *v = ARENA_ARRAY(cx->a, struct view_delivery_form, STEPS_N);
	uint32_t set = offered(cx, r);

	for (const struct step *s = steps; s < steps + STEPS_N; s++) {
		if (set_has(set, (int)s->event))
			TRY(add_form(cx, w, s, m, &v[m->forms_n++]));
		else if (refused(w, s) && s->field)
			m->unsent = web_field(w, s->form, s->field, s->label, NULL).value;
	}
	m->forms = v;
	if (m->forms_n)
		m->answers = said_by_other(m, cx->actor.org == r->buyer_id ? ORG_BUYER : ORG_PROVIDER);
	return RC_OK;
}

static void add_links(struct cx *cx, const struct q_delivery_show *r, struct view_delivery_show *m)
{
	bool buys = cx->actor.org_kind == ORG_BUYER;

	m->order_href = delivery_order_href(cx, r->order_number);
	m->product_href = arena_printf(cx->a, "/products/%s", r->slug);
	if (buys)
		m->resource_href = arena_printf(cx->a, "/console/resources/%" PRIu64, r->resource_id);
	else if (cx->actor.org_kind == ORG_PROVIDER && !r->hold && r->state != DELIVERY_CLOSED && permit_allows(PERM_PORTAL_DELIVER, ORG_PROVIDER, cx->actor.roles))
		m->hand_href = arena_printf(cx->a, "/provider/resources/%" PRIu64, r->resource_id);
}

/* Operators look at anybody's; they act on their own alone. */
enum rc delivery_show(struct cx *cx, struct web *w)
{
	bool any = cx->actor.org_kind == ORG_PLATFORM;
	struct q_delivery_show r;
	struct attachments files;

	TRY(q_delivery_show(cx->db, cx->a, &(struct q_delivery_show_in){ web_param(w, "number"), any ? 0 : cx->actor.org }, &r));
	struct view_delivery_show m = {
		.number = r.number, .version = r.version, .state = r.state, .hold = r.hold, .product_name = r.product_name, .plan_name = r.plan_name,
		.order_number = r.order_number, .mode = r.mode, .provider_name = r.provider_name, .support_phone = r.support_phone, .support_email = r.support_email,
		.buyer_name = r.buyer_name, .contact = r.contact, .requirement_rejections = r.requirement_rejections, .acceptance_rejections = r.acceptance_rejections,
		.created_at = r.created_at, .step_since = r.step_since, .due_at = r.due_at, .material_since = r.material_since, .ended_at = r.ended_at,
		.memo = r.memo, .tone = tone_delivery(r.state), .next = delivery_next(cx, r.state, r.hold, r.due_at), .steps = bar(cx, r.state),
		.next_tone = r.hold ? "warn" : delivery_turn(r.state) == ORG_PROVIDER && r.due_at.us < cx->now.us ? "bad" : "",
	};
	add_links(cx, &r, &m);
	m.appeal = appeal_offer(w, &(struct appeal_about){ r.number, r.state, facts_of(cx, &r), r.buyer_id, r.provider_id });
	TRY(attachments_read(w, r.id, &files));
	TRY(delivery_rounds(cx, w, r.id, &files, &m.rounds, &m.rounds_n));
	TRY(add_forms(cx, w, &r, &m));
	w->page.title = MSG_delivery_title;
	w->page.name = r.number;
	delivery_crumbs(w, m.number, NULL);
	return web_show(w, tpl_console_delivery_show, json_delivery_show, &m);
}

/* -- the steps ----------------------------------------------------------------------------------------------------- */

/* Which step it is stands in the route's form. */
enum rc delivery_step_do(struct cx *cx, struct web *w)
{
	const struct delivery_in *in = w->in;
	const struct step *s = steps;
	const struct ids *files;
	struct outcome out;

	while (s->form != w->found.route->form)
		s++;
	files = s->aside ? &in->papers : &in->files;
	struct delivery_act act = {
		.number = web_param(w, "number"), .event = s->event, .version = (uint64_t)in->version, .page = delivery_base(cx),
		.said = { .text = s->field ? *(const char *const *)((const char *)in + s->off) : NULL, .material = in->waits }, .files = files->v, .files_n = files->n,
	};
	enum rc rc = delivery_act(cx, &act, &out);
	if (rc == RC_CONFLICT)
		return web_refuse(w, NULL, MSG_delivery_meanwhile);
	if (rc == RC_INVALID)
		return web_refuse(w, s->aside ? "papers" : "files", MSG_attachment_gone);
	TRY(rc);
	return web_done(w, &out);
}
