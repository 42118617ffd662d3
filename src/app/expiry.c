#include "app/expiry.h"

#include "app/message.h"
#include "base/time.h"
#include "q_expiry.h"

enum { BATCH = 100, FROM_HOUR = 9 };

static const int steps[] = { 30, 15, 7, 3, 1 };
enum { STEPS = sizeof steps / sizeof *steps };

struct warning {
	int days;
	struct date today;
	struct instant from, to;	/* of these ends */
	bool more;
};

static struct instant day(struct date d, int after) { return date_begin((struct date){ d.days + after }); }

/* Nobody is woken: before nine it is still yesterday. */
static struct date day_of(struct instant now)
{
	struct date d = date_of(now);

	d.days -= now.us < date_begin(d).us + FROM_HOUR * HOUR_US;
	return d;
}

static enum rc tell(struct work *w, const struct warning *x, const struct q_expiry_due *r)
{
	int left = date_of(r->end_at).days - date_of(w->cx->now).days;
	struct message_of m = {
		.org = r->buyer_id, .number = arena_printf(w->cx->a, "%llu", (unsigned long long)r->id), .subject = r->name, .deadline = r->end_at,
		.why = arena_printf(w->cx->a, "%d", left > 1 ? left : 1),
	};

	/* who bought it today knows */
	return r->bound || r->begin_at.us >= day(x->today, 0).us ? RC_OK : message_about(w, MESSAGE_RESOURCE_EXPIRING, &m);
}

static enum rc warn(struct work *w, void *arg)
{
	struct warning *x = arg;
	struct q_expiry_watch at;
	struct q_expiry_due *rows;
	uint64_t moved;
	size_t n;

	x->more = false;
	TRY(q_expiry_watch(w->tx, w->cx->a, &(struct q_expiry_watch_in){ .days = x->days }, &at));
	if (at.up_to.us >= x->to.us)
		return RC_OK;
	if (at.up_to.us < x->from.us)
		at = (struct q_expiry_watch){ .up_to = x->from };
	struct q_expiry_due_in ask = { .from = at.up_to, .buyer = at.buyer_id, .id = at.id, .to = x->to, .limit = BATCH };
	TRY(q_expiry_due(tx_db(w->tx), w->cx->a, &ask, &rows, &n));
	for (size_t i = 0; i < n; i++)
		TRY(tell(w, x, &rows[i]));
	x->more = n == BATCH;
	struct q_expiry_watch_move_in to = { .days = x->days, .up_to = x->to };
	if (x->more)
		to = (struct q_expiry_watch_move_in){ .days = x->days, .up_to = rows[n - 1].end_at, .buyer = rows[n - 1].buyer_id, .id = rows[n - 1].id };
	return q_expiry_watch_move(w->tx, &to, &moved);
}

enum rc expiry_warn(struct cx *cx, bool *more)
{
	struct date today = day_of(cx->now);

	for (int i = 0; i < STEPS; i++) {
		/* nearer to its end it is the next step's */
		struct warning x = { .days = steps[i], .today = today, .from = i + 1 < STEPS ? day(today, steps[i + 1] + 1) : cx->now, .to = day(today, steps[i] + 1) };
		TRY(work_do(cx, warn, &x, NULL));
		*more |= x.more;
	}
	return RC_OK;
}
