#ifndef WEB_LIST_H
#define WEB_LIST_H
#include "view/list.h"
#include "web/cursor.h"
#include "web/web.h"

/* Lists (IFC-2): `after` a cursor, `limit` rows, filters in the query; the answer has `items` and `next`. */

enum { LIST_LIMIT = 20, LIST_LIMIT_MAX = 100 };
/* The rows of a list's form that all lists have, and the members that they fill. */
#define LIST_ROWS(S) \
	TEXT(S, after, .max = CURSOR_TEXT, .optional = true), \
	INT(S, limit, .min = 1, .max = LIST_LIMIT_MAX, .optional = true)
#define LIST_MEMBERS const char *after; int64_t limit;

static inline size_t list_limit(int64_t asked) { return asked ? (size_t)asked : LIST_LIMIT; }

/* One row more than is shown was asked for: *n becomes what is shown; true when there is more. */
bool list_more(size_t *n, size_t limit);

/* This page's address with one field of its query set anew ("" or NULL: without it), and from the beginning again
 * unless the field is `after`.  Only fields that the route's form knows are kept. */
const char *list_href(const struct web *w, const char *name, const char *value);
/* The same query for the page at another address. */
const char *list_href_of(const struct web *w, const char *path, const char *name, const char *value);
/* The foot of a list.  next NULL: this is the end.  total: how many there are at all, 0 = nobody knows. */
const struct view_pager *list_pager_of(const struct web *w, size_t shown, int64_t total, const char *next);
static inline const struct view_pager *list_pager(const struct web *w, size_t shown, const char *next)
{
	return list_pager_of(w, shown, 0, next);
}
/* A tab that sets one field of the query. */
struct view_tab list_tab(const struct web *w, const char *name, const char *value, const char *label, bool current);
/* A row of them, one for each value of an enum: LIST_TABS(w, "state", label, MSG_list_all, order_state, chosen).  all: of the tab before them that sets
 * nothing; MSG_NONE: there is none.  counts: by value, [0] for all; below 0: that tab has none. */
struct list_tabs { const char *name; enum msg label, all; const struct enum_def *def; const uint16_t *labels; int chosen; const int64_t *counts; };
#define LIST_TABS(w, name, label, all, e, chosen) LIST_TABS_COUNTED(w, name, label, all, e, chosen, NULL)
#define LIST_TABS_COUNTED(w, name, label, all, e, chosen, counts) \
	list_tabs((w), &(struct list_tabs){ (name), (label), (all), &e##_enum, e##_msg, (int)(chosen), (counts) })
const struct view_tabs *list_tabs(const struct web *w, const struct list_tabs *of);
/* A row of filters: fields that the caller filled; what else stands in the query is kept. */
const struct view_filter *list_filter(const struct web *w, const struct view_field *fields, size_t n);
/* A select of an enum's values with "all" on top.  labels: X_msg of the enum. */
struct view_field list_choice(struct web *w, const char *name, enum msg label, const struct enum_def *def,
		const uint16_t *labels, int chosen);
/* The field of a text that is searched for. */
struct view_field list_search(struct web *w, const char *name, enum msg label, enum msg hint);
/* A pattern for LIKE: texts that have q in them, each of its characters as it stands. */
const char *list_like(struct arena *a, const char *q);
/* What stands for the rows when there are none: nothing fits, with the way back to all of them; or, not filtered, what the
 * list is for and the step that begins it. */
const struct view_empty *list_empty(const struct web *w, bool filtered, enum msg title, enum msg hint,
		struct view_link first);

/* A filter that cannot be: RC_INVALID for programs; RC_OK for people, whose page then says so on top. */
enum rc list_refuse(struct web *w, const char *field, enum msg why);

/* The way to this page: from the outermost to the one above; the page itself is added, without an address. */
struct crumb { const char *label, *href; };
/* Where the reader's own console begins. */
struct crumb crumb_home(const struct web *w);
void page_crumbs(struct web *w, const struct crumb *above, size_t n, const char *here);
#define CRUMBS(w, here, ...) \
	page_crumbs((w), (const struct crumb[]){ __VA_ARGS__ }, \
		    sizeof((const struct crumb[]){ __VA_ARGS__ }) / sizeof(struct crumb), (here))

static inline const char *web_text(const struct web *w, enum msg id) { return msg_text(w->cx->lang, id); }
#endif
