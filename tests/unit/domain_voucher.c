/* ORD-13, ORD-16, REF-13: what vouchers and cards pay, and what goes back to them. */
#include "domain/voucher.h"
#include "unit.h"

static const struct payee orders[] = {
	{ 11, 101, "saas", { 10000 } }, { 12, 102, "software", { 5000 } }, { 13, 103, "saas", { 3333 } },
};
static const struct instant now = { 1000 };
#define HOLDING(no, k, left, least, scope, again) { no, k, { left }, { least }, scope, "", again, { 1 }, { 2000 } }
static const struct holding plain[] = {
	HOLDING(1, HOLDING_VOUCHER, 4000, 0, "", false), HOLDING(2, HOLDING_VOUCHER, 8000, 0, "", true),
	HOLDING(3, HOLDING_CARD, 6000, 0, "", true), HOLDING(4, HOLDING_CARD, 9000, 0, "saas", true),
};
enum { ONCE, AGAIN, CARD, SAAS_CARD };

static enum part_problem weigh(const struct holding *h, size_t n, const struct part_pick *v, size_t v_n, struct parts *out)
{
	return parts_of(&(struct parts_ask){ .orders = orders, .holdings = h, .orders_n = 3, .holdings_n = n, .vouchers = v, .vouchers_n = v_n, .now = now }, out);
}

TEST(voucher_parts, "ORD-13 vouchers pay their orders, cards what they fit until they are empty, the channel the rest")
{
	struct parts p;

	assert_int_equal(weigh(plain, 4, (struct part_pick[]){ { 1, ONCE }, { 2, AGAIN } }, 2, &p), 0);
	const int64_t want[][4] = { { 1, ONCE, 4000, 4000 }, { 2, AGAIN, 3333, 3333 }, { 0, CARD, 6000, 6000 }, { 0, SAAS_CARD, 4000, 4000 } };
	assert_int_equal(p.n, 4);
	for (size_t i = 0; i < p.n; i++) {
		const struct part *x = &p.part[i];
		assert_true((int64_t)x->order == want[i][0] && (int64_t)x->holding == want[i][1] && x->amount.fen == want[i][2] && x->held.fen == want[i][3]);
	}
	assert_int_equal(p.total.fen, 18333);
	assert_int_equal(p.rest[0].fen, 0);
	assert_int_equal(p.rest[1].fen, 1000);
	assert_int_equal(p.rest_total.fen, 1000);
}

TEST(voucher_once, "ORD-13 one that cannot be used again is held whole; a reusable one serves two orders while it lasts")
{
	struct parts p;
	struct holding once = plain[ONCE];

	once.available = fen(20000);
	assert_int_equal(weigh(&once, 1, (struct part_pick[]){ { 1, 0 } }, 1, &p), 0);
	assert_int_equal(p.part[0].amount.fen, 5000);
	assert_int_equal(p.part[0].held.fen, 20000);
	assert_int_equal(weigh(&once, 1, (struct part_pick[]){ { 1, 0 }, { 2, 0 } }, 2, &p), PART_TWICE);
	assert_int_equal(p.wrong, 1);
	assert_int_equal(weigh(&plain[AGAIN], 1, (struct part_pick[]){ { 1, 0 }, { 2, 0 } }, 2, &p), 0);
	assert_int_equal(p.part[0].amount.fen, 5000);
	assert_int_equal(p.part[1].amount.fen, 3000);
	assert_int_equal(weigh(plain, 2, (struct part_pick[]){ { 0, ONCE }, { 0, AGAIN } }, 2, &p), PART_TWICE);
}

TEST(voucher_problems, "ORD-13 minimum spend, scope by category and product, validity to the instant")
{
	struct holding h = plain[ONCE];

	assert_int_equal(part_problem(&h, &orders[0], now), 0);
	h.minimum = fen(10000);
	assert_int_equal(part_problem(&h, &orders[0], now), 0);
	h.minimum = fen(10001);
	assert_int_equal(part_problem(&h, &orders[0], now), PART_MINIMUM);
	h.minimum = fen(0);
	h.categories = "software,saas-plus";
	assert_int_equal(part_problem(&h, &orders[0], now), PART_SCOPE);
	assert_int_equal(part_problem(&h, &orders[1], now), 0);
	h.products = "1010,101";
	assert_int_equal(part_problem(&h, &orders[0], now), 0);
	assert_int_equal(part_problem(&h, &orders[2], now), PART_SCOPE);
	assert_int_equal(part_problem(&h, &orders[1], (struct instant){ 0 }), PART_NOT_YET);
	assert_int_equal(part_problem(&h, &orders[1], (struct instant){ 1 }), 0);
	assert_int_equal(part_problem(&h, &orders[1], (struct instant){ 1999 }), 0);
	assert_int_equal(part_problem(&h, &orders[1], (struct instant){ 2000 }), PART_EXPIRED);
	h.available = fen(0);
	assert_int_equal(part_problem(&h, &orders[1], now), PART_EMPTY);
}

TEST(voucher_entries, "ORD-16 every kind of entry keeps the sum of the parts, except that issuing makes them")
{
	for (int k = 1; k <= voucher_entry_kind_n; k++) {
		struct voucher_change c = voucher_change((enum voucher_entry_kind)k, fen(7));
		int64_t sum = 0;
		for (int i = VOUCHER_AVAILABLE; i < VOUCHER_PARTS; i++)
			sum += c.part[i].fen;
		assert_int_equal(sum, k == VOUCHER_EV_ISSUE ? 7 : 0);
	}
}

static uint64_t dice = 88172645463325252u;
static int64_t below(int64_t n)
{
	dice ^= dice << 13;
	dice ^= dice >> 7;
	dice ^= dice << 17;
	return (int64_t)(dice % (uint64_t)n);
}

TEST(voucher_returns, "REF-13 refunds in proportion: over all of them each source has back what it gave, never more, to the fen; 20000 times")
{
	for (int round = 0; round < 20000; round++) {
		struct money left[6], back[6];
		size_t n = 1 + (size_t)below(6);
		int64_t total = 0;
		for (size_t i = 0; i < n; i++)
			total += left[i].fen = below(3) ? below(10000) : 0;
		while (total) {
			struct money amount = fen(1 + below(total));
			int64_t sum = 0;
			parts_return(amount, left, n, back);
			for (size_t i = 0; i < n; i++) {
				assert_true(back[i].fen >= 0 && back[i].fen <= left[i].fen);
				left[i].fen -= back[i].fen;
				sum += back[i].fen;
			}
			assert_int_equal(sum, amount.fen);
			total -= sum;
		}
		for (size_t i = 0; i < n; i++)
			assert_int_equal(left[i].fen, 0);
	}
}

TEST(voucher_states, "ORD-16 what its owner is told")
{
	struct holding h = plain[CARD];

	assert_int_equal(voucher_state(&h, fen(0), now), VOUCHER_USABLE);
	assert_int_equal(voucher_state(&h, fen(0), (struct instant){ 0 }), VOUCHER_NOT_YET);
	assert_int_equal(voucher_state(&h, fen(0), (struct instant){ 2000 }), VOUCHER_EXPIRED);
	h.available = fen(0);
	assert_int_equal(voucher_state(&h, fen(5), now), VOUCHER_USABLE);
	assert_int_equal(voucher_state(&h, fen(0), now), VOUCHER_USED_UP);
}
