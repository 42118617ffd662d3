#include "channel/bank_channel.h"

#include "app/bank.h"
#include "base/log.h"
#include "base/money.h"
#include "base/time.h"
#include "channel/bank_read.h"
#include "crypto/rsasign.h"

/* Nothing is asked of the bank: the payer's browser brings the payment there. */
static enum rc start(struct cx *cx, const struct channel_start *in, struct channel_started *out)
{
	(void)cx;
	(void)in;
	*out = (struct channel_started){ 0 };
	return RC_OK;
}

static const char *origin_of(struct arena *a, const char *address)
{
	const char *host = strstr(address, "://");
	size_t n = host ? (size_t)(host + 3 - address) + strcspn(host + 3, "/") : 0;

	return arena_dup(a, address, n);
}

/* ISO-1. */
static enum rc redirect(struct cx *cx, const struct channel_visit *in, struct channel_redirect *out)
{
	const struct config *conf = cx->conf;
	const char *account = bank_account(cx->a, conf, in->bank);
	struct pair *p = ARENA_ARRAY(cx->a, struct pair, 9);
	char amount[MONEY_TEXT], time[TIME_TEXT];
	const struct pair fields[] = {
		{ "payment_number", in->number }, { "amount", arena_strdup(cx->a, money_text(in->amount, false, amount)) }, { "currency", "CNY" },
		{ "payee_name", conf->bank_payee }, { "payee_account", account }, { "payer_hint", in->payer }, { "return_url", in->back },
		{ "time", arena_strdup(cx->a, instant_compact(cx->now, time)) },
	};
	enum { FIELDS = sizeof fields / sizeof *fields };

	if (!account)
		return RC_NOT_FOUND;
	memcpy(p, fields, sizeof fields);
	p[FIELDS].name = "signature";
	p[FIELDS].value = "";
	enum rc rc = rsasign(cx->a, conf->bank_private_key_file, p, FIELDS, &p[FIELDS].value);
	if (rc != RC_OK)
		log_event('E', "bank_settings", LOG_STR("unreadable", conf->bank_private_key_file));
	*out = (struct channel_redirect){
		arena_printf(cx->a, "%s/bank/%s/pay", conf->bank_front, bank_code_enum.names[in->bank]), origin_of(cx->a, conf->bank_front), p, FIELDS + 1,
	};
	return rc;
}

const struct channel channel_bank = { .start = start, .redirect = redirect, .document = bank_read };
