#include "base/time.h"
#include "channel/camt.h"
#include "channel/pain.h"
#include "sandbox/bank_document.h"
#include "sandbox_unit.h"

static const char *const keys[] = { BANK_KEYS "/bank.pub.pem" };
static const struct bank_payment payment = { "bank", "P20261121102304000012", "某某科技有限公司", "6222000011112222", "订单货款", 128000 };

/* What the platform reads of the i-th newest document. */
static struct { size_t n; struct camt_entry e; struct camt_account a; } heard;

static enum rc on_entry(void *ctx, const struct camt_file *f, const struct camt_entry *e)
{
	(void)ctx, (void)f;
	heard.n++;
	heard.e = *e;
	heard.e.amount.text = NULL;
	assert_string_equal(e->account, "6222020200112233445");
	return RC_OK;
}

static enum rc on_account(void *ctx, const struct camt_file *f, const struct camt_account *a)
{
	(void)ctx, (void)f;
	heard.a = *a;
	return RC_OK;
}

static struct bytes document(const struct bank_file *f)
{
	struct out o = { 0 };

	assert_int_equal(bank_document(&sandbox, f, &o), RC_OK);
	struct bytes b = { arena_dup(&unit_arena, o.p, o.n), o.n };
	out_free(&o);
	return b;
}

static enum rc hear(size_t i)
{
	const struct camt_reader to = { on_entry, on_account, NULL };
	const struct iso_source from = { document(bank_file_at(&sandbox.banks, i)), keys, 1 };
	struct camt_file file;
	struct schema_fault fault;

	memset(&heard, 0, sizeof heard);
	return camt_read(&unit_arena, &from, &to, &file, &fault);
}

static void pay(enum bank_fault fault)
{
	sandbox_ready();
	assert_int_equal(bank_pay(&sandbox, &payment, fault), RC_OK);
}

TEST(bank_announces, "ISO-2 MON-10 a payment at a bank is announced by a document that the platform reads")
{
	pay(BANK_FAULT_none);
	assert_int_equal(hear(0), RC_OK);
	assert_int_equal(heard.n, 1);
	assert_true(heard.e.credit && !heard.e.reversal && heard.e.status == CAMT_BOOKED && heard.e.amount.whole);
	assert_int_equal(heard.e.amount.money.fen, 128000);
	pay(BANK_FAULT_pending);
	assert_int_equal(hear(0), RC_OK);
	assert_int_equal(heard.e.status, CAMT_PENDING);
}

TEST(bank_faults, "ISO-2 ISO-4 MON-10 faults on demand: what is said wrongly is read as said, what is signed wrongly is refused")
{
	static const enum bank_fault refused[] = { BANK_FAULT_signature, BANK_FAULT_key, BANK_FAULT_embedded };

	pay(BANK_FAULT_amount);
	assert_int_equal(hear(0), RC_OK);
	assert_int_equal(heard.e.amount.money.fen, 128001);
	pay(BANK_FAULT_fraction);
	assert_int_equal(hear(0), RC_OK);
	assert_false(heard.e.amount.whole);
	pay(BANK_FAULT_currency);
	assert_int_equal(hear(0), RC_OK);
	assert_string_equal(heard.e.amount.currency, "USD");
	for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
		pay(refused[i]);
		assert_int_equal(hear(0), RC_DENIED);
	}
	pay(BANK_FAULT_cut);
	assert_int_equal(hear(0), RC_MALFORMED);
	bank_file_again((struct bank_file *)bank_file_at(&sandbox.banks, 0));
	assert_int_equal(hear(0), RC_OK);
}

TEST(bank_statement_of_a_day, "ISO-6 MON-10 the statement of a day has its entries and balances that differ by their sum")
{
	pay(BANK_FAULT_lost);
	assert_int_equal(bank_statement(&sandbox, "bank", date_of(clock_now())), RC_OK);
	assert_int_equal(hear(0), RC_OK);
	assert_true(heard.n > 0 && heard.a.opening.said && heard.a.closing.said);
	assert_int_equal(heard.a.entries_n, heard.n);
	assert_true(heard.a.closing.amount.money.fen - heard.a.opening.amount.money.fen >= 128000);
	assert_int_equal(bank_statement(&sandbox, "nobody", date_of(clock_now())), RC_NOT_FOUND);
}

static struct bytes order(const char *id, const char *account)
{
	const struct pain_transfer transfers[] = {
		{ .end_to_end = "R1", .amount = { 100 }, .name = "甲", .account = "6222000011112222", .text = "退款 R1" },
		{ .end_to_end = "W2", .amount = { 250 }, .name = "乙", .account = "6222000011110000" },
	};
	const struct pain_order p = { .message_id = id, .created = clock_now(), .on = date_of(clock_now()), .name = "云市", .account = account,
				      .bank_name = "工商银行", .transfers = transfers, .n = 2 };
	struct out o = { 0 };

	pain_order_write(&o, &p);
	struct bytes b = { arena_dup(&unit_arena, o.p, o.n), o.n };
	out_free(&o);
	return b;
}

TEST(bank_takes_orders, "ISO-7 MON-10 an order to pay is answered by a pain.002 and a debit camt.054; the same one is known")
{
	struct pain_answer answer;
	struct schema_fault fault;
	const char *why;
	struct bytes good = order("O1", "6222020200112233445");

	sandbox_ready();
	assert_int_equal(bank_order_take(&sandbox, "bank", good, BANK_FAULT_none, &why), RC_OK);
	assert_int_equal(hear(0), RC_OK);
	assert_true(heard.n == 1 && !heard.e.credit && heard.e.amount.money.fen == 100);
	assert_string_equal(sandbox.banks.lines[(sandbox.banks.lines_n - 1) % BANK_LINES_MAX].number, "R1");
	const struct iso_source from = { document(bank_file_at(&sandbox.banks, 1)), keys, 1 };
	assert_int_equal(pain_answer_read(&unit_arena, &from, &answer, &fault), RC_OK);
	assert_string_equal(answer.order_id, "O1");
	assert_int_equal(answer.group.status, PAIN_PART);
	assert_int_equal(answer.n, 3);
	assert_int_equal(answer.said[1].status, PAIN_ACSC);
	assert_int_equal(answer.said[2].status, PAIN_RJCT);
	assert_string_equal(answer.said[2].reason, "AC01");
	assert_int_equal(bank_order_take(&sandbox, "bank", good, BANK_FAULT_none, &why), RC_DUPLICATE);
	assert_int_equal(bank_order_take(&sandbox, "bank", order("O2", "1"), BANK_FAULT_none, &why), RC_INVALID);
	assert_int_equal(bank_order_take(&sandbox, "nobody", good, BANK_FAULT_none, &why), RC_NOT_FOUND);
}
