/* A provider's coupons: the list, one with what came of it, publishing and stopping (ORD-14). */
#include <inttypes.h>

#include "app/coupon_edit.h"
#include "q_coupon.h"
#include "view/coupon.h"
#include "web/list.h"

struct coupon_own_list_in { enum coupon_state state; LIST_MEMBERS };
FORM(coupon_own_list_form, struct coupon_own_list_in,
	ENUM(struct coupon_own_list_in, state, coupon_state, .optional = true),
	LIST_ROWS(struct coupon_own_list_in))

static bool may_edit(const struct cx *cx)
{
	return permit_allows(PERM_COUPON_EDIT, (enum org_kind)cx->actor.org_kind, cx->actor.roles);
}

static struct view_coupon_row row_of(struct cx *cx, const struct q_coupon_own *r)
{
	static const char *const tones[] = { "", [COUPON_DRAFT] = "info", [COUPON_PUBLISHED] = "ok", [COUPON_STOPPED] = "" };
	struct view_coupon *terms = ARENA_NEW(cx->a, struct view_coupon);

	*terms = COUPON_OF(cx, r, r->id);
	bool early = r->state == COUPON_PUBLISHED && r->claim_from.us > cx->now.us;
	bool over = r->state == COUPON_PUBLISHED && r->claim_to.us < cx->now.us;
	return (struct view_coupon_row){
		.coupon = terms, .state = r->state, .claim_from = r->claim_from, .claim_to = r->claim_to,
		.valid_from = r->valid_from, .valid_to = r->valid_to, .valid_days = r->valid_days, .total = r->total,
		.per_buyer = r->per_buyer, .claimed = r->claimed,
		.tone = early || over ? "" : tones[r->state],
		.sub = early ? MSG_coupon_own_early : over ? MSG_coupon_own_over : MSG_NONE,
	};
}

enum rc coupon_own_list(struct cx *cx, struct web *w)
{
	const struct coupon_own_list_in *in = w->in;
	size_t limit = list_limit(in->limit);
	struct q_coupon_own_list_in ask = { .provider = cx->actor.org, .state = in->state, .before = UINT64_MAX,
		.limit = (int32_t)limit + 1 };
	struct q_coupon_own_list *rows;
	struct view_coupon_rows m = { .may_edit = may_edit(cx), .tabs = LIST_TABS(w, "state", MSG_coupon_list_state, MSG_list_all, coupon_state, in->state) };

	_Static_assert(sizeof *rows == sizeof(struct q_coupon_own), "the list and one coupon have the same columns");
	TRY(cursor_read(in->after, &ask.before, 1));
	TRY(q_coupon_own_list(cx->db, cx->a, &ask, &rows, &m.items_n));
	if (list_more(&m.items_n, limit))
		m.next = cursor_write(cx->a, &rows[limit - 1].id, 1);
	struct view_coupon_row *items = ARENA_ARRAY(cx->a, struct view_coupon_row, m.items_n);
	for (size_t i = 0; i < m.items_n; i++)
		items[i] = row_of(cx, (const struct q_coupon_own *)&rows[i]);
	m.items = items;
	m.empty = list_empty(w, in->state, MSG_coupon_own_empty, MSG_coupon_own_empty_hint,
		(struct view_link){ .label = web_text(w, MSG_coupon_own_new), .href = "/provider/coupons/new",
			.primary = true });
	m.pager = list_pager(w, m.items_n, m.next);
	w->page.title = MSG_coupon_own_title;
	CRUMBS(w, web_text(w, MSG_coupon_own_title), { web_text(w, MSG_nav_provider), "/provider" });
	return web_show(w, tpl_provider_coupon_list, json_coupon_rows, &m);
}

static enum rc products(struct cx *cx, const struct q_coupon_own *own, struct view_coupon_own *m)
{
	struct q_coupon_own_products *rows;
	size_t n;

	if (own->scope == COUPON_OF_PROVIDER)
		return RC_OK;
	TRY(q_coupon_own_products(cx->db, cx->a, &(struct q_coupon_own_products_in){ cx->actor.org, own->id,
		COUPON_PRODUCTS_MAX }, &rows, &n));
	struct view_link *links = ARENA_ARRAY(cx->a, struct view_link, n);
	for (size_t i = 0; i < n; i++)
		if (rows[i].chosen)
			links[m->products_n++] = (struct view_link){ .label = rows[i].name,
				.href = arena_printf(cx->a, "/products/%s", rows[i].slug) };
	m->products = links;
	return RC_OK;
}

enum rc coupon_own_show(struct cx *cx, struct web *w)
{
	struct q_coupon_own_in in = { cx->actor.org, web_param_id(w, "id") };
	struct q_coupon_own own;
	struct q_coupon_tally tally;

	TRY(q_coupon_own(cx->db, cx->a, &in, &own));
	TRY(q_coupon_tally(cx->db, cx->a, &(struct q_coupon_tally_in){ own.id }, &tally));
	struct view_coupon_row row = row_of(cx, &own);
	struct view_coupon_own m = { .row = &row, .locked = tally.locked, .used = tally.used, .saved = tally.saved,
		.may_edit = may_edit(cx) };
	TRY(products(cx, &own, &m));
	w->page.name = own.name;
	CRUMBS(w, own.name, { web_text(w, MSG_nav_provider), "/provider" },
		{ web_text(w, MSG_coupon_own_title), "/provider/coupons" });
	return web_show(w, tpl_provider_coupon_show, json_coupon_own, &m);
}

enum rc coupon_publish_do(struct cx *cx, struct web *w)
{
	struct outcome out;
	enum rc rc = coupon_publish(cx, web_param_id(w, "id"), &out);

	if (rc == RC_INVALID)
		return web_refuse(w, NULL, MSG_coupon_own_past);
	TRY(rc);
	return web_done(w, &out);
}

enum rc coupon_stop_do(struct cx *cx, struct web *w)
{
	struct outcome out;

	TRY(coupon_stop(cx, web_param_id(w, "id"), &out));
	return web_done(w, &out);
}

enum rc coupon_delete_do(struct cx *cx, struct web *w)
{
	struct outcome out;

	TRY(coupon_delete(cx, web_param_id(w, "id"), &out));
	return web_done(w, &out);
}
