/* Reconciliation: the days of each channel, and what differs on one of them (MON-9). */
#include <inttypes.h>

#include "app/statement.h"
#include "base/csv.h"
#include "base/money.h"
#include "base/time.h"
#include "q_statement.h"
#include "view/statement.h"
#include "web/operator/finance.h"

#define LIST_PAGE "/ops/finance/reconciliation"
enum { EXPORT_MAX = 1000 };

/* -- days ---------------------------------------------------------------------------------------------------------- */

struct statement_list_in { enum payment_channel channel; LIST_MEMBERS };
FORM(statement_list_form, struct statement_list_in,
	ENUM(struct statement_list_in, channel, payment_channel, .optional = true),
	LIST_ROWS(struct statement_list_in))
struct statement_ask_in { enum payment_channel channel; struct date day; };
FORM(statement_ask_form, struct statement_ask_in,
	ENUM(struct statement_ask_in, channel, payment_channel),
	DATE(struct statement_ask_in, day))

static const char *day_text(struct cx *cx, struct date d)
{
	char text[TIME_TEXT];

	return arena_strdup(cx->a, date_text(d, text));
}

static const char *tone(enum statement_state s, uint64_t unsettled)
{
	return s == STATEMENT_CLOSED ? "ok" : s == STATEMENT_WAITING ? "" : unsettled ? "warn" : "info";
}

#define STATEMENT_ITEM_OF(cx, r) \
	((struct view_statement_item){ .id = arena_printf((cx)->a, "%" PRIu64, (r)->id), .channel = (r)->channel, .day = day_text(cx, (r)->day), .state = (r)->state, \
		.version = (int64_t)(r)->version, .lines = (int64_t)(r)->line_count, .income = (r)->income, .our_income = (r)->our_income, \
		.income_difference = money_sub((r)->income, (r)->our_income), .outgo = (r)->outgo, .our_outgo = (r)->our_outgo, \
		.outgo_difference = money_sub((r)->outgo, (r)->our_outgo), .fees = (r)->fees, .found = (int64_t)(r)->found, \
		.unsettled = (int64_t)(r)->unsettled, .tone = tone((r)->state, (r)->unsettled), .error = (r)->error })

static enum rc find(struct cx *cx, const struct statement_list_in *in, struct view_statement_list *m)
{
	size_t limit = list_limit(in->limit);
	uint64_t before = INT32_MAX;
	struct q_statement_list *r;

	TRY(cursor_read(in->after, &before, 1));
	struct q_statement_list_in ask = { .channel = in->channel, .before = { (int32_t)(before < INT32_MAX ? before : 1 << 21) }, .limit = (int32_t)limit + 1 };
	TRY(q_statement_list(cx->db, cx->a, &ask, &r, &m->items_n));
	if (list_more(&m->items_n, limit))
		m->next = cursor_write(cx->a, &(uint64_t){ (uint64_t)r[limit - 1].day.days }, 1);
	struct view_statement_item *items = ARENA_ARRAY(cx->a, struct view_statement_item, m->items_n);
	for (size_t i = 0; i < m->items_n; i++)
		items[i] = STATEMENT_ITEM_OF(cx, &r[i]);
	m->items = items;
	return RC_OK;
}

enum rc statement_list(struct cx *cx, struct web *w)
{
	const struct statement_list_in *in = w->in;
	struct view_empty empty = { web_text(w, MSG_statement_empty), web_text(w, MSG_statement_empty_hint), NULL };
	struct view_statement_list m = { .empty = &empty, .may = finance_may(cx, PERM_CASE_SETTLE) };
	struct view_field filter[] = { list_choice(w, "channel", MSG_payment_channel, &payment_channel_enum, payment_channel_msg, (int)in->channel) };
	struct view_field day = web_field(w, &statement_ask_form, "day", MSG_statement_day, day_text(cx, (struct date){ date_of(cx->now).days - 1 }));

