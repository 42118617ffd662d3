#include "web/list.h"

#include "base/str.h"

bool list_more(size_t *n, size_t limit)
{
	bool more = *n > limit;

	if (more)
		*n = limit;
	return more;
}

static void query_add(struct out *o, bool *first, const char *name, const char *value)
{
	if (!value || !*value)
		return;
	out_str(o, *first ? "?" : "&");
	out_str(o, name);
	out_lit(o, "=");
	out_url(o, value);
	*first = false;
}

const char *list_href_of(const struct web *w, const char *path, const char *name, const char *value)
{
	const struct form *f = w->found.route->form;
	struct out o = { 0 };
	bool first = true;

	out_str(&o, path);
	for (size_t i = 0; f && i < f->n; i++)
		if (!str_eq(f->fields[i].name, name) && !str_eq(f->fields[i].name, "after"))
			query_add(&o, &first, f->fields[i].name, input_text(&w->input, f->fields[i].name, TEXT_MAX));
	query_add(&o, &first, name, value);
	const char *href = arena_dup(w->cx->a, o.p, o.n);
	out_free(&o);
	return href;
}

const char *list_href(const struct web *w, const char *name, const char *value)
{
	return list_href_of(w, w->req->path, name, value);
}

/* What stands in the query besides the fields of `skip`, as hidden fields of a form. */
static const struct view_hidden *kept(const struct web *w, const struct view_field *skip, size_t skip_n,
		const char *also, size_t *n)
{
	const struct form *f = w->found.route->form;
	struct view_hidden *h = ARENA_ARRAY(w->cx->a, struct view_hidden, f ? f->n : 1);

	*n = 0;
	for (size_t i = 0; f && i < f->n; i++) {
		const char *name = f->fields[i].name, *value = input_text(&w->input, name, TEXT_MAX);
		bool shown = str_eq(name, "after") || str_eq(name, also);
		for (size_t k = 0; k < skip_n; k++)
			shown |= str_eq(skip[k].name, name);
		if (!shown && value && *value)
			h[(*n)++] = (struct view_hidden){ name, value };
	}
	return h;
}

const struct view_pager *list_pager_of(const struct web *w, size_t shown, int64_t total, const char *next)
{
	static const int64_t sizes[] = { 10, LIST_LIMIT, 50, LIST_LIMIT_MAX };
	enum { SIZES = sizeof sizes / sizeof *sizes };
	struct view_pager *p = ARENA_NEW(w->cx->a, struct view_pager);
	struct view_pager_size *s = ARENA_ARRAY(w->cx->a, struct view_pager_size, SIZES);
	const char *after = input_text(&w->input, "after", CURSOR_TEXT), *limit = input_text(&w->input, "limit", 3);
	int64_t asked = LIST_LIMIT;

	if (limit && *limit)
		str_i64(limit, &asked);
	for (size_t i = 0; i < SIZES; i++)
		s[i] = (struct view_pager_size){ .n = sizes[i], .current = sizes[i] == asked };
	*p = (struct view_pager){ .shown = (int64_t)shown, .total = total, .path = w->req->path, .sizes = s, .sizes_n = SIZES };
	p->filters = kept(w, NULL, 0, "limit", &p->filters_n);
	p->first_href = after && *after ? list_href(w, "after", NULL) : NULL;
	p->next_href = next ? list_href(w, "after", next) : NULL;
	return p;
}

struct view_tab list_tab(const struct web *w, const char *name, const char *value, const char *label, bool current)
{
	return (struct view_tab){ .label = label, .href = list_href(w, name, value), .current = current };
}

