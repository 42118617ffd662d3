/* The mediator's desk: appeals with both sides' history, questions to them, and the decision (DEL-8). */
#include "web/appeal.h"

#include "base/id.h"
#include "base/money.h"
#include "web/delivery.h"
#include "web/list.h"

struct appeal_list_in { enum appeal_state state; enum org_kind side; const char *q; LIST_MEMBERS };
FORM(appeal_list_form, struct appeal_list_in,
	ENUM(struct appeal_list_in, state, appeal_state, .optional = true),
	ENUM(struct appeal_list_in, side, org_kind, .optional = true),
	TEXT(struct appeal_list_in, q, .max = 64, .optional = true),
	LIST_ROWS(struct appeal_list_in))
struct appeal_ask_in { enum org_kind side; const char *question; struct ids files; };
FORM(appeal_ask_form, struct appeal_ask_in,
	ENUM(struct appeal_ask_in, side, org_kind),
	LINES(struct appeal_ask_in, question, .max = DELIVERY_TEXT_MAX),
	IDS(struct appeal_ask_in, files, .max = ATTACHMENT_MAX))
struct appeal_decide_in { enum appeal_decision decision; struct money amount; const char *reason; };
FORM(appeal_decide_form, struct appeal_decide_in,
	ENUM(struct appeal_decide_in, decision, appeal_decision),
	MONEY(struct appeal_decide_in, amount, .optional = true),
	LINES(struct appeal_decide_in, reason, .max = DELIVERY_TEXT_MAX))

/* -- the list ------------------------------------------------------------------------------------------------------ */

static enum rc find(struct cx *cx, const struct appeal_list_in *in, struct view_appeal_list *m)
{
	size_t limit = list_limit(in->limit);
	struct q_appeal_list_in ask = { .state = in->state, .side = in->side, .q = in->q && *in->q ? in->q : NULL, .before = UINT64_MAX, .limit = (int32_t)limit + 1 };
	struct q_appeal_list *r;

	TRY(cursor_read(in->after, &ask.before, 1));
	TRY(q_appeal_list(cx->db, cx->a, &ask, &r, &m->items_n));
	if (list_more(&m->items_n, limit))
		m->next = cursor_write(cx->a, &r[limit - 1].id, 1);
	struct view_appeal_item *v = ARENA_ARRAY(cx->a, struct view_appeal_item, m->items_n);
	for (size_t i = 0; i < m->items_n; i++)
		v[i] = (struct view_appeal_item){
			.number = r[i].number, .state = r[i].state, .opened_at = id_instant(r[i].id), .delivery = r[i].delivery_number, .order_number = r[i].order_number,
			.product_name = r[i].product_name, .side = r[i].side, .ground = r[i].ground, .decision = r[i].decision, .buyer_name = r[i].buyer_name,
			.provider_name = r[i].provider_name, .tone = tone_appeal(r[i].state),
		};
	m->items = v;
	return RC_OK;
}

/* Those that wait for somebody are counted. */
static enum rc add_tabs(struct cx *cx, struct web *w, enum appeal_state chosen, struct view_appeal_list *m)
{
	int64_t counts[appeal_state_n + 1] = { -1 };
	struct q_appeal_counts *r;
	size_t n;

	TRY(q_appeal_counts(cx->db, cx->a, &r, &n));
	for (int i = 1; i <= appeal_state_n; i++)
		counts[i] = appeal_goes_on((enum appeal_state)i) ? 0 : -1;
	for (size_t i = 0; i < n; i++)
		counts[r[i].state] = r[i].n;
	m->tabs = LIST_TABS_COUNTED(w, "state", MSG_order_list_state, MSG_list_all, appeal_state, chosen, counts);
	return RC_OK;
}

enum rc appeal_list(struct cx *cx, struct web *w)
{
	const struct appeal_list_in *in = w->in;
	struct view_field fields[] = {
		list_search(w, "q", MSG_appeal_q, MSG_appeal_q_hint), list_choice(w, "side", MSG_appeal_side, &org_kind_enum, org_kind_msg, (int)in->side),
	};
	struct view_appeal_list m = { 0 };

	fields[1].options_n = ORG_PROVIDER + 1;	/* nobody else appeals */
	TRY(find(cx, in, &m));
	TRY(add_tabs(cx, w, in->state, &m));
	m.filter = list_filter(w, fields, sizeof fields / sizeof *fields);
	m.empty = list_empty(w, in->state || in->side || in->q, MSG_appeal_empty, MSG_appeal_empty_hint, (struct view_link){ 0 });
	m.pager = list_pager(w, m.items_n, m.next);
	w->page.title = MSG_appeal_desk;
	CRUMBS(w, web_text(w, MSG_appeal_desk), { web_text(w, MSG_nav_platform), "/ops" });
	return web_show(w, tpl_operator_appeal_list, json_appeal_list, &m);
}

