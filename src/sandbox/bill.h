#ifndef SANDBOX_BILL_H
#define SANDBOX_BILL_H
#include "sandbox/pay.h"

/* What may go wrong with the next statements (MON-9). */
#define BILL_FAULTS(F)                                                                  \
	F(none)                                                                         \
	F(late)		/* not made yet */                                              \
	F(half)		/* cut off in the middle */                                     \
	F(missing)	/* without its first line, and summed up so */                  \
	F(extra)	/* with a payment that nobody knows, and summed up so */        \
	F(amount)	/* the first payment is one fen more, and summed up so */       \
	F(sums)		/* the sums do not agree with the lines */
enum bill_fault {
	BILL_FAULT_UNSET,
#define F(n) BILL_##n,
	BILL_FAULTS(F)
#undef F
	BILL__MAX
};
extern const struct enum_def bill_fault_enum;
void bill_fail(enum bill_fault fault, int times);
#endif
