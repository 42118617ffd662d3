#include "app/bill.h"

#include "base/time.h"

/* What left the organisation's accounts was spent; what came back is spent less. */
static void spend(struct q_bill_sum_add_in *s, const struct posting *p)
{
	switch (p->account) {
	case ACCOUNT_CASH:    s->cash = money_sub(s->cash, p->amount); break;
	case ACCOUNT_GIFT:    s->gift = money_sub(s->gift, p->amount); break;
	case ACCOUNT_VOUCHER: s->voucher = money_sub(s->voucher, p->amount); break;
	case ACCOUNT_CARD:    s->card = money_sub(s->card, p->amount); break;
	default: break;
	}
}

/* The month's sum, that of the product, and that of the buyer. */
void bill_note(struct work *w, const struct bill_of *b, const struct posting *p, size_t n)
{
	struct civil day = date_civil(date_of(w->cx->now));
	struct q_bill_sum_add_in s = { .org = b->org, .month = date_make(day.year, day.month, 1) };

	for (size_t i = 0; i < n; i++)
		if (p[i].owner == b->org)
			spend(&s, &p[i]);
	WORK_ADD(w, bills) = s;
	s.product = b->product;
	WORK_ADD(w, bills) = s;
	s.product = 0;
	s.buyer = b->buyer;
	WORK_ADD(w, bills) = s;
}

enum rc bill_flush(struct work *w)
{
	size_t n = w->bills_n;

	w->bills_n = 0;
	return n ? q_bill_sum_add(w->tx, w->bills, n) : RC_OK;
}

struct choosing { uint64_t columns; const char *back; };

static enum rc choose(struct work *w, void *arg)
{
	const struct choosing *c = arg;
	uint64_t person = w->cx->actor.person, n;

	TRY(q_bill_choice_put(w->tx, &(struct q_bill_choice_put_in){ person, c->columns }, &n));
	work_audit(w, (struct event){
		.kind = OBJECT_PERSON, .object = person, .org = w->cx->actor.org, .name = "bill_columns",
		.details = arena_printf(w->cx->a, "{\"columns\":%llu}", (unsigned long long)c->columns),
	});
	w->out.location = c->back;
	return RC_OK;
}

enum rc bill_choose(struct cx *cx, uint64_t columns, const char *back, struct outcome *out)
{
	return work_do(cx, choose, &(struct choosing){ columns, back }, out);
}
