#include "act_payout.h"

#include <stdlib.h>

#include "app/payout.h"
#include "app/withdrawal.h"
#include "base/str.h"

static const char *last_of(const char *location)
{
	const char *slash = location ? strrchr(location, '/') : NULL;

	return slash ? slash + 1 : "";
}

static uint64_t word_number(const char *s)
{
	uint64_t v;

	if (!str_u64(s, &v))
		exit(2);
	return v;
}

/* withdraw ORG PERSON FEN PAYEE KEY: its number */
enum rc act_withdraw(struct cx *cx, const char **w, const char **said)
{
	struct withdrawal_refusal why = { 0 };
	struct outcome out = { 0 };
	enum rc rc = withdrawal_request(cx, &(struct withdrawal_wish){ { (int64_t)word_number(w[3]) }, word_number(w[4]) }, &why, &out);

	*said = rc == RC_OK ? last_of(out.location) : why.error ? why.error : "";
	return rc;
}

/* withdraw_cancel ORG PERSON NUMBER KEY */
enum rc act_withdraw_cancel(struct cx *cx, const char **w, const char **said)
{
	*said = "";
	return withdrawal_cancel(cx, w[3], NULL);
}

/* withdraw_decide ORG PERSON NUMBER KEY approve|refuse */
enum rc act_withdraw_decide(struct cx *cx, const char **w, const char **said)
{
	*said = "";
	return withdrawal_decide(cx, &(struct withdrawal_decision){ w[3], str_eq(w[5], "approve"), "no" }, NULL);
}

/* payouts ORG PERSON NUMBER,… KEY BANK: the number of their file */
enum rc act_payouts(struct cx *cx, const char **w, const char **said)
{
	const char *numbers[PAYOUT_BATCH_MAX];
	struct payout_choice in = { .numbers = numbers, .bank = (enum bank_code)enum_of(&bank_code_enum, w[5], strlen(w[5])) };
	struct outcome out = { 0 };
	char *list = arena_strdup(cx->a, w[3]);

	while (in.n < PAYOUT_BATCH_MAX && (numbers[in.n] = strsep(&list, ",")))
		in.n++;
	enum rc rc = payout_batch_make(cx, &in, &out);
	*said = rc == RC_OK ? last_of(out.location) : "";
	return rc;
}

/* payouts_decide ORG PERSON FILE KEY approve|discard */
enum rc act_payouts_decide(struct cx *cx, const char **w, const char **said)
{
	*said = "";
	return payout_batch_decide(cx, w[3], str_eq(w[5], "approve"), NULL);
}

/* payouts_said ORG PERSON FILE KEY done|refused: the bank's answer about all of it */
enum rc act_payouts_said(struct cx *cx, const char **w, const char **said)
{
	bool done = str_eq(w[5], "done");
	struct payout_answer a = {
		.order = w[3], .rest = { .verdict = done ? PAYOUT_SAYS_DONE : PAYOUT_SAYS_REFUSED, .why = done ? NULL : "AC04", .at = cx->now },
	};

	*said = "";
	return payout_answer_hear(cx, &a, NULL);
}
