#include "web/quotation.h"

#include "base/time.h"
#include "paper/quotation.h"
#include "view/phrase.h"

FORM(quotation_list_form, struct quotation_list_in, LIST_ROWS(struct quotation_list_in))

static const char *tone(enum quotation_state s, bool over)
{
	return s == QUOTATION_ACCEPTED ? "ok" : s == QUOTATION_OPEN && !over ? "info" : "";
}

static bool may(struct cx *cx, enum perm p) { return permit_allows(p, (enum org_kind)cx->actor.org_kind, cx->actor.roles); }

enum rc quotation_view(struct cx *cx, const struct web *w, bool buyers, struct view_quotation *m)
{
	struct q_quotation_show q;
	struct q_quotation_show_in ask = { .number = web_param(w, "number"), .provider = buyers ? cx->actor.org : 0, .buyer = buyers ? 0 : cx->actor.org };

	TRY(q_quotation_show(cx->db, cx->a, &ask, &q));
	bool over = q.state == QUOTATION_OPEN && q.expires_at.us <= cx->now.us, open = q.state == QUOTATION_OPEN && !over;
	*m = (struct view_quotation){
		.number = q.number, .state = q.state, .over = over, .provider_name = q.provider_name, .provider_phone = q.provider_phone, .provider_email = q.provider_email,
		.buyer_name = q.buyer_name, .product_name = q.product_name, .slug = q.slug, .plan_name = q.plan_name, .options = q.options_text, .quantity = q.quantity,
		.unit = q.unit, .duration = q.duration, .duration_unit = q.duration_unit, .list_total = q.list_total, .price = q.price, .note = q.note,
		.creator_name = q.creator_name, .created_at = q.created_at, .expires_at = q.expires_at, .order_number = q.order_number,
		.product_agreement = q.product_agreement, .platform_agreement = q.platform_agreement, .buyers = buyers, .tone = tone(q.state, over),
		.base = buyers ? "/provider" : "/console", .left = open ? phrase_left(cx->a, cx->lang, cx->now, q.expires_at) : NULL,
		.duration_text = phrase_duration(cx->a, cx->lang, (int64_t)q.duration, q.duration_unit),
		.may_accept = open && !buyers && may(cx, PERM_ORDER_PLACE), .may_withdraw = q.state == QUOTATION_OPEN && buyers && may(cx, PERM_PORTAL_OFFER),
	};
	return RC_OK;
}

enum rc quotation_rows(struct cx *cx, struct web *w, bool buyers, struct view_quotation_list *m)
{
	const struct quotation_list_in *in = w->in;
	size_t limit = list_limit(in->limit);
	struct q_quotation_list_in ask = { .provider = buyers ? cx->actor.org : 0, .buyer = buyers ? 0 : cx->actor.org, .before = UINT64_MAX, .limit = (int32_t)limit + 1 };
	struct q_quotation_list *r;

	TRY(cursor_read(in->after, &ask.before, 1));
	TRY(q_quotation_list(cx->db, cx->a, &ask, &r, &m->items_n));
	if (list_more(&m->items_n, limit))
		m->next = cursor_write(cx->a, &r[limit - 1].id, 1);
	struct view_quotation_item *v = ARENA_ARRAY(cx->a, struct view_quotation_item, m->items_n);
	for (size_t i = 0; i < m->items_n; i++) {
		bool over = r[i].state == QUOTATION_OPEN && r[i].expires_at.us <= cx->now.us;
		struct phrase_plan p = { r[i].plan_name, r[i].unit, r[i].quantity, (int64_t)r[i].duration, r[i].duration_unit };
		v[i] = (struct view_quotation_item){
			.number = r[i].number, .state = r[i].state, .over = over, .other_name = r[i].other_name, .product_name = r[i].product_name, .list_total = r[i].list_total,
			.price = r[i].price, .created_at = r[i].created_at, .expires_at = r[i].expires_at, .summary = phrase_plan(cx->a, cx->lang, &p), .tone = tone(r[i].state, over),
			.href = arena_printf(cx->a, "%s/quotations/%s", buyers ? "/provider" : "/console", r[i].number),
		};
	}
	m->items = v;
	m->buyers = buyers;
	m->may_make = buyers && may(cx, PERM_PORTAL_OFFER);
	m->pager = list_pager(w, m->items_n, m->next);
	return RC_OK;
}

enum rc quotation_paper(struct cx *cx, struct web *w, bool buyers)
{
	struct view_quotation m;
	struct out o = { 0 };

	TRY(quotation_view(cx, w, buyers, &m));
	enum rc rc = quotation_pdf(cx->a, cx->lang, &m, &o);
	if (rc == RC_OK)
		rc = web_download(w, "application/pdf", arena_printf(cx->a, "quotation-%s.pdf", m.number), "");
	if (rc == RC_OK)
		out_bytes(&w->ans->body, o.p, o.n);
	out_free(&o);
	return rc;
}
