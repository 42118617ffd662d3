/* Versions of products that wait for an approver: the queue, what changed, the decision (CAT-9). */
#include <inttypes.h>

#include "app/product.h"
#include "q_product_review.h"
#include "q_product_version.h"
#include "view/product_review.h"
#include "web/changes.h"
#include "web/list.h"
#include "web/provider/product.h"
#include "web/storefront/product_preview.h"

enum { REASON_MAX = 500 };

/* -- the queue -------------------------------------------------------------------------------------------------------- */

struct product_queue_in { LIST_MEMBERS };
FORM(product_queue_form, struct product_queue_in, LIST_ROWS(struct product_queue_in))

static enum rc find(struct cx *cx, const struct product_queue_in *in, struct view_product_queue *m)
{
	size_t limit = list_limit(in->limit);
	struct q_product_review_list_in ask = { .limit = (int32_t)limit + 1 };
	struct q_product_review_list *r;
	uint64_t at[2] = { 0 };

	TRY(cursor_read(in->after, at, 2));
	ask.after_at.us = (int64_t)at[0];
	ask.after_id = at[1];
	TRY(q_product_review_list(cx->db, cx->a, &ask, &r, &m->items_n));
	if (list_more(&m->items_n, limit))
		m->next = cursor_write(cx->a, (uint64_t[]){ (uint64_t)r[limit - 1].submitted_at.us, r[limit - 1].product_id }, 2);
	struct view_product_waiting *items = ARENA_ARRAY(cx->a, struct view_product_waiting, m->items_n);
	for (size_t i = 0; i < m->items_n; i++)
		items[i] = (struct view_product_waiting){
			.id = arena_printf(cx->a, "%" PRIu64, r[i].product_id), .version = r[i].version, .name = r[i].name,
			.delivery = r[i].delivery, .category = cx->lang == LANG_EN ? r[i].category_en : r[i].category_zh,
			.provider_name = r[i].provider_name, .submitted_at = r[i].submitted_at, .submitted_by = r[i].submitted_by,
			.sells = r[i].sells > 0,
		};
	m->items = items;
	return RC_OK;
}

enum rc product_queue(struct cx *cx, struct web *w)
{
	struct view_empty empty = { web_text(w, MSG_product_review_empty), web_text(w, MSG_product_review_empty_hint), NULL };
	struct view_product_queue m = { .empty = &empty };

	TRY(find(cx, w->in, &m));
	m.pager = list_pager(w, m.items_n, m.next);
	w->page.title = MSG_product_review_title;
	CRUMBS(w, web_text(w, MSG_product_review_title), { web_text(w, MSG_nav_platform), "/ops" });
	return web_show(w, tpl_operator_product_queue, json_product_queue, &m);
}

/* -- a version ---------------------------------------------------------------------------------------------------------- */

struct product_approve_in { const char *note; };
FORM(product_approve_form, struct product_approve_in,
	TEXT(struct product_approve_in, note, .max = REASON_MAX, .optional = true))
struct product_refuse_in { const char *why; };
FORM(product_refuse_form, struct product_refuse_in,
	LINES(struct product_refuse_in, why, .max = REASON_MAX))

static enum rc add_versions(struct cx *cx, uint64_t product, uint64_t sells, struct view_product_review *m)
{
	struct q_version_list *r;

	TRY(q_version_list(cx->db, cx->a, &(struct q_version_list_in){ product }, &r, &m->versions_n));
	struct view_product_version *v = ARENA_ARRAY(cx->a, struct view_product_version, m->versions_n);
	for (size_t i = 0; i < m->versions_n; i++)
		v[i] = (struct view_product_version){
			.version = r[i].version, .state = r[i].state, .saved_at = r[i].saved_at, .saved_by = r[i].saved_by,
			.submitted_at = r[i].submitted_at, .submitted_by = r[i].submitted_by, .decided_at = r[i].decided_at,
			.reason = r[i].reason, .sells = r[i].version == sells, .tone = tone_version(r[i].state),
			.href = arena_printf(cx->a, "/ops/products/%s/versions/%" PRIu64, m->id, r[i].version),
		};
	m->versions = v;
	return RC_OK;
}

