#include "web/withdrawal.h"

#include <inttypes.h>

#include "app/calendar.h"
#include "base/time.h"
#include "web/history.h"

enum { BANK_DAYS_MIN = 7, BANK_DAYS_MAX = 15 };

enum rc withdrawal_days(struct cx *cx, struct instant from, const char **text)
{
	char first[TIME_TEXT], last[TIME_TEXT];
	const struct calendar *c;

	TRY(calendar_now(cx, &c));
	date_text(calendar_add(c, date_of(from), BANK_DAYS_MIN), first);
	date_text(calendar_add(c, date_of(from), BANK_DAYS_MAX), last);
	*text = MSG_FILL(cx->a, cx->lang, MSG_withdrawal_bank_days, { "from", first }, { "to", last });
	return RC_OK;
}

static const char *event_title(struct cx *cx, const struct q_audit_latest *e)
{
	int to = e->to_state ? enum_of(&withdrawal_state_enum, e->to_state, strlen(e->to_state)) : 0;

	return to ? msg_text(cx->lang, (enum msg)withdrawal_state_msg[to]) : NULL;
}

static enum rc add_parts(struct cx *cx, uint64_t id, struct instant from, struct view_withdrawal_show *m)
{
	struct q_withdrawal_part_list *r;

	TRY(q_withdrawal_part_list(cx->db, cx->a, &(struct q_withdrawal_part_list_in){ id }, &r, &m->parts_n));
	struct view_withdrawal_part *v = ARENA_ARRAY(cx->a, struct view_withdrawal_part, m->parts_n);
	for (size_t i = 0; i < m->parts_n; i++) {
		v[i] = (struct view_withdrawal_part){ r[i].payment_number, r[i].channel, r[i].amount, r[i].state, r[i].why, NULL, tone_withdrawal_part(r[i].state) };
		if (r[i].state != PART_PLANNED && r[i].state != PART_UNDER_WAY)
			continue;
		if (r[i].channel == CHANNEL_WECHAT)
			v[i].expected = msg_text(cx->lang, MSG_withdrawal_hours);
		else
			TRY(withdrawal_days(cx, from, &v[i].expected));
	}
	m->parts = v;
	return RC_OK;
}

enum rc withdrawal_view(struct cx *cx, struct web *w, uint64_t org, struct view_withdrawal_show *m)
{
	struct q_withdrawal_show r;

	TRY(q_withdrawal_show(cx->db, cx->a, &(struct q_withdrawal_show_in){ .number = web_param(w, "number"), .org = org }, &r));
	*m = (struct view_withdrawal_show){
		.number = r.number, .state = r.state, .amount = r.amount, .org_name = r.org_name, .payee_name = r.payee_name, .payee_bank = r.payee_bank,
		.payee_branch = r.payee_branch, .payee_account = r.payee_account, .asked_name = r.asked_name, .created_at = r.created_at,
		.decided_name = r.decided_name, .decided_at = r.decided_at, .reason = r.reason, .ended_at = r.ended_at, .tone = tone_withdrawal(r.state),
		.org_href = arena_printf(cx->a, "/ops/organisations/%" PRIu64, r.org_id),
		.police = r.freeze == FREEZE_POLICE ? web_text(w, MSG_withdrawal_police_desk) : NULL,
	};
	TRY(add_parts(cx, r.id, r.decided_at.us ? r.decided_at : cx->now, m));
	w->page.title = MSG_withdrawal_title;
	w->page.name = r.number;
	return history_of(cx, r.id, event_title, &m->history);
}
