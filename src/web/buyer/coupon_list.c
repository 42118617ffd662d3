/* Coupon management: what a buyer has claimed, and what became of it (ORD-15). */
#include "base/str.h"
#include "domain/coupon.h"
#include "q_coupon.h"
#include "view/coupon.h"
#include "web/list.h"

enum { COUNT_MAX = 99 };

#define LATEST_US UINT64_C(253402300799000000)	/* the end of the year 9999 */

struct coupon_list_in {
	enum claim_state state;
	enum coupon_kind kind;
	enum claim_sort sort;
	LIST_MEMBERS
};
FORM(coupon_list_form, struct coupon_list_in,
	ENUM(struct coupon_list_in, state, claim_state, .optional = true),
	ENUM(struct coupon_list_in, kind, coupon_kind, .optional = true),
	ENUM(struct coupon_list_in, sort, claim_sort, .optional = true),
	LIST_ROWS(struct coupon_list_in))

static const char *tone_of(enum claim_state s)
{
	return s == CLAIM_USABLE ? "ok" : s == CLAIM_LOCKED ? "warn" : "";
}

static struct view_coupon_claim item_of(struct cx *cx, const struct q_coupon_claim_list *r)
{
	struct view_coupon *terms = ARENA_NEW(cx->a, struct view_coupon);
	enum claim_state state = claim_state_at(r->state, r->valid_to, cx->now);

	*terms = COUPON_OF(cx, r, r->coupon_id);
	return (struct view_coupon_claim){
		.number = r->number, .state = state, .coupon = terms, .provider_name = r->provider_name,
		.valid_from = r->valid_from, .valid_to = r->valid_to, .claimed_at = r->claimed_at, .saved = r->saved,
		.order_number = r->order_number,
		.soon = state == CLAIM_USABLE ? coupon_left(cx->a, cx->lang, cx->now, r->valid_to) : "",
		.tone = tone_of(state),
	};
}

/* Expired is a usable one whose validity is over. */
static enum rc find(struct cx *cx, const struct coupon_list_in *in, struct view_coupon_list *m)
{
	size_t limit = list_limit(in->limit);
	bool ending = in->sort == CLAIMS_ENDING;
	struct q_coupon_claim_list_in ask = {
		.buyer = cx->actor.org, .state = in->state == CLAIM_EXPIRED ? CLAIM_USABLE : in->state,
		.alive = in->state == CLAIM_USABLE, .over = in->state == CLAIM_EXPIRED, .kind = in->kind,
		.ending = ending, .now = cx->now, .limit = (int32_t)limit + 1,
	};
	uint64_t at[2] = { ending ? 0 : UINT64_MAX, 1 };	/* before all: of the ids, of the instants */
	struct q_coupon_claim_list *rows;

	TRY(cursor_read(in->after, at, 2));
	if (!at[1] || at[1] > LATEST_US)
		return RC_MALFORMED;
	ask.id = at[0];
	ask.end.us = (int64_t)at[1];
	TRY(q_coupon_claim_list(cx->db, cx->a, &ask, &rows, &m->items_n));
	if (list_more(&m->items_n, limit))
		m->next = cursor_write(cx->a, (uint64_t[]){ rows[limit - 1].id, (uint64_t)rows[limit - 1].valid_to.us },
			2);
	struct view_coupon_claim *items = ARENA_ARRAY(cx->a, struct view_coupon_claim, m->items_n);
	for (size_t i = 0; i < m->items_n; i++)
		items[i] = item_of(cx, &rows[i]);
	m->items = items;
	return RC_OK;
}

/* The numbers by state, [0] of all; each as far as COUNT_MAX. */
static enum rc counts_of(struct cx *cx, int64_t counts[claim_state_n + 1])
{
	for (int i = 1; i <= claim_state_n; i++) {
		struct q_coupon_claim_count n;
		struct q_coupon_claim_count_in ask = {
			.buyer = cx->actor.org, .state = i == CLAIM_EXPIRED ? CLAIM_USABLE : (enum claim_state)i,
			.alive = i == CLAIM_USABLE, .over = i == CLAIM_EXPIRED, .now = cx->now, .limit = COUNT_MAX + 1,
		};
		TRY(q_coupon_claim_count(cx->db, cx->a, &ask, &n));
		counts[i] = n.n;
		counts[0] += n.n;
	}
	return RC_OK;
}

static enum rc tabs_of(struct cx *cx, const struct web *w, enum claim_state chosen, const struct view_tabs **out)
{
	struct view_tab *t = ARENA_ARRAY(cx->a, struct view_tab, claim_state_n + 1);
	struct view_tabs *tabs = ARENA_NEW(cx->a, struct view_tabs);
	int64_t counts[claim_state_n + 1] = { 0 };

	TRY(counts_of(cx, counts));
	for (int i = 0; i <= claim_state_n; i++) {
		const char *label = i ? web_text(w, (enum msg)claim_state_msg[i]) : web_text(w, MSG_list_all);
		t[i] = list_tab(w, "state", i ? claim_state_enum.names[i] : NULL, label, i == (int)chosen);
		t[i].counted = true;
		t[i].more = counts[i] > COUNT_MAX;
		t[i].count = t[i].more ? COUNT_MAX : counts[i];
	}
	*tabs = (struct view_tabs){ web_text(w, MSG_coupon_list_state), t, claim_state_n + 1 };
	*out = tabs;
	return RC_OK;
}

static const struct view_filter *filter_of(struct cx *cx, struct web *w, const struct coupon_list_in *in)
{
	struct view_field *f = ARENA_ARRAY(cx->a, struct view_field, 2);

	f[0] = list_choice(w, "kind", MSG_coupon_list_kind, &coupon_kind_enum, coupon_kind_msg, (int)in->kind);
	f[1] = list_choice(w, "sort", MSG_coupon_list_sort, &claim_sort_enum, claim_sort_msg,
		in->sort ? (int)in->sort : CLAIMS_LATEST);
	f[1].options++;		/* sorted it always is */
	f[1].options_n--;
	return list_filter(w, f, 2);
}

enum rc coupon_list(struct cx *cx, struct web *w)
{
	const struct coupon_list_in *in = w->in;
	struct view_coupon_list m = { 0 };

	TRY(find(cx, in, &m));
	TRY(tabs_of(cx, w, in->state, &m.tabs));
	m.filter = filter_of(cx, w, in);
	m.empty = list_empty(w, in->state || in->kind, MSG_coupon_list_empty, MSG_coupon_list_empty_hint,
		(struct view_link){ .label = web_text(w, MSG_coupon_list_shop), .href = "/products", .primary = true });
	m.pager = list_pager(w, m.items_n, m.next);
	w->page.title = MSG_coupon_list_title;
	CRUMBS(w, web_text(w, MSG_coupon_list_title), { web_text(w, MSG_nav_buyer), "/console" });
	return web_show(w, tpl_buyer_coupon_list, json_coupon_list, &m);
}
