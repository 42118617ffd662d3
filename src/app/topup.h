#ifndef APP_TOPUP_H
#define APP_TOPUP_H
#include "app/payment.h"

/* Top-ups (MON-4, MON-11): money that becomes the organisation's cash, by a payment without orders.  Whoever is frozen may top up too
 * (ACC-15). */

/* What one top-up may be; of WeChat less than of a bank. */
enum { TOPUP_MIN_FEN = 100, TOPUP_MAX_FEN = 1000000000, TOPUP_WECHAT_MAX_FEN = 5000000 };

struct topup_wish {
	struct money amount;
	enum payment_channel channel;
	enum bank_code bank;		/* with CHANNEL_B2B */
};
/* Begins one; outcome.location is the payment's page.  RC_INVALID: see why->field, why->error (of a channel's limit, why->missing is it). */
MUST_USE enum rc topup_start(struct cx *cx, const struct topup_wish *wish, struct payment_refusal *why, struct outcome *out);
/* Can one be made through it here and now? */
bool topup_allows(enum payment_channel c);
/* In the transaction that books one: its members are told. */
MUST_USE enum rc topup_tell(struct work *w, uint64_t org, const char *number, struct money amount);
#endif
