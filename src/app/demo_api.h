#ifndef APP_DEMO_API_H
#define APP_DEMO_API_H
#include "app/work.h"

/* What the demo's orders bought of APIs may be called; and what one buyer called with it, under a key. */
MUST_USE enum rc demo_api_quotas(struct cx *cx);
MUST_USE enum rc demo_api_calls(struct cx *cx, uint64_t buyer);
#endif
