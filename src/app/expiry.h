#ifndef APP_EXPIRY_H
#define APP_EXPIRY_H
#include "app/work.h"

/* Warnings 30, 15, 7, 3 and 1 days before a resource ends (ACC-16), from nine in the morning on.  Each is given once: how far they are is a row of its
 * own, moved in the transaction that gives them, so that neither a second process nor a crash repeats one.  After days without the jobs a resource gets
 * the warning nearest to its end, not all that were missed. */

/* The job: the next of each; *more: others are waiting. */
MUST_USE enum rc expiry_warn(struct cx *cx, bool *more);
#endif
