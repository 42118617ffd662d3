/* A refund by finance: one person proposes it, another decides (REF-1). */
#include <inttypes.h>

#include "app/refund_propose.h"
#include "base/id.h"
#include "base/money.h"
#include "q_refund.h"
#include "q_voucher.h"
#include "view/refund.h"
#include "web/operator/refund.h"

struct refund_new_in { const char *order; };
FORM(refund_new_form, struct refund_new_in,
	TEXT(struct refund_new_in, order, .max = 20, .optional = true))
struct refund_propose_in { const char *order; struct money amount; enum refund_target to; int64_t line; const char *why; };
FORM(refund_propose_form, struct refund_propose_in,
	TEXT(struct refund_propose_in, order, .max = 20),
	MONEY(struct refund_propose_in, amount),
	ENUM(struct refund_propose_in, to, refund_target),
	INT(struct refund_propose_in, line, .max = 1000, .optional = true),
	TEXT(struct refund_propose_in, why, .max = 200))

/* -- the form ------------------------------------------------------------------------------------------------------ */

static enum rc add_sources(struct cx *cx, uint64_t order, struct view_refund_new *m)
{
	struct q_order_paid_parts *r;

	TRY(q_order_paid_parts(cx->db, cx->a, &(struct q_order_paid_parts_in){ .order = order }, &r, &m->sources_n));
	struct view_refund_source *v = ARENA_ARRAY(cx->a, struct view_refund_source, m->sources_n);
	for (size_t i = 0; i < m->sources_n; i++)
		v[i] = (struct view_refund_source){ r[i].source, r[i].channel, r[i].payment_number, r[i].holding, r[i].amount, r[i].returned };
	m->sources = v;
	return refund_left(cx, order, &m->left);
}

/* Which resource ends with it: none, or one that the order made. */
static enum rc line_field(struct web *w, uint64_t order, struct view_field *f)
{
	struct q_refund_line_list *r;
	size_t n;

	TRY(q_refund_line_list(w->cx->db, w->cx->a, &(struct q_refund_line_list_in){ .order = order }, &r, &n));
	struct view_field_option *o = ARENA_ARRAY(w->cx->a, struct view_field_option, n + 1);
	o[0] = (struct view_field_option){ .value = "", .label = web_text(w, MSG_refund_line_none), .chosen = !*f->value };
	for (size_t i = 0; i < n; i++) {
		const char *line = arena_printf(w->cx->a, "%" PRIu64, r[i].line);
		o[i + 1] = (struct view_field_option){ .value = line, .label = r[i].name, .chosen = !strcmp(line, f->value) };
	}
	f->control = FIELD_SELECT;
	f->options = o;
	f->options_n = n + 1;
	return RC_OK;
}

static enum rc add_fields(struct web *w, uint64_t order, struct view_refund_new *m)
{
	struct view_field *f = ARENA_ARRAY(w->cx->a, struct view_field, 4);
	char yuan[MONEY_TEXT];

	f[0] = web_field(w, &refund_propose_form, "amount", MSG_refund_amount, arena_strdup(w->cx->a, money_text(m->left, false, yuan)));
	f[0].inputmode = "decimal";
	f[0].hint = web_text(w, MSG_refund_amount_hint);
	f[1] = web_enum(w, &refund_propose_form, "to", MSG_refund_to, FIELD_RADIO, refund_target_msg, REFUND_TO_ORIGIN);
	f[2] = web_field(w, &refund_propose_form, "line", MSG_refund_line, NULL);
	TRY(line_field(w, order, &f[2]));
	f[3] = web_field(w, &refund_propose_form, "why", MSG_refund_why, NULL);
	f[3].hint = web_text(w, MSG_refund_why_hint);
	m->fields = f;
	m->fields_n = 4;
	return RC_OK;
}

enum rc refund_new(struct cx *cx, struct web *w)
{
	const char *number = input_text(&w->input, "order", 20);
	struct view_refund_new m = { .find = web_keep(w, web_field(w, &refund_new_form, "order", MSG_refund_order, NULL)) };
	struct q_refund_order_find o;

	if (number && *number) {
		enum rc rc = q_refund_order_find(cx->db, cx->a, &(struct q_refund_order_find_in){ .number = number }, &o);
		if (rc == RC_NOT_FOUND)
			TRY(list_refuse(w, "order", MSG_refund_no_order));
		else
			TRY(rc);
		if (rc == RC_OK) {
			m.order = o.number;
			m.product_name = o.product_name;
			m.org_name = o.org_name;
			TRY(add_sources(cx, o.id, &m));
			TRY(add_fields(w, o.id, &m));
		}
	}
	w->page.title = MSG_refund_new;
	CRUMBS(w, web_text(w, MSG_refund_new), { web_text(w, MSG_nav_platform), "/ops" }, { web_text(w, MSG_refund_title), "/ops/finance/refunds" });
	return web_show(w, tpl_operator_refund_new, json_refund_new, &m);
}

enum rc refund_propose_do(struct cx *cx, struct web *w)
{
	const struct refund_propose_in *in = w->in;
	struct refund_proposal p = { .order = in->order, .amount = in->amount, .to = in->to, .line = (uint64_t)in->line, .why = in->why };
	const char *field, *error;
	struct outcome out;
	enum rc rc = refund_propose(cx, &p, &field, &error, &out);

	if (rc == RC_INVALID && error)
		return web_refuse(w, field, msg_of(error));
	TRY(rc);
	return web_done(w, &out);
}

/* -- the decision --------------------------------------------------------------------------------------------------- */

enum rc refund_proposal(struct cx *cx, struct web *w)
{
	struct q_refund_proposal_show p;

	TRY(q_refund_proposal_show(cx->db, cx->a, &(struct q_refund_proposal_show_in){ .id = web_param_id(w, "id") }, &p));
	bool open = p.state == REFUND_PROPOSED && finance_may(cx, PERM_REFUND_FINANCE);
	struct view_refund_proposal m = {
		.id = arena_printf(cx->a, "%" PRIu64, p.id), .state = p.state, .order = p.order_number, .product_name = p.product_name,
		.org_name = p.org_name, .resource = p.resource_name, .amount = p.amount, .target = p.target, .why = p.why,
		.proposed_name = p.proposed_name, .proposed_at = id_instant(p.id), .decided_name = p.decided_name, .decided_at = p.decided_at,
		.decided_why = p.decided_why, .unsubscribe = p.unsubscribe_number,
		.tone = p.state == REFUND_APPROVED ? "ok" : p.state == REFUND_DECLINED ? "bad" : "info",
		.own = open && p.proposed_by == cx->actor.person, .may_decide = open && p.proposed_by != cx->actor.person,
		.decline = web_keep(w, web_field(w, &refund_decline_form, "why", MSG_refund_decline_why, NULL)),
	};
	w->page.title = MSG_refund_proposal;
	w->page.name = p.order_number;
	CRUMBS(w, p.order_number, { web_text(w, MSG_nav_platform), "/ops" }, { web_text(w, MSG_refund_title), "/ops/finance/refunds" });
	return web_show(w, tpl_operator_refund_proposal, json_refund_proposal, &m);
}

enum rc refund_approve_do(struct cx *cx, struct web *w)
{
	struct outcome out;

	return finance_decided(w, refund_approve(cx, web_param_id(w, "id"), &out), &out);
}

enum rc refund_decline_do(struct cx *cx, struct web *w)
{
	const struct refund_decline_in *in = w->in;
	struct outcome out;

	return finance_decided(w, refund_decline(cx, web_param_id(w, "id"), in->why, &out), &out);
}
