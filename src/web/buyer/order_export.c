/* My orders as a file (EXP-1, ORD-17): all that the filter shows, or the chosen ones. */
#include "web/buyer/order.h"
#include "web/buyer/order_find.h"
#include "web/export.h"

enum { EXPORT_MAX = 10000, EXPORT_PIECE = 200 };

static void row(struct export *x, struct cx *cx, const struct q_order_list *r)
{
	export_digits(x, r->number);
	export_digits(x, r->combined);
	order_cells(x, cx, &(struct view_order_item){ ORDER_ITEM_OF(r) });
	export_text(x, r->creator_name);
	export_instant(x, r->created_at);
	export_instant(x, r->paid_at);
	export_money(x, r->list_total);
	export_money(x, r->payable);
	export_money(x, r->paid);
	export_row(x);
}

static enum rc send(struct cx *cx, struct web *w, enum rc (*piece)(struct cx *, void *, struct export *, bool *), void *from)
{
	static const enum msg columns[] = {
		MSG_order_list_number, MSG_order_export_combined, MSG_order_list_order_kind, MSG_order_list_state, MSG_order_list_product,
		MSG_order_export_plan, MSG_order_list_provider, MSG_checkout_quantity, MSG_order_export_unit, MSG_checkout_duration,
		MSG_order_export_creator, MSG_order_list_created, MSG_order_show_paid_at, MSG_order_export_total, MSG_order_list_payable,
		MSG_order_export_paid,
	};
	char t[TIME_TEXT];
	const char *name = arena_printf(cx->a, "orders-%s", instant_compact(cx->now, t));

	return web_export(cx, w, &(struct export_of){ name, columns, sizeof columns / sizeof *columns, EXPORT_MAX, piece, from });
}

/* -- the chosen ones ----------------------------------------------------------------------------------------------- */

struct chosen { struct q_order_list_chosen *rows; size_t n; };

static enum rc piece_chosen(struct cx *cx, void *from, struct export *x, bool *more)
{
	const struct chosen *c = from;

	for (size_t i = 0; i < c->n; i++)
		row(x, cx, &(struct q_order_list){ ORDER_ITEM_OF(&c->rows[i]), .paid = c->rows[i].paid, .paid_at = c->rows[i].paid_at, .combined = c->rows[i].combined,
			.creator_name = c->rows[i].creator_name });
	*more = false;
	return RC_OK;
}

static enum rc export_chosen(struct cx *cx, struct web *w, struct texts numbers)
{
	struct chosen *c = ARENA_NEW(cx->a, struct chosen);

	if (!numbers.n)
		return order_none_chosen(cx, w, MSG_order_export_title);
	TRY(order_chosen(cx, numbers, false, &c->rows, &c->n));
	return send(cx, w, piece_chosen, c);
}

/* -- all that the filter shows ------------------------------------------------------------------------------------- */

struct exporting { struct order_finder finder; uint64_t before; };

static enum rc piece_found(struct cx *cx, void *from, struct export *x, bool *more)
{
	struct exporting *e = from;
	struct q_order_list *rows;
	size_t n;

	TRY(order_found(cx, &e->finder, e->before, EXPORT_PIECE + 1, &rows, &n));
	*more = list_more(&n, EXPORT_PIECE);
	for (size_t i = 0; i < n; i++)
		row(x, cx, &rows[i]);
	e->before = n ? rows[n - 1].id : 0;
	return RC_OK;
}

enum rc order_export(struct cx *cx, struct web *w)
{
	const struct order_list_in *in = w->in;
	struct exporting *e = ARENA_NEW(cx->a, struct exporting);
	struct date from = in->from, to = in->to;

	if (w->errors.n)
		return RC_INVALID;
	if (in->chosen)
		return export_chosen(cx, w, in->orders);
	if (!range_days(range_meant(in->range, from, to), date_of(cx->now), &from, &to))
		return web_refuse(w, "to", MSG_list_range_year);
	struct id_range ids = range_ids(from, to);
	e->before = ids.to;
	TRY(order_find(cx, in, ids, false, &e->finder));
	return send(cx, w, piece_found, e);
}
