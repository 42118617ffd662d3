#ifndef SANDBOX_GATEWAY_H
#define SANDBOX_GATEWAY_H
#include "fcgi/req.h"

struct sandbox;

/* The WeChat Pay v2 gateway (WXP-3, WXP-4): XML in, XML out, always with status 200. */
void gateway_order(struct sandbox *sb, struct req *r, struct answer *ans);
void gateway_query(struct sandbox *sb, struct req *r, struct answer *ans);
void gateway_close(struct sandbox *sb, struct req *r, struct answer *ans);

/* src/sandbox/gateway_refund.c, bill.c: refunds (a client certificate is the web server's business), and the statement of a day. */
void gateway_refund(struct sandbox *sb, struct req *r, struct answer *ans);
void gateway_refund_query(struct sandbox *sb, struct req *r, struct answer *ans);
void gateway_bill(struct sandbox *sb, struct req *r, struct answer *ans);

/* What may go wrong with the next calls, or the next ones of that name ("refund"; "": any). */
#define GATEWAY_FAULTS(F)                                              \
	F(none)                                                        \
	F(busy)		/* SYSTEMERROR, nothing done */                \
	F(rubbish)	/* done, and the answer is no XML */           \
	F(forged)	/* done, and the answer is wrongly signed */   \
	F(error)	/* done, and the answer is status 500 */       \
	F(slow)		/* done, and the answer trickles in, a few bytes a second */
enum gateway_fault {
	GATEWAY_UNSET,
#define F(n) GATEWAY_##n,
	GATEWAY_FAULTS(F)
#undef F
	GATEWAY__MAX
};
extern const struct enum_def gateway_fault_enum;
void gateway_fail(enum gateway_fault fault, const char *call, int times);
#endif