	TRY(find(cx, in, &m));
	day.type = "date";
	m.day = web_keep(w, day);
	m.channel = web_keep(w, web_enum(w, &statement_ask_form, "channel", MSG_payment_channel, FIELD_SELECT, payment_channel_msg, CHANNEL_WECHAT));
	m.filter = list_filter(w, filter, 1);
	m.pager = list_pager(w, m.items_n, m.next);
	w->page.title = MSG_statement_title;
	CRUMBS(w, web_text(w, MSG_statement_title), { web_text(w, MSG_nav_platform), "/ops" }, { web_text(w, MSG_finance_title), "/ops/finance" });
	return web_show(w, tpl_operator_statement_list, json_statement_list, &m);
}

enum rc statement_ask_do(struct cx *cx, struct web *w)
{
	const struct statement_ask_in *in = w->in;
	struct outcome out;
	enum rc rc = statement_ask(cx, in->channel, in->day, &out);

	if (rc == RC_NOT_FOUND)
		return web_refuse(w, "channel", MSG_statement_no_channel);
	if (rc == RC_INVALID)
		return web_refuse(w, "day", MSG_statement_not_over);
	return finance_decided(w, rc, &out);
}

/* -- a day ---------------------------------------------------------------------------------------------------------- */

struct statement_show_in { LIST_MEMBERS };
FORM(statement_show_form, struct statement_show_in, LIST_ROWS(struct statement_show_in))

static const char *tone_difference(enum case_state s) { return tone_case(s); }

#define DIFFERENCE_ITEM_OF(r, n) \
	((struct view_difference_item){ .nth = (int64_t)(n), .kind = (r)->kind, .refund = (r)->refund, .transaction_id = (r)->transaction_id, .number = (r)->number, \
		.theirs = (r)->theirs, .ours = (r)->ours, .difference = money_sub((r)->theirs, (r)->ours), .at = (r)->at, .state = (r)->state, \
		.settlement = (r)->settlement, .note = (r)->note, .proposal = (int64_t)(r)->proposals, .proposed_name = (r)->proposed_name, \
		.decided_name = (r)->decided_name, .settled_at = (r)->settled_at, .tone = tone_difference((r)->state) })

static enum rc add_differences(struct cx *cx, uint64_t id, const struct statement_show_in *in, struct view_statement_show *m)
{
	size_t limit = list_limit(in->limit);
	struct q_difference_list_in ask = { .id = id, .after = 0, .limit = (int32_t)limit + 1 };
	struct q_difference_list *r;

	TRY(cursor_read(in->after, &ask.after, 1));
	TRY(q_difference_list(cx->db, cx->a, &ask, &r, &m->differences_n));
	if (list_more(&m->differences_n, limit))
		m->next = cursor_write(cx->a, &r[limit - 1].nth, 1);
	struct view_difference_item *v = ARENA_ARRAY(cx->a, struct view_difference_item, m->differences_n);
	for (size_t i = 0; i < m->differences_n; i++)
		v[i] = DIFFERENCE_ITEM_OF(&r[i], r[i].nth);
	m->differences = v;
	return RC_OK;
}

static enum rc add_versions(struct cx *cx, uint64_t id, struct view_statement_show *m)
{
	struct q_statement_version_list *r;

	TRY(q_statement_version_list(cx->db, cx->a, &(struct q_statement_version_list_in){ id }, &r, &m->versions_n));
	struct view_statement_version *v = ARENA_ARRAY(cx->a, struct view_statement_version, m->versions_n);
	for (size_t i = 0; i < m->versions_n; i++)
		v[i] = (struct view_statement_version){ (int64_t)r[i].version, (int64_t)r[i].line_count, r[i].income, r[i].outgo, r[i].fees, r[i].loaded_at };
	m->versions = v;
	return RC_OK;
}

enum rc statement_show(struct cx *cx, struct web *w)
{
	struct q_statement_show s;

