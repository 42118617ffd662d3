/* The review page's model: ORD-10, ORD-12. */
#include <inttypes.h>

#include "base/money.h"
#include "base/str.h"
#include "base/time.h"
#include "view/phrase.h"
#include "web/buyer/checkout_view.h"
#include "web/buyer/coupon_picker.h"
#include "web/buyer/order.h"
#include "web/buyer/resource_tag.h"
#include "web/list.h"

static const struct view_price_row *price_rows(struct cx *cx, const struct price *p)
{
	struct view_price_row *r = ARENA_ARRAY(cx->a, struct view_price_row, p->lines_n);

	for (size_t i = 0; i < p->lines_n; i++)
		r[i] = (struct view_price_row){
			.kind = p->lines[i].kind, .name = phrase_price_line(cx->a, cx->lang, &p->lines[i]), .amount = p->lines[i].amount,
			.less = p->lines[i].amount.fen < 0,
		};
	return r;
}

/* What all items save by each kind of discount; coupons have a row of their own. */
static const struct view_price_row *discounts(struct cx *cx, const struct checkout_item *items, size_t items_n, size_t *n)
{
	static const enum price_line_kind kinds[] = { PRICE_DURATION, PRICE_AGREED };
	enum { KINDS = sizeof kinds / sizeof *kinds };
	struct view_price_row *rows = ARENA_ARRAY(cx->a, struct view_price_row, KINDS);

	*n = 0;
	for (size_t k = 0; k < KINDS; k++) {
		struct money sum = fen(0);
		for (size_t i = 0; i < items_n; i++)
			for (size_t j = 0; j < items[i].quote.price.lines_n; j++)
				if (items[i].quote.price.lines[j].kind == kinds[k])
					sum = money_add(sum, items[i].quote.price.lines[j].amount);
		if (sum.fen)
			rows[(*n)++] = (struct view_price_row){ .kind = kinds[k], .name = msg_text(cx->lang, (enum msg)price_line_kind_msg[kinds[k]]), .amount = sum };
	}
	return rows;
}

/* What each component has in the price (CAT-14); the coupon is in it. */
static void add_shares(struct cx *cx, const struct checkout_item *x, struct view_checkout_item *m)
{
	size_t n = x->parts_n < PRICE_PARTS_MAX ? x->parts_n : PRICE_PARTS_MAX;
	struct view_price_share *shares = ARENA_ARRAY(cx->a, struct view_price_share, 1 + n);
	struct money amounts[1 + PRICE_PARTS_MAX];
	const char *options[PRICE_PARTS_MAX];

	if (!n || !x->quote.price.total.fen)
		return;
	for (size_t i = 0; i < n; i++)
		options[i] = x->parts[i].option_code;
	price_shares(&x->quote.price, options, n, amounts);
	for (size_t i = 0; i <= n; i++)
		shares[i] = (struct view_price_share){ i ? x->parts[i - 1].name : x->quote.sale.plan_name, amounts[i] };
	m->shares = shares;
	m->shares_n = 1 + n;
}

/* What is wrong with the item as a whole: its fields are hidden ones. */
static void add_error(struct web *w, size_t item, struct view_checkout_item *m)
{
	static const char *const hidden[] = { "plan", "quantity", "duration", "options", "host", "host_item", "base" };

	for (size_t i = 0; i < sizeof hidden / sizeof *hidden && !m->error; i++) {
		struct view_field f = web_item_field(w, &checkout_item_form, item, hidden[i], MSG_checkout_product, NULL);
		m->error = f.error;
		m->field = f.id;
	}
}

static bool price_changed(const struct web *w)
{
	for (size_t i = 0; i < w->errors.n; i++)
		if (w->errors.e[i].msg == MSG_checkout_price_changed)
			return true;
	return false;
}

