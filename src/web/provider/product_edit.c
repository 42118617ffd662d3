/* The editor of a draft, section by section; its plans and their options have pages of their own (product_plan.c): CAT-9. */
#include <inttypes.h>

#include "app/product_probe.h"
#include "base/str.h"
#include "web/category.h"
#include "web/changes.h"
#include "web/provider/product.h"

FORM(editing_form, struct editing_in,
	INT(struct editing_in, version, .min = 1),
	INT(struct editing_in, saves),
	TEXT(struct editing_in, add, .max = INPUT_NAME_MAX, .optional = true),
	TEXT(struct editing_in, drop, .max = INPUT_NAME_MAX, .optional = true))

struct section {
	const char *name;
	enum msg title, lead;
	const char *fields[8];
};
static const struct section sections[] = {
	{ "basic", MSG_product_edit_basic, MSG_product_edit_basic_lead, { "name", "summary", "category", "delivery" } },
	{ "text", MSG_product_edit_text, MSG_product_edit_text_lead, { "description", "guide" } },
	{ "pictures", MSG_product_doc_pictures, MSG_product_edit_pictures_lead, { NULL } },
	{ "plans", MSG_product_edit_plans, MSG_product_edit_plans_lead, { NULL } },
	{ "service", MSG_product_edit_service, MSG_product_edit_service_lead, { "after_sales", "support_phone", "support_email", "agreement" } },
	{ "api", MSG_product_edit_api, MSG_product_edit_api_lead, { NULL } },
	{ "webhook", MSG_product_edit_webhook, MSG_product_edit_webhook_lead, { "dialect", "webhook_url" } },
};
enum { SECTIONS = sizeof sections / sizeof *sections };

static const struct { const char *field; enum msg hint; } hints[] = {
	{ "summary", MSG_product_edit_summary_hint }, { "webhook_url", MSG_product_edit_url_hint }, { "support_phone", MSG_product_edit_phone_hint },
};

static const struct section *section_named(const char *name)
{
	for (size_t i = 0; i < SECTIONS; i++)
		if (str_eq(sections[i].name, name))
			return &sections[i];
	return NULL;
}

const struct view_tabs *editing_tabs(struct cx *cx, struct web *w, const struct editing *e, const char *current)
{
	struct view_tab *t = ARENA_ARRAY(cx->a, struct view_tab, SECTIONS);
	struct view_tabs *m = ARENA_NEW(cx->a, struct view_tabs);

	for (size_t i = 0; i < SECTIONS; i++)
		t[i] = (struct view_tab){
			.label = web_text(w, sections[i].title), .href = editing_href(cx, e, arena_printf(cx->a, "/edit/%s", sections[i].name)),
			.current = str_eq(sections[i].name, current),
		};
	*m = (struct view_tabs){ web_text(w, MSG_product_edit_tabs), t, SECTIONS };
	return m;
}

static enum rc finish_fields(struct cx *cx, struct web *w, struct view_field *f, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (str_eq(f[i].name, "category"))
			TRY(category_select(cx, MSG_product_new_choose, &f[i]));
		for (size_t k = 0; k < sizeof hints / sizeof *hints; k++)
			if (str_eq(f[i].name, hints[k].field))
				f[i].hint = web_text(w, hints[k].hint);
	}
	return RC_OK;
}

/* 3 个价格 · 起 ¥59.00: what a plan is, in a line. */
static const char *plan_line(struct cx *cx, const struct doc_plan *p)
{
	const struct doc_field *mode = doc_find(doc_plan(), "billing_mode");
	const char *text = doc_words(cx, mode, p), *prices = doc_words(cx, doc_find(doc_plan(), "prices"), p);

	if (*prices)
		text = arena_printf(cx->a, "%s · %s", text, prices);
	for (size_t i = 0; i < p->options_n; i++)
		text = arena_printf(cx->a, "%s · %s", text, p->options[i].name);
	return text;
}