/* -- one ----------------------------------------------------------------------------------------------------------- */

static enum rc add_forms(struct cx *cx, struct web *w, struct view_appeal_desk *m)
{
	struct view_field side = web_enum(w, &appeal_ask_form, "side", MSG_appeal_ask_whom, FIELD_RADIO, org_kind_msg, ORG_BUYER);
	struct view_field question = web_field(w, &appeal_ask_form, "question", MSG_appeal_question, NULL), reason = web_field(w, &appeal_decide_form, "reason", MSG_appeal_reason, NULL);
	struct view_field amount = web_field(w, &appeal_decide_form, "amount", MSG_appeal_amount, NULL);
	char left[MONEY_TEXT];

	side.options_n = ORG_PROVIDER;
	question.wide = reason.wide = true;
	reason.hint = web_text(w, MSG_appeal_reason_hint);
	amount.hint = MSG_FILL(cx->a, cx->lang, MSG_appeal_amount_hint, { "left", money_text(m->left, true, left) });
	m->side = web_keep(w, side);
	m->question = web_keep(w, question);
	m->decision = web_keep(w, web_enum(w, &appeal_decide_form, "decision", MSG_appeal_decision, FIELD_RADIO, appeal_decision_msg, 0));
	m->amount = web_keep(w, amount);
	m->reason = web_keep(w, reason);
	return attachment_field(w, "files", &m->files);
}

enum rc appeal_desk(struct cx *cx, struct web *w)
{
	struct q_appeal_find a;
	struct q_appeal_delivery d;
	struct attachments files;

	TRY(q_appeal_find(cx->db, cx->a, &(struct q_appeal_find_in){ web_param(w, "number") }, &a));
	TRY(q_appeal_delivery(cx->db, cx->a, &(struct q_appeal_delivery_in){ .number = a.delivery_number }, &d));
	struct view_appeal_desk m = {
		.number = web_param(w, "number"), .delivery = d.number, .state = d.state, .product_name = d.product_name, .plan_name = d.plan_name, .order_number = d.order_number,
		.buyer_name = d.buyer_name, .provider_name = d.provider_name, .requirement_rejections = d.requirement_rejections, .acceptance_rejections = d.acceptance_rejections,
		.step_since = d.step_since, .due_at = d.due_at,
		.may_decide = appeal_goes_on(a.state) && permit_allows(PERM_DELIVERY_MEDIATE, (enum org_kind)cx->actor.org_kind, cx->actor.roles),
	};
	TRY(appeal_left(cx, a.order_id, a.resource_id, &m.left));
	TRY(attachments_read(w, a.delivery_id, &files));
	TRY(appeals_of(cx, w, a.delivery_id, &files, &m.appeals, &m.appeals_n));
	TRY(delivery_rounds(cx, w, a.delivery_id, &files, &m.rounds, &m.rounds_n));
	TRY(add_forms(cx, w, &m));
	w->page.title = MSG_appeal_title;
	w->page.name = m.number;
	CRUMBS(w, m.number, { web_text(w, MSG_nav_platform), "/ops" }, { web_text(w, MSG_appeal_desk), "/ops/appeals" });
	return web_show(w, tpl_operator_appeal_desk, json_appeal_desk, &m);
}

enum rc appeal_ask_do(struct cx *cx, struct web *w)
{
	const struct appeal_ask_in *in = w->in;
	struct appeal_said said = { in->question, in->files.v, in->files.n };
	struct outcome out;

	if (in->side != ORG_BUYER && in->side != ORG_PROVIDER)
		return web_refuse(w, "side", MSG_field_choice);
	return appeal_done(w, appeal_ask(cx, web_param(w, "number"), in->side, &said, &out), &out);
}

enum rc appeal_decide_do(struct cx *cx, struct web *w)
{
	const struct appeal_decide_in *in = w->in;
	struct appeal_verdict v = { in->decision, in->amount, in->reason };
	struct money left = fen(0);
	struct outcome out;
	enum rc rc = appeal_decide(cx, web_param(w, "number"), &v, &left, &out);

	if (rc != RC_INVALID)
		return appeal_done(w, rc, &out);
	form_refuse(&w->errors, in->decision == APPEAL_CLOSE_FULL ? "decision" : "amount",
		!left.fen ? MSG_appeal_nothing_left : in->amount.fen <= 0 ? MSG_appeal_no_amount : MSG_appeal_too_much, left.fen);
	return RC_INVALID;
}
