#ifndef VIEW_PAGE_H
#define VIEW_PAGE_H
#include "view/part.h"

/* The frame of a page: what the layout shows around the view model, and what every form carries.  A template reads it as
 * `page.…`; the JSON of a page does not have it. */

#define NAV_ITEM(V, L, M, H) \
	V(text, icon)        \
	V(text, href)        \
	V(msg, label)        \
	V(i64, count)        \
	H(bool, current)
VIEW_STRUCT(nav_item, NAV_ITEM)
#define NAV_GROUP(V, L, M, H) \
	V(msg, label)         \
	L(nav_item, items)
VIEW_STRUCT(nav_group, NAV_GROUP)

/* A wrong field: field is the id of its control. */
#define PAGE_ERROR(V, L, M, H) \
	V(text, field)         \
	V(text, text)
VIEW_STRUCT(page_error, PAGE_ERROR)

#define PAGE(V, L, M, H) \
	H(msg, title)           /* what kind of page: "My orders" */ \
	H(text, name)           /* which one, when there are many: an order's number, a product */ \
	H(text, platform)       /* the marketplace's name (setting platform.name) */ \
	H(text, path)           /* of this page, without the query */ \
	H(text, back)           /* path and query: where to come back to after signing in or changing the language */ \
	H(bool, signed_in) \
	H(text, user) \
	H(text, org) \
	H(i64, unread)          /* messages in the inbox */ \
	H(text, home)           /* the area's first page */ \
	H(msg, portal)          /* name of the area: navigation's label */ \
	L(nav_item, portals)    /* the areas that this person may enter */ \
	L(nav_group, nav) \
	L(link, crumbs)         /* the last one has no address */ \
	H(text, search_path)    /* NULL: no search */ \
	H(msg, search_hint) \
	H(text, query)          /* what was searched for */ \
	H(text, csrf)           /* of the session; part/form prints it */ \
	H(text, key)            /* random, of this page unless its handler has named one; part/form makes a key of its own for each form from it */ \
	L(page_error, errors) \
	M(notice, notice) \
	M(notice, freeze)       /* of the reader's organisation (ACC-15): which one, why, and what to do */ \
	H(text, reference)      /* of the request, as in the log */ \
	H(bool, is_development) \
	H(text, description)    /* for search engines: these four */ \
	H(text, canonical) \
	H(bool, noindex) \
	H(json, ld)
VIEW_STRUCT(page, PAGE)
#endif
