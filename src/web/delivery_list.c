/* The lists of deliveries: DEL-11. */
#include "base/str.h"
#include "base/time.h"
#include "q_delivery.h"
#include "web/appeal.h"
#include "web/delivery.h"

struct delivery_list_in {
	const char *q;
	enum delivery_state state;
	enum delivery_mode mode;
	enum date_range range;
	struct date from, to;
	bool all;		/* of a provider: not only what is to be done */
	LIST_MEMBERS
};
FORM(delivery_list_form, struct delivery_list_in,
	TEXT(struct delivery_list_in, q, .max = 80, .optional = true),
	ENUM(struct delivery_list_in, state, delivery_state, .optional = true),
	ENUM(struct delivery_list_in, mode, delivery_mode, .optional = true),
	RANGE_ROWS(struct delivery_list_in),
	CHECK(struct delivery_list_in, all),
	LIST_ROWS(struct delivery_list_in))

/* One list that is being made. */
struct finding {
	struct cx *cx;
	struct web *w;
	const struct delivery_list_in *in;
	struct view_delivery_list *m;
	const char *like;
	struct id_range ids;
	size_t limit;
};

/* -- rows --------------------------------------------------------------------------------------------------------- */

static const struct { enum delivery_state state; enum msg buyer, provider; } doing[] = {
	{ DELIVERY_AWAITING_REQUIREMENT, MSG_delivery_do_require, MSG_delivery_do_view },
	{ DELIVERY_AWAITING_CONFIRMATION, MSG_delivery_do_edit, MSG_delivery_do_confirm },
	{ DELIVERY_IN_IMPLEMENTATION, MSG_delivery_do_view, MSG_delivery_do_work },
	{ DELIVERY_AWAITING_ACCEPTANCE, MSG_delivery_do_accept, MSG_delivery_do_view },
};

static void add_action(struct view_delivery_item *v, struct view_action *a, const char *name, enum msg label, const char *href)
{
	a[v->actions_n++] = (struct view_action){ name, href, label, false };
	v->actions = a;
}

/* What its reader can do now (DEL-16); to be looked at it always is. */
static void add_actions(struct cx *cx, struct view_delivery_item *v, const struct delivery_facts *f)
{
	bool buys = cx->actor.org_kind == ORG_BUYER, may = permit_allows(buys ? PERM_DELIVERY_ACT : PERM_DELIVERY_WORK, (enum org_kind)cx->actor.org_kind, cx->actor.roles);
	struct view_action *a = ARENA_ARRAY(cx->a, struct view_action, 3);

	for (size_t i = 0; may && !v->hold && i < sizeof doing / sizeof *doing; i++) {
		enum msg label = buys ? doing[i].buyer : doing[i].provider;
		if (doing[i].state == v->state && label != MSG_delivery_do_view)
			add_action(v, a, delivery_state_enum.names[v->state], label, arena_printf(cx->a, "%s#do", v->href));
	}
	if (appeal_possible(cx, v->state, f, buys ? ORG_BUYER : ORG_PROVIDER))
		add_action(v, a, "appeal", MSG_delivery_do_appeal, arena_printf(cx->a, "%s/appeal", v->href));
	if (!v->actions_n || v->state == DELIVERY_AWAITING_CONFIRMATION)
		add_action(v, a, "view", MSG_delivery_do_view, v->href);
}

/* The provider's five days, counted down (DEL-11). */
static void count_down(struct cx *cx, struct view_delivery_item *v)
{
	int64_t left = v->due_at.us - cx->now.us, late = left < 0 ? -left : left;

	if (!v->due_at.us || delivery_turn(v->state) != ORG_PROVIDER)
		return;
	if (v->hold) {
		v->left = msg_text(cx->lang, MSG_delivery_paused);
		v->left_tone = "warn";
		return;
	}
	v->left = MSG_FILL(cx->a, cx->lang, left < 0 ? MSG_delivery_late : MSG_delivery_left,
		{ "days", arena_printf(cx->a, "%d", (int)(late / DAY_US)) }, { "hours", arena_printf(cx->a, "%d", (int)(late % DAY_US / HOUR_US)) });
	v->left_tone = left < 0 ? "bad" : left < DAY_US ? "warn" : "";
}

