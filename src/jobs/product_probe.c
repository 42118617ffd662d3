#include "app/product_probe.h"
#include "app/product_secret.h"
#include "base/log.h"
#include "channel/provision.h"
#include "jobs/jobs.h"

static enum rc conf_of(struct cx *cx, const struct q_product_probe_take *p, struct provision_conf *c)
{
	struct product_sealed sealed = PRODUCT_SEALED(p);
	struct product_secrets open;

	TRY(product_secrets_open(cx, p->product_id, &sealed, &open));
	*c = (struct provision_conf){
		.dialect = p->dialect, .url = p->webhook_url, .secret = open.secret, .old_secret = open.old,
		.timeout_ms = (int)cx->conf->provision_timeout_ms, .allow_private = cx->conf->platform_development,
	};
	return RC_OK;
}

enum rc job_product_probe(struct cx *cx, bool *more)
{
	struct q_product_probe_take *p;
	struct provision_answer answer = { .verdict = PROVISION_REFUSED, .why = "the product's interface is not set up" };
	struct provision_conf c;

	TRY(product_probe_take(cx, &p));
	*more = p;
	if (!p)
		return RC_OK;
	if (conf_of(cx, p, &c) == RC_OK)
		provision_check(cx->a, &c, cx->now, &answer);
	bool passed = answer.verdict == PROVISION_DONE;
	log_event(passed ? 'I' : 'W', "product_probe", LOG_INT("product", p->product_id), LOG_INT("status", answer.status), LOG_STR("answer", answer.why));
	return product_probe_tell(cx, p, passed, answer.why);
}
