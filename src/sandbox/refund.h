#ifndef SANDBOX_REFUND_H
#define SANDBOX_REFUND_H
#include "sandbox/pay.h"

/* A refund at the sandbox's payment platform. */
#define REFUND_STATES(S) S(PROCESSING) S(SUCCESS) S(CHANGE) S(REFUNDCLOSE)	/* as refund_status spells them */
enum refund_is {
	REFUND_IS_NONE,
#define S(n) REFUND_IS_##n,
	REFUND_STATES(S)
#undef S
	REFUND_IS__MAX
};
extern const struct enum_def refund_is_enum;

/* What becomes of the next refunds that a merchant asks for. */
#define REFUND_PLANS(P)                                                                                 \
	P(done)		/* after two minutes, divided by the speed */                                   \
	P(wait)		/* for a person at the page */                                                  \
	P(change)	/* like done, but the payer's card is closed */                                 \
	P(close)	/* like done, but the platform gives it up */                                   \
	P(notenough)	/* not accepted: the merchant's account is short (NOTENOUGH) */                 \
	P(overdue)	/* not accepted: the payment is too old (TRADE_OVERDUE) */                      \
	P(abnormal)	/* not accepted: the payer's account (USER_ACCOUNT_ABNORMAL) */                 \
	P(again)	/* not accepted now (BIZERR_NEED_RETRY) */
enum refund_plan {
	REFUND_PLAN_NONE,
#define P(n) REFUND_PLAN_##n,
	REFUND_PLANS(P)
#undef P
	REFUND_PLAN__MAX
};
extern const struct enum_def refund_plan_enum;

#define REFUND_TO "支付用户零钱"
enum { REFUNDS_MAX = 4096 };

struct refund {
	enum refund_is state;
	char number[65], refund_id[33], payment[33], transaction_id[33], reason[82];
	int64_t total, amount;		/* of the payment; of this refund */
	struct instant created, done_at;	/* business time */
	enum refund_is end;		/* how it ends by itself; none: a person decides */
	int64_t end_ms;
	struct telling tell;
};

struct refunds {
	struct refund all[REFUNDS_MAX];
	uint64_t n;
	/* for the next `times` ones */
	struct { enum refund_plan plan; enum pay_fault fault; int times; } next;
};

/* The i-th newest, NULL when there is none. */
struct refund *refund_at(struct refunds *rs, size_t i);
struct refund *refund_by_number(struct refunds *rs, const char *number);
/* The next refunds go this way; `fault` is that of their notifications. */
void refund_plan(struct refunds *rs, enum refund_plan plan, enum pay_fault fault, int times);
/* The plan for one that is asked for now: used up. */
enum refund_plan refund_planned(struct refunds *rs, enum pay_fault *fault);
/* All that a payment has given back or is giving back, in fen. */
int64_t refund_sum(struct refunds *rs, const char *payment);

/* A person decides.  RC_CONFLICT: it has ended. */
MUST_USE enum rc refund_end(struct sandbox *sb, struct refund *x, enum refund_is state);
/* Ends those whose time has come. */
void refund_turn(struct sandbox *sb);
/* "2026-11-21 10:23:04" of Beijing. */
const char *refund_time(struct sandbox *sb, struct instant t);

/* Events: refund, refund_ended. */
void refund_apply(struct sandbox *sb, const char *const *t);
void refund_apply_ended(struct sandbox *sb, const char *const *t);
#endif
