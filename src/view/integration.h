#ifndef VIEW_INTEGRATION_H
#define VIEW_INTEGRATION_H
#include "view/list.h"

/* What a provider's own system was told of its resources (DEL-2, PRV-5). */
#define INTEGRATION_ITEM(V, L, M, H) \
	V(text, id)                   \
	V(provision_action, action)   \
	V(outbox_state, state)        \
	V(text, resource_id)          \
	V(text, resource_name)        \
	V(text, product_name)         \
	V(text, order_number)         \
	V(u64, tries)                 \
	V(u64, status)                \
	V(text, answer)               \
	V(instant, created_at)        \
	V(instant, next_at)           \
	V(instant, done_at)           \
	V(instant, acknowledged_at)   \
	H(text, tone)
VIEW_STRUCT(integration_item, INTEGRATION_ITEM)

#define INTEGRATION_LIST(V, L, M, H) \
	L(integration_item, items)    \
	V(text, next)                 \
	H(tabs, tabs)                 \
	H(empty, empty)               \
	H(pager, pager)
VIEW_STRUCT(integration_list, INTEGRATION_LIST)

#define INTEGRATION_TRY(V, L, M, H) \
	V(u64, number)               \
	V(instant, begun_at)         \
	V(u64, took_ms)              \
	V(u64, status)               \
	V(text, answer)
VIEW_STRUCT(integration_try, INTEGRATION_TRY)

#define INTEGRATION_SHOW(V, L, M, H) \
	M(integration_item, event)    \
	V(text, sign_id)              \
	V(bool, may_replay)           \
	V(bool, may_acknowledge)      \
	L(integration_try, items)     \
	H(text, settings)
VIEW_STRUCT(integration_show, INTEGRATION_SHOW)
#endif