const struct view_tabs *list_tabs(const struct web *w, const struct list_tabs *of)
{
	struct view_tab *t = ARENA_ARRAY(w->cx->a, struct view_tab, (size_t)of->def->n + 1);
	struct view_tabs *tabs = ARENA_NEW(w->cx->a, struct view_tabs);
	size_t n = 0;

	for (int i = of->all ? 0 : 1; i <= of->def->n; i++, n++) {
		t[n] = list_tab(w, of->name, i ? of->def->names[i] : NULL, web_text(w, i ? (enum msg)of->labels[i] : of->all), i == of->chosen);
		t[n].counted = of->counts && of->counts[i] >= 0;
		t[n].count = t[n].counted ? of->counts[i] : 0;
	}
	*tabs = (struct view_tabs){ web_text(w, of->label), t, n };
	return tabs;
}

const struct view_filter *list_filter(const struct web *w, const struct view_field *fields, size_t n)
{
	struct view_filter *f = ARENA_NEW(w->cx->a, struct view_filter);

	*f = (struct view_filter){ .path = w->req->path, .fields = fields, .fields_n = n };
	f->kept = kept(w, fields, n, "", &f->kept_n);
	return f;
}

struct view_field list_choice(struct web *w, const char *name, enum msg label, const struct enum_def *def,
		const uint16_t *labels, int chosen)
{
	struct view_field_option *o = ARENA_ARRAY(w->cx->a, struct view_field_option, (size_t)def->n + 1);

	o[0] = (struct view_field_option){ .value = "", .label = web_text(w, MSG_list_all), .chosen = !chosen };
	for (int i = 1; i <= def->n; i++)
		o[i] = (struct view_field_option){ .value = def->names[i], .label = web_text(w, (enum msg)labels[i]),
			.chosen = i == chosen };
	struct view_field f = web_field(w, w->found.route->form, name, label, NULL);
	f.options = o;
	f.options_n = (size_t)def->n + 1;
	return f;
}

struct view_field list_search(struct web *w, const char *name, enum msg label, enum msg hint)
{
	struct view_field f = web_field(w, w->found.route->form, name, label, NULL);

	f.type = "search";
	f.placeholder = web_text(w, hint);
	f.wide = true;
	return f;
}

const char *list_like(struct arena *a, const char *q)
{
	char *like = arena_array(a, 2, strlen(q) + 2), *p = like;

	*p++ = '%';
	for (; *q; *p++ = *q++)
		if (strchr("%_\\", *q))
			*p++ = '\\';
	*p = '%';	/* the arena gives zeroed memory */
	return like;
}

const struct view_empty *list_empty(const struct web *w, bool filtered, enum msg title, enum msg hint,
		struct view_link first)
{
	struct view_link *next = ARENA_NEW(w->cx->a, struct view_link);
	struct view_empty *e = ARENA_NEW(w->cx->a, struct view_empty);

	*next = filtered ? (struct view_link){ .label = web_text(w, MSG_list_clear), .href = w->req->path } : first;
	*e = (struct view_empty){
		web_text(w, filtered ? MSG_list_none : title), web_text(w, filtered ? MSG_list_none_hint : hint), next->href ? next : NULL,
	};
	return e;
}

enum rc list_refuse(struct web *w, const char *field, enum msg why)
{
	enum rc rc = web_refuse(w, field, why);

	w->status = rc_info[rc].http;
	return w->json ? rc : RC_OK;
}

struct crumb crumb_home(const struct web *w)
{
	switch (w->cx->actor.org_kind) {
	case ORG_BUYER:    return (struct crumb){ web_text(w, MSG_nav_buyer), "/console" };
	case ORG_PROVIDER: return (struct crumb){ web_text(w, MSG_nav_provider), "/provider" };
	default:           return (struct crumb){ web_text(w, MSG_nav_platform), "/ops" };
	}
}

void page_crumbs(struct web *w, const struct crumb *above, size_t n, const char *here)
{
	struct view_link *l = ARENA_ARRAY(w->cx->a, struct view_link, n + 1);

	for (size_t i = 0; i < n; i++)
		l[i] = (struct view_link){ .label = above[i].label, .href = above[i].href };
	l[n] = (struct view_link){ .label = here };
	w->page.crumbs = l;
	w->page.crumbs_n = n + 1;
}
