#include "app/payment.h"
#include "base/log.h"
#include "base/time.h"
#include "db/db.h"
#include "domain/outbox.h"
#include "jobs/jobs.h"
#include "jobs/message.h"
#include "jobs/provision.h"
#include "q_outbox.h"

struct taking {
	struct cx *cx;
	struct q_outbox_take *rows;
	size_t n;
};

/* Nobody else takes the row while its call may still last. */
static int64_t lasts_ms(const struct config *c, enum outbox_kind kind)
{
	return kind == OUTBOX_NOTIFY ? c->mail_timeout_ms : kind == OUTBOX_CHANNEL_CLOSE ? c->wechat_timeout_ms : c->provision_timeout_ms;
}

static struct instant outbox_next(struct cx *cx, enum outbox_kind kind, uint64_t tries)
{
	int64_t pause = outbox_pause((int)tries), scale = cx->conf->platform_development ? cx->conf->provision_retry_scale : 1000;

	/* after the last try: the row only waits for this one's end, or for another instance to find this one dead */
	return instant_add(cx->now, (pause ? pause : outbox_pause(1)) * scale / 1000 + lasts_ms(cx->conf, kind) * 1000);
}

/* The next attempt is written before the call, so that a crash repeats it and never forgets it.  One row at a time: its next time covers its
 * own call, and not those of others before it. */
static enum rc take(struct tx *tx, void *arg)
{
	struct taking *t = arg;
	uint64_t n;

	TRY(q_outbox_take(tx, t->cx->a, &(struct q_outbox_take_in){ .now = t->cx->now, .calm = message_calm(), .limit = 1 }, &t->rows, &t->n));
	if (!t->n)
		return RC_OK;
	struct q_outbox_try_next_in in = { .id = t->rows->id, .tries = t->rows->tries, .next_at = outbox_next(t->cx, t->rows->kind, t->rows->tries + 1) };
	TRY(q_outbox_try_next(tx, &in, &n));
	t->rows->tries++;
	return RC_OK;
}

static enum rc finish(struct tx *tx, void *arg)
{
	uint64_t n;

	return q_outbox_done(tx, arg, &n);
}

enum rc outbox_end(struct cx *cx, uint64_t id, enum outbox_state state)
{
	return db_tx(cx->db, cx->a, finish, &(struct q_outbox_done_in){ .id = id, .state = state, .now = cx->now });
}

static enum rc close_payment(struct cx *cx, const struct q_outbox_take *row)
{
	enum rc rc = payment_close_at_channel(cx, row->subject);

	if (rc != RC_OK && outbox_pause((int)row->tries))
		return rc == RC_BUSY ? RC_OK : rc;	/* again at its next time: WeChat refuses a close within five minutes */
	return outbox_end(cx, row->id, rc == RC_OK ? OUTBOX_DONE : OUTBOX_FAILED);
}

static enum rc carry_out(struct cx *cx, const struct q_outbox_take *row)
{
	switch (row->kind) {
	case OUTBOX_PROVISION:
		return provision_try(cx, row);
	case OUTBOX_NOTIFY:
		return message_try(cx, row);
	case OUTBOX_CHANNEL_CLOSE:
		return close_payment(cx, row);
	default:
		log_event('E', "outbox_kind", LOG_STR("kind", outbox_kind_enum.names[row->kind]), LOG_INT("id", row->id));
		return RC_INTERNAL;
	}
}

enum rc job_outbox(struct cx *cx, bool *more)
{
	struct taking t = { .cx = cx };

	TRY(db_tx(cx->db, cx->a, take, &t));
	*more = t.n > 0;
	return t.n ? carry_out(cx, t.rows) : RC_OK;
}
