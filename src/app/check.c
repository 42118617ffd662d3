#include "app/check.h"

#include "app/audit_point.h"
#include "base/id.h"
#include "base/time.h"
#include "q_check.h"
#include "q_journal_seal.h"

#define SEAL_LATE_US (10 * MINUTE_US)

/* All checks have rows of the same shape. */
struct row { const char *what; int64_t amount; };
typedef enum rc rows_fn(struct db *db, struct arena *a, uint64_t since, struct row **rows, size_t *n);
#define SAME_SHAPE(name) \
	_Static_assert(sizeof(struct q_check_##name) == sizeof(struct row) && offsetof(struct q_check_##name, amount) == offsetof(struct row, amount), #name)
#define ALL(name) \
	SAME_SHAPE(name); \
	static enum rc rows_##name(struct db *db, struct arena *a, uint64_t since, struct row **rows, size_t *n) \
	{ return (void)since, q_check_##name(db, a, (struct q_check_##name **)rows, n); }
#define SINCE(name) \
	SAME_SHAPE(name); \
	static enum rc rows_##name(struct db *db, struct arena *a, uint64_t since, struct row **rows, size_t *n) \
	{ return q_check_##name(db, a, &(struct q_check_##name##_in){ since }, (struct q_check_##name **)rows, n); }

/* Those that always look at everything; that look at the books since a journal entry; at what moved since an entry of the log. */
#define CHECKS(C) C(sum) C(last) C(negative) C(unpaid) C(topup) C(frozen) C(withdrawal_due) C(withdrawal) C(payout_batch) \
	C(returned) C(open) C(voucher) C(reserved) C(voucher_account) \
	C(refunded) C(refund_booked) C(refund_due) C(refund_order) C(refund) C(counter) \
	C(resource_counter) C(outbox) C(stock) C(coupon) C(claim) C(coupon_order) C(listed) C(term_count) \
	C(inbox) C(case) C(case_approved) C(remit_claim) C(statement) C(difference) C(delivery) C(delivery_count) \
	C(api_used) C(api_open)
#define BOOKS(C) C(bill) C(journal) C(orphan) C(balance) C(account) C(after)
#define MOVED(C) C(paid) C(payment) C(payment_sum) C(part) C(notice) C(booked) C(resource) C(line) C(unsubscribed)
CHECKS(ALL)
BOOKS(SINCE)
MOVED(SINCE)
SAME_SHAPE(torn);
SAME_SHAPE(unsealed);
SAME_SHAPE(point);

enum since { EVERYTHING, BOOKED, MOVED };
static const struct { const char *name; rows_fn *rows; enum since since; } checks[] = {
#define ROW(name) { #name, rows_##name, EVERYTHING },
	CHECKS(ROW)
#undef ROW
#define ROW(name) { #name, rows_##name, BOOKED },
	BOOKS(ROW)
#undef ROW
#define ROW(name) { #name, rows_##name, MOVED },
	MOVED(ROW)
};
enum { CHECKS_N = sizeof checks / sizeof *checks };

/* One audit: where it begins, and where it ended. */
struct look {
	struct cx *cx;
	bool full;
	struct audit_point last, from, to;
	struct check_report *out;
};

static void add(struct check_report *r, const char *check, const char *what, int64_t amount)
{
	if (r->breaches < CHECK_BREACHES_MAX)
		r->breach[r->breaches++] = (struct check_breach){ check, what, amount };
}

static void add_rows(struct check_report *r, const char *check, const void *rows, size_t n)
{
	for (const struct row *x = rows; x < (const struct row *)rows + n; x++)
		add(r, check, x->what, x->amount);
	r->checks++;
}

static enum rc check_rows(struct look *l, struct db *db)
{
	const uint64_t since[] = { [EVERYTHING] = 0, [BOOKED] = l->from.books.last_id, [MOVED] = l->from.log_id };
	struct row *rows;
	size_t n;

	for (int i = 0; i < CHECKS_N; i++) {
		TRY(checks[i].rows(db, l->cx->a, since[checks[i].since], &rows, &n));
		add_rows(l->out, checks[i].name, rows, n);
	}
	return RC_OK;
}

/* The seal at which the last audit ended is still the one that it saw. */
static enum rc check_seal(struct look *l, struct db *db)
{
	const struct journal_mark *m = &l->last.books;
	struct q_journal_seal_list *rows;
	size_t n;

	if (!m->seq)
		return RC_OK;
	TRY(q_journal_seal_list(db, l->cx->a, &(struct q_journal_seal_list_in){ m->seq - 1, 1 }, &rows, &n));
	if (!n || rows->seq != m->seq || !chain_is(&m->chain, rows->hash))
		add(l->out, "journal_seal", "the seal up to which the books were audited is another now", (int64_t)m->seq);
	return RC_OK;
}

/* The books are what was sealed: each piece that is not is named by its day. */
static enum rc check_books(struct look *l, struct db *db)
{
	struct cx *cx = l->cx;
	struct journal_break breaks[JOURNAL_BREAKS_MAX];
	struct q_check_point *points;
	char day[TIME_TEXT];
	size_t n;

	TRY(check_seal(l, db));
	l->to.books = l->from.books;
	TRY(journal_verify(cx, db, &l->to.books, breaks, &n));
	for (size_t i = 0; i < n && i < JOURNAL_BREAKS_MAX; i++)
		add(l->out, "journal_seal", arena_printf(cx->a, "books of %s, entries %llu to %llu, are not what was sealed, seal", date_text(breaks[i].day, day),
			(unsigned long long)breaks[i].after + 1, (unsigned long long)breaks[i].last_id), (int64_t)breaks[i].seq);
	l->out->checks++;
	l->out->sealed = l->to.books.seq;
	if (l->to.books.seq)
		l->out->sealed_to = id_instant(l->to.books.last_id);
	if (!l->full)
		return RC_OK;
	TRY(q_check_point(db, cx->a, &(struct q_check_point_in){ l->last.books.last_id }, &points, &n));
	add_rows(l->out, "point", points, n);
	return RC_OK;
}

static enum rc check_log(struct look *l, struct db *db)
{
	struct cx *cx = l->cx;
	struct q_check_torn *torn;
	struct q_check_unsealed *rows;
	struct q_check_unsealed_in late = { l->from.log_id, id_floor(instant_add(cx->now, -SEAL_LATE_US)) };
	uint64_t broken;
	size_t n;

	TRY(q_check_torn(db, cx->a, &(struct q_check_torn_in){ l->from.log.seq }, &torn, &n));
	add_rows(l->out, "torn", torn, n);
	TRY(q_check_unsealed(db, cx->a, &late, &rows, &n));
	add_rows(l->out, "unsealed", rows, n);
	l->to.log = l->from.log;
	TRY(audit_verify(cx, db, &l->to.log, &broken));
	if (broken)
		add(l->out, "seal", "the chain of the audit log breaks at", (int64_t)broken);
	l->out->checks++;
	return RC_OK;
}

/* A transaction that only reads: its snapshot is the same for all statements. */
static enum rc look(struct tx *tx, void *arg)
{
	struct look *l = arg;
	struct db *db = tx_db(tx);

	*l->out = (struct check_report){ 0 };
	l->to.log_id = audit_point_log_id(l->cx);
	l->to.audited_at = l->cx->now;
	TRY(audit_point_read(l->cx, db, &l->last));
	l->from = l->full ? (struct audit_point){ 0 } : l->last;
	l->out->since = l->from.audited_at;
	l->out->full_at = l->from.full_at;
	TRY(check_rows(l, db));
	TRY(check_books(l, db));
	return check_log(l, db);
}

/* Where nothing is sealed there is no point that could be trusted: the next audit is a full one again. */
enum rc check_all(struct cx *cx, bool full, struct check_report *out)
{
	struct look l = { .cx = cx, .full = full, .out = out };

	TRY(db_tx(cx->db, cx->a, look, &l));
	if (out->breaches || !l.to.books.seq)
		return RC_OK;
	return audit_point_move(cx, &l.to, !out->since.us);
}
