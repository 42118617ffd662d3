/* Filling in a coupon, new or a draft (ORD-14). */
#include <inttypes.h>

#include "app/coupon_edit.h"
#include "base/money.h"
#include "base/str.h"
#include "q_coupon.h"
#include "view/coupon.h"
#include "web/list.h"

struct coupon_edit_in {
	const char *name;
	enum coupon_kind kind;
	int64_t percent;
	struct money amount, minimum;
	enum coupon_scope scope;
	struct ids products;
	enum coupon_use used_for;
	struct date claim_from, claim_to;
	enum coupon_life life;
	struct date valid_from, valid_to;
	int64_t valid_days, total, per_buyer;
};
FORM(coupon_edit_form, struct coupon_edit_in,
	TEXT(struct coupon_edit_in, name, .max = COUPON_NAME_MAX),
	ENUM(struct coupon_edit_in, kind, coupon_kind),
	INT(struct coupon_edit_in, percent, .max = COUPON_PERCENT_MAX, .optional = true),
	MONEY(struct coupon_edit_in, amount, .optional = true),
	MONEY(struct coupon_edit_in, minimum, .optional = true),
	ENUM(struct coupon_edit_in, scope, coupon_scope),
	IDS(struct coupon_edit_in, products, .max = COUPON_PRODUCTS_MAX),
	ENUM(struct coupon_edit_in, used_for, coupon_use),
	DATE(struct coupon_edit_in, claim_from),
	DATE(struct coupon_edit_in, claim_to),
	ENUM(struct coupon_edit_in, life, coupon_life),
	DATE(struct coupon_edit_in, valid_from, .optional = true),
	DATE(struct coupon_edit_in, valid_to, .optional = true),
	INT(struct coupon_edit_in, valid_days, .max = COUPON_DAYS_MAX, .optional = true),
	INT(struct coupon_edit_in, total, .min = 1, .max = COUPON_TOTAL_MAX),
	INT(struct coupon_edit_in, per_buyer, .min = 1, .max = COUPON_PER_BUYER_MAX))

/* What a field holds before it is typed in. */
static const char *number(struct cx *cx, uint64_t n) { return n ? arena_printf(cx->a, "%" PRIu64, n) : NULL; }
static const char *amount(struct cx *cx, struct money m)
{
	char text[MONEY_TEXT];

	return m.fen ? arena_strdup(cx->a, money_text(m, false, text)) : NULL;
}
static const char *day(struct cx *cx, struct instant t)
{
	char text[TIME_TEXT];

	return t.us ? arena_strdup(cx->a, date_text(date_of(t), text)) : NULL;
}

static const struct view_field *field(struct web *w, const char *name, enum msg label, const char *value, enum msg hint,
		bool required)
{
	struct view_field f = web_field(w, &coupon_edit_form, name, label, value);

	f.hint = hint ? web_text(w, hint) : NULL;
	f.required = required;
	return web_keep(w, f);
}

static const struct view_field *radio(struct web *w, const char *name, enum msg label, const uint16_t *labels,
		int value)
{
	return web_keep(w, web_enum(w, &coupon_edit_form, name, label, FIELD_RADIO, labels, value));
}

/* The provider's products, ticked as they were sent, else as they are kept. */
static enum rc products(struct cx *cx, const struct web *w, uint64_t coupon, struct view_coupon_edit *m)
{
	struct q_coupon_own_products *rows;

	TRY(q_coupon_own_products(cx->db, cx->a, &(struct q_coupon_own_products_in){ cx->actor.org, coupon,
		COUPON_PRODUCTS_MAX }, &rows, &m->products_n));
	struct view_field_option *o = ARENA_ARRAY(cx->a, struct view_field_option, m->products_n);
	for (size_t i = 0; i < m->products_n; i++) {
		o[i] = (struct view_field_option){ .value = number(cx, rows[i].id), .label = rows[i].name,
			.chosen = rows[i].chosen && !w->input.n };
		for (size_t k = 0; k < w->input.n; k++)
			o[i].chosen |= str_eq(w->input.f[k].name, "products") &&
				str_eq(w->input.f[k].value, o[i].value);
	}
	m->products = o;
	for (size_t i = 0; i < w->errors.n; i++)
		if (w->errors.e[i].field && str_eq(w->errors.e[i].field, "products"))
			m->products_error = web_text(w, w->errors.e[i].msg);
	return RC_OK;
}

