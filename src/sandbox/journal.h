#ifndef SANDBOX_JOURNAL_H
#define SANDBOX_JOURNAL_H
#include "base/arena.h"
#include "base/value.h"

/* What happened, one line each, only ever appended: state is what the replay of it gives.  A line is the name of the
 * event and its texts, separated by tabs. */
enum { JOURNAL_TEXTS_MAX = 16, JOURNAL_LINE_MAX = 64 << 10 };

struct journal { int fd; };	/* -1: nothing is kept */

typedef void journal_apply(void *ctx, const char *event, const char *const *texts, size_t n);

/* Opens or makes <folder>/journal for one process alone (it waits for another one to end), drops a line that a crash
 * cut short, and replays all others.  An empty folder: nothing is kept.  False: errno says why. */
bool journal_open(struct journal *j, const char *folder, struct arena *a, journal_apply *apply, void *ctx);
/* Written whole, or the process ends. */
void journal_append(struct journal *j, const char *event, const char *const *texts, size_t n);
#endif
