/* Withdrawals that finance decides on: MON-12. */
#include "app/withdrawal.h"
#include "web/withdrawal.h"

struct withdrawal_queue_in { enum withdrawal_state state; LIST_MEMBERS };
FORM(withdrawal_queue_form, struct withdrawal_queue_in,
	ENUM(struct withdrawal_queue_in, state, withdrawal_state, .optional = true),
	LIST_ROWS(struct withdrawal_queue_in))
struct withdrawal_refuse_in { const char *why; };
FORM(withdrawal_refuse_form, struct withdrawal_refuse_in, TEXT(struct withdrawal_refuse_in, why, .max = 200))

static enum rc find(struct cx *cx, const struct withdrawal_queue_in *in, enum withdrawal_state state, struct view_withdrawal_list *m)
{
	size_t limit = list_limit(in->limit);
	struct q_withdrawal_queue_in ask = { .state = state, .before = UINT64_MAX, .limit = (int32_t)limit + 1 };
	struct q_withdrawal_queue *r;

	TRY(cursor_read(in->after, &ask.before, 1));
	TRY(q_withdrawal_queue(cx->db, cx->a, &ask, &r, &m->items_n));
	if (list_more(&m->items_n, limit))
		m->next = cursor_write(cx->a, &r[limit - 1].id, 1);
	struct view_withdrawal_item *v = ARENA_ARRAY(cx->a, struct view_withdrawal_item, m->items_n);
	for (size_t i = 0; i < m->items_n; i++) {
		v[i] = WITHDRAWAL_ITEM_OF(&r[i]);
		v[i].org_name = r[i].org_name;
	}
	m->items = v;
	return RC_OK;
}

enum rc withdrawal_queue(struct cx *cx, struct web *w)
{
	const struct withdrawal_queue_in *in = w->in;
	enum withdrawal_state state = in->state ? in->state : WITHDRAWAL_REQUESTED;
	struct view_empty empty = { web_text(w, MSG_list_none), web_text(w, MSG_withdrawal_queue_none), NULL };
	struct view_withdrawal_list m = { .tabs = LIST_TABS(w, "state", MSG_order_list_state, MSG_NONE, withdrawal_state, state), .empty = &empty };

	TRY(find(cx, in, state, &m));
	m.pager = list_pager(w, m.items_n, m.next);
	w->page.title = MSG_withdrawal_desk;
	CRUMBS(w, web_text(w, MSG_withdrawal_desk), { web_text(w, MSG_nav_platform), "/ops" });
	return web_show(w, tpl_operator_withdrawal_queue, json_withdrawal_list, &m);
}

enum rc withdrawal_page(struct cx *cx, struct web *w)
{
	struct view_withdrawal_show m;

	TRY(withdrawal_view(cx, w, 0, &m));
	m.desk = true;
	m.may_decide = m.state == WITHDRAWAL_REQUESTED && permit_allows(PERM_WITHDRAWAL_DECIDE, (enum org_kind)cx->actor.org_kind, cx->actor.roles);
	m.why = web_keep(w, web_field(w, &withdrawal_refuse_form, "why", MSG_withdrawal_why, NULL));
	CRUMBS(w, m.number, { web_text(w, MSG_nav_platform), "/ops" }, { web_text(w, MSG_withdrawal_desk), "/ops/finance/withdrawals" });
	return web_show(w, tpl_operator_withdrawal_page, json_withdrawal_show, &m);
}

static enum rc decide(struct cx *cx, struct web *w, bool approve, const char *why)
{
	struct outcome out;
	enum rc rc = withdrawal_decide(cx, &(struct withdrawal_decision){ web_param(w, "number"), approve, why }, &out);

	if (rc == RC_DENIED)
		return web_refuse(w, NULL, MSG_withdrawal_police_desk);
	if (rc == RC_CONFLICT)
		return web_refuse(w, NULL, MSG_withdrawal_meanwhile);
	TRY(rc);
	return web_done(w, &out);
}

enum rc withdrawal_approve_do(struct cx *cx, struct web *w) { return decide(cx, w, true, NULL); }

enum rc withdrawal_refuse_do(struct cx *cx, struct web *w)
{
	const struct withdrawal_refuse_in *in = w->in;

	return decide(cx, w, false, in->why);
}