	TRY(q_statement_show(cx->db, cx->a, &(struct q_statement_show_in){ web_param_id(w, "id") }, &s));
	struct view_statement_item item = STATEMENT_ITEM_OF(cx, &s);
	bool may = finance_may(cx, PERM_CASE_SETTLE);
	struct view_statement_show m = {
		.item = &item, .loaded_at = s.loaded_at, .closed_at = s.closed_at, .closed_name = s.closed_name, .next_at = s.next_at,
		.may_work = may && s.state == STATEMENT_LOADED, .may_close = may && s.state == STATEMENT_LOADED && !s.unsettled,
	};
	TRY(add_differences(cx, s.id, w->in, &m));
	TRY(add_versions(cx, s.id, &m));
	m.pager = list_pager_of(w, m.differences_n, (int64_t)s.found, m.next);
	w->page.title = MSG_statement_title;
	w->page.name = item.day;
	CRUMBS(w, item.day, { web_text(w, MSG_nav_platform), "/ops" }, { web_text(w, MSG_finance_title), "/ops/finance" }, { web_text(w, MSG_statement_title), LIST_PAGE });
	return web_show(w, tpl_operator_statement_show, json_statement_show, &m);
}

enum rc statement_compare_do(struct cx *cx, struct web *w)
{
	struct outcome out;

	return finance_decided(w, statement_compare(cx, web_param_id(w, "id"), &out), &out);
}

enum rc statement_close_do(struct cx *cx, struct web *w)
{
	struct outcome out;
	enum rc rc = statement_close(cx, web_param_id(w, "id"), &out);

	if (rc == RC_CONFLICT)
		return web_refuse(w, NULL, MSG_statement_open_left);
	return finance_decided(w, rc, &out);
}

enum rc statement_export(struct cx *cx, struct web *w)
{
	struct q_statement_show s;
	struct q_difference_list *r;
	struct out o = { 0 };
	size_t n;

	TRY(q_statement_show(cx->db, cx->a, &(struct q_statement_show_in){ web_param_id(w, "id") }, &s));
	TRY(q_difference_list(cx->db, cx->a, &(struct q_difference_list_in){ .id = s.id, .after = 0, .limit = EXPORT_MAX }, &r, &n));
	csv_begin(&o);
	out_lit(&o, "kind,flow,transaction,number,theirs,ours,time,state,settlement,note,proposed by,decided by\r\n");
	for (size_t i = 0; i < n; i++) {
		csv_field(&o, true, msg_text(cx->lang, (enum msg)difference_kind_msg[r[i].kind]));
		csv_field(&o, false, web_text(w, r[i].refund ? MSG_statement_outgo : MSG_statement_income));
		csv_digits(&o, false, r[i].transaction_id);
		csv_field(&o, false, r[i].number);
		csv_money(&o, false, r[i].theirs);
		csv_money(&o, false, r[i].ours);
		csv_instant(&o, false, r[i].at);
		csv_field(&o, false, msg_text(cx->lang, (enum msg)case_state_msg[r[i].state]));
		csv_field(&o, false, r[i].settlement ? msg_text(cx->lang, (enum msg)difference_settlement_msg[r[i].settlement]) : "");
		csv_field(&o, false, r[i].note);
		csv_field(&o, false, r[i].proposed_name);
		csv_field(&o, false, r[i].decided_name);
		csv_end(&o);
	}
	const char *text = arena_dup(cx->a, o.p, o.n);
	out_free(&o);
	return web_download(w, "text/csv; charset=utf-8", arena_printf(cx->a, "reconciliation-%s.csv", day_text(cx, s.day)), text);
}

/* -- a difference ------------------------------------------------------------------------------------------------------ */

struct difference_propose_in { enum difference_settlement how; const char *note; };
FORM(difference_propose_form, struct difference_propose_in,
	ENUM(struct difference_propose_in, how, difference_settlement),
	TEXT(struct difference_propose_in, note, .max = 200))
