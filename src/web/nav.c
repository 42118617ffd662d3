#include "web/nav.h"
#include "base/str.h"
#include "q_desk.h"
#include "web/dispatch.h"

struct nav_row {
	enum org_kind of;		/* of a group: whose it is, 0 = everybody's */
	const char *href, *icon;	/* of an item; NULL: a group */
	enum msg label;
	enum perm perm;
	int64_t (*waiting)(const struct q_session_by_token *s, const struct q_desk_waiting *d);
};

#define HEADING(k, l)
#define NAV(href, icon, label_, perm_, waits) \
	static int64_t waiting_##perm_##_##label_(const struct q_session_by_token *s, const struct q_desk_waiting *d) { (void)s; (void)d; return waits; }
#include "web/nav.def"
#undef HEADING
#undef NAV

static const struct nav_row rows[] = {
#define HEADING(k, l) { .of = k, .label = l },
#define NAV(href_, icon_, label_, perm_, waits) \
	{ .href = href_, .icon = icon_, .label = label_, .perm = perm_, .waiting = waiting_##perm_##_##label_ },
#include "web/nav.def"
};
enum { ROWS = sizeof rows / sizeof *rows };

static const struct { const char *href; enum msg name; } home[] = {
	[ORG_BUYER] = { "/console", MSG_nav_buyer },
	[ORG_PROVIDER] = { "/provider", MSG_nav_provider },
	[ORG_PLATFORM] = { "/ops", MSG_nav_platform },
};

bool nav_of_payer(const struct web *w, enum perm p) { return w->session && w->session->payer_org && perm_info[p].payer; }

const char *nav_home(const struct web *w) { return w->session ? home[w->session->org_kind].href : "/"; }

/* The page itself or one below it. */
static bool under(const char *path, const char *href)
{
	size_t n = strlen(href);

	return str_prefix(path, href) && (!path[n] || path[n] == '/');
}

static bool shown(const struct web *w, const struct nav_row *r)
{
	const struct actor *who = &w->cx->actor;

	if (r->perm == PERM_ZONE_ORDERS && !w->session->zones)
		return false;
	return permit_allows(r->perm, (enum org_kind)who->org_kind, who->roles) && !nav_of_payer(w, r->perm);
}

/* Of all items the one with the longest address that leads here.  Everything is below the first page, so that it is
 * marked for itself only. */
static void mark_current(struct view_nav_item *items, size_t n, const char *home_href, const char *path)
{
	struct view_nav_item *best = NULL;

	for (size_t i = 0; i < n; i++)
		if ((str_eq(items[i].href, home_href) ? str_eq(path, home_href) : under(path, items[i].href)) &&
			(!best || strlen(items[i].href) > strlen(best->href)))
			best = &items[i];
	if (best)
		best->current = true;
}

/* A group of which nothing is shown gives its place to the next. */
static struct view_nav_group *begin_group(struct view_nav_group *at, const struct nav_row *r,
		const struct view_nav_item *items)
{
	at += at->items_n > 0;
	*at = (struct view_nav_group){ .label = r->label, .items = items };
	return at;
}

enum rc nav_waiting(struct web *w, const struct q_desk_waiting **d)
{
	struct q_desk_waiting *now = w->waiting ? NULL : ARENA_NEW(w->cx->a, struct q_desk_waiting);

	if (now)
		TRY(q_desk_waiting(w->cx->db, w->cx->a, now));
	if (now)
		w->waiting = now;
	*d = w->waiting;
	return RC_OK;
}

/* Nothing to show is not worth a page that fails. */
static const struct q_desk_waiting *desk(struct web *w)
{
	static const struct q_desk_waiting none;
	const struct q_desk_waiting *d;

	return w->session->org_kind == ORG_PLATFORM && nav_waiting(w, &d) == RC_OK ? d : &none;
}

static void console(struct web *w)
{
	struct view_nav_group *groups = ARENA_ARRAY(w->cx->a, struct view_nav_group, ROWS), *group = groups;
	struct view_nav_item *items = ARENA_ARRAY(w->cx->a, struct view_nav_item, ROWS), *item = items;
	const struct q_desk_waiting *d = desk(w);
	bool mine = false;

	for (const struct nav_row *r = rows; r < rows + ROWS; r++) {
		if (!r->href)
			mine = !r->of || r->of == w->session->org_kind;
		if (!r->href && mine)
			group = begin_group(group, r, item);
		if (r->href && mine && shown(w, r)) {
			*item++ = (struct view_nav_item){ .icon = r->icon, .href = r->href, .label = r->label,
				.count = r->waiting(w->session, d) };
			group->items_n++;
		}
	}
	mark_current(items, (size_t)(item - items), nav_home(w), w->req->path);
	w->page.nav = groups;
	w->page.nav_n = (size_t)(group - groups) + (group->items_n > 0);
}

static void portals(struct web *w)
{
	struct view_nav_item *item = ARENA_ARRAY(w->cx->a, struct view_nav_item, 2);
	size_t n = 0;

	if (w->session) {
		const char *href = nav_home(w);
		item[n++] = (struct view_nav_item){ .href = href, .label = home[w->session->org_kind].name,
			.current = under(w->req->path, href) };
	}
	item[n++] = (struct view_nav_item){ .href = "/products", .label = MSG_nav_products,
		.current = under(w->req->path, "/products") };
	w->page.portals = item;
	w->page.portals_n = n;
}

void nav_frame(struct web *w)
{
	portals(w);
	if (!w->session)
		return;
	w->page.portal = home[w->session->org_kind].name;
	console(w);
}
