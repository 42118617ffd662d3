/* What buyers call their resources (CAT-14). */
#include "app/resource.h"
#include "base/out.h"
#include "base/str.h"
#include "domain/tag.h"

enum rc resource_tags_put(struct work *w, uint64_t buyer, uint64_t resource, const char *tags)
{
	struct q_resource_tag_insert_in rows[TAGS_MAX];
	size_t n = 0;

	for (const char *s = tags; *s && n < TAGS_MAX; s += strcspn(s, "\n"), s += *s == '\n') {
		const char *line = arena_dup(w->cx->a, s, strcspn(s, "\n")), *is = strchr(line, '=');
		if (is)
			rows[n++] = (struct q_resource_tag_insert_in){ buyer, resource, arena_dup(w->cx->a, line, (size_t)(is - line)), is + 1 };
	}
	return n ? q_resource_tag_insert(w->tx, rows, n) : RC_OK;
}

struct naming {
	uint64_t id;
	const char *name, *tags;
};

static const char *details_of(struct arena *a, const struct q_resource_name_lock *was, const struct naming *now)
{
	const char *const values[] = { was->name, was->tags ? was->tags : "", now->name, now->tags };
	static const char *const keys[] = { "{\"before\":{\"name\":", ",\"tags\":", "},\"after\":{\"name\":", ",\"tags\":" };
	struct out o = { 0 };

	for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
		out_str(&o, keys[i]);
		out_json(&o, values[i]);
	}
	out_lit(&o, "}}");
	const char *json = arena_dup(a, o.p, o.n);
	out_free(&o);
	return json;
}

static enum rc name(struct work *w, void *arg)
{
	const struct naming *now = arg;
	struct q_resource_name_lock was;
	uint64_t org = w->cx->actor.org, n;

	TRY(q_resource_name_lock(w->tx, w->cx->a, &(struct q_resource_name_lock_in){ .buyer = org, .id = now->id }, &was));
	w->out.location = arena_printf(w->cx->a, "/console/resources/%llu", (unsigned long long)now->id);
	if (str_eq(was.name, now->name) && str_eq(was.tags ? was.tags : "", now->tags))
		return RC_OK;
	TRY(q_resource_name_set(w->tx, &(struct q_resource_name_set_in){ .buyer = org, .id = now->id, .name = now->name }, &n));
	TRY(q_resource_tag_clear(w->tx, &(struct q_resource_tag_clear_in){ .buyer = org, .resource = now->id }, &n));
	TRY(resource_tags_put(w, org, now->id, now->tags));
	work_audit(w, (struct event){ .kind = OBJECT_RESOURCE, .object = now->id, .org = org, .name = "rename", .details = details_of(w->cx->a, &was, now) });
	return RC_OK;
}

enum rc resource_rename(struct cx *cx, uint64_t id, const char *new_name, const char *tags, struct outcome *out)
{
	return work_do(cx, name, &(struct naming){ id, new_name, tags }, out);
}
