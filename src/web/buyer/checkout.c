/* The review page and placing an order: ORD-10, ORD-11, ORD-12. */
#include "app/order.h"
#include "base/str.h"
#include "crypto/token.h"
#include "view/checkout.h"
#include "view/phrase.h"
#include "web/buyer/coupon_picker.h"
#include "web/buyer/order.h"
#include "web/choice.h"
#include "web/list.h"
#include "web/storefront/product.h"

struct checkout_in { const char *plan, *duration; int64_t quantity; struct texts options; const char *coupon, *key; };
enum { CHECKOUT_KEY_MAX = 64 };
#define CHOICE_ROWS(S) \
	TEXT(S, plan, .max = 20), \
	TEXT(S, duration, .max = 20, .optional = true), \
	INT(S, quantity, .min = 1, .optional = true), \
	TEXTS(S, options, .max = 32), \
	TEXT(S, coupon, .max = 20, .optional = true)
FORM(checkout_form, struct checkout_in,
	CHOICE_ROWS(struct checkout_in),
	TEXT(struct checkout_in, key, .max = CHECKOUT_KEY_MAX, .optional = true))

static enum msg check_mobile(const char *s)
{
	const char *digits = *s == '+' ? s + 1 : s;
	bool good = *s == '+' ? str_digits(digits, 7, 15) : *s == '1' && str_digits(s, 11, 11);

	return good ? MSG_NONE : MSG_checkout_contact_wrong;
}

struct order_place_form_in {
	const char *plan, *duration;
	int64_t quantity;
	struct texts options;
	const char *coupon;
	struct money seen;
	int64_t product_agreement, platform_agreement;
	const char *contact, *memo;
	bool agree;
};
FORM(order_place_form, struct order_place_form_in,
	CHOICE_ROWS(struct order_place_form_in),
	MONEY(struct order_place_form_in, seen, .optional = true),
	INT(struct order_place_form_in, product_agreement, .optional = true),
	INT(struct order_place_form_in, platform_agreement, .optional = true),
	TEXT(struct order_place_form_in, contact, .max = 20, .check = check_mobile),
	TEXT(struct order_place_form_in, memo, .max = 200, .optional = true),
	CHECK(struct order_place_form_in, agree, .must = MSG_order_agree_first))

/* False: not a choice at all. */
static bool choice_read(struct cx *cx, const char *plan, const char *duration, int64_t quantity,
		const struct texts *options, struct order_choice *c)
{
	*c = (struct order_choice){ .quantity = quantity ? quantity : 1, .options = choice_options(cx->a, options) };
	return plan && str_u64(plan, &c->plan) && choice_duration_read(duration, &c->duration, &c->duration_unit);
}

static bool chosen(const char *options, const struct q_choice_list *c)
{
	size_t n = strlen(c->option_code), m = strlen(c->code);

	for (const char *s = options; *s; s += strcspn(s, ","), s += *s == ',')
		if (!strncmp(s, c->option_code, n) && s[n] == '=' && !strncmp(s + n + 1, c->code, m) &&
			(!s[n + 1 + m] || s[n + 1 + m] == ','))
			return true;
	return false;
}

/* 地域：华北 · 磁盘：100 GB */
static const char *options_text(struct cx *cx, const struct order_choice *c, const struct order_quote *q)
{
	const char *text = "";

	for (size_t i = 0; i < q->choices_n; i++)
		if (chosen(c->options, &q->choices[i]))
			text = arena_printf(cx->a, "%s%s%s: %s", text, *text ? " · " : "", q->choices[i].option_name,
				q->choices[i].name);
	return text;
}

static const struct view_price_row *price_rows(struct cx *cx, const struct price *p)
{
	struct view_price_row *r = ARENA_ARRAY(cx->a, struct view_price_row, p->lines_n);

	for (size_t i = 0; i < p->lines_n; i++)
		r[i] = (struct view_price_row){
			.kind = p->lines[i].kind, .name = msg_text(cx->lang,
			(enum msg)price_line_kind_msg[p->lines[i].kind]),
			.amount = p->lines[i].amount, .less = p->lines[i].amount.fen < 0 && p->lines[i].kind != PRICE_COUPON,
		};
	return r;
}

static const char *error_at(const struct web *w, const char *field)
{
	for (size_t i = 0; i < w->errors.n; i++)
		if (w->errors.e[i].field && str_eq(w->errors.e[i].field, field))
			return web_text(w, w->errors.e[i].msg);
	return NULL;
}

