/* The page of an order, of a combined one, and what was booked for it: ORD-5, ORD-18. */
#include <inttypes.h>

#include "base/id.h"
#include "base/money.h"
#include "base/str.h"
#include "base/time.h"
#include "q_order_record.h"
#include "web/buyer/order.h"
#include "web/choice.h"
#include "web/order_show.h"

static enum rc order_of(struct cx *cx, const struct web *w, struct q_order_show *o)
{
	return q_order_show(cx->db, cx->a, &(struct q_order_show_in){ .buyer = cx->actor.org, .number = web_param(w, "number") }, o);
}

/* The same plan, with what was chosen, once more; as long as it is sold. */
static const char *again_href(struct cx *cx, const struct q_order_show *o)
{
	return arena_printf(cx->a, "/products/%s?plan=%" PRIu64 "&quantity=%" PRIu64 "&duration=%s&options=%s#buy", o->slug, o->plan_id, o->quantity,
		choice_duration(cx->a, o->duration, o->duration_unit), o->options);
}

static void add_actions(struct cx *cx, const struct q_order_show *o, struct view_order_show *m)
{
	const struct view_action *of_state = order_actions(cx,
		&(struct order_buttons){ o->kind, o->state, o->payable, o->number, false, o->hidden }, &m->actions_n);
	struct view_action *a = ARENA_ARRAY(cx->a, struct view_action, m->actions_n + 1);

	memcpy(a, of_state, m->actions_n * sizeof *a);
	if (o->kind == ORDER_KIND_PURCHASE && machine_final(&order_machine, (int)o->state) && o->on_sale &&
	    permit_allows(PERM_CHECKOUT, (enum org_kind)cx->actor.org_kind, cx->actor.roles))
		a[m->actions_n++] = (struct view_action){ "buy_again", again_href(cx, o), MSG_order_show_again, false };
	m->actions = a;
}

enum rc order_show(struct cx *cx, struct web *w)
{
	struct q_order_show o;
	struct view_order_show m;

	TRY(order_of(cx, w, &o));
	TRY(order_view(cx, &o, SEEN_BY_BUYER, &m));
	add_actions(cx, &o, &m);
	w->page.title = MSG_order_show_title;
	w->page.name = o.number;
	CRUMBS(w, o.number, { web_text(w, MSG_nav_buyer), "/console" },
		{ web_text(w, MSG_order_list_title), "/console/orders" });
	return web_show(w, tpl_buyer_order_show, json_order_show, &m);
}

/* -- all that was booked ------------------------------------------------------------------------------------------- */

struct order_records_in {
	const char *q;
	enum journal_kind kind;
	RANGE_MEMBERS
	LIST_MEMBERS
};
FORM(order_records_form, struct order_records_in,
	TEXT(struct order_records_in, q, .max = NUMBER_LEN, .optional = true),
	ENUM(struct order_records_in, kind, journal_kind, .optional = true),
	RANGE_ROWS(struct order_records_in),
	LIST_ROWS(struct order_records_in))

/* Only these two are booked for an order. */
static struct view_field kind_choice(struct cx *cx, struct web *w, enum journal_kind chosen)
{
	static const enum journal_kind kinds[] = { 0, JOURNAL_ORDER_PAY, JOURNAL_ORDER_REFUND };
	enum { KINDS = sizeof kinds / sizeof *kinds };
	struct view_field_option *o = ARENA_ARRAY(cx->a, struct view_field_option, KINDS);
	struct view_field f = web_field(w, &order_records_form, "kind", MSG_order_list_kind, NULL);

	for (int i = 0; i < KINDS; i++)
		o[i] = (struct view_field_option){
			.value = i ? enum_name(&journal_kind_enum, (int)kinds[i]) : "", .chosen = kinds[i] == chosen,
			.label = web_text(w, i ? (enum msg)journal_kind_msg[kinds[i]] : MSG_list_all),
		};
	f.options = o;
	f.options_n = KINDS;
	return f;
}

static enum rc add_records(struct cx *cx, struct web *w, const struct order_records_in *in, uint64_t order, struct view_order_records *m)
{
	struct date from = in->from, to = in->to;
	uint64_t key[2] = { INT64_MAX, INT64_MAX };
	struct q_order_record_list_in ask = { .order = order, .kind = in->kind, .number = in->q && *in->q ? in->q : NULL,
		.limit = (int32_t)list_limit(in->limit) + 1 };

