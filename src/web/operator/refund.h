#ifndef WEB_OPERATOR_REFUND_H
#define WEB_OPERATOR_REFUND_H
#include "web/operator/finance.h"

/* Why a refund is stopped, or a proposal declined. */
struct refund_decline_in { const char *why; };
#endif
