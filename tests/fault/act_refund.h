#ifndef FAULT_ACT_REFUND_H
#define FAULT_ACT_REFUND_H
#include "app/channel.h"

/* Giving money back, for act.c: each takes the words of its line and tells the result. */
enum rc act_give_back(struct cx *cx, const char **w, const char **said);
enum rc act_refund(struct cx *cx, const char **w, const char **said);
enum rc act_refund_said(struct cx *cx, const char **w, const char **said);
enum rc act_send_back(struct cx *cx, const char **w, const char **said);

/* A channel whose refunds stand in files of the folder YUNSHI_ACT_REFUNDS, and outlive this process: <number> holds what it knows ("pending",
 * "done", "refused"), `how` what it does with the next ("", "busy": it takes nothing, "lost": it takes it and the answer is lost, "refused",
 * "silent": no answer to any question, "short": done with another amount), `calls` each call.  Without that folder `c` stays as it is. */
const struct channel *act_refund_channel(const struct channel *c);
#endif
