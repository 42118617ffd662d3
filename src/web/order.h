#ifndef WEB_ORDER_H
#define WEB_ORDER_H
#include "domain/order.h"
#include "q_order_list.h"
#include "view/order.h"
#include "web/range.h"

/* What the lists of orders of all portals share. */

/* The fields that every statement of order_list.sql gives. */
#define ORDER_ITEM_OF(r) \
	.number = (r)->number, .kind = (r)->kind, .state = (r)->state, .product_name = (r)->product_name, .plan_name = (r)->plan_name, \
	.provider_name = (r)->provider_name, .quantity = (r)->quantity, .unit = (r)->unit, .duration = (r)->duration, \
	.duration_unit = (r)->duration_unit, .list_total = (r)->list_total, .payable = (r)->payable, .created_at = (r)->created_at
/* In a file: what it is of, by whom, how much and for how long. */
struct export;
void order_cells(struct export *x, struct cx *cx, const struct view_order_item *m);
/* What the page says besides; its own page stands below `base`. */
void order_item_tell(struct cx *cx, struct view_order_item *m, const char *base);
/* 专业版 · 5 账号 · 1 年 */
const char *order_summary(struct cx *cx, const char *plan, const char *unit, uint64_t quantity, uint64_t duration,
		enum time_unit duration_unit);

/* The copies that an order keeps as JSON (CAT-10): the lines of its price, under the names that the copy of its plan has for the options;
 * and these options in words. */
const struct view_price_row *order_price_rows(struct cx *cx, const char *price, const char *plan, size_t *n);
const char *order_options(struct arena *a, const char *plan);

/* The ids of all moments whose numbers begin with these digits (ORD-3); false: no number does. */
bool order_number_ids(const char *digits, struct id_range *ids);
/* The check of a field for a number or its beginning. */
enum msg order_number_wrong(const char *q);
/* The range of a provider's or the desk's list: days, and a number or its beginning.  A whole number is found whenever it was, unless a
 * range was asked for. */
MUST_USE enum rc order_range(struct cx *cx, struct web *w, const char *number, enum date_range range, struct date from,
		struct date to, struct id_range *ids);

/* The tabs of all states, with the kept counts of an organisation (NULL: none are known). */
const struct view_tabs *order_state_tabs(struct cx *cx, const struct web *w, enum order_state chosen, const int64_t *counts);
#endif
