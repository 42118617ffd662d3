#ifndef APP_DEMO_DELIVERY_H
#define APP_DEMO_DELIVERY_H
#include "app/work.h"

/* What happened to the deliveries of the demo's orders: the open ones stand at every step, each with its rounds; an appeal waits for the mediator,
 * another is decided. */
MUST_USE enum rc demo_deliveries(struct cx *cx, struct tx *tx);
#endif
