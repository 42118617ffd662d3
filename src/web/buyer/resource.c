#include "web/buyer/resource.h"

#include <inttypes.h>

#include "base/out.h"
#include "base/str.h"
#include "domain/tag.h"

/* The actions that have a page. */
static const struct { enum resource_action action; const char *path; enum msg label; enum perm perm; } pages[] = {
	{ RESOURCE_MANAGE, "", MSG_resource_list_manage, PERM_RESOURCE_READ },
	{ RESOURCE_CONVERT, "/convert", MSG_resource_list_convert, PERM_CHECKOUT },
	{ RESOURCE_REQUIRE, NULL, MSG_resource_list_require, PERM_DELIVERY_ACT },
};
enum { PAGES = sizeof pages / sizeof *pages };

/* A requirement is handed in on the page of the delivery. */
static const char *href_of(struct arena *a, const char *path, const struct resource_buttons *b)
{
	return path ? arena_printf(a, "/console/resources/%" PRIu64 "%s", b->id, path) : arena_printf(a, "/console/deliveries/%s#do", b->requires);
}

const struct view_action *resource_buttons(const struct web *w, const struct resource_buttons *b, size_t *n)
{
	const struct cx *cx = w->cx;
	struct resource_facts facts = {
		.now = cx->now, .ends_at = b->ends_at, .convertible = b->convertible, .unpaid_order = b->open_order, .refunding = b->refunding, .requires = b->requires, .freeze = w->session->freeze_kind,
	};
	uint32_t offered = resource_actions(b->state, &facts);
	struct view_action *a = ARENA_ARRAY(cx->a, struct view_action, PAGES);

	*n = 0;
	for (size_t i = b->page; i < PAGES; i++)
		if (set_has(offered, (int)pages[i].action) && permit_allows(pages[i].perm, (enum org_kind)cx->actor.org_kind, cx->actor.roles))
			a[(*n)++] = (struct view_action){
				resource_action_enum.names[pages[i].action], href_of(cx->a, pages[i].path, b), pages[i].label, false,
			};
	return a;
}

const struct view_resource_tag *resource_tags(struct arena *a, const char *tags, size_t *n)
{
	struct view_resource_tag *t = ARENA_ARRAY(a, struct view_resource_tag, TAGS_MAX);
	struct out o = { 0 };

	*n = 0;
	for (const char *s = tags ? tags : ""; *s && *n < TAGS_MAX; s += strcspn(s, "\n"), s += *s == '\n') {
		const char *line = arena_dup(a, s, strcspn(s, "\n"));
		size_t key = strcspn(line, "=");
		out_reset(&o);
		out_lit(&o, "/console/resources?q=");
		out_url(&o, line);
		t[(*n)++] = (struct view_resource_tag){ arena_dup(a, line, key), line[key] ? line + key + 1 : "", arena_dup(a, o.p, o.n) };
	}
	out_free(&o);
	return t;
}
