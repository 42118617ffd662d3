#include "web/buyer/coupon_picker.h"

#include <inttypes.h>

#include "base/money.h"
#include "base/str.h"
#include "web/list.h"

static struct view_coupon_choice choice_of(struct cx *cx, const struct order_quote *q, const struct order_coupon *c,
		struct money without)
{
	const struct q_coupon_held_list *h = c->held;
	struct view_coupon *terms = ARENA_NEW(cx->a, struct view_coupon);

	*terms = COUPON_OF(cx, h, h->coupon_id);
	return (struct view_coupon_choice){
		.id = arena_printf(cx->a, "%" PRIu64, c->claim), .number = h->number, .same = c->same,
		.several = c->same > 1, .coupon = terms, .valid_from = h->valid_from, .valid_to = h->valid_to,
		.saves = c->saves, .why_not = c->why_not, .chosen = c == q->coupon,
		.best = c == q->coupons && !c->why_not, .off = money_neg(c->saves),
		.pays = money_sub(without, c->saves), .left = coupon_left(cx->a, cx->lang, cx->now, h->valid_to),
	};
}

const struct view_coupon_picker *coupon_picker(const struct web *w, const struct order_quote *q,
		struct coupon_picker_of of)
{
	struct cx *cx = w->cx;
	struct view_coupon_picker *m = ARENA_NEW(cx->a, struct view_coupon_picker);
	struct view_coupon_choice *items = ARENA_ARRAY(cx->a, struct view_coupon_choice, q->coupons_n);
	struct money saves = q->coupon ? q->coupon->saves : fen(0), without = money_add(q->price.total, saves);

	for (size_t i = 0; i < q->coupons_n; i++)
		items[i] = choice_of(cx, q, &q->coupons[i], without);
	*m = (struct view_coupon_picker){
		.items = items, .items_n = q->coupons_n, .usable = q->coupons_usable, .total = q->coupons_held,
		.none = !q->coupon && !q->error, .off = money_neg(saves), .without = without, .slug = q->sale.slug,
		.name = of.name, .again = of.again, .field = form_name(cx->a, "coupon", of.item),
		.seen = form_name(cx->a, "seen", of.item),
	};
	for (size_t i = 0; i < w->errors.n; i++)
		if (w->errors.e[i].field && str_eq(w->errors.e[i].field, m->field))
			m->error = web_text(w, w->errors.e[i].msg);
	return m;
}

void coupon_read(const char *text, struct order_choice *c)
{
	c->best_coupon = !text || !*text;
	if (!c->best_coupon && !str_u64(text, &c->coupon))
		c->coupon = UINT64_MAX;
}
