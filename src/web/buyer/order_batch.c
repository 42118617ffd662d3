/* What is done with an order, or with several that were chosen: asked first, done, and told (ORD-6, ORD-7, ORD-9, ORD-17). */
#include "app/order_batch.h"

#include "base/str.h"
#include "web/buyer/order.h"

struct order_several_in { struct texts orders; const char *why; };
FORM(order_several_form, struct order_several_in,
	TEXTS(struct order_several_in, orders, .max = LIST_LIMIT_MAX),
	TEXT(struct order_several_in, why, .max = 200, .optional = true))
struct order_cancel_in { const char *why; };
FORM(order_cancel_form, struct order_cancel_in,
	TEXT(struct order_cancel_in, why, .max = 200, .optional = true))

enum { CANCEL, CONFIRM, DELETE, RESTORE };
static const struct deed {
	const char *path, *back;
	bool grave, together;		/* together: the whole of a combined order */
	enum msg title, warning, submit, not_these, done_title, done, not_done;
} deeds[] = {
	[CANCEL] = { "/console/orders/cancel", "/console/orders", true, true, MSG_order_cancel_title, MSG_order_cancel_warning,
		MSG_order_cancel_submit, MSG_order_cancel_not_these, MSG_order_cancel_done_title, MSG_order_cancel_done, MSG_order_cancel_not_done },
	[CONFIRM] = { "", "/console/orders", false, true, MSG_order_confirm_title, MSG_order_confirm_warning, MSG_order_confirm_submit, MSG_NONE,
		MSG_NONE, MSG_NONE, MSG_NONE },
	[DELETE] = { "/console/orders/delete", "/console/orders", true, false, MSG_order_delete_title, MSG_order_delete_warning,
		MSG_order_delete_submit, MSG_order_delete_not_these, MSG_order_delete_done_title, MSG_order_delete_done, MSG_order_delete_not_done },
	[RESTORE] = { "/console/orders/restore", "/console/orders/deleted", false, false, MSG_order_restore_title, MSG_order_restore_warning,
		MSG_order_restore_submit, MSG_order_restore_not_these, MSG_order_restore_done_title, MSG_order_restore_done,
		MSG_order_restore_not_done },
};

static bool offers(struct cx *cx, const struct q_order_list_chosen *o, enum order_event ev)
{
	struct order_facts f = { .kind = o->kind, .billing = BILLING_ONE_OFF, .payable = o->payable, .now = cx->now };

	return set_has(order_offers(o->state, &f, (enum org_kind)cx->actor.org_kind, cx->actor.roles), ev);
}

static bool possible(struct cx *cx, const struct deed *d, const struct q_order_list_chosen *o)
{
	switch (d - deeds) {
	case CANCEL:  return offers(cx, o, ORDER_EV_CANCEL);
	case CONFIRM: return offers(cx, o, ORDER_EV_CONFIRM);
	case DELETE:  return machine_final(&order_machine, (int)o->state) && !o->hidden;
	default:      return o->hidden;
	}
}

static bool happened(const struct deed *d, const struct q_order_list_chosen *o)
{
	return d - deeds == CANCEL ? o->state == ORDER_CANCELLED : o->hidden == (d - deeds == DELETE);
}

enum rc order_chosen(struct cx *cx, struct texts numbers, bool together, struct q_order_list_chosen **rows, size_t *n)
{
	struct out o = { 0 };

	for (size_t i = 0; i < numbers.n; i++) {
		out_str(&o, i ? "," : "[");
		out_json(&o, numbers.v[i]);
	}
	out_str(&o, numbers.n ? "]" : "[]");
	struct q_order_list_chosen_in ask = { cx->actor.org, arena_dup(cx->a, o.p, o.n), together };
	out_free(&o);
	TRY(q_order_list_chosen(cx->db, cx->a, &ask, rows, n));
	for (size_t i = 0; i < numbers.n; i++) {
		bool found = false;
		for (size_t k = 0; k < *n && !found; k++)
			found = str_eq((*rows)[k].number, numbers.v[i]);
		if (!found)
			return RC_NOT_FOUND;
	}
	return RC_OK;
}

/* Sorts what was chosen into that with which it can be done (or was), and the rest. */
static enum rc sort(struct cx *cx, const struct deed *d, struct texts numbers, bool done, struct view_order_several *m)
{
	struct q_order_list_chosen *r;
	struct view_order_table *tables = ARENA_ARRAY(cx->a, struct view_order_table, 2);
	size_t n;

	TRY(order_chosen(cx, numbers, d->together, &r, &n));
	struct view_order_item *yes = ARENA_ARRAY(cx->a, struct view_order_item, n), *no = ARENA_ARRAY(cx->a, struct view_order_item, n);
	struct view_hidden *hidden = ARENA_ARRAY(cx->a, struct view_hidden, n);
	m->items = yes;
	m->others = no;
	m->numbers = hidden;
	for (size_t i = 0; i < n; i++) {
		bool fits = done ? happened(d, &r[i]) : possible(cx, d, &r[i]);
		struct view_order_item *item = fits ? &yes[m->items_n++] : &no[m->others_n++];
		*item = (struct view_order_item){ ORDER_ITEM_OF(&r[i]), .deadline_at = r[i].deadline_at, .combined = r[i].combined,
			.refunding = r[i].refunding };
		order_item_tell(cx, item, "/console/orders");
		if (fits)
			hidden[m->numbers_n++] = (struct view_hidden){ "orders", r[i].number };
	}
	tables[0] = (struct view_order_table){ .items = yes, .items_n = m->items_n, .caption = d->title };
	tables[1] = (struct view_order_table){ .items = no, .items_n = m->others_n, .caption = d->title };
	m->table = &tables[0];
	m->rest = &tables[1];
	return RC_OK;
}

