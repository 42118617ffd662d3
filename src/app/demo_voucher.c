#include "app/demo_voucher.h"

#include "app/demo_text.h"
#include "app/ledger.h"
#include "app/voucher_issue.h"
#include "base/time.h"

#define BALANCE fen(2000000)

/* org and dates are filled in: valid from `begins` days after today, for so many days. */
static const struct {
	const char *kind, *face, *minimum, *scope, *reusable, *note;
	int begins, days;
} samples[] = {
	{ "voucher", "100", "500",  "saas",                         "no",  "SaaS 新人代金券",     0,   90 },
	{ "voucher", "300", "3000", "",                             "no",  "上云满减代金券",      0,   30 },
	{ "voucher", "50",  "",     "",                             "yes", "服务补偿代金券",      0,   365 },
	{ "voucher", "200", "1000", "template-site;custom-site",    "no",  "建站专享代金券",      14,  60 },
	{ "card",    "1000", "",    "",                             "",    "企业上云储值卡",      0,   365 },
	{ "card",    "500", "",     "software;saas",                "",    "软件专项储值卡",      0,   180 },
};
enum { SAMPLES = sizeof samples / sizeof *samples };

static enum rc top_up(struct work *w, void *arg)
{
	const uint64_t *org = arg;
	struct posting p[] = { { CHANNEL_WECHAT, ACCOUNT_CLEARING, money_neg(BALANCE) }, { *org, ACCOUNT_CASH, BALANCE } };

	ledger_post(w, JOURNAL_TOPUP, *org, 0, 0, p, 2);
	return RC_OK;
}

enum rc demo_vouchers(struct cx *cx, uint64_t org)
{
	struct voucher_batch *b = ARENA_NEW(cx->a, struct voucher_batch);
	struct date today = date_of(cx->now);

	for (b->n = 0; b->n < SAMPLES; b->n++) {
		char *from = arena_alloc(cx->a, TIME_TEXT), *to = arena_alloc(cx->a, TIME_TEXT);
		int begins = samples[b->n].begins;
		date_text((struct date){ today.days + begins }, from);
		date_text((struct date){ today.days + begins + samples[b->n].days - 1 }, to);
		b->line[b->n] = (struct voucher_line){ b->n + 1, VOUCHER_COLUMNS, {
			arena_printf(cx->a, "%llu", (unsigned long long)org), samples[b->n].kind, samples[b->n].face, samples[b->n].minimum, samples[b->n].scope,
			from, to, samples[b->n].reusable, samples[b->n].note,
		} };
	}
	TRY(voucher_check(cx, b));
	if (b->bad_n)
		demo_bad("not to be issued", b->bad->error);
	TRY(voucher_issue(cx, b, NULL));
	return work_do(cx, top_up, &org, NULL);
}
