#ifndef WEB_COOKIE_H
#define WEB_COOKIE_H
#include "base/arena.h"
#include "base/config.h"

/* The cookies of the platform (ACC-12).  Behind https each has the name `__Host-…` and the attribute Secure. */
enum cookie { COOKIE_SESSION = 1, COOKIE_VISITOR, COOKIE_LANGUAGE };

/* Its value from a Cookie header (may be NULL), only when there is exactly one and it is made of [A-Za-z0-9_-]; else NULL. */
const char *cookie_get(struct arena *a, const struct config *conf, enum cookie c, const char *header);
/* Adds a line Set-Cookie.  An empty value ends the cookie; the session and the visitor's end with the browser. */
void cookie_set(struct out *head, const struct config *conf, enum cookie c, const char *value);
#endif
