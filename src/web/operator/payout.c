/* Payouts that wait, and the files that tell banks to pay them: ISO-7. */
#include "app/bank.h"
#include "app/payout.h"
#include "base/time.h"
#include "q_payout.h"
#include "view/phrase.h"
#include "view/payout.h"
#include "web/history.h"
#include "web/list.h"

enum { ANSWER_MAX = 512 << 10 };

static bool may(const struct cx *cx) { return permit_allows(PERM_PAYOUT_MAKE, (enum org_kind)cx->actor.org_kind, cx->actor.roles); }

/* -- payouts ------------------------------------------------------------------------------------------------------ */

struct payout_list_in { enum payout_state state; LIST_MEMBERS };
FORM(payout_list_form, struct payout_list_in,
	ENUM(struct payout_list_in, state, payout_state, .optional = true),
	LIST_ROWS(struct payout_list_in))
struct payout_make_in { enum bank_code bank; struct texts payout; };
FORM(payout_make_form, struct payout_make_in,
	ENUM(struct payout_make_in, bank, bank_code),
	TEXTS(struct payout_make_in, payout, .max = PAYOUT_BATCH_MAX))

static const char *cause_href(struct cx *cx, enum payout_cause c, const char *number)
{
	return arena_printf(cx->a, "/ops/finance/%s/%s", c == PAYOUT_FOR_REFUND ? "refunds" : "withdrawals", number);
}

static enum rc find(struct cx *cx, const struct payout_list_in *in, struct view_payout_list *m)
{
	size_t limit = list_limit(in ? in->limit : 0);
	struct q_payout_list_in ask = { .state = m->state, .before = UINT64_MAX, .limit = (int32_t)limit + 1 };
	struct q_payout_list *r;

	TRY(cursor_read(in ? in->after : NULL, &ask.before, 1));
	TRY(q_payout_list(cx->db, cx->a, &ask, &r, &m->items_n));
	if (list_more(&m->items_n, limit))
		m->next = cursor_write(cx->a, &r[limit - 1].id, 1);
	struct view_payout_item *v = ARENA_ARRAY(cx->a, struct view_payout_item, m->items_n);
	for (size_t i = 0; i < m->items_n; i++)
		v[i] = (struct view_payout_item){
			.number = r[i].number, .cause = r[i].cause, .org_name = r[i].org_name, .name = r[i].name, .account = r[i].account, .bank = r[i].bank,
			.amount = r[i].amount, .state = r[i].state, .batch_number = r[i].batch_number, .why = r[i].why, .created_at = r[i].created_at,
			.ended_at = r[i].ended_at, .tone = tone_payout(r[i].state), .href = cause_href(cx, r[i].cause, r[i].number),
			.age = r[i].ended_at.us ? NULL : phrase_left(cx->a, cx->lang, r[i].created_at, cx->now),
		};
	m->items = v;
	return RC_OK;
}

/* Only the banks that we have an account at (MON-5). */
static const struct view_field *banks(struct cx *cx, struct web *w)
{
	struct view_field f = web_enum(w, &payout_make_form, "bank", MSG_payout_from, FIELD_SELECT, bank_code_msg, 0);
	struct view_field_option *o = ARENA_ARRAY(cx->a, struct view_field_option, bank_code_n);
	size_t n = 0;

	for (int b = 1; b <= bank_code_n; b++)
		if (bank_account(cx->a, cx->conf, (enum bank_code)b))
			o[n++] = f.options[b - 1];
	f.options = o;
	f.options_n = n;
	return web_keep(w, f);
}

enum rc payout_list(struct cx *cx, struct web *w)
{
	const struct payout_list_in *in = w->req->method == METHOD_POST ? NULL : w->in;
	struct view_tab tab[payout_state_n + 1];
	struct view_tabs tabs = { web_text(w, MSG_order_list_state), tab, payout_state_n + 1 };
	struct view_empty empty = { web_text(w, MSG_payout_none), web_text(w, MSG_payout_none_hint), NULL };
	struct view_payout_list m = { .state = in && in->state ? in->state : PAYOUT_WAITING, .tabs = &tabs, .empty = &empty };

