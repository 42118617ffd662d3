#ifndef APP_CHECK_H
#define APP_CHECK_H
#include "app/work.h"

/* What `yunshi audit` looks at (MON-2): the books, the states that hang together, and the chains of the books and of the audit log. */

struct check_breach { const char *check, *what; int64_t amount; };
enum { CHECK_BREACHES_MAX = 200 };
struct check_report {
	int checks;			/* looked at */
	struct check_breach breach[CHECK_BREACHES_MAX];
	size_t breaches;		/* 0: everything holds */
	struct instant since, full_at;	/* only what came since then; when everything was looked at.  0: now, from the beginning */
	uint64_t sealed;		/* pieces of the books that are sealed, */
	struct instant sealed_to;	/* up to this moment; 0: none */
};

/* Everything in one consistent snapshot, also while traffic runs.  Of what grows for ever (the books, orders and payments, the chains) it
 * looks only at what came or moved since the last audit that found nothing, unless `full`; and begins the next one where it ended. */
MUST_USE enum rc check_all(struct cx *cx, bool full, struct check_report *out);
#endif
