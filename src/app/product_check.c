/* What is wrong with a document: the limits of its rows, and what one field says about another (CAT-3). */

#include "app/product_doc.h"
#include "base/str.h"

struct check {
	struct arena *a;
	struct doc_problems *out;
};

static void add(struct check *c, bool missing, const char *wrong, int64_t limit, const char *at)
{
	struct doc_problems *p = c->out;

	if (p->n < DOC_PROBLEMS_MAX)
		p->p[p->n++] = (struct doc_problem){ at, wrong, limit, missing };
}

#define AT(...) arena_printf(c->a, __VA_ARGS__)
#define WRONG(wrong, ...) add(c, false, wrong, 0, AT(__VA_ARGS__))
#define MISSING(wrong, ...) add(c, true, wrong, 0, AT(__VA_ARGS__))

#define CODE_SET "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-."
#define PHONE_SET "0123456789+-() "
#define DOMAIN_SET "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-"

static bool email_good(const char *s)
{
	const char *at = strchr(s, '@'), *dot = at ? strchr(at, '.') : NULL;

	return at && at != s && dot && dot > at + 1 && dot[1] && str_all(at + 1, DOMAIN_SET) && !strpbrk(s, " \t,;<>\"'()");
}

static bool url_good(const char *s, bool http)
{
	const char *host = str_prefix(s, "https://") ? s + 8 : http && str_prefix(s, "http://") ? s + 7 : "";

	return *host && *host != '/' && !strpbrk(host, " \t#@\\\"'<>");
}

static const char *text_wrong(const struct check *c, const struct doc_field *f, const char *s)
{
	switch (f->type) {
	case DOC_CODE:  return str_all(s, CODE_SET) ? NULL : "product_doc.code_wrong";
	case DOC_PHONE: return str_all(s, PHONE_SET) && strlen(s) >= 5 ? NULL : "product_doc.phone_wrong";
	case DOC_EMAIL: return email_good(s) ? NULL : "product_doc.email_wrong";
	case DOC_URL:   return url_good(s, c->out->http) ? NULL : "product_doc.url_wrong";
	default:        return NULL;
	}
}

static void check_text(struct check *c, const struct doc_field *f, const char *s, const char *at, bool draft)
{
	int64_t chars = (int64_t)str_chars(s);
	const char *wrong = chars ? text_wrong(c, f, s) : NULL;

	if (chars < f->least)
		add(c, draft, "field.required", 0, at);
	else if (chars > f->most)
		add(c, false, "field.too_long", f->most, at);
	else if (wrong)
		add(c, false, wrong, 0, at);
}

static void check_number(struct check *c, const struct doc_field *f, int64_t v, const char *at, bool draft)
{
	bool money = f->type == DOC_MONEY;

	if (f->type == DOC_ENUM && v < f->least)
		add(c, draft, "field.required", 0, at);
	else if (v < f->least)
		add(c, false, money ? "field.amount_small" : "field.too_small", f->least, at);
	else if (v > f->most)
		add(c, false, money ? "field.amount_big" : "field.too_big", f->most, at);
}

static bool same_row(const struct doc_record *r, const char *x, const char *y)
{
	for (size_t i = 0; i < r->keys; i++) {
		const struct doc_field *f = &r->fields[i];
		if (doc_is_text(f) ? !str_eq(doc_text(f, x), doc_text(f, y)) : doc_number(f, x) != doc_number(f, y))
			return false;
	}
	return true;
}

static void check_record(struct check *c, const struct doc_record *r, const void *row, const char *prefix);

static void check_list(struct check *c, const struct doc_field *f, const void *row, const char *at)
{
	const struct doc_record *of = f->of();
	size_t n;
	const char *rows = doc_rows(f, row, &n);

	if (n > (size_t)f->most)
		add(c, false, "field.too_many", f->most, at);
	for (size_t i = 0; i < n; i++) {
		const char *x = rows + i * of->size;
		check_record(c, of, x, AT("%s.%zu.", at, i));
		for (size_t k = 0; k < i; k++)
			if (same_row(of, x, rows + k * of->size)) {
				WRONG("product_doc.twice", "%s.%zu.%s", at, i, of->fields[of->keys - 1].name);
				break;
			}
	}
}

/* What the product's own fields lack can wait; a row that is begun is whole. */
static void check_record(struct check *c, const struct doc_record *r, const void *row, const char *prefix)
{
	bool draft = r == doc_product();

	for (const struct doc_field *f = r->fields; f < r->fields + r->n; f++) {
		const char *at = AT("%s%s", prefix, f->name);
		if (f->type == DOC_LIST)
			check_list(c, f, row, at);
		else if (doc_is_text(f))
			check_text(c, f, doc_text(f, row), at, draft);
		else
			check_number(c, f, doc_number(f, row), at, draft);
	}
}

/* ---- rules over several fields ---- */

