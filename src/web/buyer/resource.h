#ifndef WEB_BUYER_RESOURCE_H
#define WEB_BUYER_RESOURCE_H
#include "domain/resource.h"
#include "view/resource.h"
#include "web/web.h"

/* What the pages about a buyer's resources share. */

/* What can be done with it now (SUB-2), from a row of the statements that show resources.  page: leave out the way to its own page. */
struct resource_buttons {
	uint64_t id;
	enum resource_state state;
	struct instant ends_at;
	const char *open_order;		/* number of an order about it that is not closed */
	const char *refunding;		/* number of the order that refunds it */
	const char *requires;		/* number of its delivery that waits for the buyer's requirement */
	bool convertible, page;
};
#define RESOURCE_BUTTONS(r) { .id = (r)->id, .state = (r)->state, .ends_at = (r)->end_at, .open_order = (r)->open_order, .refunding = (r)->refunding, .requires = (r)->requires, .convertible = (r)->convertible }
const struct view_action *resource_buttons(const struct web *w, const struct resource_buttons *b, size_t *n);

/* "key=value", a line each, each with the list of what has it too. */
const struct view_resource_tag *resource_tags(struct arena *a, const char *tags, size_t *n);
#endif
