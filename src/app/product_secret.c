#include "app/product_secret.h"

#include "app/product_apply.h"
#include "base/time.h"
#include "crypto/seal.h"
#include "q_product_probe.h"
#include "q_product_secret.h"

static const char *use_of(struct arena *a, uint64_t product) { return arena_printf(a, "webhook_secret:%llu", (unsigned long long)product); }

struct setting { uint64_t product; struct bytes sealed; enum secret_grace grace; };

static struct instant grace_end(const struct cx *cx, enum secret_grace grace)
{
	static const int64_t days[] = { [GRACE_DAY] = 1, [GRACE_WEEK] = 7, [GRACE_MONTH] = 30 };

	return grace > GRACE_NONE ? instant_add(cx->now, days[grace] * DAY_US) : (struct instant){ 0 };
}

static enum rc done(struct work *w, const struct product_now *p, const char *event, const char *details)
{
	work_audit(w, (struct event){ .kind = OBJECT_PRODUCT, .object = p->id, .org = p->provider, .name = event, .details = details });
	w->out.location = arena_printf(w->cx->a, "/provider/products/%llu/secret", (unsigned long long)p->id);
	return RC_OK;
}

static enum rc set(struct work *w, void *arg)
{
	const struct setting *s = arg;
	struct product_now p;
	uint64_t n;

	TRY(product_lock(w, s->product, w->cx->actor.org, 0, &p));
	TRY(q_product_secret_set(w->tx, &(struct q_product_secret_set_in){ p.id, s->sealed, grace_end(w->cx, s->grace) }, &n));
	TRY(q_product_probe_forget(w->tx, &(struct q_product_probe_forget_in){ p.id }, &n));
	TRY(q_product_probe_again(w->tx, &(struct q_product_probe_again_in){ p.id, w->cx->now }, &n));
	return done(w, &p, "secret", s->grace ? secret_grace_enum.names[s->grace] : NULL);
}

enum rc product_secret_set(struct cx *cx, uint64_t product, const char *secret, enum secret_grace grace, struct outcome *out)
{
	struct seal_key key;

	TRY(seal_key_from(cx->conf->platform_secret, &key));
	return work_do(cx, set, &(struct setting){ product, seal_close(cx->a, &key, use_of(cx->a, product), secret, strlen(secret)), grace }, out);
}

static enum rc end(struct work *w, void *arg)
{
	const uint64_t *product = arg;
	struct product_now p;
	uint64_t n;

	TRY(product_lock(w, *product, w->cx->actor.org, 0, &p));
	TRY(q_product_secret_end(w->tx, &(struct q_product_secret_end_in){ p.id }, &n));
	return n ? done(w, &p, "secret_end", NULL) : RC_CONFLICT;
}

enum rc product_secret_end(struct cx *cx, uint64_t product, struct outcome *out) { return work_do(cx, end, &product, out); }

enum rc product_secrets_open(struct cx *cx, uint64_t product, const struct product_sealed *sealed, struct product_secrets *out)
{
	struct seal_key key;
	struct bytes secret, old = { 0 };

	TRY(seal_key_from(cx->conf->platform_secret, &key));
	TRY(seal_open(cx->a, &key, use_of(cx->a, product), sealed->secret, &secret));
	if (sealed->old.n && cx->now.us < sealed->old_until.us)
		TRY(seal_open(cx->a, &key, use_of(cx->a, product), sealed->old, &old));
	*out = (struct product_secrets){ secret.p, old.p };
	return RC_OK;
}
