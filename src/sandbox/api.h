#ifndef SANDBOX_API_H
#define SANDBOX_API_H
#include "sandbox/page.h"

/* The sample provider's API behind the web server's check (DEL-14): /api/{product}/v1/invoice {"url": …} or {"image": …}, and
 * /api/{product}/v2/verify?name=…&code=….  It knows nothing of keys and quotas. */
void api_invoice(struct visit *v);
void api_verify(struct visit *v);
#endif
