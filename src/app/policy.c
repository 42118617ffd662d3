#include "app/policy.h"

#include "base/str.h"

static bool bad(const char **field, const char **error, const char *at, const char *what)
{
	*field = at;
	*error = what;
	return false;
}

bool policy_sound(const policy_rules *p, const char **field, const char **error)
{
	bool human = p->delivery == DELIVERED_MANUAL || p->delivery == DELIVERED_AUTOMATIC_OR_MANUAL;

	if (!*p->channels)
		return bad(field, error, "balance", "policy.no_channel");
	if (p->refund == REFUND_DISK_CHANGE && p->delivery != DELIVERED_WITH_SERVER)
		return bad(field, error, "refund", "policy.disk_needs_server");
	if ((p->refund == REFUND_UNTIL_ACCEPTANCE || p->refund == REFUND_FIVE_DAYS_OR_ACCEPTANCE) && !human)
		return bad(field, error, "refund", "policy.acceptance_needs_human");
	if (p->supervised != SUPERVISED_NO && !human)
		return bad(field, error, "supervised", "policy.supervised_needs_human");
	if (p->requirement_form && !human)
		return bad(field, error, "requirement_form", "policy.form_needs_human");
	return true;
}

static bool same(const policy_rules *a, const policy_rules *b)
{
#define SAME(x, name, ...) && a->name == b->name
#define SAME_TEXT(x, name) && str_eq(a->name, b->name)
	return true POLICY_RULES(SAME, SAME, SAME, SAME_TEXT, );
}

static void rules_json(struct out *o, const policy_rules *p)
{
	const char *before = "{";

#define FIELD(name) out_str(o, before), out_json(o, #name), out_lit(o, ":"), before = ","
#define JSON_ENUM(x, name, e) FIELD(name); out_json(o, e##_enum.names[p->name]);
#define JSON_BOOL(x, name) FIELD(name); out_str(o, p->name ? "true" : "false");
#define JSON_NUMBER(x, name) FIELD(name); out_i64(o, (int64_t)p->name);
#define JSON_TEXT(x, name) FIELD(name); out_json(o, p->name);
	POLICY_RULES(JSON_ENUM, JSON_BOOL, JSON_NUMBER, JSON_TEXT, )
	out_lit(o, "}");
}

static const char *details_of(struct arena *a, const struct policy_change *c, const policy_rules *before)
{
	struct out o = { 0 };

	out_lit(&o, "{\"category\":");
	out_json(&o, c->code);
	out_printf(&o, ",\"version\":%d,\"before\":", (int)c->seen + 1);
	rules_json(&o, before);
	out_lit(&o, ",\"after\":");
	rules_json(&o, &c->rules);
	out_lit(&o, "}");
	const char *json = arena_dup(a, o.p, o.n);
	out_free(&o);
	return json;
}

static enum rc insert(struct work *w, const struct policy_change *c)
{
	struct q_policy_insert_in in = {
		POLICY_OF(&c->rules) .code = c->code, .version = c->seen + 1, .author = w->cx->actor.name, .why = c->why, .now = w->cx->now,
	};
	uint64_t n;

	TRY(q_policy_insert(w->tx, &in, &n));
	return q_policy_category_version(w->tx, &(struct q_policy_category_version_in){ c->code, c->seen + 1 }, &n);
}

static enum rc change(struct work *w, void *arg)
{
	const struct policy_change *c = arg;
	struct q_policy_category_lock row;
	policy_rules before;

	TRY(q_policy_category_lock(w->tx, w->cx->a, &(struct q_policy_category_lock_in){ c->code }, &row));
	if (row.policy_version != c->seen)
		return RC_CONFLICT;
	TRY(q_policy_show(w->cx->db, w->cx->a, &(struct q_policy_show_in){ c->code, c->seen }, &before));
	if (same(&before, &c->rules))
		return RC_INVALID;
	TRY(insert(w, c));
	work_audit(w, (struct event){
		.kind = OBJECT_SYSTEM, .object = row.id, .name = "policy_change", .why = c->why,
		.details = details_of(w->cx->a, c, &before),
	});
	w->out.location = arena_printf(w->cx->a, "/ops/categories/%s", c->code);
	return RC_OK;
}

enum rc policy_change(struct cx *cx, const struct policy_change *c, struct outcome *out) { return work_do(cx, change, (void *)c, out); }

static void names_json(struct out *o, const char *zh, const char *en, uint64_t position)
{
	out_lit(o, "[");
	out_json(o, zh);
	out_lit(o, ",");
	out_json(o, en);
	out_printf(o, ",%d]", (int)position);
}

static enum rc rename_it(struct work *w, void *arg)
{
	const struct category_names *c = arg;
	struct q_policy_category_lock was;
	struct out o = { 0 };
	uint64_t n;

	TRY(q_policy_category_lock(w->tx, w->cx->a, &(struct q_policy_category_lock_in){ c->code }, &was));
	TRY(q_policy_category_name(w->tx, &(struct q_policy_category_name_in){ c->code, c->name_zh, c->name_en, c->position }, &n));
	out_lit(&o, "{\"before\":");
	names_json(&o, was.name_zh, was.name_en, was.position);
	out_lit(&o, ",\"after\":");
	names_json(&o, c->name_zh, c->name_en, c->position);
	out_lit(&o, "}");
	work_audit(w, (struct event){ .kind = OBJECT_SYSTEM, .object = was.id, .name = "category_rename", .details = arena_dup(w->cx->a, o.p, o.n) });
	out_free(&o);
	w->out.location = arena_printf(w->cx->a, "/ops/categories/%s", c->code);
	return RC_OK;
}

enum rc policy_rename(struct cx *cx, const struct category_names *n, struct outcome *out) { return work_do(cx, rename_it, (void *)n, out); }
