/* What is decided about a product: submitted, approved, refused, dropped, taken off the shelf. */
#include "app/product.h"
#include "app/product_apply.h"
#include "app/product_live.h"
#include "app/product_probe.h"
#include "base/str.h"
#include "q_product_version.h"

static const char *page(struct work *w, uint64_t product) { return arena_printf(w->cx->a, "/provider/products/%llu", (unsigned long long)product); }

static void add(struct doc_problems *p, const char *at, const char *wrong, bool missing)
{
	if (p->n < DOC_PROBLEMS_MAX)
		p->p[p->n++] = (struct doc_problem){ at, wrong, 0, missing };
}

/* CAT-2: what delivers the products of a category. */
static bool delivers(enum delivery_policy policy, enum delivery_mode mode)
{
	switch (policy) {
	case DELIVERED_MANUAL:              return mode == DELIVERY_MANUAL;
	case DELIVERED_AUTOMATIC_OR_MANUAL: return true;
	default:                            return mode != DELIVERY_MANUAL;
	}
}

/* What is delivered automatically: by a system that has shown that it answers (PRV-5). */
static enum rc missing_system(struct cx *cx, uint64_t product, const struct doc_product *d, bool has_secret, struct doc_problems *out)
{
	struct q_product_probe_show *probe;

	if (!has_secret)
		add(out, "secret", "product_doc.secret_missing", true);
	if (!has_secret || !d->dialect || !*d->webhook_url)
		return RC_OK;
	TRY(product_probe_of(cx, product, d, &probe));
	if (!probe || probe->state != PROBE_PASSED)
		add(out, "webhook_url", "product_doc.probe_missing", true);
	return RC_OK;
}

enum rc product_missing(struct cx *cx, uint64_t product, const struct doc_product *d, bool has_secret, struct doc_problems *out)
{
	struct q_category_delivery policy;

	*out = (struct doc_problems){ .http = cx->conf->platform_development };
	doc_check(cx->a, d, out);
	if (d->delivery == DELIVERY_AUTOMATIC)
		TRY(missing_system(cx, product, d, has_secret, out));
	if (!*d->category)
		return RC_OK;
	enum rc rc = q_category_delivery(cx->db, cx->a, &(struct q_category_delivery_in){ d->category }, &policy);
	if (rc == RC_NOT_FOUND)
		add(out, "category", "field.choice", false);
	else if (rc == RC_OK && d->delivery && !delivers(policy.delivery, d->delivery))
		add(out, "delivery", "product_doc.delivery_policy", true);
	return rc == RC_NOT_FOUND ? RC_OK : rc;
}

struct moving {
	uint64_t product, version;
	const char *why;
	struct doc_problems *problems;
};

static enum rc submit(struct work *w, void *arg)
{
	const struct moving *m = arg;
	struct product_now p;
	struct doc_product d;

	TRY(product_lock(w, m->product, w->cx->actor.org, m->version, &p));
	if (p.edit_state != VERSION_DRAFT)
		return RC_CONFLICT;
	TRY(doc_read(w->cx->a, p.body, strlen(p.body), &d));
	TRY(product_missing(w->cx, p.id, &d, p.secret, m->problems));
	if (m->problems->n)
		return RC_INVALID;
	w->out.location = page(w, p.id);
	return apply_product(w, &p, PRODUCT_EV_SUBMIT, p.edit, NULL);
}

enum rc product_submit(struct cx *cx, uint64_t product, uint64_t version, struct doc_problems *problems, struct outcome *out)
{
	*problems = (struct doc_problems){ 0 };
	return work_do(cx, submit, &(struct moving){ product, version, NULL, problems }, out);
}

static enum rc discard(struct work *w, void *arg)
{
	const struct moving *m = arg;
	struct product_now p;

	TRY(product_lock(w, m->product, w->cx->actor.org, m->version, &p));
	w->out.location = page(w, p.id);
	return apply_product(w, &p, PRODUCT_EV_DISCARD, 0, NULL);
}

enum rc product_discard(struct cx *cx, uint64_t product, uint64_t version, struct outcome *out)
{
	return work_do(cx, discard, &(struct moving){ product, version, NULL, NULL }, out);
}

