#ifndef SANDBOX_API_H
#define SANDBOX_API_H
#include "sandbox/page.h"

/* The sample provider's API behind the web server's check (DEL-14): /api/{product}/v1/invoice {"url": …} or {"image": …}.  It knows nothing of
 * keys and quotas. */
void api_invoice(struct visit *v);
#endif