static void check_quantity(struct check *c, const struct doc_plan *p, size_t i)
{
	if (p->quantity_min > p->quantity_max)
		WRONG("product_doc.min_above_max", "plans.%zu.quantity_max", i);
	else if (p->quantity_step > 0 && (p->quantity_max - p->quantity_min) % p->quantity_step)
		WRONG("product_doc.step_misses_max", "plans.%zu.quantity_step", i);
}

static void check_tiers(struct check *c, const struct doc_plan *p, size_t i)
{
	if (p->billing_mode != BILLING_PAY_PER_USE)
		return;
	if (!*p->usage_name)
		MISSING("product_doc.usage_missing", "plans.%zu.usage_name", i);
	if (!p->tiers_n)
		MISSING("product_doc.tier_missing", "plans.%zu.tiers", i);
	else if (p->tiers[0].above)
		WRONG("product_doc.tier_first", "plans.%zu.tiers.0.above", i);
	for (size_t k = 1; k < p->tiers_n; k++)
		if (p->tiers[k].above && p->tiers[k].above < p->tiers[k - 1].above)
			WRONG("product_doc.tier_order", "plans.%zu.tiers.%zu.above", i, k);
}

static void check_prices(struct check *c, const struct doc_plan *p, size_t i)
{
	bool metered = p->billing_mode == BILLING_PAY_PER_USE, timed = p->billing_mode == BILLING_YEARLY_MONTHLY || p->billing_mode == BILLING_PACKAGE;

	if (!p->prices_n && (timed || p->billing_mode == BILLING_ONE_OFF))
		MISSING("product_doc.price_missing", "plans.%zu.prices", i);
	if (metered && p->prices_n)
		WRONG("product_doc.price_metered", "plans.%zu.prices", i);
	if (p->billing_mode == BILLING_ONE_OFF && p->prices_n > 1)
		WRONG("product_doc.price_once", "plans.%zu.prices", i);
	for (size_t k = 0; k < p->prices_n; k++) {
		const struct doc_price *r = &p->prices[k];
		if (p->billing_mode == BILLING_FREE && r->price.fen)
			WRONG("product_doc.price_free", "plans.%zu.prices.%zu.price", i, k);
		if (p->trial && r->unit && r->unit != UNIT_DAY)
			WRONG("product_doc.trial_days", "plans.%zu.prices.%zu.unit", i, k);
		if (timed && r->unit && r->unit < UNIT_DAY)
			WRONG("product_doc.unit_short", "plans.%zu.prices.%zu.unit", i, k);
	}
}

static void check_options(struct check *c, const struct doc_plan *p, size_t i)
{
	for (size_t k = 0; k < p->options_n; k++)
		if (!p->options[k].choices_n)
			MISSING("product_doc.choice_missing", "plans.%zu.options.%zu.choices", i, k);
	for (size_t k = 0; k < p->parts_n; k++) {
		bool known = !*p->parts[k].option_code;
		for (size_t o = 0; o < p->options_n; o++)
			known |= str_eq(p->parts[k].option_code, p->options[o].code);
		if (!known)
			WRONG("product_doc.part_option", "plans.%zu.parts.%zu.option_code", i, k);
	}
}

static void check_plan(struct check *c, const struct doc_product *d, size_t i)
{
	const struct doc_plan *p = &d->plans[i];

	for (size_t k = 0; k < i; k++)
		if (*p->name && str_eq(p->name, d->plans[k].name))
			WRONG("product_doc.name_twice", "plans.%zu.name", i);
	if (p->trial && p->billing_mode != BILLING_FREE)
		WRONG("product_doc.trial_free", "plans.%zu.trial", i);
	if (p->trial && !p->prices_n)
		MISSING("product_doc.trial_days", "plans.%zu.prices", i);
	if (p->billing_mode == BILLING_PACKAGE && !*p->usage_name)
		MISSING("product_doc.usage_missing", "plans.%zu.usage_name", i);
	if (p->billing_mode == BILLING_PACKAGE && !p->package_units)
		MISSING("product_doc.package_missing", "plans.%zu.package_units", i);
	check_quantity(c, p, i);
	check_tiers(c, p, i);
	check_prices(c, p, i);
	check_options(c, p, i);
}

void doc_check(struct arena *a, const struct doc_product *d, struct doc_problems *out)
{
	struct check *c = &(struct check){ a, out };
	bool selling = false;

	out->n = 0;
	check_record(c, doc_product(), d, "");
	for (size_t i = 0; i < d->plans_n; i++) {
		check_plan(c, d, i);
		selling |= d->plans[i].on_sale;
	}
	if (!selling)
		MISSING("product_doc.plan_missing", "plans");
	if (d->delivery == DELIVERY_AUTOMATIC && !d->dialect)
		MISSING("product_doc.webhook_missing", "dialect");
	if (d->delivery == DELIVERY_AUTOMATIC && !*d->webhook_url)
		MISSING("product_doc.webhook_missing", "webhook_url");
}
