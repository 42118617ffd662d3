#ifndef WEB_DELIVERY_H
#define WEB_DELIVERY_H
#include "app/delivery.h"
#include "view/delivery.h"
#include "web/attachment.h"
#include "web/range.h"

/* What the pages about deliveries share: the buyer's, the provider's, and the platform's where it sells itself (DEL-10, DEL-11, DEL-16). */

/* The pages of deliveries stand below this address in the reader's console. */
const char *delivery_base(const struct cx *cx);
/* Its order, there. */
const char *delivery_order_href(const struct cx *cx, const char *number);
/* What comes next, by whom and when. */
const char *delivery_next(struct cx *cx, enum delivery_state state, enum delivery_hold hold, struct instant due_at);

/* The way to a page about deliveries: here, what is about one of them; or, NULL, that one; or, both NULL, their list.  */
void delivery_crumbs(struct web *w, const char *number, const char *here);

/* All that was done in one, the latest first, with its files. */
MUST_USE enum rc delivery_rounds(struct cx *cx, struct web *w, uint64_t id, const struct attachments *files, const struct view_delivery_round **rounds, size_t *n);
#endif
