/* Files of payouts in the banks' language (ISO-7): pain.001 out, pain.002 back. */
#include "channel/payout_file.h"

#include <unistd.h>

#include "app/payout.h"
#include "base/time.h"
#include "channel/iso.h"
#include "channel/pain.h"
#include "domain/bank.h"

static enum rc write_file(struct cx *cx, const struct payout_file *f, struct bytes *document)
{
	struct pain_transfer *t = ARENA_ARRAY(cx->a, struct pain_transfer, f->n);
	struct pain_order order = {
		.message_id = f->number, .created = f->created, .on = date_of(f->created), .name = f->name, .account = f->account,
		.bank_name = bank_names[f->bank], .transfers = t, .n = f->n,
	};
	struct out o = { 0 };

	for (size_t i = 0; i < f->n; i++)
		t[i] = (struct pain_transfer){
			.end_to_end = f->lines[i].number, .amount = f->lines[i].amount, .name = f->lines[i].name, .account = f->lines[i].account,
			.bank_name = f->lines[i].bank ? bank_names[f->lines[i].bank] : NULL, .text = f->lines[i].purpose,
		};
	pain_order_write(&o, &order);
	*document = (struct bytes){ (const unsigned char *)arena_dup(cx->a, o.p, o.n), o.n };
	out_free(&o);
	return RC_OK;
}

static struct payout_said said_of(const struct pain_said *s)
{
	return (struct payout_said){
		.number = s->end_to_end, .reference = s->reference, .why = s->reason,
		.verdict = s->status == PAIN_ACSC ? PAYOUT_SAYS_DONE : s->status == PAIN_RJCT ? PAYOUT_SAYS_REFUSED : PAYOUT_SAYS_PENDING,
	};
}

/* Those of the bank that are there: the one in use, and the next one while it changes. */
static size_t keys_of(struct cx *cx, enum bank_code bank, const char *keys[2])
{
	static const char *const ends[] = { "", ".next" };
	size_t n = 0;

	for (size_t i = 0; i < 2; i++) {
		const char *file = arena_printf(cx->a, "%s/%s%s.pem", cx->conf->bank_keys, bank_code_enum.names[bank], ends[i]);
		if (!access(file, R_OK))
			keys[n++] = file;
	}
	return n;
}

static enum rc read_file(struct cx *cx, enum bank_code bank, struct bytes document, struct payout_answer *answer, const char **why)
{
	const char *keys[2];
	struct iso_source from = { .body = document, .keys = keys, .keys_n = keys_of(cx, bank, keys) };
	struct schema_fault fault = { 0 };
	struct pain_answer a;

	if (!from.keys_n)
		return RC_DENIED;	/* nobody's word */
	enum rc rc = pain_answer_read(cx->a, &from, &a, &fault);
	*why = fault.why;
	TRY(rc);
	*answer = payout_answer_of(cx->a, &a);
	return RC_OK;
}

struct payout_answer payout_answer_of(struct arena *a, const struct pain_answer *p)
{
	struct payout_said *said = ARENA_ARRAY(a, struct payout_said, p->n);
	struct payout_answer answer = { .order = p->order_id, .said = said };

	if (p->group.status)
		answer.rest = said_of(&p->group);
	for (size_t i = 0; i < p->n; i++)
		if (p->said[i].end_to_end)
			said[answer.n++] = said_of(&p->said[i]);
		else if (p->said[i].status)
			answer.rest = said_of(&p->said[i]);
	return answer;
}

const struct payout_format payout_iso = { .write = write_file, .read = read_file };
