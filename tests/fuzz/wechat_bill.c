/* Any text as a statement: each line it gives has values in their bounds, and it is the same in one piece and byte by byte. */
#include "fuzz.h"

#include <assert.h>

#include "base/money.h"
#include "base/time.h"
#include "channel/wechat_bill.h"

static const struct wechat_conf conf = { .mch_id = "10000100" };
struct seen { size_t n; int64_t sum; };

static enum rc line(void *ctx, const struct channel_line *l)
{
	struct seen *s = ctx;

	assert(l->amount.fen > 0 && l->amount.fen <= MONEY_MAX && l->fee.fen >= 0);
	assert(strlen(l->transaction_id) >= 1 && strlen(l->number) <= 64 && l->at.us);
	s->n++;
	s->sum += l->amount.fen % 1000;
	return RC_OK;
}

static enum rc bill(const uint8_t *p, size_t n, size_t piece, struct seen *s)
{
	struct wechat_bill *b = wechat_bill_open(&fuzz_arena, &conf, date_make(2026, 11, 21), line, s);
	const char *why = NULL;

	*s = (struct seen){ 0 };
	for (size_t at = 0; at < n && wechat_bill_piece(b, (const char *)p + at, n - at < piece ? n - at : piece); at += piece)
		;
	enum rc rc = wechat_bill_close(b, &why);
	assert((rc == RC_OK) == !why);
	return rc;
}

FUZZ(p, n)
{
	struct seen whole, bytes;

	if (!n)
		return;
	enum rc rc = bill(p, n, n, &whole);
	assert(bill(p, n, 1, &bytes) == rc && bytes.n == whole.n && bytes.sum == whole.sum);
}
