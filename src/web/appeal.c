/* Appeals of buyer and provider about a delivery: opened, answered, withdrawn (DEL-8). */
#include "web/appeal.h"

#include "base/id.h"
#include "base/time.h"
#include "view/phrase.h"
#include "web/delivery.h"
#include "web/list.h"

struct appeal_in { enum delivery_ground ground; const char *statement, *answer; struct ids files; };
FORM(appeal_open_form, struct appeal_in,
	ENUM(struct appeal_in, ground, delivery_ground),
	LINES(struct appeal_in, statement, .max = DELIVERY_TEXT_MAX),
	IDS(struct appeal_in, files, .max = ATTACHMENT_MAX))
FORM(appeal_answer_form, struct appeal_in,
	LINES(struct appeal_in, answer, .max = DELIVERY_TEXT_MAX),
	IDS(struct appeal_in, files, .max = ATTACHMENT_MAX))

const char *tone_appeal(enum appeal_state s) { return s == APPEAL_DECIDED ? "ok" : s == APPEAL_WITHDRAWN ? "" : s == APPEAL_ASKED ? "info" : "warn"; }

/* -- shown --------------------------------------------------------------------------------------------------------- */

static void add_notes(struct cx *cx, struct web *w, const struct q_appeal_note_list *r, size_t n, uint64_t appeal, const struct attachments *files, struct view_appeal *v)
{
	struct view_appeal_note *to = ARENA_ARRAY(cx->a, struct view_appeal_note, n);

	for (size_t i = 0; i < n; i++)
		if (r[i].appeal_id == appeal)
			to[v->notes_n++] = (struct view_appeal_note){ .at = id_instant(r[i].id), .event = r[i].event, .side = r[i].side, .who = phrase_actor(cx->lang, r[i].person_name), .text = r[i].text,
				.attached = attachments_of(w, files, ATTACHED_TO_APPEAL, r[i].id) };
	v->notes = to;
}

enum rc appeals_of(struct cx *cx, struct web *w, uint64_t delivery, const struct attachments *files, const struct view_appeal **list, size_t *n)
{
	struct q_appeal_of_delivery *r;
	struct q_appeal_note_list *notes;
	size_t notes_n;

	TRY(q_appeal_of_delivery(cx->db, cx->a, &(struct q_appeal_of_delivery_in){ delivery }, &r, n));
	TRY(q_appeal_note_list(cx->db, cx->a, &(struct q_appeal_note_list_in){ delivery }, &notes, &notes_n));
	struct view_appeal *v = ARENA_ARRAY(cx->a, struct view_appeal, *n);
	for (size_t i = 0; i < *n; i++) {
		v[i] = (struct view_appeal){
			.number = r[i].number, .state = r[i].state, .side = r[i].side, .ground = r[i].ground, .asks_buyer = r[i].asks_buyer, .asks_provider = r[i].asks_provider,
			.decision = r[i].decision, .amount = r[i].amount, .decider = r[i].decided_name, .ended_at = r[i].ended_at, .tone = tone_appeal(r[i].state),
		};
		add_notes(cx, w, notes, notes_n, r[i].id, files, &v[i]);
	}
	*list = v;
	return RC_OK;
}

static const char *with_time(struct cx *cx, enum msg text, struct instant at)
{
	char t[TIME_TEXT];

	return MSG_FILL(cx->a, cx->lang, text, { "at", instant_text(at, t) });
}

/* Why this side cannot appeal now, and from when on it could. */
static const char *why_not(struct cx *cx, enum delivery_state state, const struct delivery_facts *f, enum org_kind side)
{
	struct instant late = delivery_ground_at(GROUND_PROVIDER_LATE, state, f), silent = delivery_ground_at(GROUND_NO_REQUIREMENT, state, f);

	if (!silent.us)
		silent = delivery_ground_at(GROUND_NO_MATERIAL, state, f);
	if (!delivery_turn(state))
		return msg_text(cx->lang, MSG_appeal_why_over);
	if (f->hold)
		return msg_text(cx->lang, f->hold == DELIVERY_HELD_BY_APPEAL ? MSG_appeal_why_open : MSG_appeal_why_refund);
	if (side == ORG_BUYER && late.us)
		return with_time(cx, MSG_appeal_why_late, late);
	if (side == ORG_PROVIDER && silent.us)
		return with_time(cx, MSG_appeal_why_silent, silent);
	return MSG_FILL(cx->a, cx->lang, MSG_appeal_why_rejected, { "requirement", arena_printf(cx->a, "%d", f->requirement_rejections) },
		{ "acceptance", arena_printf(cx->a, "%d", f->acceptance_rejections) });
}

static uint32_t grounds_of(enum delivery_state state, const struct delivery_facts *f, enum org_kind side)
{
	return delivery_appeals(state, f, side) | (side == ORG_PROVIDER ? delivery_close_requests(state, f) : 0);
}

static enum org_kind side_of(const struct cx *cx, uint64_t buyer, uint64_t provider)
{
	return cx->actor.org == buyer ? ORG_BUYER : cx->actor.org == provider ? ORG_PROVIDER : 0;
}

static bool may_appeal(const struct cx *cx) { return permit_allows(PERM_DELIVERY_APPEAL, (enum org_kind)cx->actor.org_kind, cx->actor.roles); }

bool appeal_possible(const struct cx *cx, enum delivery_state state, const struct delivery_facts *f, enum org_kind side)
{
	return may_appeal(cx) && grounds_of(state, f, side);
}

