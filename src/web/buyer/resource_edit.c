/* Name and tags of a resource, changed later: CAT-14. */
#include <inttypes.h>

#include "app/resource.h"
#include "app/work.h"
#include "web/buyer/resource.h"
#include "web/buyer/resource_tag.h"
#include "web/list.h"

struct resource_edit_in { const char *name; struct items tags; bool more; };
FORM(resource_edit_form, struct resource_edit_in,
	TEXT(struct resource_edit_in, name, .max = RESOURCE_NAME_MAX, .optional = true),
	TAG_ROWS(struct resource_edit_in),
	CHECK(struct resource_edit_in, more))

enum rc resource_edit(struct cx *cx, struct web *w)
{
	const struct resource_edit_in *in = w->in;
	const char *path = arena_printf(cx->a, "/console/resources/%" PRIu64, web_param_id(w, "id"));
	struct view_resource_tag_rows *rows = ARENA_NEW(cx->a, struct view_resource_tag_rows);
	struct q_resource_show r;
	size_t n;

	TRY(q_resource_show(cx->db, cx->a, &(struct q_resource_show_in){ .buyer = cx->actor.org, .id = web_param_id(w, "id") }, &r));
	struct view_field name = web_field(w, &resource_edit_form, "name", MSG_resource_edit_name, r.name);
	name.required = true;
	const struct view_resource_tag *there = resource_tags(cx->a, r.tags, &n);
	*rows = *tag_rows(w, &in->tags, there, n);
	rows->again = arena_printf(cx->a, "%s/edit", path);
	struct view_resource_edit m = { .id = arena_printf(cx->a, "%" PRIu64, r.id), .name = &name, .tags = rows };
	w->page.title = MSG_resource_edit_title;
	CRUMBS(w, web_text(w, MSG_resource_edit_title), { web_text(w, MSG_resource_list_title), "/console/resources" }, { r.name, path });
	return web_show(w, tpl_buyer_resource_edit, json_resource_edit, &m);
}

enum rc resource_rename_do(struct cx *cx, struct web *w)
{
	const struct resource_edit_in *in = w->in;
	struct outcome out;
	const char *tags;

	if (in->more)	/* a row more, for which nothing is changed */
		return resource_edit(cx, w);
	if (!in->name)
		web_refuse(w, "name", MSG_field_required);
	enum rc rc = tags_read(w, &in->tags, &tags);
	TRY(w->errors.n ? RC_INVALID : rc);
	TRY(resource_rename(cx, web_param_id(w, "id"), in->name, tags, &out));
	return web_done(w, &out);
}
