/* Gift money: given by finance, with four eyes (MON-3). */
#include "app/gift.h"

#include <inttypes.h>

#include "base/id.h"
#include "q_gift.h"
#include "view/gift.h"
#include "web/operator/finance.h"

struct gift_list_in { enum gift_state state; LIST_MEMBERS };
FORM(gift_list_form, struct gift_list_in,
	ENUM(struct gift_list_in, state, gift_state, .optional = true),
	LIST_ROWS(struct gift_list_in))
struct gift_propose_in { const char *org, *reason; struct money amount; };
FORM(gift_propose_form, struct gift_propose_in,
	TEXT(struct gift_propose_in, org, .max = 80),
	MONEY(struct gift_propose_in, amount, .min = 1, .max = GIFT_MAX_FEN),
	TEXT(struct gift_propose_in, reason, .max = 200))
struct gift_refuse_in { const char *why; };
FORM(gift_refuse_form, struct gift_refuse_in,
	TEXT(struct gift_refuse_in, why, .max = 200))

static const char *tone_gift(enum gift_state s) { return s == GIFT_GRANTED ? "ok" : s == GIFT_REFUSED ? "bad" : "warn"; }

static enum rc add_rows(struct cx *cx, const struct gift_list_in *in, struct view_gift_list *m)
{
	size_t limit = list_limit(in->limit);
	struct q_gift_list_in ask = { .state = in->state, .before = UINT64_MAX, .limit = (int32_t)limit + 1 };
	bool may = finance_may(cx, PERM_GIFT_DECIDE);
	struct q_gift_list *r;

	TRY(cursor_read(in->after, &ask.before, 1));
	TRY(q_gift_list(cx->db, cx->a, &ask, &r, &m->items_n));
	if (list_more(&m->items_n, limit))
		m->next = cursor_write(cx->a, &r[limit - 1].id, 1);
	struct view_gift_item *v = ARENA_ARRAY(cx->a, struct view_gift_item, m->items_n);
	for (size_t i = 0; i < m->items_n; i++)
		v[i] = (struct view_gift_item){
			.number = r[i].number, .org = arena_printf(cx->a, "%" PRIu64, r[i].org_id), .org_name = r[i].org_name, .state = r[i].state,
			.amount = r[i].amount, .reason = r[i].reason, .proposed_at = id_instant(r[i].id), .proposer = r[i].proposer_name,
			.decider = r[i].decider_name, .decided_at = r[i].decided_at, .why = r[i].why, .tone = tone_gift(r[i].state),
			.may_decide = may && r[i].state == GIFT_PROPOSED && r[i].proposer_id != cx->actor.person,
		};
	m->items = v;
	return RC_OK;
}

static void add_fields(struct cx *cx, struct web *w, struct view_gift_list *m)
{
	const struct view_field all[] = {
		web_field(w, &gift_propose_form, "org", MSG_voucher_org, NULL), web_field(w, &gift_propose_form, "amount", MSG_gift_amount, NULL),
		web_field(w, &gift_propose_form, "reason", MSG_gift_reason, NULL),
	};
	enum { FIELDS = sizeof all / sizeof *all };
	struct view_field *f = ARENA_ARRAY(cx->a, struct view_field, FIELDS);

	memcpy(f, all, sizeof all);
	f[0].hint = web_text(w, MSG_voucher_org_hint);
	f[1].inputmode = "decimal";
	m->fields = f;
	m->fields_n = FIELDS;
}

enum rc gift_list(struct cx *cx, struct web *w)
{
	const struct gift_list_in none = { 0 }, *in = w->in ? w->in : &none;
	struct view_empty empty = { web_text(w, MSG_gift_empty), web_text(w, MSG_gift_empty_hint), NULL };
	struct view_gift_list m = { .empty = &empty, .may_propose = finance_may(cx, PERM_GIFT_PROPOSE) };

	TRY(add_rows(cx, in, &m));
	add_fields(cx, w, &m);
	m.tabs = LIST_TABS(w, "state", MSG_order_list_state, MSG_list_all, gift_state, in->state);
	m.pager = list_pager(w, m.items_n, m.next);
	w->page.title = MSG_gift_title;
	CRUMBS(w, web_text(w, MSG_gift_title), { web_text(w, MSG_nav_platform), "/ops" });
	return web_show(w, tpl_operator_gift_list, json_gift_list, &m);
}

enum rc gift_propose_do(struct cx *cx, struct web *w)
{
	const struct gift_propose_in *in = w->in;
	const char *error = NULL;
	struct outcome out;
	enum rc rc = gift_propose(cx, &(struct gift_ask){ in->org, in->reason, in->amount }, &error, &out);

	if (error)
		return web_refuse(w, "org", msg_of(error));
	TRY(rc);
	return web_done(w, &out);
}

enum rc gift_approve_do(struct cx *cx, struct web *w)
{
	struct outcome out;
	enum rc rc = gift_approve(cx, web_param(w, "number"), &out);

	return finance_decided(w, rc, &out);
}

enum rc gift_refuse_do(struct cx *cx, struct web *w)
{
	const struct gift_refuse_in *in = w->in;
	struct outcome out;
	enum rc rc = gift_refuse(cx, web_param(w, "number"), in->why, &out);

	return finance_decided(w, rc, &out);
}
