#include "sandbox/refund.h"

#include <stdlib.h>

#include "base/beijing.h"
#include "base/str.h"
#include "base/time.h"
#include "sandbox/sandbox.h"

static const char *const state_names[] = {
	NULL,
#define S(n) #n,
	REFUND_STATES(S)
#undef S
};
const struct enum_def refund_is_enum = { "refund_is", state_names, REFUND_IS__MAX - 1 };

static const char *const plan_names[] = {
	NULL,
#define P(n) #n,
	REFUND_PLANS(P)
#undef P
};
const struct enum_def refund_plan_enum = { "refund_plan", plan_names, REFUND_PLAN__MAX - 1 };

struct refund *refund_at(struct refunds *rs, size_t i)
{
	return i < rs->n && i < REFUNDS_MAX ? &rs->all[(rs->n - 1 - i) % REFUNDS_MAX] : NULL;
}

struct refund *refund_by_number(struct refunds *rs, const char *number)
{
	struct refund *x;

	for (size_t i = 0; *number && (x = refund_at(rs, i)); i++)
		if (str_eq(x->number, number))
			return x;
	return NULL;
}

void refund_plan(struct refunds *rs, enum refund_plan plan, enum pay_fault fault, int times)
{
	rs->next.plan = plan;
	rs->next.fault = fault;
	rs->next.times = times;
}

enum refund_plan refund_planned(struct refunds *rs, enum pay_fault *fault)
{
	bool planned = rs->next.times > 0 && rs->next.times--;

	*fault = planned && rs->next.fault ? rs->next.fault : FAULT_none;
	return planned ? rs->next.plan : REFUND_PLAN_done;
}

int64_t refund_sum(struct refunds *rs, const char *payment)
{
	struct refund *x;
	int64_t sum = 0;

	for (size_t i = 0; (x = refund_at(rs, i)); i++)
		if (str_eq(x->payment, payment) && (x->state == REFUND_IS_PROCESSING || x->state == REFUND_IS_SUCCESS))
			sum += x->amount;
	return sum;
}

enum rc refund_end(struct sandbox *sb, struct refund *x, enum refund_is state)
{
	if (x->state != REFUND_IS_PROCESSING)
		return RC_CONFLICT;
	HAPPEN(sb, "refund_ended", x->number, refund_is_enum.names[state], sandbox_number(sb, clock_now().us), sandbox_number(sb, sandbox_ms()));
	return RC_OK;
}

void refund_turn(struct sandbox *sb)
{
	int64_t now = sandbox_ms();
	struct refund *x;

	for (size_t i = 0; (x = refund_at(&sb->refunds, i)); i++)
		if (x->state == REFUND_IS_PROCESSING && x->end && x->end_ms <= now) {
			size_t mark = arena_mark(sb->a);
			if (refund_end(sb, x, x->end) != RC_OK)
				abort();
			arena_release(sb->a, mark);
		}
}

const char *refund_time(struct sandbox *sb, struct instant t)
{
	char d[BEIJING_SIZE];

	beijing_text(t, d);
	return arena_printf(sb->a, "%.4s-%.2s-%.2s %.2s:%.2s:%.2s", d, d + 4, d + 6, d + 8, d + 10, d + 12);
}

/* ---- events ---- */

static int64_t number(const char *s) { return strtoll(s, NULL, 10); }

void refund_apply(struct sandbox *sb, const char *const *t)
{
	struct refund *x = &sb->refunds.all[sb->refunds.n++ % REFUNDS_MAX];

	*x = (struct refund){ .state = REFUND_IS_PROCESSING, .total = number(t[4]), .amount = number(t[5]), .created = { number(t[8]) },
			      .end = (enum refund_is)enum_of(&refund_is_enum, t[9], strlen(t[9])), .end_ms = number(t[10]),
			      .tell = { .fault = (enum pay_fault)enum_of(&pay_fault_enum, t[11], strlen(t[11])) } };
	PUT(x->number, t[0]);
	PUT(x->refund_id, t[1]);
	PUT(x->payment, t[2]);
	PUT(x->transaction_id, t[3]);
	PUT(x->reason, t[6]);
	PUT(x->tell.url, t[7]);
}

void refund_apply_ended(struct sandbox *sb, const char *const *t)
{
	struct refund *x = refund_by_number(&sb->refunds, t[0]);

	if (!x)
		return;
	x->state = (enum refund_is)enum_of(&refund_is_enum, t[1], strlen(t[1]));
	x->done_at = (struct instant){ number(t[2]) };
	x->tell.due_ms = *x->tell.url ? notice_first_due(sb, x->tell.fault, number(t[3])) : 0;
}
