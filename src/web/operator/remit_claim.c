/* Claims that finance compares with what the banks announced: MON-11. */
#include "app/remit_claim.h"

#include <inttypes.h>

#include "web/operator/finance.h"
#include "web/remit_claim.h"

enum { CANDIDATES = 20 };

struct claim_queue_in { enum remit_claim_state state; LIST_MEMBERS };
FORM(claim_queue_form, struct claim_queue_in,
	ENUM(struct claim_queue_in, state, remit_claim_state, .optional = true),
	LIST_ROWS(struct claim_queue_in))
struct claim_propose_in { struct ids entry; };
FORM(claim_propose_form, struct claim_propose_in, IDS(struct claim_propose_in, entry, .max = 1))
struct claim_refuse_in { const char *why; };
FORM(claim_refuse_form, struct claim_refuse_in, TEXT(struct claim_refuse_in, why, .max = 200))

enum rc claim_queue(struct cx *cx, struct web *w)
{
	const struct claim_queue_in *in = w->in;
	struct q_remit_claim_list_in ask = { .state = in->state ? in->state : CLAIM_OPEN };
	struct view_empty empty = { web_text(w, MSG_list_none), web_text(w, MSG_remit_claim_queue_none), NULL };
	struct view_remit_claim_list m = { .tabs = LIST_TABS(w, "state", MSG_order_list_state, MSG_NONE, remit_claim_state, ask.state), .empty = &empty };

	TRY(remit_claim_rows(cx, w, ask, in->after, in->limit, &m));
	w->page.title = MSG_remit_claim_title;
	CRUMBS(w, web_text(w, MSG_remit_claim_title), { web_text(w, MSG_nav_platform), "/ops" }, { web_text(w, MSG_finance_title), "/ops/finance" });
	return web_show(w, tpl_operator_claim_queue, json_remit_claim_list, &m);
}

static enum rc add_candidates(struct cx *cx, struct view_remit_claim_show *m)
{
	struct q_remit_entry_list *r;

	TRY(q_remit_entry_list(cx->db, cx->a, &(struct q_remit_entry_list_in){ m->claim->amount, CANDIDATES }, &r, &m->candidates_n));
	struct view_remit_entry *v = ARENA_ARRAY(cx->a, struct view_remit_entry, m->candidates_n);
	for (size_t i = 0; i < m->candidates_n; i++)
		v[i] = remit_entry_of(cx, &(struct q_remit_entry_show){ r[i].id, r[i].bank, r[i].account, r[i].reference, r[i].day, r[i].amount, r[i].party_name,
			r[i].party_account, r[i].remittance });
	m->candidates = v;
	return RC_OK;
}

enum rc claim_show(struct cx *cx, struct web *w)
{
	bool may = finance_may(cx, PERM_CLAIM_DECIDE);
	struct q_remit_claim_show row;
	struct view_remit_claim_show m;

	TRY(remit_claim_view(cx, w, 0, &row, &m));
	m.org_href = arena_printf(cx->a, "/ops/organisations/%" PRIu64, row.org);
	m.may_propose = may && row.state == CLAIM_OPEN;
	m.may_decide = may && row.state == CLAIM_PROPOSED;
	if (m.may_decide && row.proposed_by == cx->actor.person)
		m.own = web_text(w, MSG_remit_claim_own);
	if (m.may_propose)
		TRY(add_candidates(cx, &m));
	m.why = web_keep(w, web_field(w, &claim_refuse_form, "why", MSG_remit_claim_why, NULL));
	CRUMBS(w, m.claim->id, { web_text(w, MSG_nav_platform), "/ops" }, { web_text(w, MSG_finance_title), "/ops/finance" },
	       { web_text(w, MSG_remit_claim_title), "/ops/finance/claims" });
	return web_show(w, tpl_operator_claim_show, json_remit_claim_show, &m);
}

enum rc claim_proof(struct cx *cx, struct web *w) { return remit_claim_file(cx, w, 0); }

static enum rc decided(struct web *w, enum rc rc, const struct outcome *out)
{
	return rc == RC_INVALID ? web_refuse(w, NULL, MSG_remit_claim_entry_gone) : finance_decided(w, rc, out);
}

enum rc claim_propose_do(struct cx *cx, struct web *w)
{
	const struct claim_propose_in *in = w->in;
	struct outcome out;

	if (!in->entry.n)
		return web_refuse(w, NULL, MSG_remit_claim_choose);
	enum rc rc = remit_claim_propose(cx, web_param_id(w, "id"), in->entry.v[0], &out);
	return decided(w, rc, &out);
}

enum rc claim_accept_do(struct cx *cx, struct web *w)
{
	struct outcome out;
	enum rc rc = remit_claim_accept(cx, web_param_id(w, "id"), &out);

	return decided(w, rc, &out);
}

enum rc claim_return_do(struct cx *cx, struct web *w)
{
	struct outcome out;
	enum rc rc = remit_claim_return(cx, web_param_id(w, "id"), &out);

	return decided(w, rc, &out);
}

enum rc claim_refuse_do(struct cx *cx, struct web *w)
{
	const struct claim_refuse_in *in = w->in;
	struct outcome out;
	enum rc rc = remit_claim_refuse(cx, web_param_id(w, "id"), in->why, &out);

	return decided(w, rc, &out);
}