static void tell(struct cx *cx, struct view_delivery_item *v, const struct delivery_facts *f)
{
	v->href = arena_printf(cx->a, "%s/%s", delivery_base(cx), v->number);
	v->order_href = delivery_order_href(cx, v->order_number);
	v->tone = tone_delivery(v->state);
	v->next = delivery_next(cx, v->state, v->hold, v->due_at);
	add_actions(cx, v, f);
	count_down(cx, v);
}

/* Both statements that list give the same fields. */
#define ADD_ROWS(k, rows, n) do { \
	struct view_delivery_item *v_ = ARENA_ARRAY((k)->cx->a, struct view_delivery_item, n); \
	for (size_t i_ = 0; i_ < (n); i_++) { \
		v_[i_] = (struct view_delivery_item){ \
			.number = (rows)[i_].number, .state = (rows)[i_].state, .hold = (rows)[i_].hold, .product_name = (rows)[i_].product_name, \
			.plan_name = (rows)[i_].plan_name, .order_number = (rows)[i_].order_number, .org_name = (rows)[i_].org_name, .mode = (rows)[i_].mode, \
			.created_at = (rows)[i_].created_at, .ended_at = (rows)[i_].ended_at, .due_at = (rows)[i_].due_at, \
		}; \
		struct delivery_facts f_ = DELIVERY_FACTS(&(rows)[i_], (k)->cx->now); \
		tell((k)->cx, &v_[i_], &f_); \
	} \
	(k)->m->items = v_; \
	(k)->m->items_n = (n); \
} while (0)

static enum rc find_all(struct finding *k, bool sold)
{
	uint64_t own = k->cx->actor.org;
	struct q_delivery_list_in ask = {
		.buyer = sold ? 0 : own, .provider = sold ? own : 0, .since = k->ids.from, .before = k->ids.to, .state = k->in->state, .mode = k->in->mode,
		.like = k->like, .number = k->in->q, .limit = (int32_t)k->limit + 1,
	};
	struct q_delivery_list *r;
	size_t n;

	TRY(cursor_read(k->in->after, &ask.before, 1));
	TRY(q_delivery_list(k->cx->db, k->cx->a, &ask, &r, &n));
	if (list_more(&n, k->limit))
		k->m->next = cursor_write(k->cx->a, &r[k->limit - 1].id, 1);
	ADD_ROWS(k, r, n);
	return RC_OK;
}

/* What is due first is on top; a page ends at an instant and an id. */
static enum rc find_todo(struct finding *k)
{
	uint64_t after[2] = { 0, 0 };
	struct q_delivery_queue *r;
	size_t n;

	TRY(cursor_read(k->in->after, after, 2));
	struct q_delivery_queue_in ask = {
		.provider = k->cx->actor.org, .after = { (int64_t)after[0] }, .after_id = after[1], .like = k->like, .number = k->in->q, .limit = (int32_t)k->limit + 1,
	};
	TRY(q_delivery_queue(k->cx->db, k->cx->a, &ask, &r, &n));
	if (list_more(&n, k->limit))
		k->m->next = cursor_write(k->cx->a, (uint64_t[]){ (uint64_t)r[k->limit - 1].queued_at.us, r[k->limit - 1].id }, 2);
	ADD_ROWS(k, r, n);
	return RC_OK;
}

/* -- tabs, filter ------------------------------------------------------------------------------------------------- */

static enum rc counts(struct cx *cx, int64_t n[delivery_state_n + 1])
{
	struct q_delivery_counts *r;
	size_t rows;

	TRY(q_delivery_counts(cx->db, cx->a, &(struct q_delivery_counts_in){ cx->actor.org }, &r, &rows));
	memset(n, 0, sizeof *n * (delivery_state_n + 1));
	for (size_t i = 0; i < rows; i++) {
		n[r[i].state] = r[i].n;
		n[0] += r[i].n;
	}
	return RC_OK;
}

static struct view_tab tab(const struct web *w, const char *name, const char *value, const char *label, bool current, int64_t count)
{
	struct view_tab t = list_tab(w, name, value, label, current);

	t.counted = true;
	t.count = count;
	return t;
}

