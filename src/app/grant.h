#ifndef APP_GRANT_H
#define APP_GRANT_H
#include "base/cx.h"
#include "base/out.h"
#include "db/db.h"

/* The accounts of the pools and what each may do, from sql/grant/grants.txt: made, given, and taken away where it is not listed.
 * For `yunshi migrate`, as the administrator of the schema.  A line for each change goes to report.  RC_INVALID: the file is wrong, the
 * report says where. */
MUST_USE enum rc grant_apply(struct cx *cx, const char *file, struct out *report);

enum { GRANT_POOLS = 5 };
extern const char *const grant_pools[GRANT_POOLS];	/* buyer, provider, operator, callback, jobs: the columns of the file */
/* How the account of a pool, or "admin", reaches the store, from the settings. */
struct db_conf grant_account(struct arena *a, const struct config *c, const char *pool);
#endif
