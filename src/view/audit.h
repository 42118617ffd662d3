#ifndef VIEW_AUDIT_H
#define VIEW_AUDIT_H
#include "view/list.h"

/* The audit log as its reader sees it (ACC-14). */
#define AUDIT_ITEM(V, L, M, H)      \
	V(text, id)                  \
	V(instant, at)              \
	V(object_kind, object_kind) \
	V(text, object)              \
	V(text, org_name)           \
	V(text, event)              \
	V(text, from)               \
	V(text, to)                 \
	V(text, why)                \
	V(json, details)            \
	V(text, actor_name)         \
	V(text, address)            \
	V(text, request_id)
VIEW_STRUCT(audit_item, AUDIT_ITEM)

#define AUDIT_LIST(V, L, M, H) \
	L(audit_item, items)   \
	V(text, next)          \
	H(filter, filter)      \
	H(empty, empty)        \
	H(pager, pager)
VIEW_STRUCT(audit_list, AUDIT_LIST)
#endif