static enum rc page(struct cx *cx, struct web *w, const struct deed *d, bool done, struct view_order_several *m)
{
	bool more = d->together && m->items_n > 1;

	m->grave = done ? m->others_n : d->grave;
	m->submit = d->submit;
	m->not_these = done ? d->not_done : d->not_these;
	m->back = m->back ? m->back : d->back;
	if (m->items_n && !m->warning) {
		const char *count = arena_printf(cx->a, "%zu", m->items_n);
		m->warning = done ? MSG_FILL(cx->a, cx->lang, d->done, { "n", count }) :
			arena_printf(cx->a, "%s%s", web_text(w, d->warning), more ? web_text(w, MSG_order_several_together) : "");
	}
	w->page.title = done ? d->done_title : d->title;
	CRUMBS(w, web_text(w, w->page.title), { web_text(w, MSG_nav_buyer), "/console" }, { web_text(w, MSG_order_list_title), "/console/orders" });
	return web_show(w, tpl_buyer_order_several, json_order_several, m);
}

static enum rc ask(struct cx *cx, struct web *w, const struct deed *d)
{
	const struct order_several_in *in = w->in;
	struct view_order_several m = { .action = d->path };
	struct view_field why;

	TRY(sort(cx, d, in->orders, false, &m));
	if (d - deeds == CANCEL) {
		why = web_field(w, &order_several_form, "why", MSG_order_cancel_why, NULL);
		m.why = &why;
	}
	return page(cx, w, d, false, &m);
}

static enum rc done(struct cx *cx, struct web *w, const struct deed *d)
{
	struct view_order_several m = { 0 };

	TRY(sort(cx, d, ((const struct order_several_in *)w->in)->orders, true, &m));
	return page(cx, w, d, true, &m);
}

static enum rc carry_out(struct cx *cx, struct web *w, const struct deed *d, order_deed *deed)
{
	const struct order_several_in *in = w->in;
	const char *sep = "?orders=";
	struct out o = { 0 };

	if (!in->orders.n)
		return web_refuse(w, "orders", MSG_order_several_none);
	TRY(order_each(cx, in->orders.v, in->orders.n, deed, in->why ? in->why : ""));
	out_str(&o, d->path);
	out_lit(&o, "/done");
	for (size_t i = 0; i < in->orders.n; i++, sep = "&orders=") {
		out_str(&o, sep);
		out_url(&o, in->orders.v[i]);
	}
	const char *location = arena_dup(cx->a, o.p, o.n);
	out_free(&o);
	return web_see(w, location);
}

enum rc order_cancel_several(struct cx *cx, struct web *w) { return ask(cx, w, &deeds[CANCEL]); }
enum rc order_cancel_several_do(struct cx *cx, struct web *w) { return carry_out(cx, w, &deeds[CANCEL], order_cancel); }
enum rc order_cancel_done(struct cx *cx, struct web *w) { return done(cx, w, &deeds[CANCEL]); }
enum rc order_delete_several(struct cx *cx, struct web *w) { return ask(cx, w, &deeds[DELETE]); }
enum rc order_delete_several_do(struct cx *cx, struct web *w) { return carry_out(cx, w, &deeds[DELETE], order_delete); }
enum rc order_delete_done(struct cx *cx, struct web *w) { return done(cx, w, &deeds[DELETE]); }
enum rc order_restore_several(struct cx *cx, struct web *w) { return ask(cx, w, &deeds[RESTORE]); }
enum rc order_restore_several_do(struct cx *cx, struct web *w) { return carry_out(cx, w, &deeds[RESTORE], order_restore); }
enum rc order_restore_done(struct cx *cx, struct web *w) { return done(cx, w, &deeds[RESTORE]); }

enum rc order_none_chosen(struct cx *cx, struct web *w, enum msg title)
{
	const struct deed d = { .back = "/console/orders", .title = title };

	w->status = rc_info[RC_INVALID].http;
	return page(cx, w, &d, false, &(struct view_order_several){ 0 });
}

/* The same for the one in the address, which goes back to its page. */
static enum rc ask_one(struct cx *cx, struct web *w, const struct deed *d, const char *verb, struct view_order_several *m)
{
	const char *number = web_param(w, "number");

	m->back = arena_printf(cx->a, "/console/orders/%s", number);
	m->action = arena_printf(cx->a, "%s/%s", m->back, verb);
	TRY(sort(cx, d, (struct texts){ &number, 1 }, false, m));
	if (!m->items_n)
		return RC_CONFLICT;
	m->numbers_n = m->others_n = 0;
	return page(cx, w, d, false, m);
}

enum rc order_cancel_ask(struct cx *cx, struct web *w)
{
	struct view_field why = web_field(w, &order_cancel_form, "why", MSG_order_cancel_why, NULL);

	return ask_one(cx, w, &deeds[CANCEL], "cancel", &(struct view_order_several){ .why = &why });
}

enum rc order_cancel_do(struct cx *cx, struct web *w)
{
	const struct order_cancel_in *in = w->in;
	struct outcome out;

	TRY(order_cancel(cx, web_param(w, "number"), in->why ? in->why : "", &out));
	return web_done(w, &out);
}

enum rc order_confirm_ask(struct cx *cx, struct web *w)
{
	return ask_one(cx, w, &deeds[CONFIRM], "confirm", &(struct view_order_several){ 0 });
}

enum rc order_confirm_do(struct cx *cx, struct web *w)
{
	struct outcome out;

	if (w->session->freeze_kind)	/* confirming is ordering (ACC-15) */
		return web_refuse(w, NULL, MSG_order_frozen);
	TRY(order_confirm(cx, web_param(w, "number"), &out));
	return web_done(w, &out);
}
