#include "web/buyer/resource_tag.h"

#include "base/str.h"
#include "web/list.h"

FORM(tag_form, struct tag_in,
	TEXT(struct tag_in, tag, .max = TAG_KEY_MAX, .optional = true),
	TEXT(struct tag_in, value, .max = TAG_VALUE_MAX, .optional = true))

static enum msg wrong(const struct tag_in *rows, size_t i)
{
	if (!rows[i].tag)
		return rows[i].value ? MSG_resource_tag_key_missing : MSG_NONE;
	if (!tag_key_good(rows[i].tag))
		return MSG_resource_tag_key_wrong;
	for (size_t k = 0; k < i; k++)
		if (rows[k].tag && str_eq(rows[k].tag, rows[i].tag))
			return MSG_resource_tag_key_twice;
	return MSG_NONE;
}

enum rc tags_read(struct web *w, const struct items *tags, const char **text)
{
	const struct tag_in *rows = tags->v;
	enum rc rc = RC_OK;

	*text = "";
	for (size_t i = 0; i < tags->n; i++) {
		enum msg msg = wrong(rows, i);
		if (msg)
			rc = web_refuse(w, form_name(w->cx->a, "tag", i + 1), msg);
		else if (rows[i].tag)
			*text = arena_printf(w->cx->a, "%s%s%s=%s", *text, **text ? "\n" : "", rows[i].tag, rows[i].value ? rows[i].value : "");
	}
	return rc;
}

static size_t last_typed(const struct items *tags)
{
	const struct tag_in *rows = tags->v;
	size_t n = tags->n;

	while (n && !rows[n - 1].tag && !rows[n - 1].value)
		n--;
	return n;
}

static struct view_resource_tag_row row_of(struct web *w, size_t i, const struct view_resource_tag *t)
{
	struct view_field key = web_item_field(w, &tag_form, i, "tag", MSG_resource_tag_key, t ? t->tag : NULL);
	struct view_field value = web_item_field(w, &tag_form, i, "value", MSG_resource_tag_value, t ? t->value : NULL);

	return (struct view_resource_tag_row){ web_keep(w, key), web_keep(w, value) };
}

const struct view_resource_tag_rows *tag_rows(struct web *w, const struct items *typed, const struct view_resource_tag *there, size_t n)
{
	struct view_resource_tag_rows *m = ARENA_NEW(w->cx->a, struct view_resource_tag_rows);
	size_t count = typed->n ? last_typed(typed) : n, shown = count < TAGS_MAX ? count + 1 : TAGS_MAX;
	struct view_resource_tag_row *rows = ARENA_ARRAY(w->cx->a, struct view_resource_tag_row, shown);

	for (size_t i = 0; i < shown; i++)
		rows[i] = row_of(w, i + 1, !typed->n && i < n ? &there[i] : NULL);
	*m = (struct view_resource_tag_rows){ .rows = rows, .rows_n = shown, .full = shown == TAGS_MAX };
	return m;
}
