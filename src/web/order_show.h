#ifndef WEB_ORDER_SHOW_H
#define WEB_ORDER_SHOW_H
#include "q_order.h"
#include "q_order_record.h"
#include "web/order.h"

/* The page of an order in each portal (ORD-18): what is in its rows, as far as its reader may see it. */
enum order_sight {
	SEEN_BY_BUYER = 1,
	SEEN_BY_PROVIDER,	/* neither who the buyer's people are nor how they paid */
	SEEN_BY_PAYER		/* of a zone's order: to look at only (ACC-4) */
};
MUST_USE enum rc order_view(struct cx *cx, const struct q_order_show *o, enum order_sight sight, struct view_order_show *m);

/* What was taken and given back for it and its resources: the newest below the keys `before` (id and line, UINT64_MAX at first). */
MUST_USE enum rc order_records(struct cx *cx, const struct q_order_record_list_in *ask, const struct view_order_record **rows, size_t *n,
		uint64_t last[2]);
#endif
