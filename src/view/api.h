#ifndef VIEW_API_H
#define VIEW_API_H
#include "view/api_doc.h"
#include "view/chart.h"
#include "view/field.h"

/* What a buyer has of an API (DEL-13): its key, what may be called and was, and how. */

#define API_QUOTA(V, L, M, H) \
	V(text, resource_id)  \
	V(text, name)         \
	V(text, plan_name)    \
	V(instant, begin_at)  \
	V(instant, end_at)    \
	V(u64, total)         \
	V(u64, used)          \
	V(bool, open)         /* it counts for what is available */ \
	H(bool, own)          /* of the resource whose page it is */ \
	H(text, tone)         \
	H(msg, state)
VIEW_STRUCT(api_quota, API_QUOTA)

#define API_PANEL(V, L, M, H)   \
	V(text, resource_id)    \
	V(text, secret_id)      \
	V(instant, made_at)     \
	V(instant, old_until)   /* as long as the key before is good too */ \
	V(u64, used)            /* of all purchases that count */ \
	V(u64, total)           \
	L(api_quota, quotas)    \
	M(api_doc, doc)         \
	H(text, sample)         \
	H(chart, chart)         \
	H(bool, may_key)        \
	H(bool, may_try)
VIEW_STRUCT(api_panel, API_PANEL)

#define API_KEY_SHOW(V, L, M, H) \
	V(text, resource_id)     \
	V(text, secret_id)       \
	V(instant, made_at)      \
	V(instant, old_until)    \
	M(field, confirm)        \
	M(field, hours)
VIEW_STRUCT(api_key_show, API_KEY_SHOW)

/* The key in clear. */
#define API_SECRET(V, L, M, H) \
	V(text, resource_id)   \
	V(text, secret_id)     \
	V(text, secret_key)
VIEW_STRUCT(api_secret, API_SECRET)
#endif