static const struct view_field *name_field(struct cx *cx, struct web *w, size_t item, const struct checkout_item *x, bool several)
{
	struct view_field f = web_item_field(w, &checkout_item_form, item, "name", MSG_checkout_name, NULL);

	if (x->choice.kind != ORDER_KIND_PURCHASE)
		return NULL;
	if (several)
		f.label = MSG_FILL(cx->a, cx->lang, MSG_checkout_name_of, { "product", x->quote.sale.product_name });
	f.hint = web_text(w, x->quote.sale.separate && x->choice.quantity > 1 ? MSG_checkout_name_numbered : MSG_checkout_name_hint);
	return web_keep(w, f);
}

static const struct view_field *begin_field(struct web *w, size_t item, const struct checkout_item *x)
{
	struct view_field f = web_item_field(w, &checkout_item_form, item, "begin_on", MSG_checkout_begin_on, NULL);

	f.hint = web_text(w, MSG_checkout_begin_hint);
	return x->quote.sale.begin_later && x->choice.kind == ORDER_KIND_PURCHASE ? web_keep(w, f) : NULL;
}

/* Of an image its server, of a paid plan the trial that becomes it. */
static const char *about_text(struct cx *cx, const struct checkout_item *x, const struct checkout_item *items, size_t n)
{
	if (x->in->base)
		return MSG_FILL(cx->a, cx->lang, MSG_checkout_converts, { "name", x->about.name });
	if (x->in->host)
		return MSG_FILL(cx->a, cx->lang, MSG_checkout_runs_on, { "name", x->about.name });
	if (x->in->host_item && x->in->host_item <= (int64_t)n)
		return MSG_FILL(cx->a, cx->lang, MSG_checkout_runs_on_new, { "name", items[x->in->host_item - 1].quote.sale.product_name });
	return NULL;
}

static struct view_checkout_item item_of(struct cx *cx, struct web *w, size_t item, const struct checkout_item *x, bool several, const char *again)
{
	const struct order_quote *q = &x->quote;
	const struct q_plan_for_sale *s = &q->sale;
	struct coupon_picker_of of = { item, several ? s->product_name : NULL, again };
	struct view_checkout_item m = {
		.kind = x->choice.kind, .plan = x->in->plan, .product_name = s->product_name, .slug = s->slug, .plan_name = s->plan_name, .provider_name = s->provider_name,
		.billing_mode = s->billing_mode, .unit_price = { q->price.list.fen / x->choice.quantity }, .quantity = (uint64_t)x->choice.quantity, .unit = s->unit,
		.duration = choice_duration(cx->a, (uint64_t)x->choice.duration, x->choice.duration_unit), .options = x->choice.options,
		.price = price_rows(cx, &q->price), .price_n = q->price.lines_n, .list_total = q->price.list, .payable = q->price.total,
		.product_agreement = s->agreement_version, .host = x->in->host, .host_item = x->in->host_item, .base = x->in->base,
		.coupons = coupon_picker(w, q, of), .name = name_field(cx, w, item, x, several), .begin_on = begin_field(w, item, x),
		.duration_text = phrase_duration(cx->a, cx->lang, x->choice.duration, x->choice.duration_unit), .options_text = checkout_options(cx, &x->choice, q),
	};

	add_shares(cx, x, &m);
	if (price_changed(w) && x->in->seen.fen != q->price.total.fen)
		m.seen = x->in->seen;
	if (x->in->base)
		m.open_order = x->about.open_order;
	add_error(w, item, &m);
	return m;
}

/* What the form sends besides what is typed: the choice, the price and the agreements that are shown. */
static void add_hidden(struct cx *cx, const struct items *in, const struct checkout_item *items, struct view_checkout *m)
{
	size_t n;
	const struct view_hidden *fields = checkout_fields(cx->a, in, false, &n);
	struct view_hidden *h = ARENA_ARRAY(cx->a, struct view_hidden, n + 2 * in->n + 1);
	char amount[MONEY_TEXT];

	memcpy(h, fields, n * sizeof *h);
	for (size_t i = 0; i < in->n; i++) {
		const char *seen = arena_strdup(cx->a, money_text(items[i].quote.price.total, false, amount));
		h[n++] = (struct view_hidden){ form_name(cx->a, "seen", i + 1), seen };
		h[n++] = (struct view_hidden){ form_name(cx->a, "product_agreement", i + 1), arena_printf(cx->a, "%" PRIu64, items[i].quote.sale.agreement_version) };
	}
	h[n++] = (struct view_hidden){ "platform_agreement", arena_printf(cx->a, "%" PRIu64, m->platform_agreement) };
	m->hidden = h;
	m->hidden_n = n;
}