	for (int s = 1; s <= payout_state_n; s++)
		tab[s - 1] = list_tab(w, "state", payout_state_enum.names[s], web_text(w, (enum msg)payout_state_msg[s]), s == (int)m.state);
	tab[payout_state_n] = (struct view_tab){ .label = web_text(w, MSG_payout_batches), .href = "/ops/finance/payouts/batches" };
	TRY(find(cx, in, &m));
	m.may_make = m.state == PAYOUT_WAITING && m.items_n && may(cx);
	m.bank = banks(cx, w);
	m.pager = list_pager(w, m.items_n, m.next);
	w->page.title = MSG_payout_title;
	CRUMBS(w, web_text(w, MSG_payout_title), { web_text(w, MSG_nav_platform), "/ops" });
	return web_show(w, tpl_operator_payout_list, json_payout_list, &m);
}

enum rc payout_make_do(struct cx *cx, struct web *w)
{
	const struct payout_make_in *in = w->in;
	struct outcome out;

	if (!in->payout.n)
		return web_refuse(w, NULL, MSG_payout_choose);
	if (!bank_account(cx->a, cx->conf, in->bank))
		return web_refuse(w, "bank", MSG_pay_choose_bank);
	enum rc rc = payout_batch_make(cx, &(struct payout_choice){ in->payout.v, in->payout.n, in->bank }, &out);
	if (rc == RC_CONFLICT)
		return web_refuse(w, NULL, MSG_payout_taken);
	TRY(rc);
	return web_done(w, &out);
}

/* -- files -------------------------------------------------------------------------------------------------------- */

struct payout_batch_list_in { enum payout_batch_state state; LIST_MEMBERS };
FORM(payout_batch_list_form, struct payout_batch_list_in,
	ENUM(struct payout_batch_list_in, state, payout_batch_state, .optional = true),
	LIST_ROWS(struct payout_batch_list_in))
struct payout_answer_in { struct bytes answer; };
FORM(payout_answer_form, struct payout_answer_in, UPLOAD(struct payout_answer_in, answer, .max = ANSWER_MAX))

enum rc payout_batch_list(struct cx *cx, struct web *w)
{
	const struct payout_batch_list_in *in = w->in;
	size_t limit = list_limit(in->limit);
	struct q_payout_batch_list_in ask = { .state = in->state, .before = UINT64_MAX, .limit = (int32_t)limit + 1 };
	struct view_empty empty = { web_text(w, MSG_list_none), web_text(w, MSG_payout_batch_none), NULL };
	struct view_payout_batch_list m = { .empty = &empty };
	struct q_payout_batch_list *r;

	m.tabs = LIST_TABS(w, "state", MSG_order_list_state, MSG_list_all, payout_batch_state, in->state);
	TRY(cursor_read(in->after, &ask.before, 1));
	TRY(q_payout_batch_list(cx->db, cx->a, &ask, &r, &m.items_n));
	if (list_more(&m.items_n, limit))
		m.next = cursor_write(cx->a, &r[limit - 1].id, 1);
	struct view_payout_batch_item *v = ARENA_ARRAY(cx->a, struct view_payout_batch_item, m.items_n);
	for (size_t i = 0; i < m.items_n; i++)
		v[i] = (struct view_payout_batch_item){
			r[i].number, r[i].bank, r[i].state, (int64_t)r[i].payouts, r[i].total, r[i].made_name, r[i].decided_name, r[i].created_at, r[i].decided_at,
			r[i].filed_at, tone_payout_batch(r[i].state),
		};
	m.items = v;
	m.pager = list_pager(w, m.items_n, m.next);
	w->page.title = MSG_payout_batches;
	CRUMBS(w, web_text(w, MSG_payout_batches), { web_text(w, MSG_nav_platform), "/ops" }, { web_text(w, MSG_payout_title), "/ops/finance/payouts" });
	return web_show(w, tpl_operator_payout_batch_list, json_payout_batch_list, &m);
}

static enum rc add_items(struct cx *cx, uint64_t batch, struct view_payout_batch_show *m)
{
	struct q_payout_of_batch *r;

	TRY(q_payout_of_batch(cx->db, cx->a, &(struct q_payout_of_batch_in){ batch }, &r, &m->items_n));
	struct view_payout_item *v = ARENA_ARRAY(cx->a, struct view_payout_item, m->items_n);
	for (size_t i = 0; i < m->items_n; i++)
		v[i] = (struct view_payout_item){
			.number = r[i].number, .cause = r[i].cause, .org_name = r[i].org_name, .name = r[i].name, .account = r[i].account, .bank = r[i].bank,
			.amount = r[i].amount, .state = r[i].state, .why = r[i].why, .ended_at = r[i].ended_at, .tone = tone_payout(r[i].state),
			.href = cause_href(cx, r[i].cause, r[i].number),
		};
	m->items = v;
	return RC_OK;
}

