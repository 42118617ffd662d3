/* The inbox: ACC-16. */
#include <inttypes.h>

#include "app/message.h"
#include "base/id.h"
#include "base/str.h"
#include "view/message.h"
#include "web/list.h"

struct message_list_in { bool unread; LIST_MEMBERS };
FORM(message_list_form, struct message_list_in,
	CHECK(struct message_list_in, unread),
	LIST_ROWS(struct message_list_in))

static const char *id_text(struct cx *cx, uint64_t id) { return arena_printf(cx->a, "%" PRIu64, id); }

static struct view_message_item item_of(struct cx *cx, const struct q_message_list *r)
{
	struct message_facts facts = { r->event, r->number, r->subject, r->why, r->amount, r->deadline };

	return (struct view_message_item){
		.id = id_text(cx, r->id), .event = r->event, .number = r->number, .link = r->link, .subject = r->subject,
		.text = message_text(cx->a, cx->lang, cx->conf->platform_name, &facts).text, .at = id_instant(r->id), .read_at = r->read_at,
	};
}

static enum rc find(struct cx *cx, const struct message_list_in *in, struct view_message_list *m)
{
	size_t limit = list_limit(in->limit);
	uint64_t before = UINT64_MAX;
	struct q_message_list *rows;

	TRY(cursor_read(in->after, &before, 1));
	struct q_message_list_in ask = { .person = cx->actor.person, .org = cx->actor.org, .before = before ? before : UINT64_MAX, .unread = in->unread, .limit = (int32_t)limit + 1 };
	TRY(q_message_list(cx->db, cx->a, &ask, &rows, &m->items_n));
	if (list_more(&m->items_n, limit))
		m->next = cursor_write(cx->a, (uint64_t[]){ rows[limit - 1].id }, 1);
	struct view_message_item *items = ARENA_ARRAY(cx->a, struct view_message_item, m->items_n);
	for (size_t i = 0; i < m->items_n; i++)
		items[i] = item_of(cx, &rows[i]);
	m->items = items;
	m->up_to = m->items_n ? items[0].id : "";
	return RC_OK;
}

static const struct view_tabs *tabs_of(struct cx *cx, const struct web *w, bool unread)
{
	struct view_tab *t = ARENA_ARRAY(cx->a, struct view_tab, 2);
	struct view_tabs *tabs = ARENA_NEW(cx->a, struct view_tabs);

	t[0] = list_tab(w, "unread", NULL, web_text(w, MSG_message_list_all), !unread);
	t[1] = list_tab(w, "unread", "1", web_text(w, MSG_message_list_unread), unread);
	t[1].count = w->session->unread;
	t[1].counted = true;
	*tabs = (struct view_tabs){ .items = t, .items_n = 2 };
	return tabs;
}

enum rc message_list(struct cx *cx, struct web *w)
{
	const struct message_list_in *in = w->in;
	struct view_message_list m = { .unread = w->session->unread };

	TRY(find(cx, in, &m));
	m.tabs = tabs_of(cx, w, in->unread);
	m.empty = list_empty(w, in->unread, MSG_message_list_empty, MSG_message_list_empty_hint,
		(struct view_link){ .label = web_text(w, MSG_list_shop), .href = "/products", .primary = true });
	m.pager = list_pager(w, m.items_n, m.next);
	w->page.title = MSG_message_list_title;
	CRUMBS(w, web_text(w, MSG_message_list_title), { web_text(w, w->page.portal), w->page.home });
	return web_show(w, tpl_console_message_list, json_message_list, &m);
}

struct message_read_in { const char *up_to; };
FORM(message_read_form, struct message_read_in,
	TEXT(struct message_read_in, up_to, .max = 20))

enum rc message_read_do(struct cx *cx, struct web *w)
{
	const struct message_read_in *in = w->in;
	struct outcome out;
	uint64_t up_to;

	if (!str_u64(in->up_to, &up_to))
		return RC_NOT_FOUND;
	TRY(message_read(cx, up_to, &out));
	return web_done(w, &out);
}
