#ifndef VIEW_PART_H
#define VIEW_PART_H
#include "view/view.h"

/* The models of templates/part/: what pages are composed of.  A tone is "", "info", "ok", "warn" or "bad". */

#define LINK(V, L, M, H) \
	V(text, label)   \
	V(text, href)    \
	H(bool, current) \
	H(bool, primary)
VIEW_STRUCT(link, LINK)

#define NOTICE(V, L, M, H) \
	V(text, tone)      \
	V(text, text)      \
	M(link, link)
VIEW_STRUCT(notice, NOTICE)

/* status: dot, word, and below it what happens next and when */
#define TAG(V, L, M, H) \
	V(text, tone)   \
	V(text, text)   \
	V(text, sub)
VIEW_STRUCT(tag, TAG)

#define TAB(V, L, M, H)  \
	V(text, label)   \
	V(text, href)    \
	V(i64, count)    \
	V(bool, counted) \
	V(bool, more)    \
	H(bool, current)
VIEW_STRUCT(tab, TAB)
#define TABS(V, L, M, H) \
	H(text, label)   \
	L(tab, items)
VIEW_STRUCT(tabs, TABS)

#define STEP(V, L, M, H) \
	V(text, label)   \
	V(bool, done)    \
	V(bool, current)
VIEW_STRUCT(step, STEP)
#define STEPS(V, L, M, H) L(step, items)
VIEW_STRUCT(steps, STEPS)

/* An empty list names the next step. */
#define EMPTY(V, L, M, H) \
	V(text, title)    \
	V(text, hint)     \
	M(link, action)
VIEW_STRUCT(empty, EMPTY)

/* Keyset paging (IFC-2): onward, or back to the beginning; any number of rows in constant time.  total 0: not counted. */
#define PAGER_SIZE(V, L, M, H) \
	V(i64, n)              \
	H(bool, current)
VIEW_STRUCT(pager_size, PAGER_SIZE)
#define HIDDEN(V, L, M, H) \
	V(text, name)      \
	V(text, value)
VIEW_STRUCT(hidden, HIDDEN)
#define PAGER(V, L, M, H)    \
	V(i64, shown)        \
	V(i64, total)        \
	V(text, first_href)  \
	V(text, next_href)   \
	H(text, path)        \
	L(hidden, filters)   \
	L(pager_size, sizes)
VIEW_STRUCT(pager, PAGER)

#define DESC_ITEM(V, L, M, H) \
	V(text, label)        \
	V(text, value)        \
	H(text, href)
VIEW_STRUCT(desc_item, DESC_ITEM)
#define DESC(V, L, M, H) L(desc_item, items)
VIEW_STRUCT(desc, DESC)

#define MOMENT(V, L, M, H) \
	V(instant, at)     \
	V(text, title)     \
	V(text, who)       \
	V(text, note)      \
	H(bool, current)
VIEW_STRUCT(moment, MOMENT)
#define TIMELINE(V, L, M, H) L(moment, items)
VIEW_STRUCT(timeline, TIMELINE)

/* What went wrong, what to do about it, and where the same can be tried again. */
#define PROBLEM(V, L, M, H) \
	H(msg, title)       \
	H(msg, help)        \
	H(text, more)           /* instead of help: what is said with names */ \
	H(text, again)
VIEW_STRUCT(problem, PROBLEM)
#endif
