#include "sandbox/bank_page.h"

#include <stdlib.h>

#include "base/money.h"
#include "base/str.h"
#include "base/time.h"
#include "crypto/rsasign.h"
#include "crypto/token.h"
#include "sandbox/show.h"
#include "tpl.h"

enum { SHOWN_MAX = 200 };
_Static_assert(ORDERS_MAX * sizeof(struct bank_visit) < 8 << 20, "they all stand in memory");

static const uint16_t fault_msg[BANK_FAULT__MAX] = {
	[BANK_FAULT_none] = MSG_sandbox_bank_fault_none, [BANK_FAULT_twice] = MSG_sandbox_bank_fault_twice,
	[BANK_FAULT_late] = MSG_sandbox_bank_fault_late, [BANK_FAULT_lost] = MSG_sandbox_bank_fault_lost,
	[BANK_FAULT_amount] = MSG_sandbox_bank_fault_amount, [BANK_FAULT_fraction] = MSG_sandbox_bank_fault_fraction,
	[BANK_FAULT_currency] = MSG_sandbox_bank_fault_currency, [BANK_FAULT_pending] = MSG_sandbox_bank_fault_pending,
	[BANK_FAULT_reversal] = MSG_sandbox_bank_fault_reversal, [BANK_FAULT_signature] = MSG_sandbox_bank_fault_signature,
	[BANK_FAULT_key] = MSG_sandbox_bank_fault_key, [BANK_FAULT_embedded] = MSG_sandbox_bank_fault_embedded,
	[BANK_FAULT_cut] = MSG_sandbox_bank_fault_cut, [BANK_FAULT_refused] = MSG_sandbox_bank_fault_refused,
};
static const char *const bank_names[] = { "icbc", "abc", "boc", "ccb", "bocom", "cmb", "citic", "ceb", "spdb", "cib", "pab" };
static const uint16_t bank_msg[] = {
	MSG_bank_code_icbc, MSG_bank_code_abc, MSG_bank_code_boc, MSG_bank_code_ccb, MSG_bank_code_bocom, MSG_bank_code_cmb,
	MSG_bank_code_citic, MSG_bank_code_ceb, MSG_bank_code_spdb, MSG_bank_code_cib, MSG_bank_code_pab,
};
static const uint16_t state_msg[] = {
	[ORDER_ENTERED] = MSG_sandbox_bank_entered, [ORDER_MADE] = MSG_sandbox_bank_made, [ORDER_APPROVED] = MSG_sandbox_bank_approved,
	[ORDER_REFUSED] = MSG_sandbox_bank_refused,
};

static const char *name_of(struct visit *v, const char *bank)
{
	for (size_t i = 0; i < sizeof bank_names / sizeof *bank_names; i++)
		if (str_eq(bank_names[i], bank))
			return show_text(v, (enum msg)bank_msg[i]);
	return bank;
}

/* The i-th newest. */
static struct bank_visit *at(struct bank_visits *all, size_t i)
{
	return i < all->n && i < ORDERS_MAX ? &all->all[(all->n - 1 - i) % ORDERS_MAX] : NULL;
}

static struct bank_visit *by_token(struct sandbox *sb, const char *token)
{
	struct bank_visit *x;

	for (size_t i = 0; (x = at(&sb->visits, i)); i++)
		if (str_eq(x->token, token))
			return x;
	return NULL;
}

static struct bank_visit *by_number(struct sandbox *sb, const char *bank, const char *number)
{
	struct bank_visit *x;

	for (size_t i = 0; (x = at(&sb->visits, i)); i++)
		if (str_eq(x->bank, bank) && str_eq(x->number, number))
			return x;
	return NULL;
}

static void see(struct visit *v, const struct bank_visit *x) { show_see(v, arena_printf(v->sb->a, "/b2b/%s", x->token)); }

/* ---- a payer comes ---- */

/* RC_DENIED: not the platform's form; RC_INVALID: not for our account, or no amount. */
static enum rc check(struct visit *v, const struct input *in, struct money *amount)
{
	const char *ours = bank_account_number(v->sb, v->name);

