#ifndef VIEW_API_DOC_H
#define VIEW_API_DOC_H
#include "view/view.h"

/* How an API product is called (CAT-15).  The JSON of this model is what the store keeps of it. */

#define API_PARAMETER(V, L, M, H) \
	V(api_place, place)       \
	V(text, name)             \
	V(text, type)             \
	V(bool, required)         \
	V(text, description)      \
	H(bool, first)            /* of its place */
VIEW_STRUCT(api_parameter, API_PARAMETER)

#define API_CODE(V, L, M, H) \
	V(text, code)        \
	V(text, message)     \
	V(text, description)
VIEW_STRUCT(api_code, API_CODE)

#define API_SAMPLE(V, L, M, H) \
	V(text, title)         \
	V(text, text)
VIEW_STRUCT(api_sample, API_SAMPLE)

#define API_CALL(V, L, M, H)         \
	V(text, name)                \
	V(api_method, method)        \
	V(text, address)             \
	V(text, returns)             /* what kind of document: JSON */ \
	V(text, description)         \
	L(api_parameter, parameters) \
	L(api_code, codes)           \
	L(api_sample, samples)
VIEW_STRUCT(api_call, API_CALL)

#define API_DOC(V, L, M, H) L(api_call, calls)
VIEW_STRUCT(api_doc, API_DOC)
#endif
