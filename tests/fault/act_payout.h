#ifndef FAULT_ACT_PAYOUT_H
#define FAULT_ACT_PAYOUT_H
#include "base/cx.h"

/* Money that leaves, for act.c: each takes the words of its line and tells the result.  The actor is set. */
enum rc act_withdraw(struct cx *cx, const char **w, const char **said);
enum rc act_withdraw_cancel(struct cx *cx, const char **w, const char **said);
enum rc act_withdraw_decide(struct cx *cx, const char **w, const char **said);
enum rc act_payouts(struct cx *cx, const char **w, const char **said);
enum rc act_payouts_decide(struct cx *cx, const char **w, const char **said);
enum rc act_payouts_said(struct cx *cx, const char **w, const char **said);
#endif
