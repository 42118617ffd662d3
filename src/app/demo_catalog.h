#ifndef APP_DEMO_CATALOG_H
#define APP_DEMO_CATALOG_H
#include "app/demo_text.h"
#include "base/cx.h"
#include "domain/price.h"

/* The demo's organisations, people and products: read from the texts, put into the store, and kept here for the orders. */
enum { DEMO_ORGS_MAX = 40, DEMO_PRODUCTS_MAX = 100, DEMO_PLANS_MAX = 8, DEMO_PRICES_MAX = 12, DEMO_CHOICES_MAX = 24 };

struct demo_org {
	const char *code, *name, *phone, *email;
	enum org_kind kind;
	uint64_t id, paying;		/* paying: the organisation above a zone, else 0 */
	uint64_t discount_pm;
	uint64_t person;		/* the first of its people, who places its orders */
	const char *person_name;
};

struct demo_plan {
	uint64_t id;
	const char *name, *unit, *summary;
	enum billing_mode mode;
	bool trial, separate, server, begin_later;
	const char *usage_name;
	uint64_t package_units;
	uint64_t min, max, step, stock;
	struct price_duration price[DEMO_PRICES_MAX];
	struct price_choice choice[DEMO_CHOICES_MAX];
	size_t prices, choices;
};
struct demo_product {
	uint64_t id;
	const char *slug, *name, *category;
	const struct demo_org *provider;
	enum delivery_mode delivery;
	struct demo_plan plan[DEMO_PLANS_MAX];
	size_t plans;
};

struct demo_category { const char *code, *after_sales, *clause; };
struct demo_catalog {
	struct cx *cx;
	const char *folder;		/* of the texts */
	struct demo_org org[DEMO_ORGS_MAX];
	struct demo_product product[DEMO_PRODUCTS_MAX];
	size_t orgs, persons, products;
	struct instant begun;		/* when everything of the catalogue was made */
};

/* Puts all of it into the store; what is there already is brought up to the texts.  Lives in the arena of cx.
 * RC_NOT_FOUND: there are no texts in that folder. */
MUST_USE enum rc demo_catalog(struct cx *cx, const char *folder, struct demo_catalog *c);

/* For the files of the catalogue. */
MUST_USE enum rc demo_people(struct demo_catalog *c);
MUST_USE enum rc demo_products(struct demo_catalog *c);
MUST_USE enum rc demo_desk(struct demo_catalog *c);
MUST_USE enum rc demo_coupons(struct demo_catalog *c);
MUST_USE enum rc demo_shelf(struct demo_catalog *c);
/* Always the same id for one thing, whatever else is in the texts. */
uint64_t demo_id(const struct demo_catalog *c, const char *kind, const char *code);
const struct demo_org *demo_org_of(const struct demo_catalog *c, const char *code);
const char *demo_path(const struct demo_catalog *c, const char *name);
#endif
