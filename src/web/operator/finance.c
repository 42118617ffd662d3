/* What the finance pages share, and their first page: what waits, and what stands where (MON-7, MON-9). */
#include "q_finance.h"
#include "view/statement.h"
#include "web/operator/finance.h"

enum rc finance_decided(struct web *w, enum rc rc, const struct outcome *out)
{
	if (rc == RC_DENIED)
		return web_refuse(w, NULL, MSG_finance_four_eyes);
	if (rc == RC_CONFLICT)
		return web_refuse(w, NULL, MSG_finance_meanwhile);
	TRY(rc);
	return web_done(w, out);
}

bool finance_may(const struct cx *cx, enum perm p) { return permit_allows(p, (enum org_kind)cx->actor.org_kind, cx->actor.roles); }

const char *tone_case(enum case_state s) { return s == CASE_SETTLED ? "ok" : s == CASE_PROPOSED ? "info" : "warn"; }

static enum rc add_stats(struct cx *cx, struct view_finance_show *m)
{
	struct q_finance_waiting d;

	TRY(q_finance_waiting(cx->db, cx->a, &d));
	const struct view_stat all[] = {
		{ "cases", MSG_finance_cases, d.cases, "/ops/finance/cases", MSG_finance_cases_hint },
		{ "proposed", MSG_finance_proposed, d.proposed, "/ops/finance/cases?state=proposed", MSG_finance_proposed_hint },
		{ "refunds", MSG_finance_refunds, d.refunds, "/ops/finance/refunds", MSG_finance_refunds_hint },
		{ "claims", MSG_finance_claims, d.claims, "/ops/finance/claims", MSG_finance_claims_hint },
		{ "withdrawals", MSG_finance_withdrawals, d.withdrawals, "/ops/finance/withdrawals", MSG_finance_withdrawals_hint },
		{ "payouts", MSG_finance_payouts, d.payouts, "/ops/finance/payouts", MSG_finance_payouts_hint },
		{ "days", MSG_finance_days, d.days, "/ops/finance/reconciliation", MSG_finance_days_hint },
		{ "differences", MSG_finance_differences, d.differences, "/ops/finance/reconciliation", MSG_finance_differences_hint },
	};
	struct view_stat *s = ARENA_ARRAY(cx->a, struct view_stat, sizeof all / sizeof *all);

	memcpy(s, all, sizeof all);
	m->stats = s;
	m->stats_n = sizeof all / sizeof *all;
	return RC_OK;
}

enum rc finance_show(struct cx *cx, struct web *w)
{
	struct q_finance_channel_list *r;
	struct q_finance_unexplained u;
	struct view_finance_show m = { 0 };

	TRY(add_stats(cx, &m));
	TRY(q_finance_channel_list(cx->db, cx->a, &r, &m.channels_n));
	TRY(q_finance_unexplained(cx->db, cx->a, &u));
	struct view_finance_channel *v = ARENA_ARRAY(cx->a, struct view_finance_channel, m.channels_n);
	for (size_t i = 0; i < m.channels_n; i++)
		v[i] = (struct view_finance_channel){ (enum payment_channel)r[i].channel, { r[i].clearing }, { r[i].refund_due } };
	m.channels = v;
	m.unexplained = (struct money){ u.unexplained };
	m.expense = (struct money){ u.expense };
	w->page.title = MSG_finance_title;
	CRUMBS(w, web_text(w, MSG_finance_title), { web_text(w, MSG_nav_platform), "/ops" });
	return web_show(w, tpl_operator_finance, json_finance_show, &m);
}
