/* A transfer that bore no number: claimed with the bank's receipt (MON-11). */
#include "app/remit_claim.h"

#include <inttypes.h>

#include "app/remit.h"
#include "domain/proof.h"
#include "web/remit_claim.h"

static bool may(const struct cx *cx) { return permit_allows(PERM_TOPUP, (enum org_kind)cx->actor.org_kind, cx->actor.roles); }

struct remit_claim_list_in { LIST_MEMBERS };
FORM(remit_claim_list_form, struct remit_claim_list_in, LIST_ROWS(struct remit_claim_list_in))
struct remit_claim_in { struct money amount; struct date paid_on; const char *payer_name, *payer_account, *note; struct bytes proof; };
FORM(remit_claim_form, struct remit_claim_in,
	MONEY(struct remit_claim_in, amount, .min = 1),
	DATE(struct remit_claim_in, paid_on),
	TEXT(struct remit_claim_in, payer_name, .max = 80),
	TEXT(struct remit_claim_in, payer_account, .max = 34, .optional = true),
	TEXT(struct remit_claim_in, note, .max = 200, .optional = true),
	UPLOAD(struct remit_claim_in, proof, .max = PROOF_BYTES_MAX))

enum rc remit_claim_list(struct cx *cx, struct web *w)
{
	const struct remit_claim_list_in *in = w->in;
	struct view_empty empty = { web_text(w, MSG_remit_claim_none), web_text(w, MSG_remit_claim_none_hint), NULL };
	struct view_remit_claim_list m = { .may_claim = may(cx), .empty = &empty };

	TRY(remit_claim_rows(cx, w, (struct q_remit_claim_list_in){ .org = cx->actor.org }, in->after, in->limit, &m));
	w->page.title = MSG_remit_claim_title;
	CRUMBS(w, web_text(w, MSG_remit_claim_title), { web_text(w, MSG_nav_money), "/console/billing/balance" },
	       { web_text(w, MSG_remittance_title), "/console/billing/remittances" });
	return web_show(w, tpl_buyer_remit_claim_list, json_remit_claim_list, &m);
}

enum rc remit_claim_new(struct cx *cx, struct web *w)
{
	struct view_field f[] = {
		web_field(w, &remit_claim_form, "amount", MSG_remit_claim_amount, NULL), web_field(w, &remit_claim_form, "paid_on", MSG_remit_claim_paid_on, NULL),
		web_field(w, &remit_claim_form, "payer_name", MSG_remit_claim_payer_name, w->session->org_name),
		web_field(w, &remit_claim_form, "payer_account", MSG_remit_claim_payer_account, NULL), web_field(w, &remit_claim_form, "note", MSG_remit_claim_note, NULL),
		web_field(w, &remit_claim_form, "proof", MSG_remit_claim_proof, NULL),
	};
	struct view_remit_claim_new m = { .fields = f, .fields_n = sizeof f / sizeof *f };

	f[0].inputmode = "decimal";
	f[1].type = "date";
	f[5].hint = web_text(w, MSG_remit_claim_proof_hint);
	TRY(remit_number_of(cx, cx->actor.org, &m.remit));
	w->page.title = MSG_remit_claim_new;
	CRUMBS(w, web_text(w, MSG_remit_claim_new), { web_text(w, MSG_nav_money), "/console/billing/balance" },
	       { web_text(w, MSG_remit_claim_title), "/console/billing/claims" });
	return web_show(w, tpl_buyer_remit_claim_new, json_remit_claim_new, &m);
}

enum rc remit_claim_make_do(struct cx *cx, struct web *w)
{
	const struct remit_claim_in *in = w->in;
	struct remit_claim_refusal why = { 0 };
	struct outcome out;
	enum rc rc = remit_claim_make(cx, &(struct remit_claim_wish){ in->amount, in->paid_on, in->payer_name, in->payer_account, in->note, in->proof }, &why, &out);

	if (rc == RC_INVALID && why.error)
		return web_refuse(w, why.field, msg_of(why.error));
	TRY(rc);
	return web_done(w, &out);
}

enum rc remit_claim_show(struct cx *cx, struct web *w)
{
	struct q_remit_claim_show row;
	struct view_remit_claim_show m;

	TRY(remit_claim_view(cx, w, cx->actor.org, &row, &m));
	m.may_withdraw = row.state == CLAIM_OPEN && may(cx);
	if (row.state != CLAIM_ACCEPTED)
		m.entry = NULL;			/* what finance only supposes */
	m.proposed_name = NULL;
	CRUMBS(w, m.claim->id, { web_text(w, MSG_nav_money), "/console/billing/balance" },
	       { web_text(w, MSG_remit_claim_title), "/console/billing/claims" });
	return web_show(w, tpl_buyer_remit_claim_show, json_remit_claim_show, &m);
}

enum rc remit_claim_proof(struct cx *cx, struct web *w) { return remit_claim_file(cx, w, cx->actor.org); }

enum rc remit_claim_withdraw_do(struct cx *cx, struct web *w)
{
	struct outcome out;
	enum rc rc = remit_claim_withdraw(cx, web_param_id(w, "id"), &out);

	if (rc == RC_CONFLICT)
		return web_refuse(w, NULL, MSG_remit_claim_moved);
	TRY(rc);
	return web_done(w, &out);
}
