/* The spend alert of the organisation: ACC-17. */
#include "app/spend_alert.h"

#include "base/money.h"
#include "q_spend_alert.h"
#include "view/spend_alert.h"
#include "web/buyer/bill.h"
#include "web/buyer/transaction.h"

enum { FIELDS = 4 };

struct spend_alert_show_in { bool saved; };
FORM(spend_alert_show_form, struct spend_alert_show_in,
	CHECK(struct spend_alert_show_in, saved))
struct spend_alert_in { bool balance_on, month_on; struct money on_balance, on_month; };
FORM(spend_alert_form, struct spend_alert_in,
	CHECK(struct spend_alert_in, balance_on),
	MONEY(struct spend_alert_in, on_balance, .max = MONEY_MAX / 100, .optional = true),
	CHECK(struct spend_alert_in, month_on),
	MONEY(struct spend_alert_in, on_month, .max = MONEY_MAX / 100, .optional = true))

static enum rc spent_of(struct cx *cx, struct money *spent)
{
	const char *month = bill_month_text(cx->a, bill_month_of(date_of(cx->now)).first);
	struct q_bill_months *r;
	size_t n;

	*spent = fen(0);
	TRY(q_bill_months(cx->db, cx->a, &(struct q_bill_months_in){ .org = cx->actor.org, .months = arena_printf(cx->a, "[\"%s-01\"]", month) }, &r, &n));
	if (n)
		*spent = money_add(money_add(r->cash, r->gift), money_add(r->voucher, r->card));
	return RC_OK;
}

static const char *typed(struct cx *cx, bool on, struct money m)
{
	char text[MONEY_TEXT];

	return on ? arena_strdup(cx->a, money_text(m, false, text)) : NULL;
}

static void add_fields(struct cx *cx, struct web *w, struct view_spend_alert *m)
{
	struct view_field *f = ARENA_ARRAY(cx->a, struct view_field, FIELDS);

	f[0] = web_field(w, &spend_alert_form, "balance_on", MSG_spend_alert_balance_on, m->balance_on ? "1" : NULL);
	f[1] = web_field(w, &spend_alert_form, "on_balance", MSG_spend_alert_on_balance, typed(cx, m->balance_on, m->on_balance));
	f[2] = web_field(w, &spend_alert_form, "month_on", MSG_spend_alert_month_on, m->month_on ? "1" : NULL);
	f[3] = web_field(w, &spend_alert_form, "on_month", MSG_spend_alert_on_month, typed(cx, m->month_on, m->on_month));
	for (size_t i = 0; i < FIELDS; i++)
		f[i].disabled = !m->may_change;
	f[1].inputmode = f[3].inputmode = "decimal";
	m->fields = f;
	m->fields_n = FIELDS;
}

enum rc spend_alert_show(struct cx *cx, struct web *w)
{
	const struct spend_alert_show_in *in = w->in;
	struct view_notice saved = { "ok", web_text(w, MSG_spend_alert_saved), NULL };
	struct view_spend_alert m = { .may_change = permit_allows(PERM_SPEND_ALERT, (enum org_kind)cx->actor.org_kind, cx->actor.roles) };
	struct q_spend_alert_show *r;
	struct view_balance b;
	size_t n;

	TRY(q_spend_alert_show(cx->db, cx->a, &(struct q_spend_alert_show_in){ cx->actor.org }, &r, &n));
	if (n) {
		m.balance_on = r->balance;
		m.on_balance = r->on_balance;
		m.month_on = r->month;
		m.on_month = r->on_month;
	}
	TRY(balance_of(cx, cx->actor.org, &b));
	m.available = b.available;
	TRY(spent_of(cx, &m.spent));
	add_fields(cx, w, &m);
	if (in && in->saved)
		w->page.notice = &saved;
	w->page.title = MSG_spend_alert_title;
	CRUMBS(w, web_text(w, MSG_spend_alert_title), { web_text(w, MSG_nav_money), "/console/billing/balance" });
	return web_show(w, tpl_buyer_spend_alert, json_spend_alert, &m);
}

/* What is switched on has an amount. */
enum rc spend_alert_set_do(struct cx *cx, struct web *w)
{
	const struct spend_alert_in *in = w->in;
	struct spend_alert a = { in->balance_on ? &in->on_balance : NULL, in->month_on ? &in->on_month : NULL };
	struct outcome out;

	if (in->balance_on && !in->on_balance.fen)
		web_refuse(w, "on_balance", MSG_spend_alert_amount);
	if (in->month_on && !in->on_month.fen)
		web_refuse(w, "on_month", MSG_spend_alert_amount);
	if (w->errors.n)
		return RC_INVALID;
	TRY(spend_alert_set(cx, &a, &out));
	return web_done(w, &out);
}
