/* Bills: MON-14. */
#include "web/buyer/bill.h"

#include "app/bill.h"
#include "base/str.h"
#include "domain/ledger.h"
#include "web/chart.h"
#include "web/export.h"

enum { MONTHS = 12, PRODUCTS_MAX = 1000, PRODUCTS_SHOWN = 8, EXPORT_MAX = 200000, EXPORT_PIECE = 200, MONTH_TEXT = 7 };

static bool month_read(const char *text, struct bill_month *m)
{
	char day[MONTH_TEXT + 4];
	struct date d;

	if (strlen(text) != MONTH_TEXT)
		return false;
	memcpy(day, text, MONTH_TEXT);
	memcpy(day + MONTH_TEXT, "-01", 4);
	if (!date_parse(day, &d))
		return false;
	*m = bill_month_of(d);
	return true;
}
static enum msg month_check(const char *text)
{
	struct bill_month m;

	return month_read(text, &m) ? MSG_NONE : MSG_bill_month_wrong;
}

struct bill_list_in { const char *month; enum bill_tab tab; LIST_MEMBERS };
FORM(bill_list_form, struct bill_list_in,
	TEXT(struct bill_list_in, month, .max = MONTH_TEXT, .optional = true, .check = month_check),
	ENUM(struct bill_list_in, tab, bill_tab, .optional = true),
	LIST_ROWS(struct bill_list_in))

static struct bill_month month_of(const struct cx *cx, const struct bill_list_in *in)
{
	struct bill_month m;

	return in->month && month_read(in->month, &m) ? m : bill_month_of(date_of(cx->now));
}

/* -- the summary --------------------------------------------------------------------------------------------------- */

static struct money sum_of(struct money cash, struct money gift, struct money voucher, struct money card)
{
	return money_add(money_add(cash, gift), money_add(voucher, card));
}
#define SUMS_OF(r) .cash = (r)->cash, .gift = (r)->gift, .voucher = (r)->voucher, .card = (r)->card, .amount = sum_of((r)->cash, (r)->gift, (r)->voucher, (r)->card)

/* The last of these twelve is the one that is looked at; months without a bill are there with nothing. */
static enum rc add_months(struct cx *cx, struct web *w, struct bill_month month, struct view_bill_list *m)
{
	struct view_bill_sums *sums = ARENA_ARRAY(cx->a, struct view_bill_sums, MONTHS);
	struct chart_amount bars[MONTHS];
	struct q_bill_months *r;
	const char *list = "";
	size_t n, k = 0;

	for (int i = 0; i < MONTHS; i++) {
		struct date first = bill_month_before(month, MONTHS - 1 - i).first;
		sums[i] = (struct view_bill_sums){ .month = first, .name = bill_month_text(cx->a, first) };
		sums[i].href = list_href(w, "month", sums[i].name);
		list = arena_printf(cx->a, "%s%s\"%s-01\"", list, i ? "," : "", sums[i].name);
	}
	TRY(q_bill_months(cx->db, cx->a, &(struct q_bill_months_in){ .org = cx->actor.org, .months = arena_printf(cx->a, "[%s]", list) }, &r, &n));
	for (size_t i = 0; i < MONTHS; i++) {
		if (k < n && r[k].month.days == sums[i].month.days) {
			sums[i] = (struct view_bill_sums){ .month = sums[i].month, .name = sums[i].name, .href = sums[i].href, SUMS_OF(&r[k]) };
			k++;
		}
		bars[i] = (struct chart_amount){ .label = sums[i].name, .amount = sums[i].amount };
	}
	m->months = sums;
	m->months_n = MONTHS;
	m->total = &sums[MONTHS - 1];
	m->by_month = chart_of(cx, web_text(w, MSG_bill_by_month), bars, MONTHS);
	return RC_OK;
}

static const char *share(struct arena *a, struct money part, struct money whole)
{
	struct money pm;

	if (whole.fen <= 0 || part.fen < 0 || !money_ratio(part, PER_MILLE, whole.fen, &pm))
		return "—";
	return arena_printf(a, "%d.%d%%", (int)(pm.fen / 10), (int)(pm.fen % 10));
}

