#ifndef VIEW_PRODUCT_REVIEW_H
#define VIEW_PRODUCT_REVIEW_H
#include "view/product_edit.h"

/* Versions of products that wait for an approver (CAT-9). */
#define PRODUCT_WAITING(V, L, M, H) \
	V(text, id)                 \
	V(u64, version)             \
	V(text, name)               \
	V(text, category)           \
	V(delivery_mode, delivery)  \
	V(text, provider_name)      \
	V(instant, submitted_at)    \
	V(text, submitted_by)       \
	V(bool, sells)
VIEW_STRUCT(product_waiting, PRODUCT_WAITING)
#define PRODUCT_QUEUE(V, L, M, H) \
	L(product_waiting, items) \
	V(text, next)             \
	H(empty, empty)           \
	H(pager, pager)
VIEW_STRUCT(product_queue, PRODUCT_QUEUE)

#define PRODUCT_REVIEW(V, L, M, H)   \
	V(text, id)                  \
	V(u64, version)              \
	V(u64, before)               \
	V(text, name)                \
	V(text, slug)                \
	V(product_state, state)      \
	V(version_state, version_state) \
	V(text, category)            \
	V(text, provider)            \
	V(text, provider_name)       \
	V(freeze_kind, provider_freeze) \
	V(instant, submitted_at)     \
	V(text, submitter)           \
	V(instant, decided_at)       \
	V(text, decider)             \
	V(text, reason)              \
	M(changes, changes)          \
	L(product_version, versions) \
	H(bool, listed)              \
	H(bool, may_preview)         \
	H(bool, may_decide)          \
	H(field, note)               \
	H(field, why)                \
	H(text, tone)
VIEW_STRUCT(product_review, PRODUCT_REVIEW)
#endif
