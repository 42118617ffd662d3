#ifndef VIEW_COMPONENTS_H
#define VIEW_COMPONENTS_H
#include "view/attachment.h"
#include "view/field.h"
#include "view/page.h"

/* /console/components, in development: every part in every state, with made-up data. */

typedef const struct view_page *view_type_page;
typedef const struct view_problem *view_type_problem;

#define COMPONENT_ROW(V, L, M, H) \
	V(text, number)           \
	V(text, product)          \
	V(text, plan)             \
	V(order_kind, kind)       \
	V(instant, created_at)    \
	M(tag, state)             \
	V(money, payable)         \
	V(money, total)
VIEW_STRUCT(component_row, COMPONENT_ROW)

#define COMPONENTS(V, L, M, H)     \
	L(notice, notices)         \
	L(tag, tags)               \
	M(tabs, tabs)              \
	M(steps, steps)            \
	H(page, wrong)             \
	L(field, fields)           \
	M(field, note)             \
	M(attach, files)           \
	M(attachments, attached)   \
	L(component_row, rows)     \
	M(pager, pager)            \
	M(pager, last_page)        \
	M(empty, empty)            \
	M(empty, no_match)         \
	M(desc, desc)              \
	M(timeline, timeline)      \
	H(problem, problem)
VIEW_STRUCT(components, COMPONENTS)

extern const struct view_components components;
#endif
