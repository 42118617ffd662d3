#ifndef APP_SALES_H
#define APP_SALES_H
#include "app/apply.h"

/* What is sold, by provider, product and day (CAT-11), kept in the transaction that moves the order. */
MUST_USE enum rc sales_note(struct work *w, const struct order_now *o, enum order_event ev, const struct move *m);
#endif
