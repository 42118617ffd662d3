#include "app/check.h"

#include "app/audit.h"
#include "base/id.h"
#include "base/time.h"
#include "q_check.h"

#define SEAL_LATE_US (10 * MINUTE_US)

/* All checks without inputs have rows of the same shape. */
struct row { const char *what; int64_t amount; };
typedef enum rc rows_fn(struct db *db, struct arena *a, struct row **rows, size_t *n);
#define ROWS(name) \
	_Static_assert(sizeof(struct q_check_##name) == sizeof(struct row) && offsetof(struct q_check_##name, amount) == offsetof(struct row, amount), #name); \
	static enum rc rows_##name(struct db *db, struct arena *a, struct row **rows, size_t *n) \
	{ return q_check_##name(db, a, (struct q_check_##name **)rows, n); }
#define CHECKS(C) C(sum) C(journal) C(orphan) C(balance) C(account) C(after) C(negative) C(paid) C(unpaid) C(payment) C(payment_sum) C(notice) C(booked) C(topup) \
	C(part) C(returned) C(open) C(voucher) C(reserved) C(voucher_account) \
	C(refunded) C(refund_booked) C(refund_due) C(refund_order) C(refund) C(unsubscribed) C(counter) C(resource_counter) C(line) C(resource) C(outbox) C(stock) C(coupon) C(claim) C(coupon_order) C(listed) C(term_count) C(torn)
CHECKS(ROWS)

static const struct { const char *name; rows_fn *rows; } checks[] = {
#define ROW(name) { #name, rows_##name },
	CHECKS(ROW)
};
enum { CHECKS_N = sizeof checks / sizeof *checks };

static void add(struct check_report *r, const char *check, const char *what, int64_t amount)
{
	if (r->breaches < CHECK_BREACHES_MAX)
		r->breach[r->breaches++] = (struct check_breach){ check, what, amount };
}

static enum rc check_log(struct cx *cx, struct db *db, struct check_report *out)
{
	struct q_check_unsealed *rows;
	struct audit_mark at = { 0 };
	uint64_t broken;
	size_t n;

	TRY(q_check_unsealed(db, cx->a, &(struct q_check_unsealed_in){ .before = id_floor(instant_add(cx->now, -SEAL_LATE_US)) }, &rows, &n));
	for (size_t i = 0; i < n; i++)
		add(out, "unsealed", rows[i].what, rows[i].amount);
	TRY(audit_verify(cx, db, &at, &broken));
	if (broken)
		add(out, "seal", "the chain of the audit log breaks at", (int64_t)broken);
	out->checks += 2;
	return RC_OK;
}

/* A transaction that only reads: its snapshot is the same for all statements. */
static enum rc look(struct tx *tx, void *arg)
{
	struct cx *cx = ((void **)arg)[0];
	struct check_report *out = ((void **)arg)[1];
	struct row *rows;
	size_t n;

	*out = (struct check_report){ 0 };
	for (int i = 0; i < CHECKS_N; i++, out->checks++) {
		TRY(checks[i].rows(tx_db(tx), cx->a, &rows, &n));
		for (size_t k = 0; k < n; k++)
			add(out, checks[i].name, rows[k].what, rows[k].amount);
	}
	return RC_OK;
}

enum rc check_all(struct cx *cx, struct check_report *out)
{
	TRY(db_tx(cx->db, cx->a, look, (void *[]){ cx, out }));
	return check_log(cx, cx->db, out);
}
