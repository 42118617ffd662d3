#include "app/product_probe.h"

#include "app/message.h"
#include "app/product_apply.h"
#include "base/str.h"
#include "base/time.h"

/* How long a check may take before another instance of the jobs makes it again. */
#define PROBE_LEASE_US MINUTE_US

static enum rc ask(struct work *w, void *arg)
{
	const uint64_t *product = arg;
	struct product_now p;
	struct doc_product d;
	uint64_t n;

	TRY(product_lock(w, *product, w->cx->actor.org, 0, &p));
	if (!p.edit)
		return RC_CONFLICT;
	TRY(doc_read(w->cx->a, p.body, strlen(p.body), &d));
	if (!d.dialect || !*d.webhook_url || !p.secret)
		return RC_INVALID;
	w->out.location = arena_printf(w->cx->a, "/provider/products/%llu/edit/webhook", (unsigned long long)*product);
	return q_product_probe_ask(w->tx, &(struct q_product_probe_ask_in){ *product, d.dialect, d.webhook_url, w->cx->now }, &n);
}

enum rc product_probe_ask(struct cx *cx, uint64_t product, struct outcome *out) { return work_do(cx, ask, &product, out); }

enum rc product_probe_of(struct cx *cx, uint64_t product, const struct doc_product *d, struct q_product_probe_show **row)
{
	size_t n;

	TRY(q_product_probe_show(cx->db, cx->a, &(struct q_product_probe_show_in){ product }, row, &n));
	if (!n || (*row)->dialect != d->dialect || !str_eq((*row)->webhook_url, d->webhook_url))
		*row = NULL;
	return RC_OK;
}

struct taking { struct cx *cx; struct q_product_probe_take *row; };

static enum rc take(struct tx *tx, void *arg)
{
	struct taking *t = arg;
	size_t found;
	uint64_t n;

	TRY(q_product_probe_take(tx, t->cx->a, &(struct q_product_probe_take_in){ t->cx->now }, &t->row, &found));
	if (!found) {
		t->row = NULL;
		return RC_OK;
	}
	return q_product_probe_next(tx, &(struct q_product_probe_next_in){ t->row->product_id, instant_add(t->cx->now, PROBE_LEASE_US) }, &n);
}

enum rc product_probe_take(struct cx *cx, struct q_product_probe_take **row)
{
	struct taking t = { .cx = cx };

	TRY(db_tx(cx->db, cx->a, take, &t));
	*row = t.row;
	return RC_OK;
}

struct telling {
	const struct q_product_probe_take *row;
	bool passed;
	const char *answer;
};

/* The provider of what sells is told when it fails first, and not each day again. */
static enum rc tell(struct work *w, void *arg)
{
	const struct telling *t = arg;
	const struct q_product_probe_take *row = t->row;
	struct q_product_probe_done_in in = {
		.product = row->product_id, .asked_at = row->asked_at, .state = t->passed ? PROBE_PASSED : PROBE_FAILED, .answer = t->answer, .now = w->cx->now,
		.next_at = row->listed ? instant_add(w->cx->now, DAY_US) : (struct instant){ 0 },
	};
	uint64_t failed = 0, n;

	if (!t->passed && row->listed)
		TRY(q_product_probe_fail(w->tx, &(struct q_product_probe_fail_in){ row->product_id, row->asked_at }, &failed));
	TRY(q_product_probe_done(w->tx, &in, &n));
	return !failed ? RC_OK : message_about(w, MESSAGE_PROBE_FAILED, &(struct message_of){
		.org = row->provider_id, .number = arena_printf(w->cx->a, "%llu", (unsigned long long)row->product_id), .subject = row->name, .why = t->answer,
	});
}

enum rc product_probe_tell(struct cx *cx, const struct q_product_probe_take *row, bool passed, const char *answer)
{
	return work_do(cx, tell, &(struct telling){ row, passed, answer }, NULL);
}
