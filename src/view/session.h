#ifndef VIEW_SESSION_H
#define VIEW_SESSION_H
#include "view/list.h"

/* Signing in, and the sessions that are open: ACC-1, ACC-11, ACC-12. */

#define LOGIN(V, L, M, H)  \
	M(field, name)     \
	M(field, password) \
	H(text, back)
VIEW_STRUCT(login, LOGIN)

#define SESSION_ITEM(V, L, M, H) \
	V(text, id)               \
	V(text, org_name)        \
	V(instant, created_at)   \
	V(instant, seen_at)      \
	V(text, address)         \
	V(text, agent)           \
	H(text, device)          \
	V(bool, current)
VIEW_STRUCT(session_item, SESSION_ITEM)
#define SESSION_LIST(V, L, M, H) \
	L(session_item, items)   \
	V(text, next)            \
	H(bool, others)
VIEW_STRUCT(session_list, SESSION_LIST)

#define ORG_ITEM(V, L, M, H) \
	V(text, org)          \
	V(org_kind, kind)    \
	V(text, name)        \
	V(bool, current)
VIEW_STRUCT(org_item, ORG_ITEM)
#define ORG_LIST(V, L, M, H) \
	L(org_item, items)   \
	V(text, next)
VIEW_STRUCT(org_list, ORG_LIST)
#endif
