#ifndef SANDBOX_NOTICE_H
#define SANDBOX_NOTICE_H
#include "http/http.h"
#include "sandbox/refund.h"

/* Notifications of payments and refunds (WXP-5, WXP-8), on the real schedule divided by the speed, until acknowledged, with the faults
 * asked for. */

enum { NOTICES_MAX = 8192, NOTICES_FLYING_MAX = 256 };

/* One that was sent, for the log page. */
struct notice_sent {
	char number[65];
	int attempt, copy;
	enum pay_fault fault;
	int64_t at_ms, took_ms;
	bool heard;
	char said[160];			/* what came back */
};

struct notice_flying {
	struct sandbox *sb;		/* NULL: free */
	char number[65];
	int attempt, copy;
	int64_t at_ms;
};

struct notices {
	struct notice_sent sent[NOTICES_MAX];
	uint64_t n;
	struct notice_flying flying[NOTICES_FLYING_MAX];
};

/* The i-th newest, NULL when there is none. */
const struct notice_sent *notice_at(const struct notices *ns, size_t i);

/* When what happens now is announced; 0: never. */
int64_t notice_first_due(const struct sandbox *sb, enum pay_fault fault, int64_t now_ms);
/* When the next attempt is after so many that were not heard; 0: there is none. */
int64_t notice_next_due(const struct sandbox *sb, int attempts, int64_t now_ms);
/* Starts what is due.  Gives the milliseconds until the next one is, at most `most`. */
int notice_start_due(struct sandbox *sb, int most);
/* Announces it once more, now, whatever was answered before. */
void notice_again(struct telling *t);

/* Event: notice. */
void notice_apply(struct sandbox *sb, const char *const *t);
#endif
