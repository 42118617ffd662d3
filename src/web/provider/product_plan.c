/* A plan of the draft with its prices, tiers and parts; an option of it with its choices: CAT-3. */
#include <inttypes.h>

#include "base/id.h"
#include "base/str.h"
#include "web/provider/product.h"

static const char *const plan_fields[] = {
	"name", "summary", "billing_mode", "unit", "quantity_min", "quantity_max", "quantity_step", "limited", "stock", "trial", "usage_name", "package_units",
	"begin_later", "separate", "server", "review", "on_sale", "prices", "tiers", "parts", NULL,
};
static const char *const option_fields[] = { "code", "name", "choices", NULL };

/* ---- which plan, which option ---- */

/* The plan that the address names; "new": one more, as plans usually are. */
static struct doc_plan *plan_of(struct cx *cx, struct web *w, struct editing *e)
{
	struct doc_product *d = &e->doc;
	bool new = str_eq(web_param(w, "plan"), "new");
	struct doc_plan *plans = ARENA_ARRAY(cx->a, struct doc_plan, d->plans_n + 1), *p = NULL;
	uint64_t id = web_param_id(w, "plan");

	memcpy(plans, d->plans, d->plans_n * sizeof *plans);
	if (new) {
		p = &plans[d->plans_n++];
		doc_blank(doc_plan(), p);
		p->id = id_new(cx->now);
		p->quantity_min = p->quantity_max = p->quantity_step = 1;
		p->billing_mode = BILLING_YEARLY_MONTHLY;
		p->on_sale = true;
	}
	d->plans = plans;
	for (size_t i = 0; i < d->plans_n && !p; i++)
		if (plans[i].id == id)
			p = &plans[i];
	return p;
}

static struct doc_option *option_of(struct cx *cx, struct web *w, struct doc_plan *p)
{
	bool new = str_eq(web_param(w, "option"), "new");
	struct doc_option *options = ARENA_ARRAY(cx->a, struct doc_option, p->options_n + 1);

	memcpy(options, p->options, p->options_n * sizeof *options);
	p->options = options;
	if (new) {
		doc_blank(doc_option(), &options[p->options_n]);
		return &options[p->options_n++];
	}
	for (size_t i = 0; i < p->options_n; i++)
		if (str_eq(options[i].code, web_param(w, "option")))
			return &options[i];
	return NULL;
}

static const char *plan_below(struct cx *cx, const struct web *w) { return arena_printf(cx->a, "/plans/%s", web_param(w, "plan")); }

static struct doc_form plan_form(struct cx *cx, const struct editing *e, struct doc_plan *p)
{
	return (struct doc_form){ doc_plan(), p, arena_printf(cx->a, "plans.%zu.", (size_t)(p - e->doc.plans)), plan_fields };
}

static struct doc_form option_form(struct cx *cx, const struct editing *e, const struct doc_plan *p, struct doc_option *o)
{
	return (struct doc_form){ doc_option(), o, arena_printf(cx->a, "plans.%zu.options.%zu.", (size_t)(p - e->doc.plans), (size_t)(o - p->options)), option_fields };
}

/* ---- pages ---- */

static void add_options(struct cx *cx, struct web *w, const struct editing *e, const struct doc_plan *p, struct view_product_edit *m)
{
	struct view_edit_part *to = ARENA_ARRAY(cx->a, struct view_edit_part, p->options_n);
	const char *below = arena_printf(cx->a, "/plans/%" PRIu64 "/options", p->id);

	for (size_t i = 0; i < p->options_n; i++) {
		const struct doc_option *o = &p->options[i];
		const char *names = "";
		for (size_t k = 0; k < o->choices_n; k++)
			names = arena_printf(cx->a, "%s%s%s", names, k ? " · " : "", o->choices[k].name);
		to[i] = (struct view_edit_part){ .title = o->name, .sub = names, .href = editing_href(cx, e, arena_printf(cx->a, "%s/%s", below, o->code)), .tag = o->code };
	}
	m->parts = to;
	m->parts_n = p->options_n;
	m->parts_title = web_text(w, MSG_product_doc_options);
	m->parts_empty = web_text(w, MSG_product_edit_options_empty);
	m->add_href = editing_href(cx, e, arena_printf(cx->a, "%s/new", below));
	m->add_label = web_text(w, MSG_product_edit_option_add);
}

static void add_list_hints(struct web *w, struct view_edit_list *l, size_t n)
{
	static const struct { const char *list; enum msg hint; } hints[] = {
		{ "prices", MSG_product_edit_prices_hint }, { "tiers", MSG_product_edit_tiers_hint }, { "parts", MSG_product_edit_parts_hint },
		{ "choices", MSG_product_edit_choices_hint },
	};

	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < sizeof hints / sizeof *hints; k++)
			if (str_eq(l[i].name, hints[k].list))
				l[i].hint = web_text(w, hints[k].hint);
}

static enum rc show(struct cx *cx, struct web *w, const struct editing *e, const struct doc_form *f, struct view_product_edit *m)
{
	const struct view_edit_list *lists = doc_form_lists(w, f, &m->lists_n);

	m->fields = doc_form_fields(w, f, &m->fields_n);
	add_list_hints(w, (struct view_edit_list *)(uintptr_t)lists, m->lists_n);
	m->lists = lists;
	m->tabs = editing_tabs(cx, w, e, "plans");
	w->page.title = MSG_product_edit_plans;
	w->page.name = m->heading;
	return web_show(w, tpl_provider_product_edit, json_product_edit, m);
}

enum rc plan_edit(struct cx *cx, struct web *w)
{
	struct editing e;
	struct view_product_edit m;