/* The first eight, and all others together. */
static enum rc add_products(struct cx *cx, struct web *w, struct bill_month month, struct view_bill_list *m)
{
	struct q_bill_products *r;
	struct view_bill_sums *sums = ARENA_ARRAY(cx->a, struct view_bill_sums, PRODUCTS_SHOWN + 1);
	struct chart_amount bars[PRODUCTS_SHOWN + 1];
	struct money shown = { 0 };
	size_t n;

	TRY(q_bill_products(cx->db, cx->a, &(struct q_bill_products_in){ .org = cx->actor.org, .month = month.first, .limit = PRODUCTS_MAX }, &r, &n));
	m->products_n = n < PRODUCTS_SHOWN ? n : PRODUCTS_SHOWN;
	for (size_t i = 0; i < m->products_n; i++) {
		sums[i] = (struct view_bill_sums){ .month = month.first, .name = r[i].name, .slug = r[i].slug, .amount = fen(r[i].amount) };
		sums[i].href = arena_printf(cx->a, "/products/%s", r[i].slug);
		shown = money_add(shown, sums[i].amount);
	}
	if (n > PRODUCTS_SHOWN)
		sums[m->products_n++] = (struct view_bill_sums){ .month = month.first, .name = web_text(w, MSG_bill_others), .amount = money_sub(m->total->amount, shown) };
	for (size_t i = 0; i < m->products_n; i++) {
		sums[i].share = share(cx->a, sums[i].amount, m->total->amount);
		bars[i] = (struct chart_amount){ .label = arena_printf(cx->a, "%zu", i + 1), .amount = sums[i].amount };
	}
	m->products = sums;
	m->by_product = m->products_n ? chart_of(cx, web_text(w, MSG_bill_by_product), bars, m->products_n) : NULL;
	return RC_OK;
}

/* Whose orders they were, when there are zones (ACC-4). */
static enum rc add_buyers(struct cx *cx, struct bill_month month, struct view_bill_list *m)
{
	struct q_bill_buyers *r;

	if (!m->zones)
		return RC_OK;
	TRY(q_bill_buyers(cx->db, cx->a, &(struct q_bill_buyers_in){ .org = cx->actor.org, .month = month.first }, &r, &m->buyers_n));
	struct view_bill_sums *sums = ARENA_ARRAY(cx->a, struct view_bill_sums, m->buyers_n);
	for (size_t i = 0; i < m->buyers_n; i++)
		sums[i] = (struct view_bill_sums){ .month = month.first, .name = r[i].name, SUMS_OF(&r[i]) };
	m->buyers = sums;
	return RC_OK;
}

/* -- the rows ------------------------------------------------------------------------------------------------------ */

static const char *shown(struct cx *cx, const struct bill_value *v)
{
	char text[MONEY_TEXT + TIME_TEXT];

	if (v->kind == BILL_MONEY)
		return arena_strdup(cx->a, money_text(v->money, true, text));
	return v->kind == BILL_INSTANT ? arena_strdup(cx->a, instant_text(v->at, text)) : v->text;
}

static const char *link_of(struct cx *cx, const struct view_bill_item *item, enum bill_column c)
{
	if (c != BILL_ORDER)
		return NULL;
	return arena_printf(cx->a, item->buyer ? "/console/zone-orders/%s" : "/console/orders/%s", item->order);
}

