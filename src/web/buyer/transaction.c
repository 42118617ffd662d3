/* What moved the organisation's money: MON-13; and what it has: MON-3. */
#include "web/buyer/transaction.h"

#include "domain/ledger.h"
#include "base/str.h"
#include "web/export.h"

/* A file is written while it is sent, a piece at a time; more than this is not asked of one request. */
enum { EXPORT_MAX = 200000, EXPORT_PIECE = 500, LATEST = 6, KEYS = 2 };

struct transaction_list_in {
	enum account_kind account;
	enum journal_kind kind;
	enum money_flow flow;
	const char *q;
	RANGE_MEMBERS
	LIST_MEMBERS
};
static enum msg number_check(const char *q)
{
	for (; *q; q++)
		if (!strchr("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", *q))
			return MSG_transaction_q_wrong;
	return MSG_NONE;
}
FORM(transaction_list_form, struct transaction_list_in,
	ENUM(struct transaction_list_in, account, account_kind, .optional = true),
	ENUM(struct transaction_list_in, kind, journal_kind, .optional = true),
	ENUM(struct transaction_list_in, flow, money_flow, .optional = true),
	TEXT(struct transaction_list_in, q, .max = 32, .optional = true, .check = number_check),
	RANGE_ROWS(struct transaction_list_in),
	LIST_ROWS(struct transaction_list_in))

/* -- the list ------------------------------------------------------------------------------------------------------ */

/* A number is found whenever it was, unless a range was asked for. */
static bool wish_of(struct cx *cx, const struct transaction_list_in *in, struct transaction_wish *wish, struct date *from, struct date *to)
{
	enum date_range range = range_meant(in->range, in->from, in->to);

	*from = in->from;
	*to = in->to;
	*wish = (struct transaction_wish){ .account = in->account, .kind = in->kind, .flow = in->flow, .number = in->q && *in->q ? in->q : NULL };
	if (!range_days(range, date_of(cx->now), from, to))
		return false;
	wish->ids = wish->number && !range ? (struct id_range){ 0, UINT64_MAX } : range_ids(*from, *to);
	return true;
}

static const struct view_tabs *tabs_of(struct cx *cx, const struct web *w, enum account_kind chosen)
{
	static const enum account_kind shown[] = {
#define SHOWN(KIND, name) ACCOUNT_##KIND,
		TRANSACTION_ACCOUNTS(SHOWN)
	};
	enum { SHOWN_N = sizeof shown / sizeof *shown };
	struct view_tabs *tabs = ARENA_NEW(cx->a, struct view_tabs);
	struct view_tab *t = ARENA_ARRAY(cx->a, struct view_tab, SHOWN_N + 1);

	t[0] = list_tab(w, "account", NULL, web_text(w, MSG_list_all), !chosen);
	for (size_t i = 0; i < SHOWN_N; i++)
		t[i + 1] = list_tab(w, "account", account_kind_enum.names[shown[i]], web_text(w, (enum msg)account_kind_msg[shown[i]]), shown[i] == chosen);
	*tabs = (struct view_tabs){ .label = web_text(w, MSG_transaction_account), .items = t, .items_n = SHOWN_N + 1 };
	return tabs;
}

/* Only the kinds that an organisation can see. */
static struct view_field kinds_of(struct cx *cx, struct web *w, enum journal_kind chosen)
{
	struct view_field f = list_choice(w, "kind", MSG_transaction_kind, &journal_kind_enum, journal_kind_msg, (int)chosen);
	struct view_field_option *o = ARENA_ARRAY(cx->a, struct view_field_option, f.options_n);
	size_t n = 0;

	o[n++] = f.options[0];
	for (int k = 1; k <= journal_kind_n; k++) {
		bool any = false;
#define EITHER(KIND, name) any |= ledger_allows((enum journal_kind)k, ACCOUNT_##KIND, 1) || ledger_allows((enum journal_kind)k, ACCOUNT_##KIND, -1);
		TRANSACTION_ACCOUNTS(EITHER)
		if (any)
			o[n++] = f.options[k];
	}
	f.options = o;
	f.options_n = n;
	return f;
}

static void add_frame(struct cx *cx, struct web *w, const struct transaction_list_in *in, struct view_transaction_list *m)
{
	enum date_range range = range_meant(in->range, in->from, in->to);
	struct view_field *f = ARENA_ARRAY(cx->a, struct view_field, RANGE_FIELDS + 3);
	bool narrowed = in->account || in->kind || in->flow || range || (in->q && *in->q);

	f[0] = list_search(w, "q", MSG_transaction_q, MSG_transaction_q_hint);
	f[1] = kinds_of(cx, w, in->kind);
	f[2] = list_choice(w, "flow", MSG_transaction_flow, &money_flow_enum, money_flow_msg, (int)in->flow);
	range_fields(w, MSG_transaction_at, range, f + 3);
	m->filter = list_filter(w, f, RANGE_FIELDS + 3);
	m->tabs = tabs_of(cx, w, in->account);
	m->exports = export_links(w, "/console/billing/transactions", "after", NULL);
	m->pager = list_pager(w, m->items_n, m->next);
	m->empty = list_empty(w, narrowed, MSG_transaction_empty, MSG_transaction_empty_hint,
		(struct view_link){ .label = web_text(w, MSG_list_shop), .href = "/products", .primary = true });
}

