#include "jobs/provision.h"

#include <stdio.h>
#include <time.h>

#include "app/product_secret.h"
#include "app/integration.h"
#include "app/resource.h"
#include "base/log.h"
#include "base/str.h"
#include "channel/provision.h"
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

static enum rc conf_of(struct cx *cx, const struct q_resource_provision *p, struct provision_conf *c)
{
	struct product_sealed sealed = PRODUCT_SEALED(p);
	struct product_secrets open;

	if (!p->dialect)
		return RC_INVALID;
	TRY(product_secrets_open(cx, p->product_id, &sealed, &open));
	*c = (struct provision_conf){
		.dialect = p->dialect, .url = p->webhook_url, .secret = open.secret, .old_secret = open.old,
		.timeout_ms = (int)cx->conf->provision_timeout_ms, .allow_private = cx->conf->platform_development,
	};
	return RC_OK;
}

/* A trial becomes the plan of the order that is being carried out on it (CAT-5, PRV-2). */
static enum rc set_change(struct cx *cx, struct provision_event *e, uint64_t resource)
{
	struct q_resource_change to;

	TRY(q_resource_change(cx->db, cx->a, &(struct q_resource_change_in){ .id = resource }, &to));
	e->spec = to.plan_name;
	e->time_span = to.duration;
	e->time_unit = to.duration_unit;
	e->end = resource_change_end(&to, cx->now);
	return RC_OK;
}

static void call(struct cx *cx, const struct q_outbox_take *row, enum provision_action action, const struct q_resource_provision *p, struct provision_answer *out)
{
	struct provision_conf c;
	struct provision_event e = {
		.id = row->id, .action = action, .order = p->order_number, .line = p->order_line, .account = p->buyer_id, .open_id = text_of(cx, p->creator_id),
		.product_id = text_of(cx, p->product_id), .product_name = p->product_name, .spec = p->plan_name, .sign_id = p->sign_id, .trial = p->trial,
		.time_span = p->duration, .time_unit = p->duration_unit, .end = action == PROVISION_RENEW ? p->end_at : (struct instant){ 0 },
	};

	*out = (struct provision_answer){ .verdict = PROVISION_AGAIN, .why = "the product's interface is not set up" };
	if (conf_of(cx, p, &c) != RC_OK)
		return;
	out->why = "no order to carry out";
	if (action == PROVISION_MODIFY && set_change(cx, &e, row->subject) != RC_OK)
		return;
	provision_tell(cx->a, &c, &e, cx->now, out);
}

static enum rc record(struct tx *tx, void *arg)
{
	uint64_t n;

	return q_outbox_try_insert(tx, arg, &n);
}

static enum rc act(struct cx *cx, const struct q_outbox_take *row, enum provision_action action, const struct provision_answer *answer)
{
	bool done = answer->verdict == PROVISION_DONE, last = outbox_pause((int)row->tries) == 0;
	enum rc rc;

	if (!done && answer->verdict != PROVISION_REFUSED && !last)
		return RC_OK;	/* again at its next time */
	if (action == PROVISION_RENEW || action == PROVISION_EXPIRE || action == PROVISION_DESTROY)
		rc = done ? outbox_end(cx, row->id, OUTBOX_DONE) : integration_give_up(cx, row->id, row->subject, answer->why);
	else if (action == PROVISION_MODIFY)
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
	struct provision_answer answer;
	enum provision_action action = (enum provision_action)enum_of(&provision_action_enum, row->action, strlen(row->action));
	int64_t begun = real_ms();

	TRY(q_resource_provision(cx->db, cx->a, &(struct q_resource_provision_in){ .id = row->subject }, &p));
	call(cx, row, action, &p, &answer);
	struct q_outbox_try_insert_in in = {
		.outbox = row->id, .try = row->tries, .begun_at = cx->now, .took_ms = (uint64_t)(real_ms() - begun), .status = (uint64_t)answer.status, .answer = answer.why,
	};
	TRY(db_tx(cx->db, cx->a, record, &in));
	log_event(answer.verdict == PROVISION_DONE ? 'I' : 'W', "provision", LOG_STR("order", p.order_number), LOG_INT("resource", row->subject),
		  LOG_INT("try", row->tries), LOG_INT("status", answer.status), LOG_STR("answer", answer.why));
	return act(cx, row, action, &answer);
}
