/* Topping up: MON-4, MON-11, ACC-15. */
#include "app/bank.h"
#include "app/remit.h"
#include "base/money.h"
#include "q_topup.h"
#include "view/phrase.h"
#include "view/topup.h"
#include "web/buyer/pay.h"
#include "web/buyer/transaction.h"
#include "web/list.h"

enum { LATEST = 10 };

struct topup_show_in { struct money amount; };
FORM(topup_show_form, struct topup_show_in,
	MONEY(struct topup_show_in, amount, .max = TOPUP_MAX_FEN, .optional = true))
struct topup_in { struct money amount; enum payment_channel channel; enum bank_code bank; };
FORM(topup_form, struct topup_in,
	MONEY(struct topup_in, amount, .min = TOPUP_MIN_FEN, .max = TOPUP_MAX_FEN),
	ENUM(struct topup_in, channel, payment_channel),
	ENUM(struct topup_in, bank, bank_code, .optional = true))

static int typed(const struct web *w, const char *field, const struct enum_def *def)
{
	const char *s = input_text(&w->input, field, TEXT_MAX);

	return s ? enum_of(def, s, strlen(s)) : 0;
}

static void add_channels(struct cx *cx, struct web *w, struct view_topup *m)
{
	struct view_pay_channel *v = ARENA_ARRAY(cx->a, struct view_pay_channel, payment_channel_n);
	int chosen = typed(w, "channel", &payment_channel_enum);

	for (int c = 1; c <= payment_channel_n; c++) {
		struct view_pay_channel *x = &v[m->channels_n];
		if (!topup_allows((enum payment_channel)c))
			continue;
		*x = (struct view_pay_channel){ .name = (enum payment_channel)c, .chosen = chosen ? c == chosen : !m->channels_n };
		x->hint = web_text(w, c == CHANNEL_WECHAT ? MSG_topup_wechat_hint : MSG_topup_b2b_hint);
		if (c == CHANNEL_B2B)
			pay_banks(cx, (enum bank_code)typed(w, "bank", &bank_code_enum), x);
		m->channels_n++;
	}
	m->channels = v;
	m->choice = pay_choice(w, v, m->channels_n, web_text(w, MSG_topup_how));
}

static enum rc add_latest(struct cx *cx, struct view_topup *m)
{
	struct q_topup_list *rows;

	TRY(q_topup_list(cx->db, cx->a, &(struct q_topup_list_in){ .org = cx->actor.org, .limit = LATEST }, &rows, &m->items_n));
	struct view_topup_item *v = ARENA_ARRAY(cx->a, struct view_topup_item, m->items_n);
	for (size_t i = 0; i < m->items_n; i++)
		v[i] = (struct view_topup_item){ rows[i].number, rows[i].channel, rows[i].state, rows[i].amount, rows[i].created_at, tone_payment(rows[i].state) };
	m->items = v;
	return RC_OK;
}

/* What a transfer must bear, to be copied as it stands; one text for each bank that is on (MON-11). */
static enum rc add_transfer(struct cx *cx, struct view_topup *m)
{
	struct view_topup_account *v = ARENA_ARRAY(cx->a, struct view_topup_account, bank_code_n);

	TRY(remit_number_of(cx, cx->actor.org, &m->remit));
	for (int b = 1; b <= bank_code_n; b++) {
		const char *account = bank_account(cx->a, cx->conf, (enum bank_code)b), *bank = msg_text(cx->lang, (enum msg)bank_code_msg[b]);
		if (account)
			v[m->accounts_n++] = (struct view_topup_account){ (enum bank_code)b, account, MSG_FILL(cx->a, cx->lang, MSG_topup_transfer_copy,
				{ "payee", cx->conf->bank_payee }, { "bank", bank }, { "account", account }, { "number", m->remit }) };
	}
	m->accounts = v;
	m->payee = cx->conf->bank_payee;
	return RC_OK;
}

static struct view_field amount_field(struct cx *cx, struct web *w)
{
	char min[MONEY_TEXT], max[MONEY_TEXT], wechat[MONEY_TEXT];
	struct view_field f = web_field(w, &topup_form, "amount", MSG_topup_amount, NULL);

	f.inputmode = "decimal";
	f.hint = MSG_FILL(cx->a, cx->lang, MSG_topup_amount_hint, { "min", money_text(fen(TOPUP_MIN_FEN), true, min) },
		{ "max", money_text(fen(TOPUP_MAX_FEN), true, max) }, { "wechat", money_text(fen(TOPUP_WECHAT_MAX_FEN), true, wechat) });
	return f;
}

enum rc topup_show(struct cx *cx, struct web *w)
{
	static const struct view_topup_quick quick[] = { { { 10000 } }, { { 50000 } }, { { 100000 } }, { { 500000 } }, { { 1000000 } }, { { 5000000 } } };
	struct view_empty empty = { web_text(w, MSG_topup_none), web_text(w, MSG_topup_none_hint), NULL };
	struct view_field amount = amount_field(cx, w);
	struct view_balance balance;
	struct view_topup m = {
		.balance = &balance, .quick = quick, .quick_n = sizeof quick / sizeof *quick, .amount = &amount, .empty = &empty,
		.frozen = w->session->freeze_kind,
	};

	TRY(balance_of(cx, cx->actor.org, &balance));
	TRY(add_latest(cx, &m));
	TRY(add_transfer(cx, &m));
	add_channels(cx, w, &m);
	w->page.title = MSG_topup_title;
	CRUMBS(w, web_text(w, MSG_topup_title), { web_text(w, MSG_nav_money), "/console/billing/balance" });
	return web_show(w, tpl_buyer_topup, json_topup, &m);
}

enum rc topup_do(struct cx *cx, struct web *w)
{
	const struct topup_in *in = w->in;
	struct payment_refusal why = { 0 };
	struct outcome out;
	enum rc rc = topup_start(cx, &(struct topup_wish){ in->amount, in->channel, in->bank }, &why, &out);

	if (rc == RC_INVALID && why.error) {
		form_refuse(&w->errors, why.field, msg_of(why.error), why.missing.fen);
		return RC_INVALID;
	}
	TRY(rc);
	return web_done(w, &out);
}
