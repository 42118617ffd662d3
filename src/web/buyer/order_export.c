/* My orders as a file (EXP-1, ORD-17): all that the filter shows, or the chosen ones. */
#include "base/csv.h"
#include "view/phrase.h"
#include "web/buyer/order.h"
#include "web/buyer/order_find.h"

enum { EXPORT_MAX = 10000, EXPORT_PIECE = 200 };

struct exporting {
	struct list_file file;
	struct order_finder finder;
	uint64_t before;
};

static void head(struct out *o, enum lang lang)
{
	static const enum msg columns[] = {
		MSG_order_list_number, MSG_order_export_combined, MSG_order_list_order_kind, MSG_order_list_state, MSG_order_list_product,
		MSG_order_export_plan, MSG_order_list_provider, MSG_checkout_quantity, MSG_order_export_unit, MSG_checkout_duration,
		MSG_order_export_creator, MSG_order_list_created, MSG_order_show_paid_at, MSG_order_export_total, MSG_order_list_payable,
		MSG_order_export_paid,
	};

	list_csv_head(o, lang, columns, sizeof columns / sizeof *columns);
}

static void row(struct out *o, struct cx *cx, const struct q_order_list *r)
{
	csv_digits(o, true, r->number);
	csv_digits(o, false, r->combined);
	csv_field(o, false, msg_text(cx->lang, (enum msg)order_kind_msg[r->kind]));
	csv_field(o, false, msg_text(cx->lang, (enum msg)order_state_msg[r->state]));
	csv_field(o, false, r->product_name);
	csv_field(o, false, r->plan_name);
	csv_field(o, false, r->provider_name);
	csv_i64(o, false, (int64_t)r->quantity);
	csv_field(o, false, r->unit);
	csv_field(o, false, phrase_duration(cx->a, cx->lang, (int64_t)r->duration, r->duration_unit));
	csv_field(o, false, r->creator_name);
	csv_instant(o, false, r->created_at);
	csv_instant(o, false, r->paid_at);
	csv_money(o, false, r->list_total);
	csv_money(o, false, r->payable);
	csv_money(o, false, r->paid);
	csv_end(o);
}

static enum rc piece(void *from, struct out *o, bool *last)
{
	struct exporting *x = from;
	size_t n, limit = list_piece(&x->file);
	struct q_order_list *rows;

	if (!x->file.written)
		head(o, x->file.cx.lang);
	TRY(order_found(&x->file.cx, &x->finder, x->before, limit + 1, &rows, &n));
	bool more = list_more(&n, limit);
	for (size_t i = 0; i < n; i++)
		row(o, &x->file.cx, &rows[i]);
	x->before = n ? rows[n - 1].id : 0;
	*last = list_piece_last(&x->file, o, n, more);
	return RC_OK;
}

static const char *file_name(struct cx *cx)
{
	char t[TIME_TEXT];

	return arena_printf(cx->a, "orders-%s.csv", instant_compact(cx->now, t));
}

static enum rc export_chosen(struct cx *cx, struct web *w, struct texts numbers)
{
	struct q_order_list_chosen *r;
	struct out o = { 0 };
	size_t n;

	if (!numbers.n)
		return order_none_chosen(cx, w, MSG_order_export_title);
	TRY(order_chosen(cx, numbers, false, &r, &n));
	head(&o, cx->lang);
	for (size_t i = 0; i < n; i++)
		row(&o, cx, &(struct q_order_list){ ORDER_ITEM_OF(&r[i]), .paid = r[i].paid, .paid_at = r[i].paid_at, .combined = r[i].combined,
			.creator_name = r[i].creator_name });
	enum rc rc = web_download(w, "text/csv; charset=utf-8", file_name(cx), arena_dup(cx->a, o.p, o.n));
	out_free(&o);
	return rc;
}

enum rc order_export(struct cx *cx, struct web *w)
{
	const struct order_list_in *in = w->in;
	struct exporting *x = ARENA_NEW(cx->a, struct exporting);
	struct date from = in->from, to = in->to;

	if (w->errors.n)
		return RC_INVALID;
	if (in->chosen)
		return export_chosen(cx, w, in->orders);
	if (!range_days(range_meant(in->range, from, to), date_of(cx->now), &from, &to))
		return web_refuse(w, "to", MSG_list_range_year);
	struct id_range ids = range_ids(from, to);
	*x = (struct exporting){ .file = { *cx, EXPORT_PIECE, EXPORT_MAX, 0 }, .before = ids.to };
	TRY(order_find(cx, in, ids, false, &x->finder));
	return web_stream(w, "text/csv; charset=utf-8", file_name(cx), piece, x);
}