static enum rc show(struct cx *cx, struct web *w, const struct order_choice *c, const struct order_quote *q,
		const char *plan)
{
	const struct q_plan_for_sale *s = &q->sale;
	struct view_field contact = web_field(w, &order_place_form, "contact", MSG_checkout_contact, NULL);
	struct view_field memo = web_field(w, &order_place_form, "memo", MSG_checkout_memo, NULL);
	struct view_checkout m = {
		.plan = plan, .product_name = s->product_name, .slug = s->slug, .plan_name = s->plan_name,
		.provider_name = s->provider_name, .billing_mode = s->billing_mode,
		.unit_price = { q->price.list.fen / c->quantity }, .quantity = (uint64_t)c->quantity, .unit = s->unit,
		.duration = choice_duration(cx->a, (uint64_t)c->duration, c->duration_unit), .options = c->options,
		.options_text = options_text(cx, c, q), .price = price_rows(cx, &q->price), .price_n = q->price.lines_n,
		.list_total = q->price.list, .payable = q->price.total, .coupons = coupon_picker(w, q), .product_agreement = s->agreement_version,
		.platform_agreement = s->platform_agreement, .contact = &contact, .memo = &memo,
		.duration_text = phrase_duration(cx->a, cx->lang, c->duration, c->duration_unit),
		.agree_error = error_at(w, "agree"), .agreed = input_text(&w->input, "agree", 1) != NULL, .steps = order_steps(cx, 1),
	};

	contact.type = "tel";
	contact.inputmode = "tel";
	contact.autocomplete = "tel";
	contact.hint = web_text(w, MSG_checkout_contact_hint);
	memo.hint = web_text(w, MSG_checkout_memo_hint);
	w->page.title = MSG_checkout_title;
	CRUMBS(w, web_text(w, MSG_checkout_title), { web_text(w, MSG_nav_products), "/products" },
	       { s->product_name, arena_printf(cx->a, "/products/%s", s->slug) });
	return web_show(w, tpl_buyer_checkout, json_checkout, &m);
}

/* The key of the order stands in the page's address: whoever comes back to it and sends it again means the same order (ORD-11). */
static enum rc keyed(struct cx *cx, struct web *w)
{
	return web_see(w, arena_printf(cx->a, "%s?%s&key=%s", w->req->path, w->req->query, token_new(arena_alloc(cx->a, TOKEN_SIZE))));
}

enum rc checkout_show(struct cx *cx, struct web *w)
{
	const struct checkout_in *in = w->in;
	struct order_choice c;
	struct order_quote q;

	if (!choice_read(cx, in->plan, in->duration, in->quantity, &in->options, &c))
		return RC_NOT_FOUND;
	coupon_read(in->coupon, &c);
	TRY(order_quote(cx, &c, &q));
	if (q.error && str_eq(q.error_field, "coupon")) {
		if (!w->errors.n)
			TRY(list_refuse(w, "coupon", msg_of(q.error)));
	} else if (q.error) {
		enum rc rc = w->errors.n ? RC_OK : list_refuse(w, q.error_field, msg_of(q.error));
		return rc == RC_OK ? product_page(cx, w, q.sale.slug, c.plan) : rc;
	}
	if (w->req->method == METHOD_GET) {
		if (!w->json && !in->key)
			return keyed(cx, w);
		w->page.key = in->key;
	}
	return show(cx, w, &c, &q, in->plan);
}

enum rc order_place_do(struct cx *cx, struct web *w)
{
	const struct order_place_form_in *in = w->in;
	struct order_item item = { .seen = in->seen, .product_agreement = (uint64_t)in->product_agreement };
	struct order_place_in ask = {
		.items = &item, .items_n = 1, .contact = in->contact, .memo = in->memo, .agreed = in->agree,
		.platform_agreement = (uint64_t)in->platform_agreement,
	};
	struct order_placed placed = { 0 };
	struct outcome out;

	if (!choice_read(cx, in->plan, in->duration, in->quantity, &in->options, &item.choice))
		return RC_NOT_FOUND;
	coupon_read(in->coupon ? in->coupon : "0", &item.choice);
	enum rc rc = order_place(cx, &ask, &placed, &out);
	if (rc == RC_KEY_REUSED && !w->json)	/* came back, changed something: with a new key it is another order */
		return web_refuse(w, NULL, MSG_checkout_placed_before);
	if (rc == RC_INVALID && placed.price_changed)
		return web_refuse(w, NULL, MSG_checkout_price_changed);
	if (rc == RC_INVALID && placed.error)
		return web_refuse(w, placed.error_field, msg_of(placed.error));
	TRY(rc);
	return web_done(w, &out);
}
