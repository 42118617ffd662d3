#include "domain/ledger.h"
#include "unit.h"

enum { BUYER = 1001, SELLER = 1002, WECHAT = CHANNEL_WECHAT };

static enum rc check2(enum journal_kind k, struct posting a, struct posting b)
{
	return ledger_check(k, (struct posting[]){ a, b }, 2);
}

static struct posting post(uint64_t owner, enum account_kind account, int64_t v) { return (struct posting){ owner, account, { v } }; }

TEST(ledger_entries, "MON-1 the entries of a purchase, of a failure, of late and of unexplained money")
{
	struct posting mixed[] = { post(BUYER, ACCOUNT_CASH, -70), post(BUYER, ACCOUNT_GIFT, -20), post(BUYER, ACCOUNT_VOUCHER, -10), post(SELLER, ACCOUNT_HELD, 100) };

	assert_int_equal(check2(JOURNAL_PAYMENT_IN, post(WECHAT, ACCOUNT_CLEARING, -100), post(BUYER, ACCOUNT_CASH, 100)), RC_OK);
	assert_int_equal(check2(JOURNAL_ORDER_PAY, post(BUYER, ACCOUNT_CASH, -100), post(SELLER, ACCOUNT_HELD, 100)), RC_OK);
	assert_int_equal(ledger_check(JOURNAL_ORDER_PAY, mixed, 4), RC_OK);
	assert_int_equal(check2(JOURNAL_ORDER_REFUND, post(SELLER, ACCOUNT_HELD, -100), post(BUYER, ACCOUNT_CASH, 100)), RC_OK);
	assert_int_equal(check2(JOURNAL_LATE_IN, post(WECHAT, ACCOUNT_CLEARING, -100), post(BUYER, ACCOUNT_CASH, 100)), RC_OK);
	assert_int_equal(check2(JOURNAL_UNEXPLAINED_IN, post(WECHAT, ACCOUNT_CLEARING, -100), post(0, ACCOUNT_UNEXPLAINED, 100)), RC_OK);
	assert_int_equal(check2(JOURNAL_REFUND_OUT, post(BUYER, ACCOUNT_CASH, -100), post(WECHAT, ACCOUNT_REFUND_DUE, 100)), RC_OK);
	assert_int_equal(check2(JOURNAL_REFUND_DONE, post(WECHAT, ACCOUNT_REFUND_DUE, -100), post(WECHAT, ACCOUNT_CLEARING, 100)), RC_OK);
}

TEST(ledger_refusals, "MON-2 what does not balance, has a wrong sign, account or owner, is refused")
{
	struct posting in = post(WECHAT, ACCOUNT_CLEARING, -100), cash = post(BUYER, ACCOUNT_CASH, 100);

	assert_int_equal(check2(JOURNAL_PAYMENT_IN, in, post(BUYER, ACCOUNT_CASH, 99)), RC_INVALID);
	assert_int_equal(check2(JOURNAL_PAYMENT_IN, post(WECHAT, ACCOUNT_CLEARING, 100), post(BUYER, ACCOUNT_CASH, -100)), RC_INVALID);
	assert_int_equal(check2(JOURNAL_PAYMENT_IN, in, post(SELLER, ACCOUNT_HELD, 100)), RC_INVALID);
	assert_int_equal(check2(JOURNAL_ORDER_PAY, in, cash), RC_INVALID);
	assert_int_equal(check2(JOURNAL_PAYMENT_IN, in, post(0, ACCOUNT_CASH, 100)), RC_INVALID);
	assert_int_equal(check2(JOURNAL_PAYMENT_IN, post(0, ACCOUNT_CLEARING, -100), cash), RC_INVALID);
	assert_int_equal(check2(JOURNAL_PAYMENT_IN, post(payment_channel_n + 1, ACCOUNT_CLEARING, -100), cash), RC_INVALID);
	assert_int_equal(check2(JOURNAL_UNEXPLAINED_IN, in, post(BUYER, ACCOUNT_UNEXPLAINED, 100)), RC_INVALID);
	assert_int_equal(check2(JOURNAL_PAYMENT_IN, post(WECHAT, ACCOUNT_CLEARING, 0), post(BUYER, ACCOUNT_CASH, 0)), RC_INVALID);
	assert_int_equal(check2(JOURNAL_PAYMENT_IN, post(WECHAT, ACCOUNT_CLEARING, -MONEY_MAX - 1), post(BUYER, ACCOUNT_CASH, MONEY_MAX + 1)), RC_INVALID);
	assert_int_equal(ledger_check(JOURNAL_PAYMENT_IN, &cash, 1), RC_INVALID);
	assert_int_equal(ledger_check(JOURNAL_PAYMENT_IN, &cash, 0), RC_INVALID);
}

TEST(ledger_kinds, "MON-1 every kind of entry takes from some account and gives to another; every account has its owner")
{
	for (int k = 1; k <= journal_kind_n; k++) {
		int takes = 0, gives = 0;
		for (int a = 1; a <= account_kind_n; a++) {
			takes += ledger_allows(k, a, -1);
			gives += ledger_allows(k, a, 1);
			if (k != JOURNAL_ADJUST)	/* which settles differences either way */
				assert_false(ledger_allows(k, a, -1) && ledger_allows(k, a, 1));
		}
		assert_true(takes && gives);
	}
	for (int a = 1; a <= account_kind_n; a++)
		assert_true(ledger_accounts[a].owner && ledger_accounts[a].bound);
	assert_true(ledger_guarded(ACCOUNT_CASH) && ledger_guarded(ACCOUNT_FROZEN) && ledger_guarded(ACCOUNT_GIFT) && ledger_guarded(ACCOUNT_ARREARS));
	assert_false(ledger_guarded(ACCOUNT_CLEARING) || ledger_guarded(ACCOUNT_HELD));
}

TEST(ledger_bounds, "MON-2 MON-12 cash, gift and frozen hold nothing below zero, arrears nothing above, the platform's own anything")
{
	assert_true(ledger_within(ACCOUNT_CASH, fen(0)) && ledger_within(ACCOUNT_FROZEN, fen(1)) && ledger_within(ACCOUNT_ARREARS, fen(-1)));
	assert_false(ledger_within(ACCOUNT_CASH, fen(-1)) || ledger_within(ACCOUNT_GIFT, fen(-1)) || ledger_within(ACCOUNT_FROZEN, fen(-1)) || ledger_within(ACCOUNT_ARREARS, fen(1)));
	assert_true(ledger_within(ACCOUNT_CLEARING, fen(-1)) && ledger_within(ACCOUNT_CLEARING, fen(1)));
}