static void add_plans(struct cx *cx, struct web *w, const struct editing *e, struct view_product_edit *m)
{
	struct view_edit_part *to = ARENA_ARRAY(cx->a, struct view_edit_part, e->doc.plans_n);

	for (size_t i = 0; i < e->doc.plans_n; i++) {
		const struct doc_plan *p = &e->doc.plans[i];
		const char *href = editing_href(cx, e, arena_printf(cx->a, "/plans/%" PRIu64, p->id));
		to[i] = (struct view_edit_part){
			.title = p->name, .sub = plan_line(cx, p), .href = href, .tag = p->on_sale ? NULL : web_text(w, MSG_product_edit_off_sale),
			.up = i ? arena_printf(cx->a, "%s/up", href) : NULL,
		};
	}
	m->parts = to;
	m->parts_n = e->doc.plans_n;
	m->parts_title = web_text(w, MSG_product_edit_plans);
	m->parts_empty = web_text(w, MSG_product_edit_plans_empty);
	m->add_href = editing_href(cx, e, "/plans/new");
	m->add_label = web_text(w, MSG_product_edit_plan_add);
}

static enum rc add_probe(struct cx *cx, const struct editing *e, struct view_product_edit *m)
{
	struct q_product_probe_show *p;

	m->may_probe = e->row.secret && e->doc.dialect && *e->doc.webhook_url;
	TRY(product_probe_of(cx, e->id, &e->doc, &p));
	if (!p)
		return RC_OK;
	m->probe = p->state;
	m->probe_answer = p->answer;
	m->probed_at = p->checked_at;
	m->probe_tone = p->state == PROBE_PASSED ? "ok" : p->state == PROBE_FAILED ? "bad" : "info";
	return RC_OK;
}

bool editing_closed(const struct web *w, const struct editing *e) { return e->row.edit_state != VERSION_DRAFT && w->req->method != METHOD_POST; }

void editing_begin(struct cx *cx, const struct editing *e, const char *action, const char *back, struct view_product_edit *m)
{
	*m = (struct view_product_edit){
		.id = e->id_text, .version = e->row.edit_version, .saves = e->row.saves, .action = editing_href(cx, e, action), .back = editing_href(cx, e, back),
	};
}

static enum rc section_page(struct cx *cx, struct web *w, const struct section *s)
{
	struct editing e;
	struct view_product_edit m;
	size_t n;

	TRY(editing_open(cx, w, &e));
	if (editing_closed(w, &e))
		return web_see(w, editing_href(cx, &e, ""));
	editing_begin(cx, &e, arena_printf(cx->a, "/edit/%s", s->name), "", &m);
	m.tabs = editing_tabs(cx, w, &e, s->name);
	m.heading = web_text(w, s->title);
	m.lead = web_text(w, s->lead);
	if (*s->fields) {
		const struct view_field *fields = doc_form_fields(w, &(struct doc_form){ doc_product(), &e.doc, "", s->fields }, &n);
		m.fields = fields;
		m.fields_n = n;
		TRY(finish_fields(cx, w, (struct view_field *)(uintptr_t)fields, n));
	} else {
		m.action = NULL;
	}
	if (str_eq(s->name, "plans"))
		add_plans(cx, w, &e, &m);
	if (str_eq(s->name, "pictures"))
		TRY(editing_add_pictures(cx, w, &e, &m));
	if (str_eq(s->name, "api"))
		editing_add_calls(cx, w, &e, &m);
	if (str_eq(s->name, "webhook")) {
		m.signs = true;
		m.has_secret = e.row.secret;
		TRY(add_probe(cx, &e, &m));
	}
	w->page.title = s->title;
	w->page.name = e.row.name;
	editing_crumbs(cx, w, &e, m.heading);
	return web_show(w, tpl_provider_product_edit, json_product_edit, &m);
}

enum rc product_edit(struct cx *cx, struct web *w)
{
	const struct section *s = section_named(web_param(w, "section"));

	return s ? section_page(cx, w, s) : RC_NOT_FOUND;
}

enum rc product_save_do(struct cx *cx, struct web *w)
{
	const struct section *s = section_named(web_param(w, "section"));
	struct editing e;

	if (!s || !*s->fields)
		return RC_NOT_FOUND;
	TRY(editing_open(cx, w, &e));
	struct doc_form f = { doc_product(), &e.doc, "", s->fields };
	doc_form_take(w, &f);
	size_t next = (size_t)(s - sections) + 1;
	return editing_save(cx, w, &e, &f, editing_href(cx, &e, arena_printf(cx->a, "/edit/%s", next < SECTIONS ? sections[next].name : s->name)));
}

enum rc product_probe_do(struct cx *cx, struct web *w)
{
	struct outcome out;

	if (!str_eq(web_param(w, "section"), "webhook"))
		return RC_NOT_FOUND;
	TRY(product_probe_ask(cx, web_param_id(w, "id"), &out));
	return web_done(w, &out);
}
