#include "domain/order.h"

#include <assert.h>

#include "base/time.h"

/* Nothing is ever asked for these: they begin at once, whatever reviews there are, unless they wait for what is paid with them. */
static bool order_unpriced(const struct order_facts *f)
{
	if (f->kind == ORDER_KIND_UNSUBSCRIBE || f->together)
		return false;
	return f->kind == ORDER_KIND_TO_PAY_PER_USE || f->billing == BILLING_PAY_PER_USE || f->billing == BILLING_FREE;
}

#define MACHINE order
#define MACHINE_ROWS "domain/order.def"
#define MACHINE_FACTS struct order_facts
#include "domain/machine_rows.h"

enum rc order_step(enum order_state state, enum order_event event, enum actor_kind who, const struct order_facts *f, struct move *out)
{
	assert(f->kind >= 1 && f->payable.fen >= 0);
	assert(f->delivered >= 0 && f->failed >= 0 && f->delivered + f->failed <= f->lines);
	return machine_step(&order_machine, state, event, who, holds(f), out);
}

uint32_t order_offers(enum order_state state, const struct order_facts *f, enum org_kind org, uint32_t roles)
{
	struct order_facts then = *f;

	then.moved = f->payable;
	return machine_offered(&order_machine, state, holds(&then), org, roles);
}

struct instant order_deadline(enum order_state state, struct instant now, int pay_hours)
{
	switch (state) {
	case ORDER_TO_PAY:
		return instant_add(now, pay_hours * HOUR_US);
	case ORDER_TO_CONFIRM:
	case ORDER_IN_REVIEW:
		return instant_add(now, ORDER_REVIEW_DAYS * DAY_US);
	case ORDER_PROCESSING:
	case ORDER_REFUNDING:
	case ORDER_COMPLETED:
	case ORDER_CANCELLED:
		break;
	}
	return (struct instant){ 0 };
}

static struct order_next processing_next(const struct order_facts *f, struct instant began)
{
	struct instant by = instant_add(began, ORDER_DELIVERY_MINUTES * MINUTE_US);

	if (f->failed)
		return (struct order_next){ .hint = ORDER_HINT_SOME_FAILED };
	if (f->now.us >= by.us)
		return (struct order_next){ .hint = ORDER_HINT_DELAYED };
	return (struct order_next){ ORDER_HINT_DELIVERED_BY, by };
}

struct order_next order_next(enum order_state state, const struct order_facts *f, struct instant began)
{
	switch (state) {
	case ORDER_TO_CONFIRM:
		return (struct order_next){ ORDER_HINT_CONFIRM_BEFORE, f->deadline };
	case ORDER_IN_REVIEW:
		return (struct order_next){ ORDER_HINT_REVIEWED_BEFORE, f->deadline };
	case ORDER_TO_PAY:
		return (struct order_next){ ORDER_HINT_PAY_BEFORE, f->deadline };
	case ORDER_PROCESSING:
		return processing_next(f, began);
	case ORDER_REFUNDING:
		return (struct order_next){ .hint = ORDER_HINT_REFUND_UNDER_WAY };
	case ORDER_COMPLETED:
		return (struct order_next){ f->failed ? ORDER_HINT_SOME_FAILED : ORDER_HINT_DONE, began };
	case ORDER_CANCELLED:
		return (struct order_next){ f->lines && f->failed == f->lines ? ORDER_HINT_ALL_FAILED : ORDER_HINT_CANCELLED, began };
	}
	assert(!"no such state");
	return (struct order_next){ 0 };
}
