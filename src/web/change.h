#ifndef WEB_CHANGE_H
#define WEB_CHANGE_H
#include "web/web.h"

/* Reads a POST: where it comes from, its body into the fields, form token (RC_CSRF), idempotency key and the hash of what is asked into
 * cx (IFC-3).  The token is the field `csrf` or the header X-CSRF-Token; the key the field `key` or the header Idempotency-Key, 8 to
 * 128 characters of [A-Za-z0-9_-]. */
enum rc change_read(struct web *w) MUST_USE;
/* Is the form token right?  For those who act while the body is still being read. */
enum rc change_token(const struct web *w) MUST_USE;
#endif
