#ifndef WEB_DELIVERY_H
#define WEB_DELIVERY_H
#include "app/delivery.h"
#include "view/delivery.h"
#include "web/range.h"

/* What the pages about deliveries share: the buyer's, the provider's, and the platform's where it sells itself (DEL-10, DEL-11, DEL-16). */

/* The pages of deliveries stand below this address in the reader's console. */
const char *delivery_base(const struct cx *cx);
/* What comes next, by whom and when. */
const char *delivery_next(struct cx *cx, enum delivery_state state, enum delivery_hold hold, struct instant due_at);

/* The one in the address: its steps, its history, and the forms of its reader.  any: also of other organisations, to be looked at. */
MUST_USE enum rc delivery_view(struct cx *cx, struct web *w, bool any, struct view_delivery_show *m);

/* A page of a list: of a buyer's deliveries, of a provider's, or, first, of what the provider has to do. */
enum delivery_list_of { DELIVERIES_BOUGHT = 1, DELIVERIES_SOLD };
MUST_USE enum rc delivery_find(struct cx *cx, struct web *w, enum delivery_list_of of, struct view_delivery_list *m);
#endif