	if (!ours)
		return RC_NOT_FOUND;
	if (!rsasign_check(v->sb->a, v->sb->conf->sandbox_platform_key, in->p, in->n))
		return RC_DENIED;
	if (!str_eq(input_text(in, "payee_account"), ours) || !str_eq(input_text(in, "currency"), "CNY") || !*input_text(in, "payment_number"))
		return RC_INVALID;
	return money_parse(input_text(in, "amount"), amount) && amount->fen > 0 ? RC_OK : RC_INVALID;
}

void bank_page_come(struct visit *v)
{
	struct input in = { 0 };
	struct money amount;
	enum rc rc = input_body(v->sb->a, v->r, &in);
	char token[ORDER_TOKEN_LEN + 1];

	if (rc == RC_OK)
		rc = check(v, &in, &amount);
	if (rc != RC_OK) {
		page_problem(v, rc);
		return;
	}
	const char *number = input_text(&in, "payment_number");
	if (!by_number(v->sb, v->name, number))
		HAPPEN(v->sb, "visit", token_hex(ORDER_TOKEN_LEN / 2, token), v->name, number, sandbox_number(v->sb, amount.fen), input_text(&in, "payee_name"),
		       input_text(&in, "payee_account"), input_text(&in, "payer_hint"), input_text(&in, "return_url"), sandbox_number(v->sb, clock_now().us));
	see(v, by_number(v->sb, v->name, number));
}

/* ---- pages ---- */

static struct view_sandbox_visit view_of(struct visit *v, const struct bank_visit *x)
{
	return (struct view_sandbox_visit){
		.path = arena_printf(v->sb->a, "/b2b/%s", x->token), .bank = x->bank, .bank_name = name_of(v, x->bank), .number = x->number,
		.payee = x->payee, .account = x->account, .payer = x->payer, .back = x->back, .amount = { x->fen }, .customer = x->customer, .maker = x->maker,
		.checker = x->checker, .state_label = (enum msg)state_msg[x->state], .entered = x->state == ORDER_ENTERED, .made = x->state == ORDER_MADE,
		.approved = x->state == ORDER_APPROVED, .refused = x->state == ORDER_REFUSED, .came_at = x->came, .made_at = x->made, .ended_at = x->ended,
		.tone = x->state == ORDER_APPROVED ? "ok" : x->state == ORDER_REFUSED ? "bad" : "info",
	};
}

void bank_page_list(struct visit *v)
{
	struct view_sandbox_visit *items = ARENA_ARRAY(v->sb->a, struct view_sandbox_visit, SHOWN_MAX);
	struct view_sandbox_visits m = { .items = items };
	const char *number = input_text(&v->query, "number");
	const struct bank_visit *x;

	for (size_t i = 0; m.items_n < SHOWN_MAX && (x = at(&v->sb->visits, i)); i++)
		if (!*number || str_eq(number, x->number))
			items[m.items_n++] = view_of(v, x);
	SHOW(v, visits, banks, &m);
}

/* error: what was wrong with what was typed. */
static void show(struct visit *v, const struct bank_visit *x, enum msg error)
{
	const struct view_sandbox_visit order = view_of(v, x);
	const struct view_sandbox_bank m = {
		.order = &order, .error = error ? show_text(v, error) : NULL,
		.customer = show_field(v, "customer", MSG_sandbox_bank_customer, MSG_sandbox_bank_customer_hint, "text", x->customer),
		.maker = show_field(v, "maker", MSG_sandbox_bank_maker, MSG_sandbox_bank_login_hint, "text", x->maker),
		.checker = show_field(v, "checker", MSG_sandbox_bank_checker, MSG_sandbox_bank_login_hint, "text", x->checker),
		.fault = show_choice(v, "fault", MSG_sandbox_fault, MSG_sandbox_fault_hint, &bank_fault_enum, fault_msg, BANK_FAULT_none),
	};

	SHOW(v, bank, bank, &m);
	if (error)
		v->ans->status = rc_info[RC_INVALID].http;
}

