#ifndef VIEW_RESOURCE_TAG_H
#define VIEW_RESOURCE_TAG_H
#include "view/list.h"

/* Keys and values that a buyer gives to resources (CAT-14). */
#define RESOURCE_TAG(V, L, M, H) \
	V(text, tag)             \
	V(text, value)           \
	H(text, href)            /* the list of what has it too */
VIEW_STRUCT(resource_tag, RESOURCE_TAG)

#define RESOURCE_TAG_ROW(V, L, M, H) \
	M(field, tag)                \
	M(field, value)
VIEW_STRUCT(resource_tag_row, RESOURCE_TAG_ROW)
#define RESOURCE_TAG_ROWS(V, L, M, H) \
	L(resource_tag_row, rows)     \
	H(bool, full)                 \
	H(text, again)                /* where the form goes for one row more */
VIEW_STRUCT(resource_tag_rows, RESOURCE_TAG_ROWS)
#endif
