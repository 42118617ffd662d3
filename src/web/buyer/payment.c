/* A payment under way, and what became of it: MON-4, MON-5. */
#include "app/payment.h"
#include "base/money.h"
#include "paper/qr.h"
#include "q_payment.h"
#include "q_voucher.h"
#include "view/payment.h"
#include "view/phrase.h"
#include "web/buyer/order.h"
#include "web/list.h"

static enum rc payment_of(struct cx *cx, const struct web *w, struct q_payment_show *p)
{
	return q_payment_show(cx->db, cx->a, &(struct q_payment_show_in){ .org = cx->actor.org,
		.number = web_param(w, "number") }, p);
}

static enum rc add_orders(struct cx *cx, uint64_t payment, struct view_payment_show *m)
{
	struct q_payment_order_list *rows;
	const char *again = "";

	TRY(q_payment_order_list(cx->db, cx->a, &(struct q_payment_order_list_in){ .payment = payment }, &rows,
		&m->orders_n));
	struct view_paid_order *o = ARENA_ARRAY(cx->a, struct view_paid_order, m->orders_n);
	for (size_t i = 0; i < m->orders_n; i++) {
		o[i] = (struct view_paid_order){
			.number = rows[i].number, .product_name = rows[i].product_name, .plan_name = rows[i].plan_name,
			.state = rows[i].state, .amount = rows[i].amount,
		};
		m->total = money_add(m->total, rows[i].amount);
		if (rows[i].state == ORDER_TO_PAY)
			again = arena_printf(cx->a, "%s%corders=%s", again, *again ? '&' : '?', rows[i].number);
	}
	m->orders = o;
	m->order_number = m->orders_n ? o[0].number : "";
	m->several = m->orders_n > 1;
	m->back = m->several ? "/console/orders" : arena_printf(cx->a, "/console/orders/%s", m->order_number);
	m->back_label = MSG_payment_to_order;
	m->steps = order_steps(cx, m->state == PAYMENT_SUCCEEDED ? 4 : 2);
	if (*again)
		m->pay_again = m->several ? arena_printf(cx->a, "/console/pay%s", again) :
			arena_printf(cx->a, "/console/orders/%s/pay", o->number);
	return RC_OK;
}

/* It has no orders; another one begins with its amount (MON-4). */
static void add_topup(struct cx *cx, struct view_payment_show *m)
{
	char amount[MONEY_TEXT];

	m->total = m->amount;
	m->pay_again = arena_printf(cx->a, "/console/topup?amount=%s", money_text(m->amount, false, amount));
	m->back = "/console/topup";
	m->back_label = MSG_topup_back;
}

/* What vouchers and cards pay of it. */
static enum rc add_parts(struct cx *cx, uint64_t payment, struct view_payment_show *m)
{
	struct q_payment_part_list *rows;

	TRY(q_payment_part_list(cx->db, cx->a, &(struct q_payment_part_list_in){ .payment = payment }, &rows,
		&m->parts_n));
	struct view_paid_part *v = ARENA_ARRAY(cx->a, struct view_paid_part, m->parts_n);
	for (size_t i = 0; i < m->parts_n; i++)
		v[i] = (struct view_paid_part){ rows[i].kind == HOLDING_CARD ? PAID_CARD : PAID_VOUCHER,
			rows[i].number, rows[i].order_number, rows[i].amount };
	m->parts = v;
	return RC_OK;
}

static bool is_open(enum payment_state s)
{
	return s == PAYMENT_CREATED || s == PAYMENT_WAITING || s == PAYMENT_UNKNOWN;
}

static bool can_scan(const struct cx *cx, const struct q_payment_show *p)
{
	return p->state == PAYMENT_WAITING && p->channel == CHANNEL_WECHAT && p->code_url &&
		cx->now.us < p->deadline_at.us;
}

/* The way to the bank's page: the payer's browser takes it there, signed (ISO-1). */
static enum rc add_redirect(struct cx *cx, struct web *w, const struct q_payment_show *p, struct view_payment_show *m)
{
	const struct channel *c = channel_of(p->channel);
	struct channel_visit visit = {
		.number = p->number, .payer = w->session->org_name, .bank = p->bank, .amount = p->amount,
		.back = arena_printf(cx->a, "%s/console/payments/%s", cx->conf->platform_base_url, p->number),
	};
	struct view_payment_redirect *to = ARENA_NEW(cx->a, struct view_payment_redirect);
	struct channel_redirect r;

