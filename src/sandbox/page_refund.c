#include "base/str.h"
#include "sandbox/show.h"
#include "tpl.h"

enum { SHOWN_MAX = 200 };

static const uint16_t state_msg[REFUND_IS__MAX] = {
	[REFUND_IS_PROCESSING] = MSG_sandbox_refund_processing, [REFUND_IS_SUCCESS] = MSG_sandbox_refund_success,
	[REFUND_IS_CHANGE] = MSG_sandbox_refund_change, [REFUND_IS_REFUNDCLOSE] = MSG_sandbox_refund_close,
};
static const uint16_t plan_msg[REFUND_PLAN__MAX] = {
	[REFUND_PLAN_done] = MSG_sandbox_plan_done, [REFUND_PLAN_wait] = MSG_sandbox_plan_wait, [REFUND_PLAN_change] = MSG_sandbox_plan_change,
	[REFUND_PLAN_close] = MSG_sandbox_plan_close, [REFUND_PLAN_notenough] = MSG_sandbox_plan_notenough,
	[REFUND_PLAN_overdue] = MSG_sandbox_plan_overdue, [REFUND_PLAN_abnormal] = MSG_sandbox_plan_abnormal,
	[REFUND_PLAN_again] = MSG_sandbox_plan_again,
};

static const char *tone_of(enum refund_is s) { return s == REFUND_IS_SUCCESS ? "ok" : s == REFUND_IS_PROCESSING ? "info" : "bad"; }

static const char *path_of(struct visit *v, const struct refund *x, const char *what)
{
	return arena_printf(v->sb->a, "/refunds/%s/%s", x->number, what);
}

static struct view_sandbox_refund refund_view(struct visit *v, const struct refund *x)
{
	return (struct view_sandbox_refund){
		.number = x->number, .refund_id = x->refund_id, .payment = x->payment, .reason = x->reason,
		.amount = { x->amount }, .total = { x->total },
		.state = refund_is_enum.names[x->state], .state_label = (enum msg)state_msg[x->state], .tone = tone_of(x->state),
		.open = x->state == REFUND_IS_PROCESSING,
		.fault_label = (enum msg)show_fault_msg[x->tell.fault ? x->tell.fault : FAULT_none],
		.attempts = x->tell.attempts, .heard = x->tell.heard, .created_at = x->created, .done_at = x->done_at,
		.success_path = path_of(v, x, "success"), .change_path = path_of(v, x, "change"), .close_path = path_of(v, x, "close"),
		.again_path = path_of(v, x, "again"),
	};
}

void page_refunds(struct visit *v)
{
	struct refunds *rs = &v->sb->refunds;
	struct view_sandbox_refund *items = ARENA_ARRAY(v->sb->a, struct view_sandbox_refund, SHOWN_MAX);
	bool planned = rs->next.times > 0;
	struct view_sandbox_refunds m = {
		.items = items,
		.plan = show_choice(v, "refund", MSG_sandbox_plan, MSG_NONE, &refund_plan_enum, plan_msg, planned ? (int)rs->next.plan : REFUND_PLAN_done),
		.fault = show_choice(v, "fault", MSG_sandbox_fault, MSG_sandbox_refund_fault_hint, &pay_fault_enum, show_fault_msg,
				     planned && rs->next.fault ? (int)rs->next.fault : FAULT_none),
		.times = show_field(v, "times", MSG_sandbox_refund_times, MSG_NONE, "number", sandbox_number(v->sb, planned ? rs->next.times : 1)),
	};
	const char *number = input_text(&v->query, "number");
	const struct refund *x;

	for (size_t i = 0; m.items_n < SHOWN_MAX && (x = refund_at(rs, i)); i++)
		if (!*number || str_eq(number, x->number) || str_eq(number, x->payment))
			items[m.items_n++] = refund_view(v, x);
	SHOW(v, refunds, refunds, &m);
}

static void decide(struct visit *v, enum refund_is state)
{
	struct refund *x = refund_by_number(&v->sb->refunds, v->name);
	enum rc rc = x ? refund_end(v->sb, x, state) : RC_NOT_FOUND;

	if (rc == RC_OK)
		show_see(v, "/refunds");
	else
		page_problem(v, rc);
}

void page_refund_success(struct visit *v) { decide(v, REFUND_IS_SUCCESS); }
void page_refund_change(struct visit *v) { decide(v, REFUND_IS_CHANGE); }
void page_refund_close(struct visit *v) { decide(v, REFUND_IS_REFUNDCLOSE); }

void page_refund_again(struct visit *v)
{
	struct refund *x = refund_by_number(&v->sb->refunds, v->name);

	if (!x || x->state == REFUND_IS_PROCESSING) {
		page_problem(v, x ? RC_CONFLICT : RC_NOT_FOUND);
		return;
	}
	notice_again(&x->tell);
	show_see(v, "/refunds");
}
