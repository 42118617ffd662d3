#ifndef APP_GRANT_H
#define APP_GRANT_H
#include "base/cx.h"
#include "base/out.h"

/* The accounts of the pools and what each may do, from sql/grant/grants.txt: made, given, and taken away where it is not listed.
 * For `yunshi migrate`, as the administrator of the schema.  A line for each change goes to report.  RC_INVALID: the file is wrong, the
 * report says where. */
MUST_USE enum rc grant_apply(struct cx *cx, const char *file, struct out *report);

enum { GRANT_POOLS = 5 };
extern const char *const grant_pools[GRANT_POOLS];	/* buyer, provider, operator, callback, jobs: the columns of the file */
/* The password of a pool's account, from the settings. */
const char *grant_password(const struct config *c, const char *pool);
#endif