static const char *event_title(struct cx *cx, const struct q_audit_latest *e)
{
	int to = e->to_state ? enum_of(&payout_batch_state_enum, e->to_state, strlen(e->to_state)) : 0;

	return to ? msg_text(cx->lang, (enum msg)payout_batch_state_msg[to]) : NULL;
}

enum rc payout_batch_show(struct cx *cx, struct web *w)
{
	struct q_payout_batch_show r;

	TRY(q_payout_batch_show(cx->db, cx->a, &(struct q_payout_batch_show_in){ .number = web_param(w, "number") }, &r));
	struct view_payout_batch_item batch = {
		r.number, r.bank, r.state, (int64_t)r.payouts, r.total, r.made_name, r.decided_name, r.created_at, r.decided_at, r.filed_at, tone_payout_batch(r.state),
	};
	bool proposed = r.state == BATCH_PROPOSED && may(cx), own = proposed && r.made_by == cx->actor.person;
	struct view_payout_batch_show m = {
		.batch = &batch, .account = r.account, .closed_at = r.closed_at, .may_approve = proposed && !own, .may_discard = proposed,
		.may_answer = r.state == BATCH_APPROVED && may(cx), .file = r.state == BATCH_APPROVED || r.state == BATCH_CLOSED,
		.own = own ? web_text(w, MSG_payout_own) : NULL,
		.answer = web_keep(w, web_field(w, &payout_answer_form, "answer", MSG_payout_answer, NULL)),
	};

	TRY(add_items(cx, r.id, &m));
	TRY(history_of(cx, r.id, event_title, &m.history));
	w->page.title = MSG_payout_batch;
	w->page.name = r.number;
	CRUMBS(w, r.number, { web_text(w, MSG_nav_platform), "/ops" }, { web_text(w, MSG_payout_title), "/ops/finance/payouts" },
	       { web_text(w, MSG_payout_batches), "/ops/finance/payouts/batches" });
	return web_show(w, tpl_operator_payout_batch_show, json_payout_batch_show, &m);
}

static enum rc decide(struct cx *cx, struct web *w, bool approve)
{
	struct outcome out;
	enum rc rc = payout_batch_decide(cx, web_param(w, "number"), approve, &out);

	if (rc == RC_DENIED)
		return web_refuse(w, NULL, MSG_payout_own);
	if (rc == RC_CONFLICT)
		return web_refuse(w, NULL, MSG_payout_decided);
	TRY(rc);
	return web_done(w, &out);
}

enum rc payout_batch_approve_do(struct cx *cx, struct web *w) { return decide(cx, w, true); }
enum rc payout_batch_discard_do(struct cx *cx, struct web *w) { return decide(cx, w, false); }

/* Only what was approved leaves the house. */
enum rc payout_batch_file(struct cx *cx, struct web *w)
{
	struct q_payout_batch_document r;

	TRY(q_payout_batch_document(cx->db, cx->a, &(struct q_payout_batch_document_in){ web_param(w, "number") }, &r));
	if (r.state != BATCH_APPROVED && r.state != BATCH_CLOSED)
		return RC_NOT_FOUND;
	return web_download(w, "application/xml", arena_printf(cx->a, "%s.xml", web_param(w, "number")), arena_dup(cx->a, r.document.p, r.document.n));
}

enum rc payout_answer_do(struct cx *cx, struct web *w)
{
	const struct payout_answer_in *in = w->in;
	const char *number = web_param(w, "number"), *why = NULL;
	struct q_payout_batch_show b;
	struct payout_answer a;
	struct outcome out;

	TRY(q_payout_batch_show(cx->db, cx->a, &(struct q_payout_batch_show_in){ .number = number }, &b));
	enum rc rc = payout_format_of()->read(cx, b.bank, in->answer, &a, &why);
	if (rc == RC_DENIED || rc == RC_INVALID || rc == RC_MALFORMED || rc == RC_TOO_LARGE)
		return web_refuse(w, "answer", rc == RC_DENIED ? MSG_payout_answer_unsigned : MSG_payout_answer_wrong);
	TRY(rc);
	if (strcmp(a.order, number))
		return web_refuse(w, "answer", MSG_payout_answer_other);
	rc = payout_answer_hear(cx, &a, &out);
	if (rc == RC_CONFLICT)
		return web_refuse(w, "answer", MSG_payout_answer_conflict);
	TRY(rc);
	return web_done(w, &out);
}
