/* Vouchers and stored-value cards of the organisation: ORD-16. */
#include "web/voucher.h"

struct voucher_list_in { enum voucher_kind kind; enum voucher_state state; LIST_MEMBERS };
FORM(voucher_list_form, struct voucher_list_in,
	ENUM(struct voucher_list_in, kind, voucher_kind, .optional = true),
	ENUM(struct voucher_list_in, state, voucher_state, .optional = true),
	LIST_ROWS(struct voucher_list_in))

static enum rc find(struct cx *cx, const struct voucher_list_in *in, struct view_voucher_list *m)
{
	size_t limit = list_limit(in->limit);
	struct q_voucher_list_in ask = {
		.org = cx->actor.org, .kind = m->kind, .state = in->state, .now = cx->now, .before = UINT64_MAX,
		.limit = (int32_t)limit + 1,
	};
	struct q_voucher_list *r;

	TRY(cursor_read(in->after, &ask.before, 1));
	TRY(q_voucher_list(cx->db, cx->a, &ask, &r, &m->items_n));
	if (list_more(&m->items_n, limit))
		m->next = cursor_write(cx->a, &r[limit - 1].id, 1);
	struct view_voucher_item *v = ARENA_ARRAY(cx->a, struct view_voucher_item, m->items_n);
	for (size_t i = 0; i < m->items_n; i++) {
		v[i] = VOUCHER_ITEM_OF(cx, &r[i]);
		v[i].minimum = r[i].minimum;
		v[i].reusable = r[i].reusable;
		v[i].tone = tone_voucher(v[i].state);
		TRY(voucher_scope_text(cx, r[i].categories, r[i].products, &v[i].scope));
	}
	m->items = v;
	return RC_OK;
}

enum rc voucher_list(struct cx *cx, struct web *w)
{
	const struct voucher_list_in *in = w->in;
	struct view_voucher_list m = { .kind = in->kind ? in->kind : HOLDING_VOUCHER };
	struct view_field state = list_choice(w, "state", MSG_order_list_state, &voucher_state_enum,
		voucher_state_msg, (int)in->state);

	TRY(find(cx, in, &m));
	m.tabs = LIST_TABS(w, "kind", MSG_voucher_kind, MSG_NONE, voucher_kind, m.kind);
	m.filter = list_filter(w, &state, 1);
	m.empty = list_empty(w, in->state, MSG_voucher_empty, MSG_voucher_empty_hint,
		(struct view_link){ .label = web_text(w, MSG_voucher_shop), .href = "/products", .primary = true });
	m.pager = list_pager(w, m.items_n, m.next);
	w->page.title = MSG_voucher_title;
	CRUMBS(w, web_text(w, MSG_voucher_title), { web_text(w, MSG_nav_buyer), "/console" });
	return web_show(w, tpl_buyer_voucher_list, json_voucher_list, &m);
}

enum rc voucher_show(struct cx *cx, struct web *w)
{
	struct view_voucher_show m = { 0 };

	TRY(voucher_page(cx, web_param(w, "number"), cx->actor.org, &m));
	w->page.title = (enum msg)voucher_kind_msg[m.voucher->kind];
	w->page.name = m.voucher->number;
	CRUMBS(w, m.voucher->number, { web_text(w, MSG_nav_buyer), "/console" },
	       { web_text(w, MSG_voucher_title), "/console/vouchers" });
	return web_show(w, tpl_buyer_voucher_show, json_voucher_show, &m);
}
