#ifndef APP_PRODUCT_PROBE_H
#define APP_PRODUCT_PROBE_H
#include "app/product_doc.h"
#include "app/work.h"
#include "q_product_probe.h"

/* Connection checks (PRV-5): does the system that a product names know its secret, and refuse whoever does not?  Asked for by the provider, made by
 * the jobs, which alone call other systems; a product that is listed is checked every day. */

/* RC_NOT_FOUND: another's product.  RC_INVALID: no dialect, address or secret yet. */
MUST_USE enum rc product_probe_ask(struct cx *cx, uint64_t product, struct outcome *out);
/* What is known of just this interface; *row NULL: nothing. */
MUST_USE enum rc product_probe_of(struct cx *cx, uint64_t product, const struct doc_product *d, struct q_product_probe_show **row);

/* The job: the next check that is due, taken; *row NULL: none.  Then what came of it. */
MUST_USE enum rc product_probe_take(struct cx *cx, struct q_product_probe_take **row);
MUST_USE enum rc product_probe_tell(struct cx *cx, const struct q_product_probe_take *row, bool passed, const char *answer);
#endif
