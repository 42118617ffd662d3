/* The inbox: ACC-16. */
#include "app/inbox.h"

#include <inttypes.h>

#include "base/id.h"
#include "base/str.h"
#include "domain/message.h"
#include "q_message.h"
#include "view/inbox.h"
#include "view/message.h"
#include "web/list.h"
#include "web/nav.h"

struct inbox_list_in { bool unread; enum message_topic topic; LIST_MEMBERS };
FORM(inbox_list_form, struct inbox_list_in,
	CHECK(struct inbox_list_in, unread),
	ENUM(struct inbox_list_in, topic, message_topic, .optional = true),
	LIST_ROWS(struct inbox_list_in))

static const char *id_text(struct cx *cx, uint64_t id) { return arena_printf(cx->a, "%" PRIu64, id); }

static struct view_inbox_item item_of(struct cx *cx, const struct q_inbox_list *r)
{
	struct message_facts facts = { r->event, r->number, r->subject, r->why, r->amount, r->deadline };

	return (struct view_inbox_item){
		.id = id_text(cx, r->id), .event = r->event, .topic = r->topic, .number = r->number, .link = r->link, .subject = r->subject,
		.text = message_text(cx->a, cx->lang, cx->conf->platform_name, &facts).text, .at = id_instant(r->id), .read_at = r->read_at,
	};
}

static enum rc find(struct cx *cx, const struct inbox_list_in *in, struct view_inbox_list *m)
{
	size_t limit = list_limit(in->limit);
	uint64_t before = UINT64_MAX;
	struct q_inbox_list *rows;

	TRY(cursor_read(in->after, &before, 1));
	struct q_inbox_list_in ask = {
		.person = cx->actor.person, .org = cx->actor.org, .before = before ? before : UINT64_MAX, .unread = in->unread, .topic = in->topic, .limit = (int32_t)limit + 1,
	};
	TRY(q_inbox_list(cx->db, cx->a, &ask, &rows, &m->items_n));
	if (list_more(&m->items_n, limit))
		m->next = cursor_write(cx->a, (uint64_t[]){ rows[limit - 1].id }, 1);
	struct view_inbox_item *items = ARENA_ARRAY(cx->a, struct view_inbox_item, m->items_n);
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

	t[0] = list_tab(w, "unread", NULL, web_text(w, MSG_inbox_all), !unread);
	t[1] = list_tab(w, "unread", "1", web_text(w, MSG_inbox_unread), unread);
	t[1].count = w->session->unread;
	t[1].counted = true;
	*tabs = (struct view_tabs){ .items = t, .items_n = 2 };
	return tabs;
}

/* The topics of which a member of such an organisation can be told. */
static bool concerns(enum message_topic topic, enum org_kind kind)
{
	for (int ev = 1; ev <= message_event_n; ev++)
		if (message_rules[ev].topic == topic && message_rules[ev].to == kind)
			return true;
	return false;
}

static const struct view_filter *filter_of(struct cx *cx, struct web *w, enum message_topic chosen)
{
	struct view_field f = list_choice(w, "topic", MSG_inbox_topic, &message_topic_enum, message_topic_msg, chosen);
	struct view_field_option *o = ARENA_ARRAY(cx->a, struct view_field_option, f.options_n);
	size_t n = 0;

	for (size_t i = 0; i < f.options_n; i++)
		if (!i || concerns((enum message_topic)i, (enum org_kind)cx->actor.org_kind))
			o[n++] = f.options[i];
	f.options = o;
	f.options_n = n;
	return list_filter(w, web_keep(w, f), 1);
}

enum rc inbox_list(struct cx *cx, struct web *w)
{
	const struct inbox_list_in *in = w->in;
	struct view_inbox_list m = { .unread = w->session->unread, .topic = in->topic ? message_topic_enum.names[in->topic] : "" };

	TRY(find(cx, in, &m));
	m.back = list_href(w, "after", in->after);
	m.tabs = tabs_of(cx, w, in->unread);
	m.filter = filter_of(cx, w, in->topic);
	m.empty = list_empty(w, in->unread || in->topic, MSG_inbox_empty, MSG_inbox_empty_hint,
		(struct view_link){ .label = web_text(w, MSG_notification_title), .href = "/console/settings/notifications", .primary = true });
	m.pager = list_pager(w, m.items_n, m.next);
	w->page.title = MSG_inbox_title;
	CRUMBS(w, web_text(w, MSG_inbox_title), crumb_home(w));
	return web_show(w, tpl_console_inbox_list, json_inbox_list, &m);
}

/* Two buttons: one leads to what it is about, the other stays. */
struct inbox_read_in { bool stay; const char *back; };
FORM(inbox_read_form, struct inbox_read_in,
	CHECK(struct inbox_read_in, stay),
	TEXT(struct inbox_read_in, back, .max = URI_MAX, .optional = true))

enum rc inbox_read_do(struct cx *cx, struct web *w)
{
	const struct inbox_read_in *in = w->in;
	struct outcome out;

	TRY(inbox_read(cx, web_param_id(w, "id"), in->stay ? web_back(w, "back", "/console/inbox") : NULL, &out));
	return web_done(w, &out);
}

struct inbox_read_all_in { const char *up_to; enum message_topic topic; const char *back; };
FORM(inbox_read_all_form, struct inbox_read_all_in,
	TEXT(struct inbox_read_all_in, up_to, .max = 20),
	ENUM(struct inbox_read_all_in, topic, message_topic, .optional = true),
	TEXT(struct inbox_read_all_in, back, .max = URI_MAX, .optional = true))

enum rc inbox_read_all_do(struct cx *cx, struct web *w)
{
	const struct inbox_read_all_in *in = w->in;
	struct outcome out;
	uint64_t up_to;

	if (!str_u64(in->up_to, &up_to))
		return RC_NOT_FOUND;
	TRY(inbox_read_all(cx, up_to, in->topic, web_back(w, "back", "/console/inbox"), &out));
	return web_done(w, &out);
}