const struct view_appeal_offer *appeal_offer(struct web *w, const struct appeal_about *d)
{
	struct cx *cx = w->cx;
	enum org_kind side = side_of(cx, d->buyer, d->provider);
	struct view_appeal_offer *o = ARENA_NEW(cx->a, struct view_appeal_offer);
	bool held = d->facts.hold == DELIVERY_HELD_BY_APPEAL;

	if (!side || !delivery_turn(d->state))
		return NULL;
	if (held || appeal_possible(cx, d->state, &d->facts, side)) {
		o->href = arena_printf(cx->a, "%s/%s/appeal", delivery_base(cx), d->number);
		o->label = web_text(w, held ? MSG_appeal_look : MSG_appeal_open);
	} else {
		o->why = why_not(cx, d->state, &d->facts, side);
	}
	return o;
}

/* Only grounds that there are. */
static struct view_field ground_field(struct web *w, uint32_t grounds)
{
	struct view_field f = web_enum(w, &appeal_open_form, "ground", MSG_appeal_ground, FIELD_RADIO, delivery_ground_msg, 0);
	struct view_field_option *o = ARENA_ARRAY(w->cx->a, struct view_field_option, f.options_n);
	size_t n = 0;

	for (size_t i = 0; i < f.options_n; i++)
		if (set_has(grounds, (int)i + 1))
			o[n++] = f.options[i];
	if (n == 1)
		o->chosen = true;
	f.options = o;
	f.options_n = n;
	return f;
}

static struct view_field said_field(struct web *w, const struct form *f, const char *name, enum msg label, enum msg hint)
{
	struct view_field v = web_field(w, f, name, label, NULL);

	v.wide = true;
	v.hint = web_text(w, hint);
	return v;
}

static void add_forms(struct cx *cx, struct web *w, const struct q_appeal_delivery *d, const struct delivery_facts *f, struct view_appeal_show *m)
{
	enum org_kind side = side_of(cx, d->buyer_id, d->provider_id);
	const struct view_appeal *now = m->appeals_n && appeal_goes_on(m->appeals->state) ? m->appeals : NULL;
	uint32_t grounds = grounds_of(d->state, f, side);

	if (!side || !may_appeal(cx))
		return;
	m->may_open = grounds && !now;
	m->may_answer = now && (side == ORG_BUYER ? now->asks_buyer : now->asks_provider);
	m->may_withdraw = now && now->side == side;
	if (m->may_open) {
		m->ground = web_keep(w, ground_field(w, grounds));
		m->said = web_keep(w, said_field(w, &appeal_open_form, "statement", MSG_appeal_statement, MSG_appeal_statement_hint));
	} else if (m->may_answer) {
		m->said = web_keep(w, said_field(w, &appeal_answer_form, "answer", MSG_appeal_answer, MSG_appeal_answer_hint));
	} else {
		m->why = now ? web_text(w, MSG_appeal_waiting) : why_not(cx, d->state, f, side);
	}
}

enum rc appeal_show(struct cx *cx, struct web *w)
{
	struct q_appeal_delivery d;
	struct attachments files;

	TRY(q_appeal_delivery(cx->db, cx->a, &(struct q_appeal_delivery_in){ web_param(w, "number"), cx->actor.org }, &d));
	struct delivery_facts f = DELIVERY_FACTS(&d, cx->now);
	struct view_appeal_show m = { .delivery = d.number, .state = d.state, .product_name = d.product_name, .plan_name = d.plan_name, .order_number = d.order_number,
		.back = arena_printf(cx->a, "%s/%s", delivery_base(cx), d.number) };
	TRY(attachments_read(w, d.id, &files));
	TRY(appeals_of(cx, w, d.id, &files, &m.appeals, &m.appeals_n));
	add_forms(cx, w, &d, &f, &m);
	TRY(attachment_field(w, "files", &m.files));
	w->page.title = MSG_appeal_title;
	w->page.name = d.number;
	delivery_crumbs(w, d.number, web_text(w, MSG_appeal_title));
	return web_show(w, tpl_console_appeal_show, json_appeal_show, &m);
}

/* -- done ---------------------------------------------------------------------------------------------------------- */

enum rc appeal_done(struct web *w, enum rc rc, const struct outcome *out)
{
	if (rc == RC_CONFLICT && !w->json)
		return web_refuse(w, NULL, MSG_appeal_meanwhile);
	if (rc == RC_INVALID)
		return web_refuse(w, "files", MSG_attachment_gone);
	TRY(rc);
	return web_done(w, out);
}

static struct appeal_by by(struct cx *cx, struct web *w, const char *text, const struct ids *files)
{
	return (struct appeal_by){ web_param(w, "number"), delivery_base(cx), { text, files ? files->v : NULL, files ? files->n : 0 } };
}

enum rc appeal_open_do(struct cx *cx, struct web *w)
{
	const struct appeal_in *in = w->in;
	struct appeal_by who = by(cx, w, in->statement, &in->files);
	struct outcome out;

	return appeal_done(w, appeal_open(cx, &who, in->ground, &out), &out);
}

enum rc appeal_answer_do(struct cx *cx, struct web *w)
{
	const struct appeal_in *in = w->in;
	struct appeal_by who = by(cx, w, in->answer, &in->files);
	struct outcome out;

	return appeal_done(w, appeal_answer(cx, &who, &out), &out);
}

enum rc appeal_withdraw_do(struct cx *cx, struct web *w)
{
	struct appeal_by who = by(cx, w, NULL, NULL);
	struct outcome out;

	return appeal_done(w, appeal_withdraw(cx, &who, &out), &out);
}
