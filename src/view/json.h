#ifndef VIEW_JSON_H
#define VIEW_JSON_H
#include "view/view.h"

/* The JSON of a view model (IFC-1): snake_case names, amounts in fen, instants as RFC 3339 in UTC, enums by their code names, null
 * for what is not there.  VIEW_JSON stands in the model's .c file and defines json_<model>. */

void json_key(struct out *o, const char *name);		/* with the comma before it, when one is needed */
void json_bool(struct out *o, bool v);
void json_money(struct out *o, struct money m);
void json_instant(struct out *o, struct instant t);
void json_date(struct out *o, struct date d);
void json_msg(struct out *o, enum msg id);
void json_code(struct out *o, const struct enum_def *d, int v);
void json_json(struct out *o, struct json_doc d);

#define JSON_ENUM_(E) static inline void json_code_##E(struct out *o, enum E v) { json_code(o, &E##_enum, (int)v); }
MSG_ENUMS(JSON_ENUM_)
#define JSON_CASE_(E) , enum E: json_code_##E
#define json_value(o, v) _Generic((v) MSG_ENUMS(JSON_CASE_), \
	const char *: out_json, char *: out_json, bool: json_bool, int: print_int, long: print_i64, unsigned long: print_u64, \
	struct money: json_money, struct instant: json_instant, struct date: json_date, enum msg: json_msg, \
	struct json_doc: json_json)(o, v)

#define JSON_VALUE_(type, name) json_key(o, #name); json_value(o, m->name);
#define JSON_HIDDEN_(type, name)
#define JSON_LIST_(model, name) \
	json_key(o, #name); \
	out_lit(o, "["); \
	for (size_t i = 0; i < m->name##_n; i++) { \
		if (i) \
			out_lit(o, ","); \
		json_##model(o, &m->name[i]); \
	} \
	out_lit(o, "]");
#define JSON_MODEL_(model, name) \
	json_key(o, #name); \
	if (m->name) \
		json_##model(o, m->name); \
	else \
		out_lit(o, "null");
#define VIEW_JSON(name, ROWS) \
	void json_##name(struct out *o, const struct view_##name *m) \
	{ \
		(void)m; \
		out_lit(o, "{"); \
		ROWS(JSON_VALUE_, JSON_LIST_, JSON_MODEL_, JSON_HIDDEN_) \
		out_lit(o, "}"); \
	}
#endif