	TRY(editing_open(cx, w, &e));
	if (editing_closed(w, &e))
		return web_see(w, editing_href(cx, &e, ""));
	struct doc_plan *p = plan_of(cx, w, &e);
	if (!p)
		return RC_NOT_FOUND;
	struct doc_form f = plan_form(cx, &e, p);
	bool new = str_eq(web_param(w, "plan"), "new");
	editing_begin(cx, &e, plan_below(cx, w), "/edit/plans", &m);
	m.heading = new ? web_text(w, MSG_product_edit_plan_add) : p->name;
	m.lead = web_text(w, MSG_product_edit_plan_lead);
	if (!new) {
		add_options(cx, w, &e, p, &m);
		m.drop_href = editing_href(cx, &e, arena_printf(cx->a, "%s/remove", plan_below(cx, w)));
		m.drop_label = web_text(w, MSG_product_edit_plan_drop);
	}
	CRUMBS(w, m.heading, { web_text(w, MSG_portal_products_title), "/provider/products" }, { e.row.name, editing_href(cx, &e, "") },
	       { web_text(w, MSG_product_edit_plans), m.back });
	return show(cx, w, &e, &f, &m);
}

enum rc plan_save_do(struct cx *cx, struct web *w)
{
	struct editing e;

	TRY(editing_open(cx, w, &e));
	struct doc_plan *p = plan_of(cx, w, &e);
	if (!p)
		return RC_NOT_FOUND;
	struct doc_form f = plan_form(cx, &e, p);
	doc_form_take(w, &f);
	return editing_save(cx, w, &e, &f, editing_href(cx, &e, arena_printf(cx->a, "/plans/%" PRIu64, p->id)));
}

/* Nothing is typed: what is saved is the document without it, or with it in another place. */
static enum rc save_plans(struct cx *cx, struct web *w, struct editing *e)
{
	static const char *const fields[] = { "plans", NULL };

	return editing_save(cx, w, e, &(struct doc_form){ doc_product(), &e->doc, "", fields }, editing_href(cx, e, "/edit/plans"));
}

enum rc plan_remove_do(struct cx *cx, struct web *w)
{
	struct editing e;

	TRY(editing_open(cx, w, &e));
	struct doc_plan *p = plan_of(cx, w, &e);
	if (!p)
		return RC_NOT_FOUND;
	memmove(p, p + 1, (size_t)(e.doc.plans + e.doc.plans_n - p - 1) * sizeof *p);
	e.doc.plans_n--;
	return save_plans(cx, w, &e);
}

enum rc plan_up_do(struct cx *cx, struct web *w)
{
	struct editing e;

	TRY(editing_open(cx, w, &e));
	struct doc_plan *p = plan_of(cx, w, &e);
	if (!p)
		return RC_NOT_FOUND;
	if (p > e.doc.plans) {
		struct doc_plan above = p[-1];
		p[-1] = *p;
		*p = above;
	}
	return save_plans(cx, w, &e);
}

enum rc option_edit(struct cx *cx, struct web *w)
{
	struct editing e;
	struct view_product_edit m;

	TRY(editing_open(cx, w, &e));
	if (editing_closed(w, &e))
		return web_see(w, editing_href(cx, &e, ""));
	struct doc_plan *p = plan_of(cx, w, &e);
	struct doc_option *o = p ? option_of(cx, w, p) : NULL;
	if (!o)
		return RC_NOT_FOUND;
	struct doc_form f = option_form(cx, &e, p, o);
	const char *below = arena_printf(cx->a, "%s/options/%s", plan_below(cx, w), web_param(w, "option"));
	editing_begin(cx, &e, below, plan_below(cx, w), &m);
	m.heading = *o->name ? o->name : web_text(w, MSG_product_edit_option_add);
	m.lead = web_text(w, MSG_product_edit_option_lead);
	if (*o->code) {
		m.drop_href = editing_href(cx, &e, arena_printf(cx->a, "%s/remove", below));
		m.drop_label = web_text(w, MSG_product_edit_option_drop);
	}
	CRUMBS(w, m.heading, { e.row.name, editing_href(cx, &e, "") }, { web_text(w, MSG_product_edit_plans), editing_href(cx, &e, "/edit/plans") }, { p->name, m.back });
	return show(cx, w, &e, &f, &m);
}

enum rc option_save_do(struct cx *cx, struct web *w)
{
	struct editing e;

	TRY(editing_open(cx, w, &e));
	struct doc_plan *p = plan_of(cx, w, &e);
	struct doc_option *o = p ? option_of(cx, w, p) : NULL;
	if (!o)
		return RC_NOT_FOUND;
	struct doc_form f = option_form(cx, &e, p, o);
	const struct editing_in *in = w->in;
	doc_form_take(w, &f);
	const char *below = in->add || in->drop ? arena_printf(cx->a, "/options/%s", o->code) : "";
	return editing_save(cx, w, &e, &f, editing_href(cx, &e, arena_printf(cx->a, "%s%s", plan_below(cx, w), below)));
}

enum rc option_remove_do(struct cx *cx, struct web *w)
{
	static const char *const fields[] = { "options", NULL };
	struct editing e;

	TRY(editing_open(cx, w, &e));
	struct doc_plan *p = plan_of(cx, w, &e);
	struct doc_option *o = p ? option_of(cx, w, p) : NULL;
	if (!o)
		return RC_NOT_FOUND;
	memmove(o, o + 1, (size_t)(p->options + p->options_n - o - 1) * sizeof *o);
	p->options_n--;
	struct doc_form f = { doc_plan(), p, arena_printf(cx->a, "plans.%zu.", (size_t)(p - e.doc.plans)), fields };
	return editing_save(cx, w, &e, &f, editing_href(cx, &e, plan_below(cx, w)));
}
