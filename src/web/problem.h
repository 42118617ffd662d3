#ifndef WEB_PROBLEM_H
#define WEB_PROBLEM_H
#include "web/web.h"

/* The answer to a request that failed (IFC-4): problem details for programs (RFC 9457), a whole page with the number under which the
 * failure is in the log for people, the sign-in page for those who are not signed in. */
void problem_show(struct web *w, enum rc rc);
#endif