/* The order of the address in that state, and the form that came with it. */
static struct bank_visit *asked(struct visit *v, enum bank_order_state state, struct input *in)
{
	struct bank_visit *x = by_token(v->sb, v->name);
	enum rc rc = !x ? RC_NOT_FOUND : x->state != state ? RC_CONFLICT : input_body(v->sb->a, v->r, in);

	if (rc == RC_OK)
		return x;
	page_problem(v, rc);
	return NULL;
}

void bank_page_show(struct visit *v)
{
	const struct bank_visit *x = by_token(v->sb, v->name);

	if (x)
		show(v, x, MSG_NONE);
	else
		page_problem(v, RC_NOT_FOUND);
}

static const char *now(struct visit *v) { return sandbox_number(v->sb, clock_now().us); }

void bank_page_make(struct visit *v)
{
	struct input in = { 0 };
	struct bank_visit *x = asked(v, ORDER_ENTERED, &in);

	if (!x)
		return;
	if (!*input_text(&in, "customer") || !*input_text(&in, "maker")) {
		show(v, x, MSG_sandbox_bank_missing);
		return;
	}
	HAPPEN(v->sb, "visit_made", x->token, input_text(&in, "customer"), input_text(&in, "maker"), now(v));
	see(v, x);
}

static void end(struct visit *v, const struct bank_visit *x, bool approved, const char *checker)
{
	HAPPEN(v->sb, "visit_ended", x->token, approved ? "approved" : "refused", checker, now(v));
	see(v, x);
}

/* The checker is another person than the maker. */
static struct bank_visit *checked(struct visit *v, struct input *in)
{
	struct bank_visit *x = asked(v, ORDER_MADE, in);
	const char *checker = input_text(in, "checker");

	if (!x || (*checker && !str_eq(checker, x->maker)))
		return x;
	show(v, x, *checker ? MSG_sandbox_bank_same : MSG_sandbox_bank_missing);
	return NULL;
}

void bank_page_check(struct visit *v)
{
	struct input in = { 0 };
	struct bank_visit *x = checked(v, &in);
	const char *name = input_text(&in, "fault");
	enum bank_fault fault = *name ? (enum bank_fault)show_value(&bank_fault_enum, name) : BANK_FAULT_none;

	if (!x)
		return;
	struct bank_payment p = { .bank = x->bank, .number = x->number, .name = x->payer, .account = x->customer, .text = x->number, .fen = x->fen };
	enum rc rc = fault ? bank_pay(v->sb, &p, fault) : RC_INVALID;
	if (rc == RC_OK)
		end(v, x, true, input_text(&in, "checker"));
	else
		page_problem(v, rc);
}

void bank_page_refuse(struct visit *v)
{
	struct input in = { 0 };
	struct bank_visit *x = checked(v, &in);

	if (x)
		end(v, x, false, input_text(&in, "checker"));
}

/* ---- events ---- */

static struct instant instant_of(const char *s) { return (struct instant){ strtoll(s, NULL, 10) }; }

void bank_page_apply_visit(struct sandbox *sb, const char *const *t)
{
	struct bank_visit *x = &sb->visits.all[sb->visits.n++ % ORDERS_MAX];

	*x = (struct bank_visit){ .state = ORDER_ENTERED, .fen = strtoll(t[3], NULL, 10), .came = instant_of(t[8]) };
	PUT(x->token, t[0]);
	PUT(x->bank, t[1]);
	PUT(x->number, t[2]);
	PUT(x->payee, t[4]);
	PUT(x->account, t[5]);
	PUT(x->payer, t[6]);
	PUT(x->back, t[7]);
}

void bank_page_apply_made(struct sandbox *sb, const char *const *t)
{
	struct bank_visit *x = by_token(sb, t[0]);

	if (!x)
		return;
	x->state = ORDER_MADE;
	PUT(x->customer, t[1]);
	PUT(x->maker, t[2]);
	x->made = instant_of(t[3]);
}

void bank_page_apply_ended(struct sandbox *sb, const char *const *t)
{
	struct bank_visit *x = by_token(sb, t[0]);

	if (!x)
		return;
	x->state = str_eq(t[1], "approved") ? ORDER_APPROVED : ORDER_REFUSED;
	PUT(x->checker, t[2]);
	x->ended = instant_of(t[3]);
}
