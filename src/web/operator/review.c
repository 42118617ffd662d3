/* Orders that wait for an approver: the queue, and the page of an order with the decision (ORD-8). */
#include <inttypes.h>

#include "app/order.h"
#include "base/str.h"
#include "q_review.h"
#include "view/phrase.h"
#include "view/review.h"
#include "web/buyer/order.h"
#include "web/history.h"
#include "web/list.h"

static bool may(const struct cx *cx, enum perm p) { return permit_allows(p, (enum org_kind)cx->actor.org_kind, cx->actor.roles); }

/* -- the queue -------------------------------------------------------------------------------------------------------- */

struct review_list_in { LIST_MEMBERS };
FORM(review_list_form, struct review_list_in, LIST_ROWS(struct review_list_in))

static enum rc find(struct cx *cx, const struct review_list_in *in, struct view_review_list *m)
{
	size_t limit = list_limit(in->limit);
	struct q_review_list_in ask = { .limit = (int32_t)limit + 1 };
	struct q_review_list *r;
	uint64_t at[2] = { 0 };

	TRY(cursor_read(in->after, at, 2));
	ask.after_deadline.us = (int64_t)at[0];
	ask.after_id = at[1];
	TRY(q_review_list(cx->db, cx->a, &ask, &r, &m->items_n));
	if (list_more(&m->items_n, limit))
		m->next = cursor_write(cx->a, (uint64_t[]){ (uint64_t)r[limit - 1].deadline_at.us, r[limit - 1].id }, 2);
	struct view_review_item *items = ARENA_ARRAY(cx->a, struct view_review_item, m->items_n);
	for (size_t i = 0; i < m->items_n; i++)
		items[i] = (struct view_review_item){
			.number = r[i].number, .kind = r[i].kind, .product_name = r[i].product_name, .plan_name = r[i].plan_name,
			.provider_name = r[i].provider_name, .buyer_name = r[i].buyer_name, .freeze = r[i].freeze,
			.payable = r[i].payable, .created_at = r[i].created_at, .deadline_at = r[i].deadline_at,
			.left = phrase_left(cx->a, cx->lang, cx->now, r[i].deadline_at),
		};
	m->items = items;
	return RC_OK;
}

enum rc review_list(struct cx *cx, struct web *w)
{
	struct view_empty empty = { web_text(w, MSG_review_empty), web_text(w, MSG_review_empty_hint), NULL };
	struct view_review_list m = { .empty = &empty, .may_rule = may(cx, PERM_REVIEW_RULES) };

	TRY(find(cx, w->in, &m));
	m.pager = list_pager(w, m.items_n, m.next);
	w->page.title = MSG_review_title;
	CRUMBS(w, web_text(w, MSG_review_title), { web_text(w, MSG_nav_platform), "/ops" });
	return web_show(w, tpl_operator_review_list, json_review_list, &m);
}

/* -- an order --------------------------------------------------------------------------------------------------------- */

struct review_approve_in { const char *note; };
FORM(review_approve_form, struct review_approve_in,
	TEXT(struct review_approve_in, note, .max = 200, .optional = true))
struct review_refuse_in { const char *reason; };
FORM(review_refuse_form, struct review_refuse_in,
	TEXT(struct review_refuse_in, reason, .max = 200))

static const char *event_title(struct cx *cx, const struct q_audit_latest *e)
{
	int to = e->to_state ? enum_of(&order_state_enum, e->to_state, strlen(e->to_state)) : 0;
	int event = enum_of(&order_event_enum, e->event, strlen(e->event));
	const char *what = event ? msg_text(cx->lang, (enum msg)order_event_msg[event]) : e->event;

	return to ? arena_printf(cx->a, "%s → %s", what, msg_text(cx->lang, (enum msg)order_state_msg[to])) : what;
}

static enum rc add_group(struct cx *cx, uint64_t combined, struct view_review_show *m)
{
	struct q_review_group *r;

	TRY(q_review_group(cx->db, cx->a, &(struct q_review_group_in){ combined }, &r, &m->together_n));
	struct view_review_mate *mates = ARENA_ARRAY(cx->a, struct view_review_mate, m->together_n);
	for (size_t i = 0; i < m->together_n; i++)
		mates[i] = (struct view_review_mate){
			.number = r[i].number, .state = r[i].state, .product_name = r[i].product_name, .plan_name = r[i].plan_name,
			.payable = r[i].payable, .tone = tone_order(r[i].state), .current = str_eq(r[i].number, m->number),
		};
	m->together = mates;
	return RC_OK;
}

