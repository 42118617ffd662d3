#ifndef APP_DEMO_VOUCHER_H
#define APP_DEMO_VOUCHER_H
#include "app/work.h"

/* What a demo buyer has to pay with besides its channels: money in its balance, vouchers and cards (ORD-13, ORD-16). */
MUST_USE enum rc demo_vouchers(struct cx *cx, uint64_t org);
#endif
