#ifndef SANDBOX_PAY_H
#define SANDBOX_PAY_H
#include "base/rc.h"
#include "crypto/wxsign.h"

struct sandbox;

/* A payment at the sandbox's payment platform, and how the merchant is told of it. */
#define PAY_STATES(S) S(NOTPAY) S(SUCCESS) S(CLOSED) S(PAYERROR)	/* as trade_state spells them */
enum pay_state {
	PAY_NONE,
#define S(n) PAY_##n,
	PAY_STATES(S)
#undef S
	PAY__MAX
};
extern const struct enum_def pay_state_enum;

/* What may go wrong with the notifications of a payment or a refund. */
#define PAY_FAULTS(F)                                                                                           \
	F(none)                                                                                                 \
	F(late)		/* the first one comes after a quarter of an hour, divided by the speed */              \
	F(twice)	/* again after it was acknowledged */                                                   \
	F(ten)		/* ten at the same moment */                                                            \
	F(lost)		/* never */                                                                             \
	F(amount)	/* one fen more than was asked, rightly signed */                                       \
	F(signature)	/* wrongly signed; of a refund: encrypted with another key */                           \
	F(order)	/* only after that of a payment paid later, or as late as `late` */
enum pay_fault {
	FAULT_UNSET,
#define F(n) FAULT_##n,
	PAY_FAULTS(F)
#undef F
	FAULT__MAX
};
extern const struct enum_def pay_fault_enum;

#define PAY_OPENID "oUpF8uMuAJO_M2pxb1Q9zNjWeS6o"	/* whoever pays here */
enum { PAYS_MAX = 16384, PAY_TOKEN_LEN = 16 };

/* The notifications of a payment or a refund. */
struct telling {
	char url[257];
	enum pay_fault fault;
	int attempts, flying;		/* done, and under way */
	bool heard;			/* acknowledged */
	bool flying_heard;
	int64_t due_ms;			/* next attempt; 0: none */
};

struct pay {
	enum pay_state state;
	char token[PAY_TOKEN_LEN + 1];	/* of the scan page */
	char prepay_id[40], number[33], body[512], product_id[33], client_ip[46], attach[512];
	enum wxsign_type sign_type;
	int64_t total;
	struct instant created, expire;	/* business time */
	/* when paid */
	char transaction_id[33];
	struct instant paid_at;
	struct telling tell;
};

struct pays { struct pay all[PAYS_MAX]; uint64_t n; };

/* The i-th newest, NULL when there is none. */
struct pay *pay_at(struct pays *ps, size_t i);
struct pay *pay_by_number(struct pays *ps, const char *number);
struct pay *pay_by_token(struct pays *ps, const char *token);
struct pay *pay_by_transaction(struct pays *ps, const char *transaction);

/* The person at the scan page decides.  RC_CONFLICT: no longer possible. */
MUST_USE enum rc pay_accept(struct sandbox *sb, struct pay *p, enum pay_fault fault);
MUST_USE enum rc pay_refuse(struct sandbox *sb, struct pay *p);
/* By the merchant. */
void pay_close(struct sandbox *sb, struct pay *p);
bool pay_open(const struct pay *p);	/* can be paid now */

/* Events: order, paid, ended. */
void pay_apply_order(struct sandbox *sb, const char *const *t);
void pay_apply_paid(struct sandbox *sb, const char *const *t);
void pay_apply_ended(struct sandbox *sb, const char *const *t);
#endif
