#ifndef APP_RESOURCE_ENTER_H
#define APP_RESOURCE_ENTER_H
#include "app/work.h"

/* Entering what was bought without signing in there (DEL-3, 免登): the provider's address with a token that says who comes, signed with the secret
 * of the product's system, good once and for a minute.  doc/provider.md tells providers how to read it. */

enum { ENTRY_S = 60 };

/* scheme://host[:port] of an address that a person may be sent to, with nothing in it that is special in a header or a page's policy; else NULL.
 * http: allowed besides https (development). */
const char *entry_origin(struct arena *a, const char *address, bool http);

/* Noted in the audit log, each time.  RC_NOT_FOUND: another's, or one without such an address.  RC_CONFLICT: it is not in use.
 * RC_INVALID: the provider's system or address is not set up. */
MUST_USE enum rc resource_enter(struct cx *cx, uint64_t id, const char **address);
#endif
