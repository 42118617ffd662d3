#include "jobs/provision.h"

#include <stdio.h>
#include <time.h>

#include "app/resource.h"
#include "base/log.h"
#include "base/str.h"
#include "channel/tencent.h"
#include "crypto/seal.h"
#include "db/db.h"
#include "domain/outbox.h"
#include "q_resource.h"

static const char *text_of(struct cx *cx, uint64_t id) { return arena_printf(cx->a, "%llu", (unsigned long long)id); }

static int64_t real_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static enum rc conf_of(struct cx *cx, const struct q_resource_provision *p, struct tencent_conf *c)
{
	struct seal_key key;
	struct bytes token;
	const char *use = arena_printf(cx->a, "webhook_secret:%llu", (unsigned long long)p->product_id);

	TRY(seal_key_from(cx->conf->platform_secret, &key));
	TRY(seal_open(cx->a, &key, use, p->webhook_secret, &token));
	*c = (struct tencent_conf){
		.url = p->webhook_url, .token = token.p, .timeout_ms = (int)cx->conf->provision_timeout_ms, .allow_private = cx->conf->platform_development,
	};
	return RC_OK;
}

static const struct { const char *action, *tencent; } changes[] = {
	{ "expire", "expireInstance" }, { "destroy", "destroyInstance" },
};

static const char *change_of(const char *action)
{
	for (size_t i = 0; i < sizeof changes / sizeof *changes; i++)
		if (str_eq(action, changes[i].action))
			return changes[i].tencent;
	return NULL;
}

/* Each line of an order is an instance of its own there. */
static const char *order_of(struct cx *cx, const struct q_resource_provision *p)
{
	return p->order_line == 1 ? p->order_number : arena_printf(cx->a, "%s-%llu", p->order_number, (unsigned long long)p->order_line);
}

static void create(struct cx *cx, const struct tencent_conf *c, const struct q_outbox_take *row, const struct q_resource_provision *p, struct tencent_answer *out)
{
	struct tencent_create in = {
		.event = row->id, .account = p->buyer_id, .order_id = order_of(cx, p), .open_id = text_of(cx, p->creator_id), .product_id = text_of(cx, p->product_id),
		.request_id = text_of(cx, row->id), .product_name = p->product_name, .spec = p->plan_name, .trial = p->trial,
		.time_span = p->duration, .time_unit = p->duration_unit,
	};

	tencent_create(cx->a, c, &in, cx->now, out);
}

/* A trial becomes the plan of the order that is being carried out on it (CAT-5, PRV-2). */
static void modify(struct cx *cx, const struct tencent_conf *c, const struct q_outbox_take *row, const struct q_resource_provision *p, struct tencent_answer *out)
{
	struct q_resource_change to;

	*out = (struct tencent_answer){ .verdict = TENCENT_AGAIN, .why = "no order to carry out" };
	if (q_resource_change(cx->db, cx->a, &(struct q_resource_change_in){ .id = row->subject }, &to) != RC_OK)
		return;
	struct tencent_modify in = { row->id, p->sign_id, to.plan_name, to.duration, to.duration_unit, resource_change_end(&to, cx->now) };
	tencent_modify(cx->a, c, &in, cx->now, out);
}

static void call(struct cx *cx, const struct q_outbox_take *row, const struct q_resource_provision *p, struct tencent_answer *out)
{
	struct tencent_conf c;
	const char *change = change_of(row->action);

	if (p->dialect != DIALECT_TENCENT || conf_of(cx, p, &c) != RC_OK)
		*out = (struct tencent_answer){ .verdict = TENCENT_AGAIN, .why = "the product's interface is not set up" };
	else if (str_eq(row->action, "modify"))
		modify(cx, &c, row, p, out);
	else if (change)
		tencent_change(cx->a, &c, &(struct tencent_change){ row->id, change, p->sign_id }, cx->now, out);
	else
		create(cx, &c, row, p, out);
}

static enum rc record(struct tx *tx, void *arg)
{
	uint64_t n;

	return q_outbox_try_insert(tx, arg, &n);
}

static enum rc act(struct cx *cx, const struct q_outbox_take *row, const struct tencent_answer *answer)
{
	bool done = answer->verdict == TENCENT_DONE, last = outbox_pause((int)row->tries) == 0;
	enum rc rc;

	if (!done && answer->verdict != TENCENT_REFUSED && !last)
		return RC_OK;	/* again at its next time */
	if (change_of(row->action))
		return outbox_end(cx, row->id, done ? OUTBOX_DONE : OUTBOX_FAILED);
	if (str_eq(row->action, "modify"))
		rc = done ? resource_change_done(cx, row->subject, row->id, &answer->delivered) : resource_change_failed(cx, row->subject, row->id, answer->why);
	else if (done)
		rc = resource_deliver(cx, row->subject, row->id, &answer->delivered);
	else
		rc = resource_fail(cx, row->subject, row->id, answer->why);
	return rc == RC_CONFLICT ? RC_OK : rc;	/* another instance carried the same try out */
}

enum rc provision_try(struct cx *cx, const struct q_outbox_take *row)
{
	struct q_resource_provision p;
	struct tencent_answer answer;
	int64_t begun = real_ms();

	TRY(q_resource_provision(cx->db, cx->a, &(struct q_resource_provision_in){ .id = row->subject }, &p));
	call(cx, row, &p, &answer);
	struct q_outbox_try_insert_in in = {
		.outbox = row->id, .try = row->tries, .begun_at = cx->now, .took_ms = (uint64_t)(real_ms() - begun), .status = (uint64_t)answer.status, .answer = answer.why,
	};
	TRY(db_tx(cx->db, cx->a, record, &in));
	log_event(answer.verdict == TENCENT_DONE ? 'I' : 'W', "provision", LOG_STR("order", p.order_number), LOG_INT("resource", row->subject),
		  LOG_INT("try", row->tries), LOG_INT("status", answer.status), LOG_STR("answer", answer.why));
	return act(cx, row, &answer);
}
