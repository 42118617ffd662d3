/* What the pages of a provider's product share. */
#include <inttypes.h>

#include "base/str.h"
#include "web/changes.h"
#include "web/provider/product.h"

enum rc editing_open(struct cx *cx, struct web *w, struct editing *e)
{
	*e = (struct editing){ .id = web_param_id(w, "id") };
	e->id_text = arena_printf(cx->a, "%" PRIu64, e->id);
	TRY(q_product_edit(cx->db, cx->a, &(struct q_product_edit_in){ .id = e->id, .provider = cx->actor.org }, &e->row));
	doc_blank(doc_product(), &e->doc);
	return e->row.body ? doc_read(cx->a, e->row.body, strlen(e->row.body), &e->doc) : RC_OK;
}

const char *editing_href(struct cx *cx, const struct editing *e, const char *below)
{
	return arena_printf(cx->a, "/provider/products/%s%s", e->id_text, below);
}

bool may_edit(const struct cx *cx) { return permit_allows(PERM_PRODUCT_EDIT, (enum org_kind)cx->actor.org_kind, cx->actor.roles); }

void editing_crumbs(struct cx *cx, struct web *w, const struct editing *e, const char *here)
{
	CRUMBS(w, here, { web_text(w, MSG_nav_provider), "/provider" }, { web_text(w, MSG_portal_products_title), "/provider/products" },
	       { e->row.name, editing_href(cx, e, "") });
}

const char *tone_product(enum product_state s)
{
	switch (s) {
	case PRODUCT_LISTED:    return "ok";
	case PRODUCT_SUBMITTED: return "info";
	case PRODUCT_REFUSED:   return "bad";
	default:                return "";
	}
}

const char *tone_version(enum version_state s)
{
	switch (s) {
	case VERSION_PUBLISHED: return "ok";
	case VERSION_SUBMITTED: return "info";
	case VERSION_REFUSED:   return "bad";
	default:                return "";
	}
}

/* ---- what a draft lacks ---- */

/* The section of the editor that holds a field of the product. */
static const char *section_of(const char *field)
{
	static const struct { const char *section; const char *fields[5]; } of[] = {
		{ "basic", { "name", "summary", "category", "delivery" } }, { "text", { "description", "guide" } },
		{ "service", { "agreement", "after_sales", "support_phone", "support_email" } },
		{ "webhook", { "dialect", "webhook_url" } }, { "pictures", { "pictures" } }, { "api", { "calls" } },
	};

	for (size_t i = 0; i < sizeof of / sizeof *of; i++)
		for (const char *const *f = of[i].fields; *f; f++)
			if (str_eq(*f, field))
				return of[i].section;
	return "plans";
}

/* "plans.2.prices.0.price": 标准版 › 1 年 › 价格; *plan: the plan that it lies in. */
static const char *path_words(struct cx *cx, const struct doc_product *d, const char *at, uint64_t *plan)
{
	const struct doc_record *r = doc_product();
	const void *row = d;
	const char *words = "", *label = "";

	for (const char *s = at; *s; ) {
		const struct doc_field *f = doc_find(r, arena_dup(cx->a, s, strcspn(s, ".")));
		s += strcspn(s, ".");
		label = msg_text(cx->lang, msg_of(f->label));
		if (!*s)
			break;
		size_t i = 0, n;
		const char *rows = doc_rows(f, row, &n);
		for (s++; *s >= '0' && *s <= '9'; s++)
			i = i * 10 + (size_t)(*s - '0');
		r = f->of();
		row = rows + i * r->size;
		if (r == doc_plan())
			*plan = ((const struct doc_plan *)row)->id;
		words = arena_printf(cx->a, "%s%s › ", words, doc_row_name(cx, r, row));
		s += *s == '.';
	}
	return arena_printf(cx->a, "%s%s", words, label);
}

static struct view_product_lack lack_of(struct cx *cx, const struct editing *e, const struct doc_problem *p)
{
	const char *field = arena_dup(cx->a, p->at, strcspn(p->at, ".")), *limit = arena_printf(cx->a, "%" PRIi64, p->limit);
	bool secret = str_eq(field, "secret");
	uint64_t plan = 0;
	const char *where = secret ? msg_text(cx->lang, MSG_product_secret_title) : path_words(cx, &e->doc, p->at, &plan);
	const char *wrong = MSG_FILL(cx->a, cx->lang, msg_of(p->wrong), { "limit", limit }, { "amount", limit });
	const char *below = plan ? arena_printf(cx->a, "/plans/%" PRIu64, plan) : secret ? "/secret" : arena_printf(cx->a, "/edit/%s", section_of(field));

	return (struct view_product_lack){
		.at = p->at, .text = MSG_FILL(cx->a, cx->lang, MSG_layout_error_at, { "label", where }, { "text", wrong }), .href = editing_href(cx, e, below),
	};
}

enum rc editing_lacks(struct cx *cx, const struct editing *e, const struct view_product_lack **lacks, size_t *n)
{
	struct doc_problems p;

	TRY(product_missing(cx, e->id, &e->doc, e->row.secret, &p));
	struct view_product_lack *to = ARENA_ARRAY(cx->a, struct view_product_lack, p.n);
	for (*n = 0; *n < p.n; ++*n)
		to[*n] = lack_of(cx, e, &p.p[*n]);
	*lacks = to;
	return RC_OK;
}

/* ---- saving ---- */

static enum rc refuse_save(struct web *w, enum rc rc, const struct doc_form *f, const struct product_saved *saved)
{
	if (rc == RC_CONFLICT)
		return web_refuse(w, NULL, MSG_product_edit_closed);
	if (rc != RC_INVALID)
		return rc;
	if (saved->stale)
		return web_refuse(w, NULL, MSG_product_edit_stale);
	if (saved->too_many)
		return web_refuse(w, NULL, MSG_product_edit_pictures_many);
	doc_form_refuse(w, f, &saved->problems);
	return w->errors.n ? RC_INVALID : web_refuse(w, NULL, MSG_product_edit_elsewhere);
}

enum rc editing_save(struct cx *cx, struct web *w, struct editing *e, const struct doc_form *f, const char *next)
{
	const struct editing_in *in = w->in;
	struct doc_problems p = { .http = cx->conf->platform_development };
	struct product_saved saved;
	struct outcome out;

	if (e->row.edit_state != VERSION_DRAFT || (uint64_t)in->version != e->row.edit_version)
		return web_refuse(w, NULL, MSG_product_edit_closed);
	doc_check(cx->a, &e->doc, &p);
	doc_form_refuse(w, f, &p);
	if (w->errors.n)
		return RC_INVALID;
	if (in->add)
		next = arena_printf(cx->a, "%s?add=%s#%s", next, in->add, in->add);
	struct product_save_in ask = { e->id, e->row.edit_version, (uint64_t)in->saves, &e->doc, next, e->picture };
	enum rc rc = product_save(cx, &ask, &saved, &out);
	return rc == RC_OK ? web_done(w, &out) : refuse_save(w, rc, f, &saved);
}
