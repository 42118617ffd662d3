#ifndef APP_PRODUCT_SECRET_H
#define APP_PRODUCT_SECRET_H
#include "app/work.h"

/* The secret that a product's system and the platform share: it signs what the system is told (PRV-2 to PRV-4), and the tokens with which
 * buyers enter (DEL-3).  Kept sealed.  RC_NOT_FOUND: another provider's product. */

/* A new one signs at once; the one before lives besides for the grace.  What was known of the connection is forgotten, and asked anew of a product
 * that is listed. */
MUST_USE enum rc product_secret_set(struct cx *cx, uint64_t product, const char *secret, enum secret_grace grace, struct outcome *out);
/* The one before ends now.  RC_CONFLICT: there is none. */
MUST_USE enum rc product_secret_end(struct cx *cx, uint64_t product, struct outcome *out);

/* As they stand in the product's row, and in clear for those who sign.  old NULL: none is alive. */
struct product_sealed { struct bytes secret, old; struct instant old_until; };
#define PRODUCT_SEALED(r) ((struct product_sealed){ (r)->webhook_secret, (r)->old_secret, (r)->old_secret_until })
struct product_secrets { const char *secret, *old; };
/* RC_INVALID: there is none, or it does not open. */
MUST_USE enum rc product_secrets_open(struct cx *cx, uint64_t product, const struct product_sealed *sealed, struct product_secrets *out);
#endif
