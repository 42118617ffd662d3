/* read [-k PUBLIC_KEY]… FILE…: one line for each document: how it was judged, and what it says.
 * read -s PRIVATE_KEY FILE: the document with a signature.
 * read -o: an order to pay, with texts as long and as odd as may be. */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/time.h"
#include "channel/camt.h"
#include "channel/pain.h"
#include "xml/dsig.h"

enum { KEYS_MAX = 4, ARENA = 16 << 20 };

static const char *or_dash(const char *s) { return s ? s : "-"; }

static void print_lines(const char *s)
{
	for (s = or_dash(s); *s; s++)
		putchar(*s == '\n' ? '/' : *s);
}

static void print_amount(const struct camt_amount *m)
{
	if (m->text)
		printf("%s %s = %lld%s", m->text, m->currency, (long long)m->money.fen, m->whole ? "" : "+");
	else
		printf("%s %lld", m->currency, (long long)m->money.fen);
}

static enum rc print_entry(void *ctx, const struct camt_file *f, const struct camt_entry *e)
{
	static const char *const status[] = { "other", "booked", "pending", "information", "future" };
	char day[TIME_TEXT];

	(void)ctx, (void)f;
	printf(" | %s %s ", e->account, or_dash(e->reference));
	print_amount(&e->amount);
	printf(" %s%s %s %s", e->credit ? "credit" : "debit", e->reversal ? " reversal" : "", status[e->status],
	       e->booked_on.days ? date_text(e->booked_on, day) : "-");
	for (size_t i = 0; i < e->details_n; i++) {
		const struct camt_details *d = &e->details[i];
		printf(" {%s; ", or_dash(d->end_to_end));
		print_lines(d->structured);
		printf("; ");
		print_lines(d->remittance);
		printf("; %s %s %s; %s %s", or_dash(d->debtor_name), or_dash(d->debtor_account), or_dash(d->debtor_bank), or_dash(d->creditor_name),
		       or_dash(d->creditor_account));
		if (d->amount.text) {
			printf("; ");
			print_amount(&d->amount);
		}
		printf("}");
	}
	return RC_OK;
}

static enum rc print_account(void *ctx, const struct camt_file *f, const struct camt_account *s)
{
	(void)ctx, (void)f;
	printf(" | %zu in %s %s", s->entries_n, s->id, s->account);
	if (s->opening.said) {
		printf(" from ");
		print_amount(&s->opening.amount);
	}
	if (s->closing.said) {
		printf(" to ");
		print_amount(&s->closing.amount);
	}
	return RC_OK;
}

static struct bytes load(struct arena *a, const char *file)
{
	FILE *f = fopen(file, "rb");
	char *p = arena_alloc(a, XML_TREE_MAX + 2);
	size_t n = f ? fread(p, 1, XML_TREE_MAX + 1, f) : 0;

	if (!f || ferror(f))
		abort();
	fclose(f);
	return (struct bytes){ p, n };
}

static void print_said(const struct pain_said *s)
{
	static const char *const states[] = {
#define S(n) [PAIN_##n] = #n,
		PAIN_STATES(S)
#undef S
	};

	if (s->status || s->end_to_end)
		printf(" | %s %s %s %s", s->end_to_end ? s->end_to_end : "all", s->status == PAIN_OTHER ? "other" : or_dash(states[s->status]),
		       or_dash(s->reason), or_dash(s->reference));
}

static void print_answer(const struct pain_answer *p)
{
	printf("pain.002 %s to %s %s", p->message_id, p->order_kind, p->order_id);
	print_said(&p->group);
	for (size_t i = 0; i < p->n; i++)
		print_said(&p->said[i]);
	putchar('\n');
}

static void judge_answer(struct arena *a, const char *file, const struct iso_source *from)
{
	struct pain_answer p;
	struct schema_fault fault;
	enum rc rc = pain_answer_read(a, from, &p, &fault);

	printf("%s\t%s\t", file, rc_info[rc].name);
	if (rc == RC_OK)
		print_answer(&p);
	else
		printf("%s at %s\n", fault.why, fault.path);
}

static int order(void)
{
	static const struct pain_transfer transfers[] = {
		{ .end_to_end = "R20261121102304000012", .amount = { 1 }, .name = "某某科技有限公司", .account = "6222000011112222" },
		{ .end_to_end = "W20261121102304000013", .amount = { 1234567890123 }, .account = "1", .bank_code = "102100099996",
		  .bank_name = "中国工商银行 & Co <北京>", .purpose = "SUPP",
		  .name = "长名长名长名长名长名长名长名长名长名长名长名长名长名长名长名长名长名长名长名长名长名长名长名长名长名长名长名长名长名长名长名长名长名长名长名长名长名长名"
			  "长名长名长名长名长名长名长名长名长名长名长名长名长名长名长名长名长名长名长名长名长名长名长名长名长名长名长名长名长名长名长名长名长名长名长名长名",
		  .text = "提现\x01 <W20261121102304000013>" },
	};
	const struct pain_order p = { .message_id = "O20261121102304000001", .created = { 1795228984123456 }, .on = { 20778 }, .name = "云市", .account = "6222020200112233445",
				      .bank_name = "工商银行", .transfers = transfers, .n = 2 };
	struct out o = { 0 };

	pain_order_write(&o, &p);
	fwrite(o.p, 1, o.n, stdout);
	out_free(&o);
	return 0;
}

static void judge(struct arena *a, const char *file, const char *const *keys, size_t keys_n)
{
	const struct camt_reader print = { print_entry, print_account, NULL };
	struct iso_source from = { load(a, file), keys_n ? keys : NULL, keys_n };
	struct camt_file doc;
	struct schema_fault fault;
	struct iso_look look;

	if (iso_look(from.body, &look, &fault) == RC_OK && look.kind == ISO_PAIN_002) {
		judge_answer(a, file, &from);
		return;
	}
	enum rc rc = camt_read(a, &from, NULL, &doc, &fault);
	printf("%s\t%s\t", file, rc_info[rc].name);
	if (rc == RC_OK) {
		printf("%s %s", doc.kind == CAMT_STATEMENT ? "camt.053" : "camt.054", doc.message_id);
		rc = camt_read(a, &from, &print, &doc, &fault);
		if (rc != RC_OK)
			abort();
	} else {
		printf("%s at %s", fault.why, fault.path);
	}
	putchar('\n');
}

static int sign(struct arena *a, const char *key, const char *file)
{
	struct out o = { 0 };

	if (dsig_sign(a, load(a, file), key, &o) != RC_OK)
		return 1;
	fwrite(o.p, 1, o.n, stdout);
	out_free(&o);
	return 0;
}

int main(int argc, char **argv)
{
	const char *keys[KEYS_MAX];
	size_t keys_n = 0;
	struct arena a;
	int option;

	arena_init(&a, ARENA + XML_TREE_MAX);
	time_zone_set("Asia/Shanghai");
	while ((option = getopt(argc, argv, "ok:s:")) != -1) {
		if (option == 'o')
			return order();
		if (option == 's')
			return sign(&a, optarg, argv[optind]);
		if (option != 'k' || keys_n == KEYS_MAX)
			return 2;
		keys[keys_n++] = optarg;
	}
	for (; optind < argc; optind++) {
		size_t mark = arena_mark(&a);
		judge(&a, argv[optind], keys, keys_n);
		arena_release(&a, mark);
	}
	return 0;
}
