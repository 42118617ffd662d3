/* Orders to pay (pain.001.001.09), as a bank reads them: by the schema, then account, currency, number and sum. */
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/log.h"
#include "base/money.h"
#include "base/str.h"
#include "sandbox/bank_file.h"
#include "sandbox/bank_order.h"
#include "sandbox/sandbox.h"
#include "xml/schema.h"

struct reading {
	struct arena *a;
	const char *bank, *message_id, *account;	/* account: of the debtor */
	struct bank_payment *transfers;
	size_t n;
	int64_t sum, said_sum, said_n;
	const char *why;
};

#define GROUP "CstmrCdtTrfInitn/GrpHdr/"
#define PAYMENT "CstmrCdtTrfInitn/PmtInf/"
#define TRANSFER PAYMENT "CdtTrfTxInf/"

static bool refuse(struct reading *r, const char *why)
{
	r->why = why;
	return false;
}

static bool on_open(void *ctx, const char *path)
{
	struct reading *r = ctx;

	if (!str_eq(path, PAYMENT "CdtTrfTxInf"))
		return true;
	if (r->n == BANK_ORDER_TRANSFERS_MAX)
		return refuse(r, "too many transfers");
	r->transfers[r->n++] = (struct bank_payment){ r->bank, "", "", "", "", 0 };
	return true;
}

static bool amount(struct reading *r, const char *text, int64_t *fen)
{
	struct money m;

	if (!money_parse(text, &m))
		return refuse(r, "AM12 an amount that is no whole number of fen");
	*fen = m.fen;
	return true;
}

static bool transfer_value(struct reading *r, const char *at, const char *text)
{
	static const struct { const char *at; size_t member; } texts[] = {
		{ "PmtId/EndToEndId", offsetof(struct bank_payment, number) },
		{ "Cdtr/Nm", offsetof(struct bank_payment, name) },
		{ "CdtrAcct/Id/Othr/Id", offsetof(struct bank_payment, account) },
		{ "CdtrAcct/Id/IBAN", offsetof(struct bank_payment, account) },
		{ "RmtInf/Ustrd", offsetof(struct bank_payment, text) },
	};
	struct bank_payment *p = &r->transfers[r->n - 1];

	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		if (str_eq(at, texts[i].at)) {
			const char *kept = arena_strdup(r->a, text);
			memcpy((char *)p + texts[i].member, &kept, sizeof kept);
			return true;
		}
	if (str_eq(at, "Amt/InstdAmt@Ccy"))
		return str_eq(text, "CNY") || refuse(r, "AM03 a currency that is not CNY");
	if (str_eq(at, "Amt/InstdAmt") && amount(r, text, &p->fen))
		r->sum += p->fen;
	return !r->why;
}

static bool on_value(void *ctx, const char *path, const char *text)
{
	struct reading *r = ctx;

	if (str_prefix(path, TRANSFER))
		return transfer_value(r, path + sizeof TRANSFER - 1, text);
	if (str_eq(path, GROUP "MsgId"))
		r->message_id = arena_strdup(r->a, text);
	else if (str_eq(path, GROUP "NbOfTxs"))
		r->said_n = atoll(text);
	else if (str_eq(path, GROUP "CtrlSum"))
		return amount(r, text, &r->said_sum);
	else if (str_eq(path, PAYMENT "DbtrAcct/Id/Othr/Id"))
		r->account = arena_strdup(r->a, text);
	return true;
}

static const char *wrong(struct sandbox *sb, const struct reading *r)
{
	const char *ours = bank_account_number(sb, r->bank);

	if (!r->account || !str_eq(r->account, ours))
		return "AC03 not the debtor's account at this bank";
	if (r->said_n != (int64_t)r->n)
		return "AM18 NbOfTxs";
	return r->said_sum == r->sum ? NULL : "AM10 CtrlSum";
}

static bool known(const struct banks *b, const char *bank, const char *order)
{
	for (size_t i = 0; i < b->transfers_n && i < BANK_TRANSFERS_MAX; i++)
		if (str_eq(b->transfers[i].bank, bank) && str_eq(b->transfers[i].order, order))
			return true;
	return false;
}

enum rc bank_order_take(struct sandbox *sb, const char *bank, struct bytes body, enum bank_fault fault, const char **why)
{
	static const struct schema *const messages[] = { &schema_pain_001, NULL };
	static const struct schema_events events = { on_open, on_value, NULL };
	struct reading r = { .a = sb->a, .bank = bank };
	struct schema_fault wrong_xml;
	const struct schema *which;

	*why = NULL;
	if (!bank_account_number(sb, bank))
		return RC_NOT_FOUND;
	r.transfers = ARENA_ARRAY(sb->a, struct bank_payment, BANK_ORDER_TRANSFERS_MAX);
	enum rc rc = schema_read(sb->a, &(struct schema_source){ .body = body }, messages, &events, &r, &which, &wrong_xml);
	*why = wrong_xml.why ? arena_printf(sb->a, "%s at %s", wrong_xml.why, wrong_xml.path) : r.why;
	TRY(rc);
	*why = r.why ? r.why : wrong(sb, &r);
	if (*why)
		return RC_INVALID;
	if (known(&sb->banks, bank, r.message_id))
		return RC_DUPLICATE;
	bank_order_done(sb, bank, r.message_id, r.transfers, r.n, fault);
	return RC_OK;
}

/* ---- the folder ---- */

static struct bytes load(struct arena *a, const char *path)
{
	char *p = arena_alloc(a, BANK_ORDER_MAX);
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	ssize_t n = fd >= 0 ? read(fd, p, BANK_ORDER_MAX) : -1;

	if (fd >= 0)
		close(fd);
	return (struct bytes){ p, n > 0 ? (size_t)n : 0 };
}

static void fetch(struct sandbox *sb, const char *bank, const char *path)
{
	size_t mark = arena_mark(sb->a);
	const char *why;
	enum rc rc = bank_order_take(sb, bank, load(sb->a, path), BANK_FAULT_none, &why);

	log_event(rc == RC_OK ? 'I' : 'W', "bank_order", LOG_STR("file", path), LOG_STR("result", rc_info[rc].name), LOG_STR("why", why));
	(void)unlink(path);
	arena_release(sb->a, mark);
}

static void fetch_from(struct sandbox *sb, const char *bank)
{
	const char *folder = arena_printf(sb->a, "%s/%s/out", sb->conf->bank_spool, bank);
	DIR *d = opendir(folder);

	if (!d)
		return;
	for (struct dirent *e; (e = readdir(d));) {
		size_t n = strlen(e->d_name);
		if (*e->d_name != '.' && n > 4 && str_eq(e->d_name + n - 4, ".xml"))
			fetch(sb, bank, arena_printf(sb->a, "%s/%s", folder, e->d_name));
	}
	closedir(d);
}

void bank_fetch_orders(struct sandbox *sb)
{
	const char *s = sb->conf->bank_accounts;

	for (; *sb->conf->bank_spool && *s; s += strcspn(s, ", "), s += strspn(s, ", "))
		fetch_from(sb, arena_dup(sb->a, s, strcspn(s, "=")));
}