static void add_items(struct cx *cx, struct web *w, const struct checkout_item *items, size_t n, struct view_checkout *m)
{
	struct view_checkout_item *rows = ARENA_ARRAY(cx->a, struct view_checkout_item, n);

	for (size_t i = 0; i < n; i++) {
		rows[i] = item_of(cx, w, i + 1, &items[i], n > 1, m->review);
		rows[i].on = about_text(cx, &items[i], items, n);
		m->list_total = money_add(m->list_total, rows[i].list_total);
		m->payable = money_add(m->payable, rows[i].payable);
		m->off = money_add(m->off, rows[i].coupons->off);
	}
	m->items = rows;
	m->items_n = n;
	m->discounts = discounts(cx, items, n, &m->discounts_n);
}

static const struct view_field *contact(struct web *w)
{
	struct view_field f = web_field(w, &order_place_form, "contact", MSG_checkout_contact, NULL);

	f.type = "tel";
	f.inputmode = "tel";
	f.autocomplete = "tel";
	f.hint = web_text(w, MSG_checkout_contact_hint);
	return web_keep(w, f);
}

static const struct view_field *memo(struct web *w)
{
	struct view_field f = web_field(w, &order_place_form, "memo", MSG_checkout_memo, NULL);

	f.hint = web_text(w, MSG_checkout_memo_hint);
	return web_keep(w, f);
}

/* To where it was chosen: the product's page, the resource's, or the steps by which a server is put together. */
static void add_ways_back(struct cx *cx, const struct checkout_at *at, const struct items *in, const struct checkout_item *items, struct view_checkout *m)
{
	const char *slug = items->quote.sale.slug;
	size_t n;
	const struct view_hidden *fields = checkout_fields(cx->a, in, true, &n);

	if (items->quote.sale.server && at->server && in->n <= 2) {
		m->back = checkout_address(cx->a, at->server, fields, n);
		if (in->n == 1 && items->choice.quantity == 1)
			m->add_image = arena_printf(cx->a, "%s&step=2", m->back);
	} else if (items->in->base) {
		m->back = arena_printf(cx->a, "/console/resources/%s/convert", items->in->base);
	} else {
		fields = checkout_fields(cx->a, in, false, &n);
		m->back = arena_printf(cx->a, "%s#buy", checkout_address(cx->a, arena_printf(cx->a, "%s/%s", at->products, slug), fields, n));
	}
}

/* What is there has its tags already. */
static void add_tags(struct web *w, const struct checkout_at *at, const struct checkout_in *in, const struct checkout_item *items, struct view_checkout *m)
{
	struct view_resource_tag_rows *tags = ARENA_NEW(w->cx->a, struct view_resource_tag_rows);

	if (items->choice.kind != ORDER_KIND_PURCHASE)
		return;
	*tags = *tag_rows(w, &in->tags, NULL, 0);
	tags->again = at->review;
	m->tags = tags;
}

struct view_checkout checkout_view(struct cx *cx, struct web *w, const struct checkout_at *at, const struct checkout_in *in, const struct checkout_item *items)
{
	const struct q_plan_for_sale *s = &items->quote.sale;
	struct view_checkout m = {
		.platform_agreement = s->platform_agreement, .contact = contact(w), .memo = memo(w), .review = at->review, .place = at->place,
		.agree_error = web_field(w, &order_place_form, "agree", MSG_checkout_agree, NULL).error, .agreed = input_text(&w->input, "agree", 1) != NULL,
		.steps = order_steps(cx, 1),
	};
	add_tags(w, at, in, items, &m);
	add_items(cx, w, items, in->items.n, &m);
	add_hidden(cx, &in->items, items, &m);
	add_ways_back(cx, at, &in->items, items, &m);
	return m;
}
