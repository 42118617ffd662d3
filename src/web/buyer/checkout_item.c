/* The things of a checkout as forms and addresses carry them. */
#include <inttypes.h>

#include "base/money.h"
#include "base/out.h"
#include "base/str.h"
#include "base/time.h"
#include "web/buyer/checkout.h"
#include "web/buyer/coupon_picker.h"
#include "web/buyer/resource_tag.h"

enum { ID_MAX = 20 };
FORM(checkout_item_form, struct checkout_item_in,
	TEXT(struct checkout_item_in, plan, .max = ID_MAX, .optional = true),
	TEXT(struct checkout_item_in, duration, .max = 20, .optional = true),
	INT(struct checkout_item_in, quantity, .min = 1, .optional = true),
	TEXTS(struct checkout_item_in, options, .max = 32),
	TEXT(struct checkout_item_in, coupon, .max = ID_MAX, .optional = true),
	TEXT(struct checkout_item_in, name, .max = RESOURCE_NAME_MAX, .optional = true),
	DATE(struct checkout_item_in, begin_on, .optional = true),
	TEXT(struct checkout_item_in, host, .max = ID_MAX, .optional = true),
	INT(struct checkout_item_in, host_item, .max = ORDER_ITEMS_MAX, .optional = true),
	TEXT(struct checkout_item_in, base, .max = ID_MAX, .optional = true),
	MONEY(struct checkout_item_in, seen, .optional = true),
	INT(struct checkout_item_in, product_agreement, .optional = true))

bool checkout_choice(struct cx *cx, const struct checkout_at *at, const struct checkout_item_in *in, struct order_choice *c)
{
	*c = (struct order_choice){
		.buyer = at->buyer, .kind = in->base ? ORDER_KIND_CONVERSION : ORDER_KIND_PURCHASE, .quantity = in->quantity ? in->quantity : 1,
		.options = choice_options(cx->a, &in->options),
	};
	coupon_read(in->coupon, c);
	return in->plan && str_u64(in->plan, &c->plan) && choice_duration_read(in->duration, &c->duration, &c->duration_unit);
}

/* What is no id is nobody's. */
static uint64_t id_of(const char *text)
{
	uint64_t id = 0;

	return !text || str_u64(text, &id) ? id : UINT64_MAX;
}

static enum rc read_about(struct cx *cx, const struct checkout_at *at, struct checkout_item *x)
{
	uint64_t id = id_of(x->in->base ? x->in->base : x->in->host);

	if (!id)
		return RC_OK;
	return q_resource_brief(cx->db, cx->a, &(struct q_resource_brief_in){ .buyer = at->buyer ? at->buyer : cx->actor.org, .id = id }, &x->about);
}

bool checkout_needs_host(const struct checkout_item *x)
{
	return x->quote.sale.delivery_policy == DELIVERED_WITH_SERVER && x->choice.kind == ORDER_KIND_PURCHASE && !x->in->host && !x->in->host_item;
}

enum rc checkout_quote(struct cx *cx, const struct checkout_at *at, const struct items *in, struct checkout_item **items)
{
	struct checkout_item *x = ARENA_ARRAY(cx->a, struct checkout_item, in->n);
	uint64_t *taken = ARENA_ARRAY(cx->a, uint64_t, in->n);
	size_t taken_n = 0;

	for (size_t i = 0; i < in->n; i++) {
		x[i].in = (const struct checkout_item_in *)in->v + i;
		if (!checkout_choice(cx, at, x[i].in, &x[i].choice))
			return RC_NOT_FOUND;
		x[i].choice.taken = taken;
		x[i].choice.taken_n = taken_n;
		TRY(order_quote(cx, &x[i].choice, &x[i].quote));
		if (x[i].quote.coupon)
			taken[taken_n++] = x[i].quote.coupon->claim;
		TRY(q_part_list(cx->db, cx->a, &(struct q_part_list_in){ .plan = x[i].choice.plan }, &x[i].parts, &x[i].parts_n));
		TRY(read_about(cx, at, &x[i]));
	}
	*items = x;
	return in->n ? RC_OK : RC_NOT_FOUND;
}

bool checkout_order_item(struct cx *cx, const struct checkout_at *at, const struct checkout_item_in *in, const char *tags, struct order_item *to)
{
	*to = (struct order_item){
		.seen = in->seen, .product_agreement = (uint64_t)in->product_agreement, .name = in->name, .tags = tags, .begin_on = in->begin_on,
		.base = id_of(in->base), .host = id_of(in->host), .host_item = (size_t)in->host_item,
	};
	bool ok = checkout_choice(cx, at, in, &to->choice);
	coupon_read(in->coupon ? in->coupon : "0", &to->choice);	/* who does not name one means none */
	return ok;
}

struct fields {
	struct arena *a;
	struct view_hidden *v;
	size_t n, item;
};

static void put(struct fields *f, const char *name, const char *value)
{
	if (value && *value)
		f->v[f->n++] = (struct view_hidden){ form_name(f->a, name, f->item), value };
}

static void put_number(struct fields *f, const char *name, int64_t v)
{
	put(f, name, v ? arena_printf(f->a, "%" PRId64, v) : NULL);
}

static void put_item(struct fields *f, const struct checkout_item_in *in, bool chosen)
{
	put(f, "plan", in->plan);
	put(f, "duration", in->duration);
	put_number(f, "quantity", in->quantity);
	for (size_t i = 0; i < in->options.n; i++)
		put(f, "options", in->options.v[i]);
	put(f, "host", in->host);
	put_number(f, "host_item", in->host_item);
	put(f, "base", in->base);
	if (!chosen)
		return;
	put(f, "coupon", in->coupon);
	put(f, "name", in->name);
	put(f, "begin_on", in->begin_on.days ? date_text(in->begin_on, arena_alloc(f->a, TIME_TEXT)) : NULL);
}

const struct view_hidden *checkout_fields(struct arena *a, const struct items *in, bool chosen, size_t *n)
{
	const struct checkout_item_in *items = in->v;
	struct fields f = { .a = a };
	size_t max = 0;

	for (size_t i = 0; i < in->n; i++)
		max += sizeof checkout_item_form_fields / sizeof *checkout_item_form_fields + items[i].options.n;
	f.v = ARENA_ARRAY(a, struct view_hidden, max);
	for (size_t i = 0; i < in->n; i++) {
		f.item = i + 1;
		put_item(&f, &items[i], chosen);
	}
	*n = f.n;
	return f.v;
}

const char *checkout_address(struct arena *a, const char *path, const struct view_hidden *fields, size_t n)
{
	struct out o = { 0 };

	out_str(&o, path);
	for (size_t i = 0; i < n; i++) {
		out_str(&o, i ? "&" : "?");
		out_str(&o, fields[i].name);
		out_lit(&o, "=");
		out_url(&o, fields[i].value);
	}
	const char *text = arena_dup(a, o.p, o.n);
	out_free(&o);
	return text;
}

const char *checkout_options(struct cx *cx, const struct order_choice *c, const struct order_quote *q)
{
	const char *text = "";

	for (size_t i = 0; i < q->choices_n; i++)
		if (choice_has(c->options, q->choices[i].option_code, q->choices[i].code))
			text = arena_printf(cx->a, "%s%s%s: %s", text, *text ? " · " : "", q->choices[i].option_name, q->choices[i].name);
	return text;
}
