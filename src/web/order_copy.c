/* What an order keeps of what was sold: CAT-4, CAT-10. */
#include <jansson.h>

#include "base/str.h"
#include "web/order.h"

static const char *text_of(json_t *o, const char *key)
{
	const char *s = json_string_value(json_object_get(o, key));

	return s ? s : "";
}

/* 系统盘: 100 GB */
static const char *choice_text(struct arena *a, json_t *c) { return arena_printf(a, "%s: %s", text_of(c, "name"), text_of(c, "choice")); }

const char *order_options(struct arena *a, const char *plan)
{
	json_t *copy = json_loads(plan, 0, NULL), *choices = json_object_get(copy, "choices");
	const char *text = json_array_size(choices) ? "" : arena_strdup(a, text_of(copy, "options"));

	for (size_t i = 0; i < json_array_size(choices); i++)
		text = arena_printf(a, "%s%s%s", text, *text ? " · " : "", choice_text(a, json_array_get(choices, i)));
	json_decref(copy);
	return *text ? text : NULL;
}

static const char *name_of(struct cx *cx, json_t *line, enum price_line_kind kind, json_t *choices)
{
	const char *option = text_of(line, "option");

	for (size_t i = 0; *option && i < json_array_size(choices); i++)
		if (str_eq(text_of(json_array_get(choices, i), "option"), option))
			return choice_text(cx->a, json_array_get(choices, i));
	return kind ? msg_text(cx->lang, (enum msg)price_line_kind_msg[kind]) : "";
}

const struct view_price_row *order_price_rows(struct cx *cx, const char *price, const char *plan, size_t *n)
{
	json_t *lines = json_loads(price, 0, NULL), *copy = json_loads(plan, 0, NULL);
	struct view_price_row *rows = ARENA_ARRAY(cx->a, struct view_price_row, json_array_size(lines));

	*n = json_array_size(lines);
	for (size_t i = 0; i < *n; i++) {
		json_t *line = json_array_get(lines, i);
		const char *kind = text_of(line, "kind");
		rows[i] = (struct view_price_row){ .kind = (enum price_line_kind)enum_of(&price_line_kind_enum, kind, strlen(kind)),
			.amount = { json_integer_value(json_object_get(line, "amount")) } };
		rows[i].name = name_of(cx, line, rows[i].kind, json_object_get(copy, "choices"));
		rows[i].less = rows[i].amount.fen < 0;
	}
	json_decref(copy);
	json_decref(lines);
	return rows;
}