/* What sold until now; nothing, or without a version of its own (it came by other ways): what stands in the tables. */
static enum rc sold_until_now(struct work *w, const struct product_now *p, struct doc_product *was)
{
	struct q_version_body v;

	enum rc rc = q_version_body(tx_db(w->tx), w->cx->a, &(struct q_version_body_in){ p->id, p->version }, &v);
	if (rc == RC_NOT_FOUND)
		return product_live_read(tx_db(w->tx), w->cx->a, p->id, was);
	TRY(rc);
	return doc_read(w->cx->a, v.body, strlen(v.body), was);
}

static enum rc approve(struct work *w, void *arg)
{
	const struct moving *m = arg;
	struct product_now p;
	struct doc_product doc, was;

	TRY(product_lock(w, m->product, 0, m->version, &p));
	if (p.edit_state != VERSION_SUBMITTED)
		return RC_CONFLICT;
	TRY(doc_read(w->cx->a, p.body, strlen(p.body), &doc));
	TRY(sold_until_now(w, &p, &was));
	TRY(product_live_write(w, &(struct product_live){ p.id, p.edit, &doc, &was }));
	w->out.location = arena_printf(w->cx->a, "/ops/products/%llu/versions/%llu", (unsigned long long)p.id, (unsigned long long)p.edit);
	return apply_product(w, &p, PRODUCT_EV_APPROVE, 0, m->why);
}

enum rc product_approve(struct cx *cx, uint64_t product, uint64_t version, const char *reason, struct outcome *out)
{
	return work_do(cx, approve, &(struct moving){ product, version, reason, NULL }, out);
}

static enum rc refuse(struct work *w, void *arg)
{
	const struct moving *m = arg;
	struct product_now p;

	TRY(product_lock(w, m->product, 0, m->version, &p));
	w->out.location = arena_printf(w->cx->a, "/ops/products/%llu/versions/%llu", (unsigned long long)p.id, (unsigned long long)p.edit);
	return apply_product(w, &p, PRODUCT_EV_REFUSE, p.edit, m->why);
}

enum rc product_refuse(struct cx *cx, uint64_t product, uint64_t version, const char *reason, struct outcome *out)
{
	if (!reason || !*reason)
		return RC_INVALID;
	return work_do(cx, refuse, &(struct moving){ product, version, reason, NULL }, out);
}

static enum rc shelve(struct work *w, const struct moving *m, enum product_event ev)
{
	struct product_now p;

	TRY(product_lock(w, m->product, w->cx->actor.org, 0, &p));
	w->out.location = page(w, p.id);
	return apply_product(w, &p, ev, p.edit, m->why);
}

static enum rc delist(struct work *w, void *arg) { return shelve(w, arg, PRODUCT_EV_DELIST); }
static enum rc relist(struct work *w, void *arg) { return shelve(w, arg, PRODUCT_EV_RELIST); }

enum rc product_delist(struct cx *cx, uint64_t product, const char *why, struct outcome *out)
{
	return work_do(cx, delist, &(struct moving){ product, 0, why, NULL }, out);
}

enum rc product_relist(struct cx *cx, uint64_t product, struct outcome *out)
{
	return work_do(cx, relist, &(struct moving){ product, 0, NULL, NULL }, out);
}

struct stocking { uint64_t product, plan; int64_t by; };

static enum rc stock(struct work *w, void *arg)
{
	const struct stocking *s = arg;
	struct product_now p;
	uint64_t n;

	TRY(product_lock(w, s->product, w->cx->actor.org, 0, &p));
	TRY(q_plan_stock_add(w->tx, &(struct q_plan_stock_add_in){ s->product, s->plan, s->by }, &n));
	if (n != 1)
		return RC_INVALID;
	work_audit(w, (struct event){ .kind = OBJECT_PRODUCT, .object = p.id, .org = p.provider, .name = "stock",
		.details = arena_printf(w->cx->a, "{\"plan\":\"%llu\",\"by\":%lld}", (unsigned long long)s->plan, (long long)s->by) });
	w->out.location = arena_printf(w->cx->a, "%s/stock", page(w, p.id));
	return RC_OK;
}

enum rc product_stock(struct cx *cx, uint64_t product, uint64_t plan, int64_t by, struct outcome *out)
{
	return work_do(cx, stock, &(struct stocking){ product, plan, by }, out);
}
