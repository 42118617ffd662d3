/* Which kinds of events reach a person by e-mail and by SMS: ACC-16. */
#include "app/inbox.h"
#include "base/str.h"
#include "domain/message.h"
#include "q_message.h"
#include "view/inbox.h"
#include "web/list.h"
#include "web/nav.h"

struct notification_in { bool saved; struct texts by_email, by_sms; };
FORM(notification_form, struct notification_in,
	CHECK(struct notification_in, saved),
	TEXTS(struct notification_in, by_email, .max = message_event_n),
	TEXTS(struct notification_in, by_sms, .max = message_event_n))

static bool concerns(const struct cx *cx, int ev)
{
	return message_concerns((enum message_event)ev, (enum org_kind)cx->actor.org_kind, cx->actor.roles);
}

static bool has(struct texts t, const char *name)
{
	for (size_t i = 0; i < t.n; i++)
		if (str_eq(t.v[i], name))
			return true;
	return false;
}

/* What was typed, if it was; else what was chosen; else what the roles have. */
static struct view_notification_item item_of(struct cx *cx, const struct web *w, int ev, const struct q_message_choice_list *rows, size_t n)
{
	const struct message_rule *rule = &message_rules[ev];
	const char *name = message_event_enum.names[ev];
	struct view_notification_item item = { .event = (enum message_event)ev, .by_email = true, .by_sms = rule->texted & cx->actor.roles, .must = rule->must };

	for (size_t i = 0; i < n; i++)
		if (str_eq(rows[i].event, name)) {
			item.by_email = rows[i].by_email;
			item.by_sms = rows[i].by_sms;
		}
	if (w->req->method == METHOD_POST) {
		const struct notification_in *in = w->in;
		item.by_email = has(in->by_email, name);
		item.by_sms = has(in->by_sms, name);
	}
	item.by_email |= rule->must;
	return item;
}

static enum rc topics_of(struct cx *cx, const struct web *w, struct view_notification *m)
{
	struct view_notification_topic *topics = ARENA_ARRAY(cx->a, struct view_notification_topic, message_topic_n);
	struct view_notification_item *items = ARENA_ARRAY(cx->a, struct view_notification_item, message_event_n);
	struct q_message_choice_list *rows;
	size_t n;

	TRY(q_message_choice_list(cx->db, cx->a, &(struct q_message_choice_list_in){ .person = cx->actor.person }, &rows, &n));
	for (int t = 1; t <= message_topic_n; t++) {
		struct view_notification_topic *to = &topics[m->topics_n];
		*to = (struct view_notification_topic){ .topic = (enum message_topic)t, .items = items };
		for (int ev = 1; ev <= message_event_n; ev++)
			if ((int)message_rules[ev].topic == t && concerns(cx, ev))
				items[to->items_n++] = item_of(cx, w, ev, rows, n);
		items += to->items_n;
		m->topics_n += to->items_n > 0;
	}
	m->topics = topics;
	return RC_OK;
}

enum rc notification_show(struct cx *cx, struct web *w)
{
	struct view_notice saved = { "ok", web_text(w, MSG_notification_saved), NULL };
	const struct notification_in *in = w->in;
	struct view_notification m = { 0 };
	struct q_message_contact who;

	TRY(q_message_contact(cx->db, cx->a, &(struct q_message_contact_in){ .person = cx->actor.person }, &who));
	m.email = who.email;
	m.mobile = who.mobile;
	TRY(topics_of(cx, w, &m));
	if (in->saved && w->req->method == METHOD_GET)
		w->page.notice = &saved;
	w->page.title = MSG_notification_title;
	CRUMBS(w, web_text(w, MSG_notification_title), crumb_home(w));
	return web_show(w, tpl_console_notification, json_notification, &m);
}

/* A name that is no event of this reader's is not one that the page offers. */
static bool known(const struct cx *cx, struct texts t)
{
	for (size_t i = 0; i < t.n; i++) {
		int ev = enum_of(&message_event_enum, t.v[i], strlen(t.v[i]));
		if (!ev || !concerns(cx, ev))
			return false;
	}
	return true;
}

enum rc notification_set_do(struct cx *cx, struct web *w)
{
	const struct notification_in *in = w->in;
	struct inbox_choice *c = ARENA_ARRAY(cx->a, struct inbox_choice, message_event_n);
	struct outcome out;
	size_t n = 0;

	if (!known(cx, in->by_email))
		web_refuse(w, "by_email", MSG_field_choice);
	if (!known(cx, in->by_sms))
		web_refuse(w, "by_sms", MSG_field_choice);
	if (w->errors.n)
		return RC_INVALID;
	for (int ev = 1; ev <= message_event_n; ev++)
		if (concerns(cx, ev))
			c[n++] = (struct inbox_choice){
				(enum message_event)ev, message_rules[ev].must || has(in->by_email, message_event_enum.names[ev]), has(in->by_sms, message_event_enum.names[ev]),
			};
	TRY(inbox_choose(cx, c, n, &out));
	return web_done(w, &out);
}
