#include "app/order_line.h"

#include <assert.h>

#include "base/id.h"

/* The parts of one unit, the main one first, in proportion to what each adds. */
static int64_t *weights_of(struct arena *a, const struct price *price, const struct q_part_list *parts, size_t n)
{
	int64_t *weights = ARENA_ARRAY(a, int64_t, n + 1);
	const char **options = ARENA_ARRAY(a, const char *, n + 1);

	for (size_t i = 0; i < n; i++)
		options[i] = parts[i].option_code;
	price_weights(price, options, n, weights);
	return weights;
}

/* Several of one name are told apart by their number (CAT-14). */
static const char *name_of(struct arena *a, const char *name, size_t i, size_t units)
{
	return name && units > 1 ? arena_printf(a, "%s-%zu", name, i + 1) : name;
}

static void add_unit(const struct order_item *in, const struct order_now *o, uint64_t quantity, const struct q_part_list *parts, size_t parts_n,
		     struct instant now, struct order_lines *out)
{
	size_t main = out->n + 1;

	out->rows[out->n++] = (struct q_order_line_insert_in){
		.order = o->id, .line = main, .state = LINE_WAITING, .resource = id_new(now), .quantity = quantity, .name = in->name ? in->name : "", .host = in->host,
	};
	for (size_t i = 0; i < parts_n; i++, out->n++)
		out->rows[out->n] = (struct q_order_line_insert_in){
			.order = o->id, .line = out->n + 1, .state = LINE_WAITING, .resource = id_new(now), .quantity = 1, .name = parts[i].name,
			.main_line = main, .bound = parts[i].bound,
		};
}

/* Each line its share of what is to be paid (NUM-2). */
static void price_lines(struct arena *a, struct money payable, const int64_t *unit, size_t unit_n, struct order_lines *lines)
{
	int64_t *weights = ARENA_ARRAY(a, int64_t, lines->n);
	struct money *amounts = ARENA_ARRAY(a, struct money, lines->n);

	for (size_t i = 0; i < lines->n; i++)
		weights[i] = unit[i % unit_n];
	money_split(payable, weights, lines->n, amounts);
	for (size_t i = 0; i < lines->n; i++)
		lines->rows[i].amount = amounts[i];
}

enum rc order_lines_make(struct work *w, const struct order_item *in, const struct order_quote *q, const struct order_now *o, struct order_lines *out)
{
	struct q_part_list *parts;
	size_t parts_n, units = q->sale.separate ? (size_t)o->quantity : 1;

	TRY(q_part_list(w->cx->db, w->cx->a, &(struct q_part_list_in){ .plan = o->plan }, &parts, &parts_n));
	if (units > ORDER_LINES_MAX || units * (1 + parts_n) > ORDER_LINES_MAX)
		return RC_INVALID;
	out->rows = ARENA_ARRAY(w->cx->a, struct q_order_line_insert_in, units * (1 + parts_n));
	out->n = 0;
	for (size_t i = 0; i < units; i++)
		add_unit(&(struct order_item){ .name = name_of(w->cx->a, in->name, i, units), .host = in->host }, o, q->sale.separate ? 1 : o->quantity, parts, parts_n,
			 w->cx->now, out);
	price_lines(w->cx->a, o->payable, weights_of(w->cx->a, &q->price, parts, parts_n), 1 + parts_n, out);
	return RC_OK;
}

void order_lines_base(struct work *w, const struct order_item *in, const struct order_now *o, struct order_lines *out)
{
	assert(in->base);
	out->rows = ARENA_ARRAY(w->cx->a, struct q_order_line_insert_in, 1);
	out->n = 1;
	*out->rows = (struct q_order_line_insert_in){
		.order = o->id, .line = 1, .state = LINE_WAITING, .amount = o->payable, .resource = in->base, .quantity = o->quantity, .name = in->name ? in->name : "",
	};
}
