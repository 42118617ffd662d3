#ifndef BENCH_NOTICES_H
#define BENCH_NOTICES_H
#include "main/program.h"

/* A payment that waits to be heard of: a line of the file that `notices make` writes. */
struct waiting {
	const char *number, *transaction, *xml;
	struct money amount;
};

/* Books one, by the statements alone, or by the use case. */
typedef enum rc notice_fn(struct cx *cx, const struct waiting *w);
notice_fn notice_bare, notice_use;
#endif
