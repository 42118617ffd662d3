#include "app/review.h"

#include "base/id.h"
#include "q_review.h"

#define RULES "/ops/reviews/rules"

enum rc review_needed(struct work *w, const struct review_ask *ask, bool *yes, const char **why)
{
	struct q_review_rule_fits_in in = { .category = ask->category, .org = ask->buyer, .plan = ask->plan, .payable = ask->payable };
	struct q_review_rule_fits *rule;
	size_t n;

	TRY(q_review_rule_fits(w->cx->db, w->cx->a, &in, &rule, &n));
	*yes = n || ask->plan_review;
	*why = n ? rule->note : ask->plan_review ? "the plan asks for a review" : NULL;
	return RC_OK;
}

/* -- rules ----------------------------------------------------------------------------------------------------------- */

struct adding { const struct review_rule *rule; const char **field; };

static enum rc named(struct work *w, const struct adding *a)
{
	const struct review_rule *r = a->rule;
	struct q_review_rule_names_in in = { .category = r->category ? r->category : "", .org = r->org, .plan = r->plan };
	struct q_review_rule_names is;
	struct q_review_rule_count rules;

	TRY(q_review_rule_names(w->cx->db, w->cx->a, &in, &is));
	*a->field = r->category && !is.category ? "category" : r->org && !is.org ? "org" : r->plan && !is.plan ? "plan" : NULL;
	if (*a->field)
		return RC_INVALID;
	TRY(q_review_rule_count(w->tx, w->cx->a, &rules));
	return rules.n < REVIEW_RULES_MAX ? RC_OK : RC_INVALID;
}

static const char *rule_json(struct arena *a, const struct review_rule *r)
{
	struct out o = { 0 };

	out_lit(&o, "{\"category\":");
	out_json(&o, r->category);
	out_printf(&o, ",\"org\":\"%llu\",\"plan\":\"%llu\",\"over\":", (unsigned long long)r->org, (unsigned long long)r->plan);
	if (r->any_amount)
		out_lit(&o, "null}");
	else
		out_printf(&o, "%lld}", (long long)r->over.fen);
	const char *json = arena_dup(a, o.p, o.n);
	out_free(&o);
	return json;
}

static enum rc add(struct work *w, void *arg)
{
	const struct adding *a = arg;
	const struct review_rule *r = a->rule;
	struct q_review_rule_insert_in in = {
		.id = id_new(w->cx->now), .category = r->category, .org = r->org, .plan = r->plan, .amount_over = r->over.fen,
		.any_amount = r->any_amount, .note = r->note,
	};
	uint64_t n;

	TRY(named(w, a));
	TRY(q_review_rule_insert(w->tx, &in, &n));
	work_audit(w, (struct event){ .kind = OBJECT_SYSTEM, .object = in.id, .name = "review_rule_add", .why = r->note, .details = rule_json(w->cx->a, r) });
	w->out.location = RULES;
	return RC_OK;
}

enum rc review_rule_add(struct cx *cx, const struct review_rule *r, const char **field, struct outcome *out)
{
	return work_do(cx, add, &(struct adding){ r, field }, out);
}

struct changing { uint64_t id; bool remove, enabled; };

static enum rc change(struct work *w, void *arg)
{
	const struct changing *c = arg;
	uint64_t n;

	if (c->remove)
		TRY(q_review_rule_delete(w->tx, &(struct q_review_rule_delete_in){ c->id }, &n));
	else
		TRY(q_review_rule_enable(w->tx, &(struct q_review_rule_enable_in){ c->id, c->enabled }, &n));
	if (!n)
		return RC_NOT_FOUND;
	work_audit(w, (struct event){ .kind = OBJECT_SYSTEM, .object = c->id, .name = c->remove ? "review_rule_remove" : c->enabled ? "review_rule_on" : "review_rule_off" });
	w->out.location = RULES;
	return RC_OK;
}

enum rc review_rule_enable(struct cx *cx, uint64_t id, bool enabled, struct outcome *out)
{
	return work_do(cx, change, &(struct changing){ .id = id, .enabled = enabled }, out);
}

enum rc review_rule_remove(struct cx *cx, uint64_t id, struct outcome *out)
{
	return work_do(cx, change, &(struct changing){ .id = id, .remove = true }, out);
}
