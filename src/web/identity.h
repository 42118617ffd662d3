#ifndef WEB_IDENTITY_H
#define WEB_IDENTITY_H
#include "web/web.h"

/* Who sends the request: fills session, cookie and the actor and language of cx.  A session that is unknown, over, or (operators) idle
 * for too long is a visitor's request (ACC-12).  RC_AWAY when that cannot be known. */
enum rc identify(struct web *w) MUST_USE;
#endif