static enum rc show(struct cx *cx, struct web *w, const struct q_coupon_own *c, const char *cancel)
{
	bool fixed = !c->valid_days;
	struct view_coupon_edit m = {
		.name = field(w, "name", MSG_coupon_edit_name, c->name, MSG_coupon_edit_name_hint, true),
		.kind = radio(w, "kind", MSG_coupon_list_kind, coupon_kind_msg, (int)c->kind),
		.percent = field(w, "percent", MSG_coupon_edit_percent, number(cx, c->percent),
			MSG_coupon_edit_percent_hint, false),
		.amount = field(w, "amount", MSG_coupon_edit_amount, amount(cx, c->amount), MSG_coupon_edit_amount_hint,
			false),
		.minimum = field(w, "minimum", MSG_coupon_edit_minimum, amount(cx, c->minimum),
			MSG_coupon_edit_minimum_hint, false),
		.scope = radio(w, "scope", MSG_coupon_list_scope, coupon_scope_msg, (int)c->scope),
		.used_for = radio(w, "used_for", MSG_coupon_edit_used_for, coupon_use_msg, (int)c->used_for),
		.claim_from = field(w, "claim_from", MSG_coupon_edit_claim_from, day(cx, c->claim_from), MSG_NONE,
			true),
		.claim_to = field(w, "claim_to", MSG_coupon_edit_claim_to, day(cx, c->claim_to),
			MSG_coupon_edit_last_day, true),
		.life = radio(w, "life", MSG_coupon_edit_life, coupon_life_msg,
			fixed ? COUPON_FIXED : COUPON_AFTER_CLAIM),
		.valid_from = field(w, "valid_from", MSG_coupon_edit_valid_from, day(cx, c->valid_from),
			MSG_coupon_edit_if_fixed, false),
		.valid_to = field(w, "valid_to", MSG_coupon_edit_valid_to, day(cx, c->valid_to),
			MSG_coupon_edit_last_day, false),
		.valid_days = field(w, "valid_days", MSG_coupon_edit_valid_days, number(cx, c->valid_days),
			MSG_coupon_edit_if_days, false),
		.total = field(w, "total", MSG_coupon_edit_total, number(cx, c->total), MSG_NONE, true),
		.per_buyer = field(w, "per_buyer", MSG_coupon_edit_per_buyer, number(cx, c->per_buyer), MSG_NONE, true),
		.cancel = cancel,
	};

	TRY(products(cx, w, c->id, &m));
	w->page.title = c->id ? MSG_coupon_edit_title : MSG_coupon_own_new;
	CRUMBS(w, web_text(w, w->page.title), { web_text(w, MSG_nav_provider), "/provider" },
		{ web_text(w, MSG_coupon_own_title), "/provider/coupons" });
	return web_show(w, tpl_provider_coupon_edit, json_coupon_edit, &m);
}

enum rc coupon_new(struct cx *cx, struct web *w)
{
	struct q_coupon_own blank = { .kind = COUPON_PERCENT, .scope = COUPON_OF_PROVIDER, .used_for = COUPON_FOR_BOTH,
		.claim_from = cx->now, .per_buyer = 1 };

	return show(cx, w, &blank, "/provider/coupons");
}

enum rc coupon_edit(struct cx *cx, struct web *w)
{
	struct q_coupon_own own;

	TRY(q_coupon_own(cx->db, cx->a, &(struct q_coupon_own_in){ cx->actor.org, web_param_id(w, "id") }, &own));
	if (own.state != COUPON_DRAFT)
		return RC_CONFLICT;
	return show(cx, w, &own, arena_printf(cx->a, "/provider/coupons/%" PRIu64, own.id));
}

static enum rc save(struct cx *cx, struct web *w, uint64_t id)
{
	const struct coupon_edit_in *in = w->in;
	const struct coupon_terms t = {
		.name = in->name, .kind = in->kind, .scope = in->scope, .used_for = in->used_for, .life = in->life,
		.percent = in->percent, .valid_days = in->valid_days, .total = in->total, .per_buyer = in->per_buyer,
		.amount = in->amount, .minimum = in->minimum, .products = in->products.v, .products_n = in->products.n,
		.claim_from = in->claim_from, .claim_to = in->claim_to, .valid_from = in->valid_from,
		.valid_to = in->valid_to,
	};
	struct coupon_wrongs wrongs;
	struct outcome out;
	enum rc rc = coupon_save(cx, id, &t, &wrongs, &out);

	if (rc == RC_INVALID)
		for (size_t i = 0; i < wrongs.n; i++)
			form_refuse(&w->errors, wrongs.at[i].field, msg_of(wrongs.at[i].error), 0);
	TRY(rc);
	return web_done(w, &out);
}

enum rc coupon_new_do(struct cx *cx, struct web *w) { return save(cx, w, 0); }
enum rc coupon_edit_do(struct cx *cx, struct web *w)
{
	uint64_t id = web_param_id(w, "id");

	return id ? save(cx, w, id) : RC_NOT_FOUND;
}
