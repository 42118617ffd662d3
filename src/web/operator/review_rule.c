/* The rules that say which orders are reviewed (ORD-8). */
#include <inttypes.h>

#include "app/review.h"
#include "base/str.h"
#include "q_review.h"
#include "view/review.h"
#include "web/category.h"

struct review_rule_in { const char *category, *org, *plan, *note; struct money over; };
FORM(review_rule_form, struct review_rule_in,
	TEXT(struct review_rule_in, category, .max = 30, .optional = true),
	TEXT(struct review_rule_in, org, .max = 20, .optional = true),
	TEXT(struct review_rule_in, plan, .max = 20, .optional = true),
	MONEY(struct review_rule_in, over, .optional = true),
	TEXT(struct review_rule_in, note, .max = 200))

static enum rc add_rules(struct cx *cx, struct view_review_rules *m)
{
	struct q_review_rule_list *r;

	TRY(q_review_rule_list(cx->db, cx->a, &r, &m->items_n));
	struct view_review_rule *items = ARENA_ARRAY(cx->a, struct view_review_rule, m->items_n);
	for (size_t i = 0; i < m->items_n; i++)
		items[i] = (struct view_review_rule){
			.id = arena_printf(cx->a, "%" PRIu64, r[i].id),
			.category = cx->lang == LANG_EN ? r[i].category_en : r[i].category_zh, .org_name = r[i].org_name,
			.product_name = r[i].product_name, .plan_name = r[i].plan_name, .any_amount = r[i].any_amount,
			.over = r[i].amount_over, .enabled = r[i].enabled, .note = r[i].note,
		};
	m->items = items;
	return RC_OK;
}

static enum rc add_fields(struct cx *cx, struct web *w, struct view_review_rules *m)
{
	struct view_field *f = ARENA_ARRAY(cx->a, struct view_field, 5);
	const struct form *form = &review_rule_form;

	TRY(category_field(cx, w, form, "category", MSG_policy_name, &f[0]));
	f[1] = web_field(w, form, "over", MSG_review_over, NULL);
	f[1].hint = web_text(w, MSG_review_over_hint);
	f[2] = web_field(w, form, "org", MSG_review_org, NULL);
	f[2].hint = web_text(w, MSG_review_org_hint);
	f[3] = web_field(w, form, "plan", MSG_review_plan, NULL);
	f[3].hint = web_text(w, MSG_review_plan_hint);
	f[4] = web_field(w, form, "note", MSG_review_rule_note, NULL);
	f[4].hint = web_text(w, MSG_review_rule_note_hint);
	m->fields = f;
	m->fields_n = 5;
	return RC_OK;
}

enum rc review_rules(struct cx *cx, struct web *w)
{
	struct view_review_rules m = { .may_change = permit_allows(PERM_REVIEW_RULES_CHANGE, (enum org_kind)cx->actor.org_kind, cx->actor.roles) };

	TRY(add_rules(cx, &m));
	TRY(add_fields(cx, w, &m));
	w->page.title = MSG_review_rules;
	CRUMBS(w, web_text(w, MSG_review_rules), { web_text(w, MSG_nav_platform), "/ops" }, { web_text(w, MSG_review_title), "/ops/reviews" });
	return web_show(w, tpl_operator_review_rules, json_review_rules, &m);
}

/* An id as people copy it from the address of a page; 0 for none. */
static bool id_read(const char *text, uint64_t *id)
{
	*id = 0;
	return !text || !*text || (str_u64(text, id) && *id);
}

static enum msg none_such(const char *field)
{
	return str_eq(field, "org") ? MSG_review_no_org : str_eq(field, "plan") ? MSG_review_no_plan : MSG_field_choice;
}

enum rc review_rule_do(struct cx *cx, struct web *w)
{
	const struct review_rule_in *in = w->in;
	struct review_rule r = { .category = in->category && *in->category ? in->category : NULL, .over = in->over, .note = in->note };
	const char *field = NULL;
	struct outcome out;

	r.any_amount = !in->over.fen;
	if (!id_read(in->org, &r.org))
		return web_refuse(w, "org", MSG_review_no_org);
	if (!id_read(in->plan, &r.plan))
		return web_refuse(w, "plan", MSG_review_no_plan);
	enum rc rc = review_rule_add(cx, &r, &field, &out);
	if (rc == RC_INVALID)
		return web_refuse(w, field, field ? none_such(field) : MSG_review_too_many);
	TRY(rc);
	return web_done(w, &out);
}

static enum rc change(struct cx *cx, struct web *w, bool enabled)
{
	struct outcome out;

	TRY(review_rule_enable(cx, web_param_id(w, "id"), enabled, &out));
	return web_done(w, &out);
}
enum rc review_rule_on_do(struct cx *cx, struct web *w) { return change(cx, w, true); }
enum rc review_rule_off_do(struct cx *cx, struct web *w) { return change(cx, w, false); }

enum rc review_rule_remove_do(struct cx *cx, struct web *w)
{
	struct outcome out;

	TRY(review_rule_remove(cx, web_param_id(w, "id"), &out));
	return web_done(w, &out);
}
