#ifndef FAULT_ACT_DELIVERY_H
#define FAULT_ACT_DELIVERY_H
#include "base/cx.h"

/* Deliveries and appeals, for act.c: each takes the words of its line and tells the result. */
enum rc act_step(struct cx *cx, const char **w, const char **said);
enum rc act_alarm(struct cx *cx, const char **w, const char **said);
enum rc act_appeal(struct cx *cx, const char **w, const char **said);
enum rc act_appeal_decide(struct cx *cx, const char **w, const char **said);
#endif
