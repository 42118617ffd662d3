#ifndef VIEW_POLICY_H
#define VIEW_POLICY_H
#include "view/list.h"

/* Categories and the versions of their policies (CAT-2). */
#define CATEGORY_ITEM(V, L, M, H)   \
	V(text, code)               \
	V(u64, position)            \
	V(text, name_zh)            \
	V(text, name_en)            \
	V(u64, version)             \
	V(delivery_policy, delivery) \
	V(supervision, supervised)  \
	V(refund_policy, refund)    \
	H(text, commission)
VIEW_STRUCT(category_item, CATEGORY_ITEM)
#define CATEGORY_LIST(V, L, M, H) L(category_item, items)
VIEW_STRUCT(category_list, CATEGORY_LIST)

/* What one version says otherwise than the one before it. */
#define POLICY_DIFF(V, L, M, H) \
	V(text, label)          \
	V(text, before)         \
	V(text, after)
VIEW_STRUCT(policy_diff, POLICY_DIFF)
#define POLICY_VERSION(V, L, M, H) \
	V(u64, version)            \
	V(instant, created_at)     \
	V(text, author)            \
	V(text, why)               \
	L(policy_diff, changes)    \
	H(bool, current)
VIEW_STRUCT(policy_version, POLICY_VERSION)

#define CATEGORY_SHOW(V, L, M, H) \
	V(text, code)             \
	V(text, name_zh)          \
	V(text, name_en)          \
	V(u64, position)          \
	V(u64, version)           \
	M(desc, policy)           \
	L(policy_version, versions) \
	H(text, name)             \
	H(bool, may_change)       \
	H(field, zh)              \
	H(field, en)              \
	H(field, at)
VIEW_STRUCT(category_show, CATEGORY_SHOW)

#define POLICY_EDIT(V, L, M, H) \
	V(text, code)           \
	V(u64, seen)            \
	L(field, rules)         \
	L(field, channels)      \
	L(field, flags)         \
	L(field, numbers)       \
	H(text, name)           \
	H(field, why)
VIEW_STRUCT(policy_edit, POLICY_EDIT)
#endif
