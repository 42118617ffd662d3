#ifndef APP_CHECK_H
#define APP_CHECK_H
#include "app/work.h"

/* What `yunshi audit` looks at (MON-2): the books, the states that hang together, and the chain of the audit log. */

struct check_breach { const char *check, *what; int64_t amount; };
enum { CHECK_BREACHES_MAX = 200 };
struct check_report {
	int checks;			/* looked at */
	struct check_breach breach[CHECK_BREACHES_MAX];
	size_t breaches;		/* 0: everything holds */
};

/* Everything in one consistent snapshot, also while traffic runs. */
MUST_USE enum rc check_all(struct cx *cx, struct check_report *out);
#endif
