#include "app/audit_point.h"

#include "base/id.h"
#include "base/time.h"
#include "q_audit_point.h"

#define LOOK_BACK_US (10 * MINUTE_US)	/* no transaction lasts longer */

enum rc audit_point_read(struct cx *cx, struct db *db, struct audit_point *p)
{
	struct q_audit_point_show *row;
	size_t n;

	*p = (struct audit_point){ 0 };
	TRY(q_audit_point_show(db, cx->a, &row, &n));
	if (n)
		*p = (struct audit_point){
			.books = { row->journal_seq, row->journal_id, chain_of(row->journal_hash) }, .log = { row->log_seq, chain_of(row->log_hash) },
			.log_id = row->log_id, .audited_at = row->audited_at, .full_at = row->full_at,
		};
	return RC_OK;
}

uint64_t audit_point_log_id(const struct cx *cx)
{
	struct instant real = clock_real();

	return id_floor(instant_add(real.us < cx->now.us ? real : cx->now, -LOOK_BACK_US));
}

static enum rc begin(struct tx *tx, void *arg)
{
	struct cx *cx = arg;
	struct chain none = { { 0 } };

	return q_audit_point_begin(tx, &(struct q_audit_point_begin_in){ chain_bytes(cx->a, &none), cx->now }, NULL);
}

static enum rc step(struct tx *tx, void *arg)
{
	uint64_t n, seq = *(uint64_t *)arg;

	TRY(q_audit_point_step(tx, &(struct q_audit_point_step_in){ seq }, &n));
	if (!n)
		return RC_CONFLICT;	/* another audit was here */
	return q_account_point_step(tx, &(struct q_account_point_step_in){ seq }, NULL);
}

static enum rc end(struct tx *tx, void *arg)
{
	return q_audit_point_end(tx, arg, NULL);
}

enum rc audit_point_move(struct cx *cx, const struct audit_point *to, bool full)
{
	struct audit_point now;
	enum rc rc = RC_OK;
	struct q_audit_point_end_in last = { to->log.seq, chain_bytes(cx->a, &to->log.chain), to->log_id, to->audited_at, full };

	TRY(db_tx(cx->db, cx->a, begin, cx));
	TRY(audit_point_read(cx, cx->db, &now));
	for (uint64_t seq = now.books.seq + 1; seq <= to->books.seq && rc == RC_OK; seq++)
		rc = db_tx(cx->db, cx->a, step, &seq);
	if (rc != RC_OK && rc != RC_CONFLICT)
		return rc;
	return db_tx(cx->db, cx->a, end, &last);
}
