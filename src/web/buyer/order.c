#include "web/buyer/order.h"

#include <jansson.h>

#include "view/phrase.h"

const char *order_summary(struct cx *cx, const char *plan, const char *unit, uint64_t quantity, uint64_t duration,
		enum time_unit duration_unit)
{
	return phrase_plan(cx->a, cx->lang, &(struct phrase_plan){ plan, unit, quantity, (int64_t)duration,
		duration_unit });
}

const struct view_action *order_actions(struct cx *cx, const struct order_buttons *b, size_t *n)
{
	struct order_facts f = { .kind = b->kind, .billing = BILLING_ONE_OFF, .payable = b->payable, .now = cx->now };
	uint32_t offered = order_offers(b->state, &f, (enum org_kind)cx->actor.org_kind, cx->actor.roles);
	struct view_action *a = ARENA_ARRAY(cx->a, struct view_action, 3);

	*n = 0;
	if (set_has(offered, ORDER_EV_PAY))
		a[(*n)++] = (struct view_action){ "pay", arena_printf(cx->a, "/console/orders/%s/pay", b->number),
			MSG_order_list_pay, true };
	if (set_has(offered, ORDER_EV_CANCEL))
		a[(*n)++] = (struct view_action){ "cancel", arena_printf(cx->a, "/console/orders/%s/cancel", b->number),
			MSG_order_list_cancel, false };
	if (b->show)
		a[(*n)++] = (struct view_action){ "show", arena_printf(cx->a, "/console/orders/%s", b->number),
			MSG_order_list_show, false };
	return a;
}

/* What happens next, below the state. */
static const char *sub_of(struct cx *cx, const struct q_order_list *r)
{
	const char *left = r->state == ORDER_TO_PAY ? phrase_left(cx->a, cx->lang, cx->now, r->deadline_at) : "";

	if (*left)
		return MSG_FILL(cx->a, cx->lang, MSG_order_list_lapses, { "left", left });
	return r->state == ORDER_PROCESSING ? msg_text(cx->lang, MSG_order_list_processing) : NULL;
}

void order_item_fill(struct cx *cx, const struct q_order_list *r, struct view_order_item *m)
{
	*m = (struct view_order_item){
		.number = r->number, .kind = r->kind, .state = r->state, .product_name = r->product_name,
		.plan_name = r->plan_name, .provider_name = r->provider_name, .quantity = r->quantity, .unit = r->unit,
		.duration = r->duration, .duration_unit = r->duration_unit, .list_total = r->list_total,
		.payable = r->payable, .created_at = r->created_at, .deadline_at = r->deadline_at,
		.summary = order_summary(cx, r->plan_name, r->unit, r->quantity, r->duration, r->duration_unit),
		.tone = tone_order(r->state), .sub = sub_of(cx, r), .reduced = r->payable.fen < r->list_total.fen,
	};
	m->actions = order_actions(cx, &(struct order_buttons){ r->kind, r->state, r->payable, r->number, true },
		&m->actions_n);
}

static struct view_price_row price_row(struct cx *cx, json_t *line)
{
	const char *kind = json_string_value(json_object_get(line, "kind"));
	struct view_price_row r = { .amount = { json_integer_value(json_object_get(line, "amount")) } };

	r.kind = kind ? (enum price_line_kind)enum_of(&price_line_kind_enum, kind, strlen(kind)) : 0;
	r.name = msg_text(cx->lang, (enum msg)price_line_kind_msg[r.kind]);
	r.less = r.amount.fen < 0;
	return r;
}

const struct view_price_row *order_price_rows(struct cx *cx, const char *price, size_t *n)
{
	json_t *lines = json_loads(price, 0, NULL);
	struct view_price_row *rows = ARENA_ARRAY(cx->a, struct view_price_row, json_array_size(lines));

	*n = json_array_size(lines);
	for (size_t i = 0; i < *n; i++)
		rows[i] = price_row(cx, json_array_get(lines, i));
	json_decref(lines);
	return rows;
}

const char *order_options(struct arena *a, const char *plan)
{
	json_t *copy = json_loads(plan, 0, NULL);
	const char *text = json_string_value(json_object_get(copy, "options"));
	const char *options = text && *text ? arena_strdup(a, text) : NULL;

	json_decref(copy);
	return options;
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
