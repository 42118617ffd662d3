/* What a provider's own system was told, try by try: DEL-2, PRV-5. */
#include "app/integration.h"

#include <inttypes.h>

#include "base/str.h"
#include "q_integration.h"
#include "tpl.h"
#include "view/integration.h"
#include "web/list.h"

struct integration_list_in { enum outbox_state state; LIST_MEMBERS };
FORM(integration_list_form, struct integration_list_in,
	ENUM(struct integration_list_in, state, outbox_state, .optional = true),
	LIST_ROWS(struct integration_list_in))

static const char *tone_of(enum outbox_state state, bool acknowledged)
{
	return state == OUTBOX_FAILED ? (acknowledged ? "plain" : "bad") : state == OUTBOX_DONE ? "ok" : "info";
}

#define EVENT_OF(a, r) \
	.id = arena_printf((a), "%" PRIu64, (r)->id), .action = (enum provision_action)enum_of(&provision_action_enum, (r)->action, strlen((r)->action)), \
	.state = (r)->state, .resource_id = arena_printf((a), "%" PRIu64, (r)->resource_id), .resource_name = (r)->resource_name, .product_name = (r)->product_name, \
	.order_number = (r)->order_number, .tries = (r)->tries, .created_at = (r)->created_at, .next_at = (r)->next_at, .done_at = (r)->done_at, \
	.acknowledged_at = (r)->acknowledged_at, .tone = tone_of((r)->state, (r)->acknowledged_at.us)

static enum rc add_rows(struct cx *cx, const struct integration_list_in *in, struct view_integration_list *m)
{
	size_t limit = list_limit(in->limit);
	struct q_integration_list_in ask = { .provider = cx->actor.org, .state = in->state, .before = UINT64_MAX, .limit = (int32_t)limit + 1 };
	struct q_integration_list *r;

	TRY(cursor_read(in->after, &ask.before, 1));
	TRY(q_integration_list(cx->db, cx->a, &ask, &r, &m->items_n));
	if (list_more(&m->items_n, limit))
		m->next = cursor_write(cx->a, &r[limit - 1].id, 1);
	struct view_integration_item *items = ARENA_ARRAY(cx->a, struct view_integration_item, m->items_n);
	for (size_t i = 0; i < m->items_n; i++)
		items[i] = (struct view_integration_item){ EVENT_OF(cx->a, &r[i]), .status = r[i].status, .answer = r[i].answer };
	m->items = items;
	return RC_OK;
}

enum rc integration_list(struct cx *cx, struct web *w)
{
	const struct integration_list_in *in = w->in;
	struct view_integration_list m = { 0 };

	TRY(add_rows(cx, in, &m));
	m.tabs = LIST_TABS(w, "state", MSG_integration_state, MSG_list_all, outbox_state, in->state);
	m.pager = list_pager(w, m.items_n, m.next);
	m.empty = list_empty(w, in->state, MSG_integration_none, MSG_integration_none_hint, (struct view_link){ 0 });
	w->page.title = MSG_integration_title;
	CRUMBS(w, web_text(w, MSG_integration_title), { web_text(w, MSG_nav_provider), "/provider" });
	return web_show(w, tpl_provider_integration_list, json_integration_list, &m);
}

static enum rc add_tries(struct cx *cx, uint64_t id, struct view_integration_show *m)
{
	struct q_integration_tries *r;

	TRY(q_integration_tries(cx->db, cx->a, &(struct q_integration_tries_in){ id }, &r, &m->items_n));
	struct view_integration_try *items = ARENA_ARRAY(cx->a, struct view_integration_try, m->items_n);
	for (size_t i = 0; i < m->items_n; i++)
		items[i] = (struct view_integration_try){ r[i].try, r[i].begun_at, r[i].took_ms, r[i].status, r[i].answer };
	m->items = items;
	return RC_OK;
}

static uint64_t id_of(const struct web *w)
{
	uint64_t id;

	return str_u64(web_param(w, "id"), &id) ? id : 0;
}

enum rc integration_show(struct cx *cx, struct web *w)
{
	struct q_integration_show e;
	struct view_integration_show m = { 0 };

	TRY(q_integration_show(cx->db, cx->a, &(struct q_integration_show_in){ cx->actor.org, id_of(w) }, &e));
	struct view_integration_item event = { EVENT_OF(cx->a, &e) };
	TRY(add_tries(cx, e.id, &m));
	if (m.items_n) {
		event.status = m.items->status;
		event.answer = m.items->answer;
	}
	m.event = &event;
	m.sign_id = e.sign_id;
	m.may_replay = integration_replays(e.state, e.action);
	m.may_acknowledge = e.state == OUTBOX_FAILED && !e.acknowledged_at.us;
	m.settings = arena_printf(cx->a, "/provider/products/%" PRIu64, e.product_id);
	w->page.title = MSG_integration_event;
	w->page.name = event.id;
	CRUMBS(w, event.id, { web_text(w, MSG_nav_provider), "/provider" }, { web_text(w, MSG_integration_title), "/provider/integration" });
	return web_show(w, tpl_provider_integration_show, json_integration_show, &m);
}

enum rc integration_replay_do(struct cx *cx, struct web *w)
{
	struct outcome out;

	TRY(integration_replay(cx, id_of(w), &out));
	return web_done(w, &out);
}

enum rc integration_acknowledge_do(struct cx *cx, struct web *w)
{
	struct outcome out;

	TRY(integration_acknowledge(cx, id_of(w), &out));
	return web_done(w, &out);
}