static void add_table(struct cx *cx, struct web *w, uint64_t columns, struct view_bill_list *m)
{
	struct view_bill_table *t = ARENA_NEW(cx->a, struct view_bill_table);
	struct view_bill_cell *heads = ARENA_ARRAY(cx->a, struct view_bill_cell, bill_column_n);
	struct view_bill_line *lines = ARENA_ARRAY(cx->a, struct view_bill_line, m->items_n);
	enum bill_column of[bill_column_n];

	for (int c = 1; c <= bill_column_n; c++)
		if (set_has(columns, c)) {
			struct bill_value v = bill_value(cx, &(struct view_bill_item){ .product = "", .plan = "", .kind = JOURNAL_ORDER_PAY, .mode = BILLING_FREE }, (enum bill_column)c);
			of[t->heads_n] = (enum bill_column)c;
			heads[t->heads_n++] = (struct view_bill_cell){ .text = web_text(w, (enum msg)bill_column_msg[c]), .numeric = v.kind == BILL_MONEY };
		}
	for (size_t i = 0; i < m->items_n; i++) {
		struct view_bill_cell *cells = ARENA_ARRAY(cx->a, struct view_bill_cell, t->heads_n);
		for (size_t k = 0; k < t->heads_n; k++) {
			struct bill_value v = bill_value(cx, &m->items[i], of[k]);
			cells[k] = (struct view_bill_cell){ .text = shown(cx, &v), .head = heads[k].text, .numeric = heads[k].numeric, .key = !k,
				.href = link_of(cx, &m->items[i], of[k]) };
		}
		lines[i] = (struct view_bill_line){ .cells = cells, .cells_n = t->heads_n };
	}
	t->heads = heads;
	t->lines = lines;
	t->lines_n = m->items_n;
	m->table = t;
}

static void add_choices(struct cx *cx, struct web *w, bool detail, uint64_t columns, struct view_bill_table *t)
{
	struct view_bill_choice *c = ARENA_ARRAY(cx->a, struct view_bill_choice, bill_column_n);

	for (int i = 1; i <= bill_column_n; i++)
		if (detail || !bill_of_resource((enum bill_column)i))
			c[t->choices_n++] = (struct view_bill_choice){ bill_column_enum.names[i], web_text(w, (enum msg)bill_column_msg[i]), set_has(columns, i) };
	t->choices = c;
}

static enum rc add_rows(struct cx *cx, struct web *w, const struct bill_list_in *in, struct bill_month month, struct view_bill_list *m)
{
	size_t limit = list_limit(in->limit), n;
	uint64_t before = UINT64_MAX, columns;
	bool detail = m->tab == BILL_DETAIL;
	struct q_bill_list *r;

	TRY(cursor_read(in->after, &before, 1));
	TRY(bill_columns(cx, detail, &columns));
	TRY(bill_find(cx, month, before, limit + 1, &r, &n));
	if (list_more(&n, limit))
		m->next = cursor_write(cx->a, &r[limit - 1].id, 1);
	TRY(bill_items(cx, detail, r, n, &m->items, &m->items_n));
	add_table(cx, w, columns, m);
	add_choices(cx, w, detail, columns, (struct view_bill_table *)m->table);
	m->pager = list_pager(w, m->items_n, m->next);
	return RC_OK;
}

/* -- the page ------------------------------------------------------------------------------------------------------ */

enum rc bill_list(struct cx *cx, struct web *w)
{
	const struct bill_list_in *in = w->in;
	struct bill_month month = month_of(cx, in);
	struct view_bill_list m = { .month = month.first, .month_text = bill_month_text(cx->a, month.first), .tab = in->tab ? in->tab : BILL_SUMMARY,
		.zones = w->session->zones != 0 };
	struct view_field *field = ARENA_NEW(cx->a, struct view_field);

	TRY(add_months(cx, w, month, &m));
	if (m.tab == BILL_SUMMARY) {
		TRY(add_products(cx, w, month, &m));
		TRY(add_buyers(cx, month, &m));
	} else {
		TRY(add_rows(cx, w, in, month, &m));
	}
	*field = web_field(w, &bill_list_form, "month", MSG_bill_month, m.month_text);
	field->type = "month";
	m.filter = list_filter(w, field, 1);
	m.tabs = LIST_TABS(w, "tab", MSG_bill_title, MSG_NONE, bill_tab, m.tab);
	m.exports = m.tab == BILL_SUMMARY ? NULL : export_links(w, "/console/billing/bills", "after", NULL);
	w->page.title = MSG_bill_title;
	w->page.name = m.month_text;
	CRUMBS(w, web_text(w, MSG_bill_title), { web_text(w, MSG_nav_money), "/console/billing/balance" });
	return web_show(w, tpl_buyer_bill_list, json_bill_list, &m);
}