	if (!range_days(range_meant(in->range, from, to), date_of(cx->now), &from, &to))
		return list_refuse(w, "to", MSG_list_range_year);
	struct id_range ids = range_ids(from, to);
	key[0] = ids.to - 1;
	TRY(cursor_read(in->after, key, 2));
	ask.from_id = ids.from;
	ask.before = key[0];
	ask.before_line = key[1];
	TRY(order_records(cx, &ask, &m->items, &m->items_n, key));
	m->next = key[0] ? cursor_write(cx->a, key, 2) : NULL;
	return RC_OK;
}

enum rc order_records_show(struct cx *cx, struct web *w)
{
	const struct order_records_in *in = w->in;
	struct view_field f[2 + RANGE_FIELDS];
	struct q_order_show o;

	TRY(order_of(cx, w, &o));
	struct view_order_records m = { .number = o.number };
	struct view_link back = { .label = o.number, .href = arena_printf(cx->a, "/console/orders/%s", o.number) };
	TRY(add_records(cx, w, in, o.id, &m));
	f[0] = list_search(w, "q", MSG_order_list_number, MSG_order_record_q_hint);
	f[1] = kind_choice(cx, w, in->kind);
	range_fields(w, MSG_order_record_at, range_meant(in->range, in->from, in->to), f + 2);
	m.filter = list_filter(w, f, 2 + RANGE_FIELDS);
	m.pager = list_pager(w, m.items_n, m.next);
	m.empty = list_empty(w, *w->req->query, MSG_order_record_empty, MSG_order_record_empty_hint, back);
	w->page.title = MSG_order_record_title;
	w->page.name = o.number;
	CRUMBS(w, web_text(w, MSG_order_record_title), { web_text(w, MSG_order_list_title), "/console/orders" }, { o.number, back.href });
	return web_show(w, tpl_buyer_order_records, json_order_records, &m);
}

/* -- a combined order ---------------------------------------------------------------------------------------------- */

/* What can be done with one of them is done with all, while they stand together. */
static void add_group_actions(struct cx *cx, const struct view_order_item *items, size_t n, struct view_order_combined *m)
{
	struct view_action *a = ARENA_ARRAY(cx->a, struct view_action, ORDER_ACTIONS_MAX);

	for (size_t i = 0; i < n && !m->actions_n; i++)
		for (size_t k = 0; k < items[i].actions_n; k++) {
			const struct view_action *b = &items[i].actions[k];
			if (str_eq(b->name, "pay") || str_eq(b->name, "cancel") || str_eq(b->name, "confirm"))
				a[m->actions_n++] = *b;
		}
	for (size_t k = 0; k < m->actions_n; k++)
		a[k].label = str_eq(a[k].name, "pay") ? MSG_order_combined_pay : str_eq(a[k].name, "cancel") ? MSG_order_combined_cancel : a[k].label;
	m->actions = a;
}

enum rc order_combined(struct cx *cx, struct web *w)
{
	const char *number = web_param(w, "number");
	struct q_order_combined_show c;
	struct q_order_list *r;
	size_t n;

	TRY(q_order_combined_show(cx->db, cx->a, &(struct q_order_combined_show_in){ cx->actor.org, number }, &c));
	TRY(q_order_list_combined(cx->db, cx->a, &(struct q_order_list_combined_in){ cx->actor.org, c.id }, (struct q_order_list_combined **)&r, &n));
	_Static_assert(sizeof *r == sizeof(struct q_order_list_combined), "both read the same columns");
	struct view_order_table table = { .items = order_items(cx, r, n, false), .items_n = n, .caption = MSG_order_combined_title };
	struct view_order_combined m = { .number = number, .created_at = c.created_at, .items = table.items, .items_n = n, .table = &table,
		.count = arena_printf(cx->a, "%zu", n) };
	for (size_t i = 0; i < n; i++) {
		m.payable = money_add(m.payable, r[i].payable);
		m.paid = money_add(m.paid, r[i].paid);
	}
	add_group_actions(cx, table.items, n, &m);
	w->page.title = MSG_order_combined_title;
	w->page.name = number;
	CRUMBS(w, number, { web_text(w, MSG_nav_buyer), "/console" }, { web_text(w, MSG_order_list_title), "/console/orders" });
	return web_show(w, tpl_buyer_order_combined, json_order_combined, &m);
}
