#include "web/buyer/order.h"

#include "base/str.h"

/* A link to the order's own page, or to one below it. */
static struct view_action below(struct cx *cx, const char *number, const char *name, const char *below, enum msg label)
{
	return (struct view_action){ name, arena_printf(cx->a, "/console/orders/%s%s", number, below), label,
		label == MSG_order_list_pay || label == MSG_order_list_confirm };
}

/* A link to the page that asks about several, with this one. */
static struct view_action among(struct cx *cx, const char *number, const char *name, enum msg label)
{
	return (struct view_action){ name, arena_printf(cx->a, "/console/orders/%s?orders=%s", name, number), label, false };
}

const struct view_action *order_actions(struct cx *cx, const struct order_buttons *b, size_t *n)
{
	struct order_facts f = { .kind = b->kind, .billing = BILLING_ONE_OFF, .payable = b->payable, .now = cx->now };
	enum org_kind org = (enum org_kind)cx->actor.org_kind;
	uint32_t offered = order_offers(b->state, &f, org, cx->actor.roles);
	struct view_action *a = ARENA_ARRAY(cx->a, struct view_action, ORDER_ACTIONS_MAX), *end = a;

	if (set_has(offered, ORDER_EV_PAY))
		*end++ = below(cx, b->number, "pay", "/pay", MSG_order_list_pay);
	if (set_has(offered, ORDER_EV_CONFIRM))
		*end++ = below(cx, b->number, "confirm", "/confirm", MSG_order_list_confirm);
	if (set_has(offered, ORDER_EV_CANCEL))
		*end++ = below(cx, b->number, "cancel", "/cancel",
			b->state == ORDER_TO_CONFIRM ? MSG_order_list_decline : MSG_order_list_cancel);
	if (b->listed)
		*end++ = below(cx, b->number, "show", "", MSG_order_list_show);
	if (machine_final(&order_machine, (int)b->state) && permit_allows(PERM_ORDER_HIDE, org, cx->actor.roles))
		*end++ = b->deleted ? among(cx, b->number, "restore", MSG_order_list_restore) :
			among(cx, b->number, "delete", MSG_order_list_delete);
	*n = (size_t)(end - a);
	return a;
}

const struct view_order_item *order_items(struct cx *cx, const struct q_order_list *rows, size_t n, bool deleted)
{
	struct view_order_item *m = ARENA_ARRAY(cx->a, struct view_order_item, n);

	for (size_t i = 0; i < n; i++) {
		const struct q_order_list *r = &rows[i];
		m[i] = (struct view_order_item){ ORDER_ITEM_OF(r), .deadline_at = r->deadline_at, .combined = r->combined,
			.refunding = r->refunding };
		order_item_tell(cx, &m[i], "/console/orders");
		m[i].actions = order_actions(cx, &(struct order_buttons){ r->kind, r->state, r->payable, r->number, true, deleted },
			&m[i].actions_n);
	}
	return m;
}

const struct view_steps *order_steps(struct cx *cx, int now)
{
	static const enum msg labels[] = { MSG_checkout_title, MSG_checkout_pay, MSG_checkout_done };
	struct view_step *s = ARENA_ARRAY(cx->a, struct view_step, 3);
	struct view_steps *m = ARENA_NEW(cx->a, struct view_steps);

	for (int i = 0; i < 3; i++)
		s[i] = (struct view_step){ .label = msg_text(cx->lang, labels[i]), .done = i + 1 < now,
			.current = i + 1 == now };
	*m = (struct view_steps){ s, 3 };
	return m;
}

enum msg order_contact_wrong(const char *s)
{
	const char *digits = *s == '+' ? s + 1 : s;
	bool good = *s == '+' ? str_digits(digits, 7, 15) : *s == '1' && str_digits(s, 11, 11);

	return good ? MSG_NONE : MSG_checkout_contact_wrong;
}
