#ifndef VIEW_VIEW_H
#define VIEW_VIEW_H
#include "view/print.h"

/* A view model is declared once, as rows; from them come the struct, its JSON (view/json.h), and what a template may name.
 *
 *	#define ORDER_ITEM(V, L, M, H) V(text, number) V(money, payable) L(order_action, actions) H(text, tone)
 *	VIEW_STRUCT(order_item, ORDER_ITEM)
 *
 * V value; L list of another model (name and name_n); M one nested model (NULL: null in JSON); H a value for the page only. */

typedef const char *view_type_text;
typedef int64_t view_type_i64;
typedef uint64_t view_type_u64;
typedef bool view_type_bool;
typedef struct money view_type_money;
typedef struct instant view_type_instant;
typedef struct date view_type_date;
typedef enum msg view_type_msg;		/* a message, in the reader's language */
typedef struct json_doc view_type_json;
#define VIEW_ENUM_TYPE(E) typedef enum E view_type_##E;
MSG_ENUMS(VIEW_ENUM_TYPE)

#define VIEW_VALUE_(type, name) view_type_##type name;
#define VIEW_LIST_(model, name) const struct view_##model *name; size_t name##_n;
#define VIEW_MODEL_(model, name) const struct view_##model *name;
#define VIEW_STRUCT(name, ROWS) \
	struct view_##name { ROWS(VIEW_VALUE_, VIEW_LIST_, VIEW_MODEL_, VIEW_VALUE_) }; \
	void json_##name(struct out *o, const struct view_##name *m);
#endif
