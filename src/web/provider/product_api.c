/* How an API product is called, in the editor: a page for each call: CAT-15. */
#include "base/str.h"
#include "web/provider/product.h"

static const char *const call_fields[] = { "name", "method", "address", "returns", "description", "parameters", "codes", "samples", NULL };

/* The call that the address names by its number from 1; "new": one more. */
static struct doc_call *call_of(struct cx *cx, struct web *w, struct editing *e)
{
	struct doc_product *d = &e->doc;
	uint64_t n = web_param_id(w, "call");
	struct doc_call *calls = ARENA_ARRAY(cx->a, struct doc_call, d->calls_n + 1);

	memcpy(calls, d->calls, d->calls_n * sizeof *calls);
	d->calls = calls;
	if (str_eq(web_param(w, "call"), "new")) {
		doc_blank(doc_call(), &calls[d->calls_n]);
		calls[d->calls_n].method = API_POST;
		calls[d->calls_n].returns = "JSON";
		n = ++d->calls_n;
	}
	return n && n <= d->calls_n ? &calls[n - 1] : NULL;
}

static struct doc_form call_form(struct cx *cx, const struct editing *e, struct doc_call *c)
{
	return (struct doc_form){ doc_call(), c, arena_printf(cx->a, "calls.%zu.", (size_t)(c - e->doc.calls)), call_fields };
}

static const char *href_of(struct cx *cx, const struct editing *e, const struct doc_call *c)
{
	return editing_href(cx, e, arena_printf(cx->a, "/calls/%zu", (size_t)(c - e->doc.calls) + 1));
}

void editing_add_calls(struct cx *cx, struct web *w, const struct editing *e, struct view_product_edit *m)
{
	struct view_edit_part *to = ARENA_ARRAY(cx->a, struct view_edit_part, e->doc.calls_n);

	for (size_t i = 0; i < e->doc.calls_n; i++)
		to[i] = (struct view_edit_part){
			.title = e->doc.calls[i].name, .sub = e->doc.calls[i].address, .href = href_of(cx, e, &e->doc.calls[i]),
			.tag = e->doc.calls[i].method ? web_text(w, (enum msg)api_method_msg[e->doc.calls[i].method]) : NULL,
		};
	m->parts = to;
	m->parts_n = e->doc.calls_n;
	m->parts_title = web_text(w, MSG_product_doc_calls);
	m->parts_empty = web_text(w, MSG_product_edit_api_empty);
	m->add_href = editing_href(cx, e, "/calls/new");
	m->add_label = web_text(w, MSG_product_edit_call_add);
}

enum rc call_edit(struct cx *cx, struct web *w)
{
	struct editing e;
	struct view_product_edit m;

	TRY(editing_open(cx, w, &e));
	if (editing_closed(w, &e))
		return web_see(w, editing_href(cx, &e, ""));
	struct doc_call *c = call_of(cx, w, &e);
	if (!c)
		return RC_NOT_FOUND;
	struct doc_form f = call_form(cx, &e, c);
	editing_begin(cx, &e, arena_printf(cx->a, "/calls/%s", web_param(w, "call")), "/edit/api", &m);
	m.heading = *c->name ? c->name : web_text(w, MSG_product_edit_call_add);
	m.lead = web_text(w, MSG_product_edit_call_lead);
	if (*c->name) {
		m.drop_href = arena_printf(cx->a, "%s/remove", m.action);
		m.drop_label = web_text(w, MSG_product_edit_call_drop);
	}
	m.fields = doc_form_fields(w, &f, &m.fields_n);
	m.lists = doc_form_lists(w, &f, &m.lists_n);
	m.tabs = editing_tabs(cx, w, &e, "api");
	w->page.title = MSG_product_edit_api;
	w->page.name = m.heading;
	CRUMBS(w, m.heading, { web_text(w, MSG_portal_products_title), "/provider/products" }, { e.row.name, editing_href(cx, &e, "") },
	       { web_text(w, MSG_product_edit_api), m.back });
	return web_show(w, tpl_provider_product_edit, json_product_edit, &m);
}

enum rc call_save_do(struct cx *cx, struct web *w)
{
	struct editing e;

	TRY(editing_open(cx, w, &e));
	struct doc_call *c = call_of(cx, w, &e);
	if (!c)
		return RC_NOT_FOUND;
	struct doc_form f = call_form(cx, &e, c);
	doc_form_take(w, &f);
	return editing_save(cx, w, &e, &f, href_of(cx, &e, c));
}

enum rc call_remove_do(struct cx *cx, struct web *w)
{
	static const char *const fields[] = { "calls", NULL };
	struct editing e;

	TRY(editing_open(cx, w, &e));
	struct doc_call *c = call_of(cx, w, &e);
	if (!c)
		return RC_NOT_FOUND;
	memmove(c, c + 1, (size_t)(e.doc.calls + e.doc.calls_n - c - 1) * sizeof *c);
	e.doc.calls_n--;
	return editing_save(cx, w, &e, &(struct doc_form){ doc_product(), &e.doc, "", fields }, editing_href(cx, &e, "/edit/api"));
}
