#include "app/spend_alert.h"

#include "app/message.h"
#include "base/time.h"
#include "q_spend_alert.h"

enum { LOOK_BATCH = 200 };

static enum rc set(struct work *w, void *arg)
{
	const struct spend_alert *a = arg;
	uint64_t n, org = w->cx->actor.org;
	struct q_spend_alert_put_in in = {
		.org = org, .balance = a->on_balance != NULL, .month = a->on_month != NULL, .on_balance = a->on_balance ? *a->on_balance : (struct money){ 0 },
		.on_month = a->on_month ? *a->on_month : (struct money){ 0 }, .now = w->cx->now,
	};

	TRY(q_spend_alert_put(w->tx, &in, &n));
	work_audit(w, (struct event){
		.kind = OBJECT_ORGANISATION, .object = org, .org = org, .name = "spend_alert",
		.details = arena_printf(w->cx->a, "{\"on_balance\":%s,\"on_month\":%s}",
			a->on_balance ? arena_printf(w->cx->a, "%lld", (long long)a->on_balance->fen) : "null",
			a->on_month ? arena_printf(w->cx->a, "%lld", (long long)a->on_month->fen) : "null"),
	});
	w->out.location = "/console/billing/alert?saved=1";
	return RC_OK;
}

enum rc spend_alert_set(struct cx *cx, const struct spend_alert *a, struct outcome *out) { return work_do(cx, set, (void *)a, out); }

/* -- the job ------------------------------------------------------------------------------------------------------- */

struct telling { const struct q_spend_alert_look *row; struct date month; };

static bool below(const struct q_spend_alert_look *r) { return r->balance && r->available < r->on_balance.fen; }

/* The flag turns once, whoever else looks; only then it is said. */
static enum rc turn_balance(struct work *w, void *arg)
{
	const struct telling *t = arg;
	struct q_spend_alert_balance_in in = { .org = t->row->org_id, .threshold = t->row->on_balance, .told = below(t->row), .was = !below(t->row) };
	uint64_t n;

	TRY(q_spend_alert_balance(w->tx, &in, &n));
	if (!n || !in.told)
		return RC_OK;
	return message_about(w, MESSAGE_SPEND_ALERT, &(struct message_of){ .org = in.org, .subject = "可用余额低于预警值", .amount = { t->row->available } });
}

static enum rc turn_month(struct work *w, void *arg)
{
	const struct telling *t = arg;
	uint64_t n;

	TRY(q_spend_alert_month(w->tx, &(struct q_spend_alert_month_in){ .org = t->row->org_id, .threshold = t->row->on_month, .told = t->month }, &n));
	if (!n)
		return RC_OK;
	return message_about(w, MESSAGE_SPEND_ALERT, &(struct message_of){ .org = t->row->org_id, .subject = "本月消费超过预警值", .amount = { t->row->spent } });
}

static enum rc look_at(struct cx *cx, const struct q_spend_alert_look *r, struct date month)
{
	struct telling t = { r, month };

	if (r->balance && below(r) != r->balance_told)
		TRY(work_do(cx, turn_balance, &t, NULL));
	if (r->month && r->spent > r->on_month.fen && r->month_told.days != month.days)
		TRY(work_do(cx, turn_month, &t, NULL));
	return RC_OK;
}

enum rc spend_alert_look(struct cx *cx, uint64_t *after, bool *more)
{
	struct civil c = date_civil(date_of(cx->now));
	struct date month = date_make(c.year, c.month, 1);
	struct q_spend_alert_look *rows;
	size_t n;

	TRY(q_spend_alert_look(cx->db, cx->a, &(struct q_spend_alert_look_in){ .after = *after, .this_month = month, .limit = LOOK_BATCH }, &rows, &n));
	for (size_t i = 0; i < n; i++)
		TRY(look_at(cx, &rows[i], month));
	*more = n == LOOK_BATCH;
	*after = *more ? rows[n - 1].org_id : 0;
	return RC_OK;
}