enum rc transaction_list(struct cx *cx, struct web *w)
{
	const struct transaction_list_in *in = w->in;
	size_t limit = list_limit(in->limit);
	uint64_t keys[KEYS] = { UINT64_MAX, 0 };
	struct view_transaction_list m = { 0 };
	struct transaction_wish wish;
	struct q_transaction_list *r;

	TRY(cursor_read(in->after, keys, KEYS));
	if (!wish_of(cx, in, &wish, &m.from, &m.to)) {
		TRY(list_refuse(w, "to", MSG_list_range_year));
	} else {
		TRY(transaction_find(cx, &wish, keys[0], keys[1], limit + 1, &r, &m.items_n));
		if (list_more(&m.items_n, limit))
			m.next = cursor_write(cx->a, (uint64_t[]){ r[limit - 1].seat, r[limit - 1].line }, KEYS);
		m.items = transaction_items(cx, r, m.items_n);
	}
	add_frame(cx, w, in, &m);
	w->page.title = MSG_transaction_title;
	CRUMBS(w, web_text(w, MSG_transaction_title), { web_text(w, MSG_nav_money), "/console/billing/balance" });
	return web_show(w, tpl_buyer_transaction_list, json_transaction_list, &m);
}

/* -- as a file ----------------------------------------------------------------------------------------------------- */

struct exporting { struct transaction_wish wish; uint64_t seat, line; };

static void row(struct export *x, enum lang lang, const struct q_transaction_list *r)
{
	export_instant(x, r->booked_at);
	export_text(x, msg_text(lang, (enum msg)journal_kind_msg[r->kind]));
	export_text(x, msg_text(lang, (enum msg)account_kind_msg[r->account]));
	export_money(x, r->amount);
	if (r->has_after)
		export_money(x, r->after);
	else
		export_text(x, NULL);
	export_digits(x, r->order_number);
	export_digits(x, r->payment_number);
	export_text(x, r->channel ? msg_text(lang, (enum msg)payment_channel_msg[r->channel]) : NULL);
	export_digits(x, r->number);
	export_row(x);
}

static enum rc piece(struct cx *cx, void *from, struct export *x, bool *more)
{
	struct exporting *e = from;
	struct q_transaction_list *rows;
	size_t n;

	TRY(transaction_find(cx, &e->wish, e->seat, e->line, EXPORT_PIECE + 1, &rows, &n));
	*more = list_more(&n, EXPORT_PIECE);
	for (size_t i = 0; i < n; i++)
		row(x, cx->lang, &rows[i]);
	if (n) {
		e->seat = rows[n - 1].seat;
		e->line = rows[n - 1].line;
	}
	return RC_OK;
}

enum rc transaction_export(struct cx *cx, struct web *w)
{
	static const enum msg columns[] = {
		MSG_transaction_at, MSG_transaction_kind, MSG_transaction_account, MSG_transaction_amount_yuan, MSG_transaction_after, MSG_order_list_number, MSG_payment_number,
		MSG_payment_channel, MSG_transaction_number,
	};
	struct exporting *e = ARENA_NEW(cx->a, struct exporting);
	char now[TIME_TEXT];
	struct date from, to;

	if (w->errors.n)
		return RC_INVALID;
	*e = (struct exporting){ .seat = UINT64_MAX };
	if (!wish_of(cx, w->in, &e->wish, &from, &to))
		return web_refuse(w, "to", MSG_list_range_year);
	const char *name = arena_printf(cx->a, "transactions-%s", instant_compact(cx->now, now));
	return web_export(cx, w, &(struct export_of){ name, columns, sizeof columns / sizeof *columns, EXPORT_MAX, piece, e });
}

/* -- the balance --------------------------------------------------------------------------------------------------- */

enum rc balance_show(struct cx *cx, struct web *w)
{
	const struct view_link ways[] = {
		{ .label = web_text(w, MSG_topup_title), .href = "/console/topup", .primary = true },
		{ .label = web_text(w, MSG_withdrawal_title), .href = "/console/withdrawals" },
		{ .label = web_text(w, MSG_transaction_title), .href = "/console/billing/transactions" },
		{ .label = web_text(w, MSG_remittance_title), .href = "/console/billing/remittances" },
		{ .label = web_text(w, MSG_spend_alert_title), .href = "/console/billing/alert" },
	};
	struct transaction_wish wish = { .ids = { 0, UINT64_MAX } };
	struct view_transaction_list table = { 0 };
	struct view_balance balance;
	struct view_balance_show m = { .balance = &balance, .ways = ways, .ways_n = sizeof ways / sizeof *ways, .table = &table };
	struct q_transaction_list *r;

	TRY(balance_of(cx, cx->actor.org, &balance));
	TRY(transaction_find(cx, &wish, UINT64_MAX, 0, LATEST, &r, &m.items_n));
	table.items = m.items = transaction_items(cx, r, m.items_n);
	table.items_n = m.items_n;
	w->page.title = MSG_balance_title;
	CRUMBS(w, web_text(w, MSG_balance_title), { web_text(w, MSG_nav_money), "/console/billing/balance" });
	return web_show(w, tpl_buyer_balance, json_balance_show, &m);
}
