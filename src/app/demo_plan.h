#ifndef APP_DEMO_PLAN_H
#define APP_DEMO_PLAN_H
#include "app/demo_catalog.h"
#include "q_demo.h"

/* The plans of one product, from its record's fields plan, price, option, stock, usage, package, tier, part, and what stands in `also`. */
enum { DEMO_PRICE_ROWS = DEMO_PLANS_MAX * DEMO_PRICES_MAX, DEMO_CHOICE_ROWS = 100, DEMO_TIER_ROWS = 40, DEMO_PART_ROWS = 40 };
struct demo_plan_rows {
	struct q_demo_plan_put_in plan[DEMO_PLANS_MAX];
	struct q_demo_price_put_in price[DEMO_PRICE_ROWS];
	struct q_demo_choice_put_in choice[DEMO_CHOICE_ROWS];
	struct q_demo_tier_put_in tier[DEMO_TIER_ROWS];
	struct q_demo_part_put_in part[DEMO_PART_ROWS];
	size_t plans, prices, choices, tiers, parts;
};
/* Fills p->plan, and the rows to be stored. */
void demo_plans(const struct demo_catalog *c, struct demo_product *p, const struct demo_record *r, struct demo_plan_rows *rows);
/* "1 month 99.00, 1 year 990.00" */
void demo_prices(const struct demo_catalog *c, struct demo_plan *l, const char *line);
#endif