static enum rc add_tabs(struct finding *k, bool sold, bool todo)
{
	struct view_tab *t = ARENA_ARRAY(k->cx->a, struct view_tab, delivery_state_n + 2);
	struct view_tabs *tabs = ARENA_NEW(k->cx->a, struct view_tabs);
	int64_t have[delivery_state_n + 1];
	size_t n = 0;

	TRY(counts(k->cx, have));
	if (sold) {
		t[n] = tab(k->w, "state", NULL, web_text(k->w, MSG_delivery_todo), todo, have[DELIVERY_AWAITING_CONFIRMATION] + have[DELIVERY_IN_IMPLEMENTATION]);
		t[n++].href = delivery_base(k->cx);
	}
	t[n] = tab(k->w, "state", NULL, web_text(k->w, MSG_list_all), !todo && !k->in->state, have[0]);
	if (sold)
		t[n].href = arena_printf(k->cx->a, "%s?all=1", delivery_base(k->cx));
	n++;
	for (int s = 1; s <= delivery_state_n; s++)
		t[n++] = tab(k->w, "state", delivery_state_enum.names[s], web_text(k->w, (enum msg)delivery_state_msg[s]), s == (int)k->in->state, have[s]);
	*tabs = (struct view_tabs){ web_text(k->w, MSG_order_list_state), t, n };
	k->m->tabs = tabs;
	return RC_OK;
}

static const struct view_filter *filter_of(struct finding *k, bool todo)
{
	enum { OWN = 2, FIELDS = OWN + RANGE_FIELDS };
	struct view_field *f = ARENA_ARRAY(k->cx->a, struct view_field, FIELDS);

	f[0] = list_search(k->w, "q", MSG_delivery_q, MSG_delivery_q_hint);
	if (todo)
		return list_filter(k->w, f, 1);
	f[1] = list_choice(k->w, "mode", MSG_delivery_mode, &delivery_mode_enum, delivery_mode_msg, (int)k->in->mode);
	range_fields(k->w, MSG_delivery_began, k->in->range, f + OWN);
	return list_filter(k->w, f, FIELDS);
}

static enum rc set_days(struct finding *k)
{
	struct date from = k->in->from, to = k->in->to;
	enum date_range range = range_meant(k->in->range, from, to);

	if (!range)
		return RC_OK;
	if (!range_days(range, date_of(k->cx->now), &from, &to))
		return RC_INVALID;
	k->ids = range_ids(from, to);
	return RC_OK;
}

/* A buyer's deliveries; a provider's, of which those come first that it has to do something about. */
enum rc delivery_list(struct cx *cx, struct web *w)
{
	struct view_delivery_list m = { 0 };
	struct delivery_list_in in = *(const struct delivery_list_in *)w->in;
	struct finding k = { .cx = cx, .w = w, .in = &in, .m = &m, .ids = { 0, UINT64_MAX }, .limit = list_limit(in.limit) };
	bool days = in.range || in.from.days || in.to.days, sold = cx->actor.org_kind != ORG_BUYER, todo = sold && !in.all && !in.state && !in.mode && !days;

	in.q = in.q && *in.q ? in.q : NULL;
	k.like = in.q ? list_like(cx->a, in.q) : NULL;
	m.queue = todo;
	if (set_days(&k) != RC_OK)
		TRY(list_refuse(w, "to", MSG_list_range_year));
	else
		TRY(todo ? find_todo(&k) : find_all(&k, sold));
	TRY(add_tabs(&k, sold, todo));
	m.filter = filter_of(&k, todo);
	m.empty = list_empty(w, in.state || in.mode || days || in.q, sold ? MSG_delivery_none_todo : MSG_delivery_none, sold ? MSG_delivery_none_todo_hint : MSG_delivery_none_hint,
		(struct view_link){ 0 });
	m.pager = list_pager(w, m.items_n, m.next);
	m.org_label = web_text(w, sold ? MSG_delivery_buyer : MSG_delivery_provider);
	m.notice = web_text(w, sold ? MSG_delivery_notice_provider : MSG_delivery_notice);
	w->page.title = sold ? MSG_delivery_queue : MSG_delivery_center;
	m.title = web_text(w, w->page.title);
	delivery_crumbs(w, NULL, NULL);
	return web_show(w, tpl_console_delivery_list, json_delivery_list, &m);
}
