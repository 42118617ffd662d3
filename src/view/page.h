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

#define PAGE(V, L, M, H)          \
	H(msg, title)             \
	H(text, name)             \
	H(text, platform)         \
	H(text, path)             \
	H(text, back)             \
	H(bool, signed_in)        \
	H(text, user)             \
	H(text, org)              \
	H(text, home)             \
	H(msg, portal)            \
	L(nav_item, portals)      \
	L(nav_group, nav)         \
	L(link, crumbs)           \
	H(text, search_path)      \
	H(msg, search_hint)       \
	H(text, query)            \
	H(text, csrf)             \
	H(text, key)              \
	L(page_error, errors)     \
	M(notice, notice)         \
	H(text, reference)        \
	H(bool, is_development)   \
	H(text, description)      \
	H(text, canonical)        \
	H(bool, noindex)          \
	H(json, ld)
VIEW_STRUCT(page, PAGE)
#endif
