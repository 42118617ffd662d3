#ifndef SANDBOX_BANK_ORDER_H
#define SANDBOX_BANK_ORDER_H
#include "sandbox/bank_file.h"

/* Between bank_order.c, which reads an order, and bank_file.c: its n transfers are made or refused, and answered. */
void bank_order_done(struct sandbox *sb, const char *bank, const char *order, const struct bank_payment *p, size_t n, enum bank_fault fault);
#endif
