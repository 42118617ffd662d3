#ifndef WEB_CSRF_H
#define WEB_CSRF_H
#include "base/config.h"
#include "fcgi/req.h"

/* Changes come from our own pages only (safety.md 14). */

enum { CSRF_SIZE = 65 };
/* The token of forms that are shown to one session, or to one visitor: an HMAC over its cookie's value. */
void csrf_token(const struct config *conf, const char *cookie, char out[CSRF_SIZE]);
/* In constant time.  False for NULL. */
bool csrf_valid(const struct config *conf, const char *cookie, const char *token);
/* What the browser says about where the request comes from, if it says anything, is not against it. */
bool csrf_same_origin(const struct config *conf, const struct req *r);
#endif
