/* Bank accounts that withdrawals go to, in the organisation's own name: MON-12. */
#include "app/withdrawal.h"

#include <inttypes.h>

#include "base/str.h"
#include "web/withdrawal.h"

static enum msg account_wrong(const char *s)
{
	for (; *s; s++)
		if ((*s < '0' || *s > '9') && *s != ' ' && *s != '-')
			return MSG_payee_account_wrong;
	return MSG_NONE;
}

struct payee_in { enum bank_code bank; const char *branch, *account, *again; };
FORM(payee_form, struct payee_in,
	ENUM(struct payee_in, bank, bank_code),
	TEXT(struct payee_in, branch, .max = 80),
	TEXT(struct payee_in, account, .max = 40, .check = account_wrong),
	TEXT(struct payee_in, again, .max = 40))

static enum rc find(struct cx *cx, struct view_payee_list *m)
{
	struct q_payee_list *r;

	TRY(q_payee_list(cx->db, cx->a, &(struct q_payee_list_in){ cx->actor.org }, &r, &m->items_n));
	struct view_payee *v = ARENA_ARRAY(cx->a, struct view_payee, m->items_n);
	for (size_t i = 0; i < m->items_n; i++)
		v[i] = (struct view_payee){ arena_printf(cx->a, "%" PRIu64, r[i].id), r[i].name, r[i].bank, r[i].branch, r[i].account, r[i].is_default };
	m->items = v;
	return RC_OK;
}

enum rc payee_list(struct cx *cx, struct web *w)
{
	struct view_empty empty = { web_text(w, MSG_payee_none), web_text(w, MSG_payee_none_hint), NULL };
	struct view_field fields[] = {
		web_enum(w, &payee_form, "bank", MSG_payee_bank, FIELD_SELECT, bank_code_msg, BANK_ICBC),
		web_field(w, &payee_form, "branch", MSG_payee_branch, NULL),
		web_field(w, &payee_form, "account", MSG_payee_account, NULL),
		web_field(w, &payee_form, "again", MSG_payee_again, NULL),
	};
	struct view_payee_list m = {
		.name = w->session->org_name, .empty = &empty, .fields = fields, .fields_n = sizeof fields / sizeof *fields,
		.may_change = permit_allows(PERM_WITHDRAW, (enum org_kind)cx->actor.org_kind, cx->actor.roles),
	};

	fields[1].hint = web_text(w, MSG_payee_branch_hint);
	fields[2].inputmode = fields[3].inputmode = "numeric";
	fields[2].autocomplete = fields[3].autocomplete = "off";
	TRY(find(cx, &m));
	w->page.title = MSG_payee_title;
	CRUMBS(w, web_text(w, MSG_payee_title), { web_text(w, MSG_nav_money), "/console/billing/balance" }, { web_text(w, MSG_withdrawal_title), "/console/withdrawals" });
	return web_show(w, tpl_buyer_payee_list, json_payee_list, &m);
}

enum rc payee_add_do(struct cx *cx, struct web *w)
{
	const struct payee_in *in = w->in;
	const char *digits = payee_digits(cx->a, in->account), *again = payee_digits(cx->a, in->again), *error = NULL;
	struct outcome out;

	if (!digits)
		return web_refuse(w, "account", MSG_payee_account_wrong);
	if (!again || !str_eq(digits, again))	/* nobody else can tell a wrong digit before the money is gone */
		return web_refuse(w, "again", MSG_payee_not_same);
	enum rc rc = payee_add(cx, &(struct payee_account){ in->bank, in->branch, digits }, &error, &out);
	if (rc == RC_INVALID && error)
		return web_refuse(w, "account", msg_of(error));
	TRY(rc);
	return web_done(w, &out);
}

enum rc payee_default_do(struct cx *cx, struct web *w)
{
	struct outcome out;

	TRY(payee_default(cx, web_param_id(w, "id"), &out));
	return web_done(w, &out);
}

enum rc payee_remove_do(struct cx *cx, struct web *w)
{
	struct outcome out;

	TRY(payee_remove(cx, web_param_id(w, "id"), &out));
	return web_done(w, &out);
}