	if (p->state != PAYMENT_WAITING || !c || !c->redirect || cx->now.us >= p->deadline_at.us)
		return RC_OK;
	TRY(c->redirect(cx, &visit, &r));
	struct view_payment_field *f = ARENA_ARRAY(cx->a, struct view_payment_field, r.field_n);
	for (size_t i = 0; i < r.field_n; i++)
		f[i] = (struct view_payment_field){ r.field[i].name, r.field[i].value };
	*to = (struct view_payment_redirect){ r.action, f, r.field_n };
	m->redirect = to;
	w->form_action = r.origin;
	return RC_OK;
}

/* go: straight to the bank's page, when the payment has just begun. */
struct payment_show_in { bool checked, go; };
FORM(payment_show_form, struct payment_show_in, CHECK(struct payment_show_in, checked), CHECK(struct payment_show_in, go))

enum rc payment_show(struct cx *cx, struct web *w)
{
	const struct payment_show_in *in = w->in;
	struct q_payment_show p;
	struct view_notice not_yet = { .tone = "warn", .text = web_text(w, MSG_payment_not_yet) };

	TRY(payment_of(cx, w, &p));
	if (p.channel == CHANNEL_B2B)
		not_yet.text = web_text(w, MSG_payment_bank_not_yet);
	struct view_payment_show m = {
		.number = p.number, .purpose = p.purpose, .channel = p.channel, .bank = p.bank, .go = in->go, .state = p.state, .amount = p.amount,
		.code_url = can_scan(cx, &p) ? p.code_url : NULL, .created_at = p.created_at,
		.deadline_at = p.deadline_at, .paid_at = p.paid_at, .transaction_id = p.transaction_id,
		.tone = tone_payment(p.state), .left = phrase_left(cx->a, cx->lang, cx->now, p.deadline_at),
		.open = is_open(p.state), .scan = can_scan(cx, &p),
	};
	if (p.purpose == PAYMENT_OF_TOPUP)
		add_topup(cx, &m);
	else
		TRY(add_orders(cx, p.id, &m));
	TRY(add_parts(cx, p.id, &m));
	TRY(add_redirect(cx, w, &p, &m));
	m.again = m.pay_again && p.state != PAYMENT_SUCCEEDED && !m.scan && !m.redirect && p.state != PAYMENT_UNKNOWN;
	if (in->checked && m.open)
		w->page.notice = &not_yet;
	w->page.title = p.state == PAYMENT_SUCCEEDED ? MSG_payment_succeeded : p.channel == CHANNEL_B2B ? MSG_payment_bank_title : MSG_payment_title;
	if (p.purpose == PAYMENT_OF_TOPUP)
		CRUMBS(w, web_text(w, w->page.title), { web_text(w, MSG_topup_title), "/console/topup" });
	else if (m.several)
		CRUMBS(w, web_text(w, w->page.title), { web_text(w, MSG_order_list_title), "/console/orders" });
	else
		CRUMBS(w, web_text(w, w->page.title), { web_text(w, MSG_order_list_title), "/console/orders" },
		       { m.order_number, arena_printf(cx->a, "/console/orders/%s", m.order_number) });
	return web_show(w, tpl_buyer_payment_show, json_payment_show, &m);
}

enum rc payment_qr(struct cx *cx, struct web *w)
{
	struct q_payment_show p;
	struct out svg = { 0 };

	TRY(payment_of(cx, w, &p));
	if (!can_scan(cx, &p))
		return RC_NOT_FOUND;
	TRY(qr_svg(&svg, p.code_url));
	const char *text = arena_dup(cx->a, svg.p, svg.n);
	out_free(&svg);
	return web_raw(w, 200, "image/svg+xml", text);
}

/* For those without script, or who cannot wait: asks the channel now.  What it says stands on the page. */
enum rc payment_check_do(struct cx *cx, struct web *w)
{
	struct q_payment_show p;

	TRY(payment_of(cx, w, &p));
	enum rc rc = is_open(p.state) ? payment_ask(cx, p.number) : RC_OK;
	if (rc != RC_OK && rc != RC_BUSY && rc != RC_CONFLICT)
		return rc;
	return web_see(w, arena_printf(cx->a, "/console/payments/%s?checked=1", p.number));
}
