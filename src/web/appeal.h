#ifndef WEB_APPEAL_H
#define WEB_APPEAL_H
#include "app/appeal.h"
#include "view/appeal.h"
#include "web/attachment.h"

/* What the pages about appeals share (DEL-8). */

/* The appeals about a delivery with all that was said in them, the newest first. */
MUST_USE enum rc appeals_of(struct cx *cx, struct web *w, uint64_t delivery, const struct attachments *files, const struct view_appeal **list, size_t *n);
const char *tone_appeal(enum appeal_state s);
/* A form's answer to what a use case said: its page again, with what is wrong. */
MUST_USE enum rc appeal_done(struct web *w, enum rc rc, const struct outcome *out);

/* For the page of a delivery: the button, exactly when the rule allows it, and the reason when it does not; NULL: its reader is none of the two sides,
 * or it is over. */
struct appeal_about { const char *number; enum delivery_state state; struct delivery_facts facts; uint64_t buyer, provider; };
/* Whether this reader may appeal now, or ask to close it. */
bool appeal_possible(const struct cx *cx, enum delivery_state state, const struct delivery_facts *f, enum org_kind side);
const struct view_appeal_offer *appeal_offer(struct web *w, const struct appeal_about *d);
#endif