/* A draft is its provider's business until it is submitted. */
static enum rc review_of(struct cx *cx, const struct web *w, struct q_product_review_show *r)
{
	TRY(q_product_review_show(cx->db, cx->a, &(struct q_product_review_show_in){ web_param_id(w, "product"), web_param_id(w, "version") }, r));
	return r->submitted_at.us ? RC_OK : RC_NOT_FOUND;
}

enum rc product_review(struct cx *cx, struct web *w)
{
	bool may = permit_allows(PERM_PRODUCT_REVIEW, (enum org_kind)cx->actor.org_kind, cx->actor.roles);
	struct q_product_review_show r;

	TRY(review_of(cx, w, &r));
	struct view_product_review m = {
		.id = web_param(w, "product"), .version = web_param_id(w, "version"), .name = r.name, .slug = r.slug, .state = r.state,
		.version_state = r.version_state, .category = cx->lang == LANG_EN ? r.category_en : r.category_zh,
		.provider = arena_printf(cx->a, "%" PRIu64, r.provider_id), .provider_name = r.provider_name,
		.provider_freeze = r.provider_freeze, .submitted_at = r.submitted_at, .submitter = r.submitter, .decided_at = r.decided_at,
		.decider = r.decider, .reason = r.reason, .may_preview = may, .listed = r.state == PRODUCT_LISTED,
		.tone = tone_version(r.version_state), .may_decide = may && r.version_state == VERSION_SUBMITTED,
		.note = web_keep(w, web_field(w, &product_approve_form, "note", MSG_product_review_note, NULL)),
		.why = web_keep(w, web_field(w, &product_refuse_form, "why", MSG_product_review_why, NULL)),
	};
	uint64_t product = web_param_id(w, "product");
	TRY(product_changes_of(cx, product, m.version, &m.before, &m.changes));
	TRY(add_versions(cx, product, r.sells, &m));
	w->page.title = MSG_product_review_title;
	w->page.name = r.name;
	CRUMBS(w, r.name, { web_text(w, MSG_nav_platform), "/ops" }, { web_text(w, MSG_product_review_title), "/ops/products" });
	return web_show(w, tpl_operator_product_review, json_product_review, &m);
}

/* The page of the product as this version would make it. */
enum rc product_review_preview(struct cx *cx, struct web *w)
{
	const char *here = arena_printf(cx->a, "/ops/products/%s/versions/%s", web_param(w, "product"), web_param(w, "version"));
	uint64_t product = web_param_id(w, "product");
	struct q_product_review_show r;
	struct q_version_body v;
	struct doc_product doc;

	TRY(review_of(cx, w, &r));
	TRY(q_version_body(cx->db, cx->a, &(struct q_version_body_in){ product, web_param_id(w, "version") }, &v));
	TRY(doc_read(cx->a, v.body, strlen(v.body), &doc));
	return product_preview(cx, w, &(struct product_preview){ product, &doc, arena_printf(cx->a, "%s/preview", here), "/ops/pictures/", here });
}

/* Nobody decides on what they submitted themselves, in whatever organisation that was. */
static enum rc not_own(struct cx *cx, struct web *w)
{
	struct q_product_review_show r;

	TRY(review_of(cx, w, &r));
	return r.submitted_by == cx->actor.person ? web_refuse(w, NULL, MSG_product_review_own) : RC_OK;
}

static enum rc decided(struct web *w, enum rc rc, const struct outcome *out)
{
	if (rc == RC_CONFLICT)
		return web_refuse(w, NULL, MSG_product_review_meanwhile);
	TRY(rc);
	return web_done(w, out);
}

enum rc product_approve_do(struct cx *cx, struct web *w)
{
	const struct product_approve_in *in = w->in;
	struct outcome out;

	TRY(not_own(cx, w));
	return decided(w, product_approve(cx, web_param_id(w, "product"), web_param_id(w, "version"), in->note, &out), &out);
}

enum rc product_refuse_do(struct cx *cx, struct web *w)
{
	const struct product_refuse_in *in = w->in;
	struct outcome out;

	TRY(not_own(cx, w));
	return decided(w, product_refuse(cx, web_param_id(w, "product"), web_param_id(w, "version"), in->why, &out), &out);
}
