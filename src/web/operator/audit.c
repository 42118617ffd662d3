/* The audit log, searched (ACC-14). */
#include <inttypes.h>

#include "base/id.h"
#include "base/str.h"
#include "base/time.h"
#include "q_audit.h"
#include "view/audit.h"
#include "web/list.h"

enum { DAYS_SHOWN = 30 };	/* when no range is asked for */

struct audit_list_in {
	enum object_kind kind;
	const char *actor, *object;
	struct date from, to;
	LIST_MEMBERS
};
FORM(audit_list_form, struct audit_list_in,
	ENUM(struct audit_list_in, kind, object_kind, .optional = true),
	TEXT(struct audit_list_in, object, .max = 20, .optional = true),
	TEXT(struct audit_list_in, actor, .max = 60, .optional = true),
	DATE(struct audit_list_in, from, .optional = true),
	DATE(struct audit_list_in, to, .optional = true),
	LIST_ROWS(struct audit_list_in))

static struct view_audit_item item_of(struct cx *cx, const struct q_audit_list *r)
{
	return (struct view_audit_item){
		.id = arena_printf(cx->a, "%" PRIu64, r->id), .at = id_instant(r->id), .object_kind = r->object_kind,
		.object = arena_printf(cx->a, "%" PRIu64, r->object_id), .org_name = r->org_name, .event = r->event,
		.from = r->from_state, .to = r->to_state, .why = r->why, .details = { r->details },
		.actor_name = r->actor_name, .address = r->address, .request_id = r->request_id,
	};
}

static enum rc find(struct cx *cx, const struct audit_list_in *in, struct view_audit_list *m)
{
	size_t limit = list_limit(in->limit);
	struct date today = date_of(cx->now), to = in->to.days ? in->to : today;
	struct date from = in->from.days ? in->from : (struct date){ to.days - DAYS_SHOWN };
	struct q_audit_list_in ask = {
		.from_id = id_floor(date_begin(from)), .before = id_floor(date_begin((struct date){ to.days + 1 })),
		.object_kind = in->kind, .actor_name = in->actor && *in->actor ? in->actor : NULL,
		.limit = (int32_t)limit + 1,
	};
	struct q_audit_list *rows;

	if (in->object && *in->object && !str_u64(in->object, &ask.object))
		return RC_OK;	/* no object has such an id */
	if (ask.object && !in->from.days)
		ask.from_id = 0;
	TRY(cursor_read(in->after, &ask.before, 1));
	TRY(q_audit_list(cx->db, cx->a, &ask, &rows, &m->items_n));
	if (list_more(&m->items_n, limit))
		m->next = cursor_write(cx->a, &rows[limit - 1].id, 1);
	struct view_audit_item *items = ARENA_ARRAY(cx->a, struct view_audit_item, m->items_n);
	for (size_t i = 0; i < m->items_n; i++)
		items[i] = item_of(cx, &rows[i]);
	m->items = items;
	return RC_OK;
}

enum rc audit_list(struct cx *cx, struct web *w)
{
	const struct audit_list_in *in = w->in;
	struct view_empty empty = { web_text(w, MSG_list_none), web_text(w, MSG_list_none_hint), NULL };
	struct view_audit_list m = { .empty = &empty };
	struct view_field fields[] = {
		list_choice(w, "kind", MSG_audit_list_kind, &object_kind_enum, object_kind_msg, (int)in->kind),
		web_field(w, &audit_list_form, "object", MSG_audit_list_object_id, NULL),
		web_field(w, &audit_list_form, "actor", MSG_audit_list_actor, NULL),
		web_field(w, &audit_list_form, "from", MSG_audit_list_from, NULL),
		web_field(w, &audit_list_form, "to", MSG_audit_list_to, NULL),
	};

	TRY(find(cx, in, &m));
	m.filter = list_filter(w, fields, sizeof fields / sizeof *fields);
	m.pager = list_pager(w, m.items_n, m.next);
	w->page.title = MSG_audit_list_title;
	CRUMBS(w, web_text(w, MSG_audit_list_title), { web_text(w, MSG_nav_platform), "/ops" });
	return web_show(w, tpl_operator_audit_list, json_audit_list, &m);
}
