#ifndef APP_BANK_H
#define APP_BANK_H
#include "app/apply.h"

/* Banks (MON-5): which are on, and what a payment through one does to its orders. */

/* The platform's collecting account at a bank, by the setting bank.accounts (icbc=6222…, one after the other); NULL: that bank is off. */
const char *bank_account(struct arena *a, const struct config *conf, enum bank_code bank);

/* Maker and checker can take days: a payment by bank that begins gives its orders bank.pay_days more than they had at first, however often one begins.
 * Gives the new deadline; *first: what it was before any of them. */
struct instant bank_deadline(const struct config *conf, struct instant deadline, struct instant first);
MUST_USE enum rc bank_extend(struct work *w, const struct order_now *o, struct instant first);
/* It ended without money: who has given up the bank has as long as for a new order, and no longer than the bank had. */
MUST_USE enum rc bank_extension_ends(struct work *w, uint64_t payment);
#endif
