/* Any bytes as a document of a bank, without a signature and with one: entries whose values are in their bounds, or a refusal with a reason, and
 * nothing told of what is refused. */
#include "fuzz.h"

#include <assert.h>

#include "base/money.h"
#include "channel/camt.h"
#include "channel/pain.h"

static const char *const keys[] = { "tests/iso/key/bank.pub.pem" };
static size_t told;

static enum rc entry(void *ctx, const struct camt_file *f, const struct camt_entry *e)
{
	(void)ctx;
	told++;
	assert(f->message_id && *f->message_id && e->account && e->amount.text && strlen(e->amount.currency) == 3);
	assert(e->amount.money.fen >= 0 && e->amount.money.fen <= MONEY_MAX);
	assert(e->status != CAMT_BOOKED || (e->reference && *e->reference));
	for (size_t i = 0; i < e->details_n; i++)
		assert(!e->details[i].end_to_end || *e->details[i].end_to_end);
	return RC_OK;
}

static void statement(const struct iso_source *from)
{
	const struct camt_reader to = { .entry = entry };
	struct schema_fault fault;
	struct camt_file file;

	told = 0;
	enum rc rc = camt_read(&fuzz_arena, from, &to, &file, &fault);
	assert((rc == RC_OK) == !fault.why);
	assert(rc == RC_OK || !told);
	assert(rc != RC_OK || (file.kind && file.message_id));
}

static void answer(const struct iso_source *from)
{
	struct schema_fault fault;
	struct pain_answer p;

	enum rc rc = pain_answer_read(&fuzz_arena, from, &p, &fault);
	assert((rc == RC_OK) == !fault.why);
	assert(rc != RC_OK || (p.message_id && p.order_id && p.n <= PAIN_SAID_MAX));
}

FUZZ(p, n)
{
	struct iso_source from = { .body = { p, n } };

	for (int i = 0; i < 2; i++) {
		statement(&from);
		answer(&from);
		from.keys = keys;
		from.keys_n = 1;
	}
}
