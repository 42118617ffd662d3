#ifndef VIEW_LIST_H
#define VIEW_LIST_H
#include "view/field.h"
#include "view/part.h"

/* What pages with lists share.  Parts that only the page shows are members by H, so the JSON of a list stays
 * `items`, `next` and its filters (IFC-2). */

typedef const struct view_notice *view_type_notice;
typedef const struct view_tabs *view_type_tabs;
typedef const struct view_pager *view_type_pager;
typedef const struct view_empty *view_type_empty;
typedef const struct view_steps *view_type_steps;
typedef const struct view_timeline *view_type_timeline;
typedef const struct view_field *view_type_field;

/* Something that can be done with a row, by its reader and now: a link for people, name and address for programs. */
#define ACTION(V, L, M, H) \
	V(text, name)      \
	V(text, href)      \
	H(msg, label)      \
	H(bool, primary)
VIEW_STRUCT(action, ACTION)

/* The row of filters above a list: a GET form. */
#define FILTER(V, L, M, H) \
	H(text, path)      \
	L(field, fields)   \
	L(hidden, kept)
VIEW_STRUCT(filter, FILTER)
typedef const struct view_filter *view_type_filter;

/* The same rows as a file. */
#define EXPORTS(V, L, M, H) \
	H(text, csv)        \
	H(text, xlsx)
VIEW_STRUCT(exports, EXPORTS)
typedef const struct view_exports *view_type_exports;

/* A number that matters, with the page that explains it. */
#define STAT(V, L, M, H) \
	V(text, name)    \
	H(msg, label)    \
	V(i64, value)    \
	H(text, href)    \
	H(msg, hint)
VIEW_STRUCT(stat, STAT)
#endif