/* -- the columns that somebody wants ------------------------------------------------------------------------------- */

struct bill_choose_in { struct texts column; const char *month; enum bill_tab tab; };
FORM(bill_choose_form, struct bill_choose_in,
	TEXTS(struct bill_choose_in, column, .max = bill_column_n),
	TEXT(struct bill_choose_in, month, .max = MONTH_TEXT, .check = month_check),
	ENUM(struct bill_choose_in, tab, bill_tab))

enum rc bill_choose_do(struct cx *cx, struct web *w)
{
	const struct bill_choose_in *in = w->in;
	struct outcome out;
	uint64_t kept, columns = 0;

	TRY(bill_columns(cx, true, &kept));
	for (size_t i = 0; i < in->column.n; i++) {
		int c = enum_of(&bill_column_enum, in->column.v[i], strlen(in->column.v[i]));
		if (!c)
			return web_refuse(w, "column", MSG_field_choice);
		columns |= SET_OF(c);
	}
	if (!columns)
		return web_refuse(w, "column", MSG_bill_no_column);
	for (int c = 1; c <= bill_column_n; c++)	/* the statement's form does not have these */
		if (in->tab != BILL_DETAIL && bill_of_resource((enum bill_column)c))
			columns |= kept & SET_OF(c);
	TRY(bill_choose(cx, columns, arena_printf(cx->a, "/console/billing/bills?month=%s&tab=%s", in->month, bill_tab_enum.names[in->tab]), &out));
	return web_done(w, &out);
}

/* -- as a file ----------------------------------------------------------------------------------------------------- */

struct exporting { struct bill_month month; uint64_t before, columns; bool detail; };

static void put(struct export *x, const struct bill_value *v)
{
	switch (v->kind) {
	case BILL_TEXT:    export_text(x, v->text); break;
	case BILL_DIGITS:  export_digits(x, v->text); break;
	case BILL_MONEY:   export_money(x, v->money); break;
	case BILL_INSTANT: export_instant(x, v->at); break;
	}
}

static enum rc piece(struct cx *cx, void *from, struct export *x, bool *more)
{
	struct exporting *e = from;
	const struct view_bill_item *items;
	struct q_bill_list *rows;
	size_t n, items_n;

	TRY(bill_find(cx, e->month, e->before, EXPORT_PIECE + 1, &rows, &n));
	*more = list_more(&n, EXPORT_PIECE);
	TRY(bill_items(cx, e->detail, rows, n, &items, &items_n));
	for (size_t i = 0; i < items_n; i++) {
		for (int c = 1; c <= bill_column_n; c++)
			if (set_has(e->columns, c)) {
				struct bill_value v = bill_value(cx, &items[i], (enum bill_column)c);
				put(x, &v);
			}
		export_row(x);
	}
	e->before = n ? rows[n - 1].id : 0;
	return RC_OK;
}

enum rc bill_export(struct cx *cx, struct web *w)
{
	const struct bill_list_in *in = w->in;
	struct exporting *e = ARENA_NEW(cx->a, struct exporting);
	enum msg *columns = ARENA_ARRAY(cx->a, enum msg, bill_column_n);
	size_t n = 0;

	if (w->errors.n)
		return RC_INVALID;
	*e = (struct exporting){ .month = month_of(cx, in), .before = UINT64_MAX, .detail = in->tab == BILL_DETAIL };
	TRY(bill_columns(cx, e->detail, &e->columns));
	for (int c = 1; c <= bill_column_n; c++)
		if (set_has(e->columns, c))
			columns[n++] = (enum msg)bill_column_msg[c];
	const char *name = arena_printf(cx->a, "bill-%s", bill_month_text(cx->a, e->month.first));
	return web_export(cx, w, &(struct export_of){ name, columns, n, EXPORT_MAX, piece, e });
}
