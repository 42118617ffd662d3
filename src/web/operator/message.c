/* E-mails and SMS that did not go out: ACC-16. */
#include "app/message.h"

#include <inttypes.h>

#include "base/str.h"
#include "view/message_desk.h"
#include "web/list.h"

struct message_desk_in { enum outbox_state state; LIST_MEMBERS };
FORM(message_desk_form, struct message_desk_in,
	ENUM(struct message_desk_in, state, outbox_state, .optional = true),
	LIST_ROWS(struct message_desk_in))

static const enum outbox_state shown[] = { OUTBOX_FAILED, OUTBOX_WAITING, OUTBOX_DONE };
enum { SHOWN = sizeof shown / sizeof *shown };

static struct view_message_desk_item item_of(struct cx *cx, const struct q_message_desk *r)
{
	bool by_email = str_eq(r->action, MESSAGE_BY_EMAIL);

	return (struct view_message_desk_item){
		.id = arena_printf(cx->a, "%" PRIu64, r->id), .state = r->state, .by_email = by_email, .event = r->event, .number = r->number, .person = r->person_name,
		.to = by_email ? r->email : r->mobile, .tries = r->tries, .status = r->status, .answer = r->answer, .created_at = r->created_at,
		.next_at = r->next_at, .done_at = r->done_at,
	};
}

static enum rc find(struct cx *cx, const struct message_desk_in *in, enum outbox_state state, struct view_message_desk *m)
{
	size_t limit = list_limit(in->limit);
	struct q_message_desk_in ask = { .state = state, .retrying = state == OUTBOX_WAITING, .before = UINT64_MAX, .limit = (int32_t)limit + 1 };
	struct q_message_desk *rows;

	TRY(cursor_read(in->after, &ask.before, 1));
	TRY(q_message_desk(cx->db, cx->a, &ask, &rows, &m->items_n));
	if (list_more(&m->items_n, limit))
		m->next = cursor_write(cx->a, &rows[limit - 1].id, 1);
	struct view_message_desk_item *items = ARENA_ARRAY(cx->a, struct view_message_desk_item, m->items_n);
	for (size_t i = 0; i < m->items_n; i++)
		items[i] = item_of(cx, &rows[i]);
	m->items = items;
	m->up_to = m->items_n ? items[0].id : "";
	return RC_OK;
}

enum rc message_desk(struct cx *cx, struct web *w)
{
	static const enum msg label[] = { MSG_message_desk_failed, MSG_message_desk_waiting, MSG_message_desk_done };
	const struct message_desk_in *in = w->in;
	enum outbox_state state = in->state ? in->state : OUTBOX_FAILED;
	struct view_notice off = { "warn", web_text(w, MSG_message_desk_off), NULL };
	struct view_tab tab[SHOWN];
	struct view_tabs tabs = { web_text(w, MSG_message_desk_title), tab, SHOWN };
	struct view_empty empty = { web_text(w, MSG_list_none), web_text(w, MSG_message_desk_none), NULL };
	struct view_message_desk m = { .tabs = &tabs, .empty = &empty };

	for (int i = 0; i < SHOWN; i++)
		tab[i] = list_tab(w, "state", outbox_state_enum.names[shown[i]], web_text(w, label[i]), shown[i] == state);
	TRY(find(cx, in, state, &m));
	m.may_resend = state == OUTBOX_FAILED && permit_allows(PERM_MESSAGE_RESEND, (enum org_kind)cx->actor.org_kind, cx->actor.roles);
	m.pager = list_pager(w, m.items_n, m.next);
	if (!*cx->conf->mail_server)
		w->page.notice = &off;
	w->page.title = MSG_message_desk_title;
	CRUMBS(w, web_text(w, MSG_message_desk_title), { web_text(w, MSG_nav_platform), "/ops" });
	return web_show(w, tpl_operator_message_desk, json_message_desk, &m);
}

static enum rc again(struct cx *cx, struct web *w, uint64_t id, bool all)
{
	struct outcome out;
	enum rc rc = message_resend(cx, id, all, &out);

	if (rc == RC_CONFLICT)
		return web_refuse(w, NULL, MSG_message_desk_meanwhile);
	TRY(rc);
	return web_done(w, &out);
}

enum rc message_resend_do(struct cx *cx, struct web *w) { return again(cx, w, web_param_id(w, "id"), false); }

struct message_resend_all_in { const char *up_to; };
FORM(message_resend_all_form, struct message_resend_all_in,
	TEXT(struct message_resend_all_in, up_to, .max = 20))

enum rc message_resend_all_do(struct cx *cx, struct web *w)
{
	const struct message_resend_all_in *in = w->in;
	uint64_t up_to;

	return str_u64(in->up_to, &up_to) ? again(cx, w, up_to, true) : RC_NOT_FOUND;
}