static struct view_review_show show_of(struct cx *cx, const struct q_review_order *o)
{
	struct view_review_show m = {
		.number = o->number, .kind = o->kind, .state = o->state, .billing_mode = o->billing_mode,
		.category = cx->lang == LANG_EN ? o->category_en : o->category_zh, .product_name = o->product_name, .slug = o->slug,
		.plan_name = o->plan_name, .options = order_options(cx->a, o->plan), .provider_name = o->provider_name,
		.quantity = o->quantity, .unit = o->unit, .list_total = o->list_total, .payable = o->payable, .paid = o->paid,
		.created_at = o->created_at, .deadline_at = o->deadline_at, .paid_at = o->paid_at, .closed_at = o->closed_at,
		.buyer = arena_printf(cx->a, "%" PRIu64, o->buyer_id), .buyer_name = o->buyer_name, .buyer_freeze = o->buyer_freeze,
		.buyer_completed = o->buyer_completed, .payer_name = o->payer_name, .creator_name = o->creator_name,
		.contact = o->contact, .memo = o->memo,
		.duration_text = phrase_duration(cx->a, cx->lang, (int64_t)o->duration, o->duration_unit), .tone = tone_order(o->state),
		.agreed = o->buyer_discount_pm < 1000 ? arena_printf(cx->a, "%d.%d%%", (int)o->buyer_discount_pm / 10, (int)o->buyer_discount_pm % 10) : NULL,
	};

	m.price = order_price_rows(cx, o->price, o->plan, &m.price_n);
	if (o->state == ORDER_IN_REVIEW)
		m.left = phrase_left(cx->a, cx->lang, cx->now, o->deadline_at);
	m.may_decide = o->state == ORDER_IN_REVIEW && o->kind != ORDER_KIND_UNSUBSCRIBE && may(cx, PERM_ORDER_REVIEW);
	return m;
}

enum rc review_show(struct cx *cx, struct web *w)
{
	struct q_review_order o;

	TRY(q_review_order(cx->db, cx->a, &(struct q_review_order_in){ web_param(w, "number") }, &o));
	struct view_review_show m = show_of(cx, &o);
	m.note = web_keep(w, web_field(w, &review_approve_form, "note", MSG_review_note, NULL));
	m.reason = web_keep(w, web_field(w, &review_refuse_form, "reason", MSG_review_reason, NULL));
	if (o.combined_id)
		TRY(add_group(cx, o.combined_id, &m));
	TRY(history_of(cx, o.id, event_title, &m.history));
	w->page.title = MSG_review_order;
	w->page.name = o.number;
	CRUMBS(w, o.number, { web_text(w, MSG_nav_platform), "/ops" },
	       o.state == ORDER_IN_REVIEW ? (struct crumb){ web_text(w, MSG_review_title), "/ops/reviews" } : (struct crumb){ web_text(w, MSG_desk_orders), "/ops/orders" });
	return web_show(w, tpl_operator_review_show, json_review_show, &m);
}

/* Somebody was faster, or the buyer cancelled it: the page as it is now says what happened. */
static enum rc decided(struct web *w, enum rc rc, const struct outcome *out)
{
	if (rc == RC_CONFLICT)
		return web_refuse(w, NULL, MSG_review_meanwhile);
	TRY(rc);
	return web_done(w, out);
}

/* Nobody approves what they ordered themselves, for whomever. */
static enum rc not_own(struct cx *cx, struct web *w)
{
	struct q_review_order o;

	TRY(q_review_order(cx->db, cx->a, &(struct q_review_order_in){ web_param(w, "number") }, &o));
	return o.creator_id == cx->actor.person ? web_refuse(w, NULL, MSG_review_own) : RC_OK;
}

enum rc review_approve_do(struct cx *cx, struct web *w)
{
	const struct review_approve_in *in = w->in;
	struct outcome out;

	TRY(not_own(cx, w));
	return decided(w, order_approve(cx, web_param(w, "number"), in->note ? in->note : "", &out), &out);
}

enum rc review_refuse_do(struct cx *cx, struct web *w)
{
	const struct review_refuse_in *in = w->in;
	struct outcome out;

	return decided(w, order_refuse(cx, web_param(w, "number"), in->reason, &out), &out);
}
