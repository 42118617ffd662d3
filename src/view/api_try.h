#ifndef VIEW_API_TRY_H
#define VIEW_API_TRY_H
#include "view/field.h"
#include "view/list.h"

/* A call of an API, filled in and tried from the page of a resource (DEL-13), and what came of it. */

#define API_TRY_RESULT(V, L, M, H) \
	V(text, request)           /* as it went out: line, headers, body */ \
	V(instant, asked_at)       \
	V(i64, status)             \
	V(text, type)              \
	V(text, answer)            /* NULL: none, or no text */ \
	V(bool, cut)               \
	V(i64, took_ms)            \
	V(bool, taken)             /* one call from the quota */ \
	V(i64, left)               \
	H(text, tone)              \
	H(bool, empty)             \
	H(bool, open)
VIEW_STRUCT(api_try_result, API_TRY_RESULT)

#define API_TRY(V, L, M, H)  \
	V(text, resource_id) \
	V(text, name)        \
	V(api_method, method) \
	V(text, address)     \
	V(api_try_state, state) /* of the result */ \
	M(api_try_result, result) \
	H(text, path)        \
	H(text, of)          /* id of the result */ \
	H(tabs, calls)       \
	L(field, fields)     \
	M(field, body)
VIEW_STRUCT(api_try, API_TRY)
#endif
