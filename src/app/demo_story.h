#ifndef APP_DEMO_STORY_H
#define APP_DEMO_STORY_H
#include "app/demo_catalog.h"

/* What happened to one order of the demo: made up from a seed, always the same for the same seed, catalogue and day. */

struct demo_buyer {
	uint64_t id, payer, person;
	const char *person_name;
	uint64_t discount_pm;
	bool known;			/* a demo account: its history is told in full; the others are there for their number */
};

enum { DEMO_OPTIONS_SIZE = 120 };
struct demo_story {
	uint64_t index;			/* no two stories have the same */
	const struct demo_buyer *buyer;
	const struct demo_product *product;
	const struct demo_plan *plan;
	int64_t quantity, duration;
	enum time_unit unit;		/* of the duration; none for what has none */
	char options[DEMO_OPTIONS_SIZE];
	struct price price;
	struct money payable;		/* price.total; what goes back for an unsubscribe */
	enum order_kind kind;
	enum order_state state;
	enum resource_state resource;	/* what its line became; none while it is not paid */
	const struct demo_story *of;	/* unsubscribe: the order that brought the resource */
	bool lapsed;			/* cancelled by its deadline, not by the buyer */
	/* When; 0 = did not happen.  provided: delivered, or failed for good. */
	struct instant placed, paying, paid, provided, ended, closed, deadline, begins, ends;
};

struct demo_teller {
	const struct demo_catalog *catalog;
	const struct demo_buyer *buyers;
	size_t buyers_n, known_n;	/* the known ones are first */
	uint64_t seed, orders;
	struct instant from, now;
	int order_hours;
};

/* The index-th of t->orders stories of the past, oldest first. */
void demo_story(const struct demo_teller *t, uint64_t index, struct demo_story *s);
/* The last ones: for each known buyer one order in every state (ORD-2) and a resource in every state (DEL-4), under indexes from
 * t->orders.  before: the story told before this one. */
size_t demo_scripted(const struct demo_teller *t);
void demo_script(const struct demo_teller *t, size_t i, const struct demo_story *before, struct demo_story *s);

/* Times, and ids made of them, are never the same for two stories: the number of the story is in their microseconds. */
struct instant demo_time(struct instant t, uint64_t index);
enum { DEMO_IDS_PER_TIME = 16 };
uint64_t demo_time_id(struct instant t, uint64_t index, unsigned k);	/* k < DEMO_IDS_PER_TIME */
#endif