struct difference_decide_in { int64_t proposal; };
FORM(difference_decide_form, struct difference_decide_in,
	INT(struct difference_decide_in, proposal, .min = 1))

static enum msg todo(enum difference_kind k)
{
	switch (k) {
	case MISSING_HERE:   return MSG_statement_todo_missing_here;
	case MISSING_THERE:  return MSG_statement_todo_missing_there;
	case AMOUNT_DIFFERS: return MSG_statement_todo_amount;
	case BOOKS_DIFFER:   return MSG_statement_todo_books;
	}
	return MSG_NONE;
}

static struct view_field settlements(struct web *w, const struct q_difference_show *d)
{
	struct view_field f = web_enum(w, &difference_propose_form, "how", MSG_case_show_how, FIELD_RADIO, difference_settlement_msg, 0);
	struct view_field_option *o = ARENA_ARRAY(w->cx->a, struct view_field_option, f.options_n);
	size_t n = 0;

	for (size_t i = 0; i < f.options_n; i++) {
		int how = enum_of(&difference_settlement_enum, f.options[i].value, strlen(f.options[i].value));
		if (how && difference_settles(d->kind, d->refund, (enum difference_settlement)how))
			o[n++] = f.options[i];
	}
	f.options = o;
	f.options_n = n;
	return f;
}

enum rc difference_show(struct cx *cx, struct web *w)
{
	struct q_difference_show d;
	uint64_t id = web_param_id(w, "id"), nth = web_param_id(w, "nth");

	TRY(q_difference_show(cx->db, cx->a, &(struct q_difference_show_in){ id, nth }, &d));
	struct view_difference_item item = DIFFERENCE_ITEM_OF(&d, nth);
	bool may = finance_may(cx, PERM_CASE_SETTLE), own = d.proposed_by == cx->actor.person;
	struct view_difference_show m = {
		.statement = arena_printf(cx->a, "%" PRIu64, id), .day = day_text(cx, d.day), .item = &item, .todo = todo(d.kind), .own = own,
		.may_propose = may && d.state == CASE_OPEN, .may_approve = may && d.state == CASE_PROPOSED && !own, .may_reject = may && d.state == CASE_PROPOSED,
		.how = web_keep(w, settlements(w, &d)), .note = web_keep(w, web_field(w, &difference_propose_form, "note", MSG_case_show_note, NULL)),
	};
	w->page.title = (enum msg)difference_kind_msg[d.kind];
	w->page.name = *d.number ? d.number : d.transaction_id;
	CRUMBS(w, web_text(w, (enum msg)difference_kind_msg[d.kind]), { web_text(w, MSG_nav_platform), "/ops" }, { web_text(w, MSG_finance_title), "/ops/finance" },
	       { web_text(w, MSG_statement_title), LIST_PAGE }, { m.day, arena_printf(cx->a, LIST_PAGE "/%s", m.statement) });
	return web_show(w, tpl_operator_difference_show, json_difference_show, &m);
}

enum rc difference_propose_do(struct cx *cx, struct web *w)
{
	const struct difference_propose_in *in = w->in;
	struct outcome out;
	enum rc rc = difference_propose(cx, &(struct difference_proposal){ web_param_id(w, "id"), web_param_id(w, "nth"), in->how, in->note }, &out);

	if (rc == RC_INVALID)
		return web_refuse(w, "how", MSG_case_show_not_for_this);
	return finance_decided(w, rc, &out);
}

static enum rc decide(struct cx *cx, struct web *w, bool approve)
{
	const struct difference_decide_in *in = w->in;
	struct difference_decision d = { web_param_id(w, "id"), web_param_id(w, "nth"), (uint64_t)in->proposal, approve };
	struct outcome out;

	return finance_decided(w, difference_decide(cx, &d, &out), &out);
}

enum rc difference_approve_do(struct cx *cx, struct web *w) { return decide(cx, w, true); }
enum rc difference_reject_do(struct cx *cx, struct web *w) { return decide(cx, w, false); }
