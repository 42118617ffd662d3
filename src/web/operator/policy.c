/* Categories, their policies and the history of these: CAT-2. */
#include "app/policy.h"
#include "base/money.h"
#include "base/str.h"
#include "view/policy.h"
#include "web/list.h"

enum { RULES = 14 };

static const char *percent(struct arena *a, uint64_t pm) { return arena_printf(a, pm % 10 ? "%d.%d%%" : "%d%%", (int)(pm / 10), (int)(pm % 10)); }
static const char *days(struct cx *cx, uint64_t n) { return MSG_FILL(cx->a, cx->lang, MSG_policy_days, { "n", arena_printf(cx->a, "%d", (int)n) }); }
static const char *yes(const struct web *w, bool v) { return web_text(w, v ? MSG_policy_yes : MSG_policy_no); }

/* WeChat, online bank: a SET as people read it. */
static const char *channel_names(const struct web *w, const char *set)
{
	const char *text = "";

	for (int i = 1; i <= payment_channel_n; i++)
		if (strstr(set, payment_channel_enum.names[i]))
			text = arena_printf(w->cx->a, "%s%s%s", text, *text ? web_text(w, MSG_policy_and) : "",
				web_text(w, (enum msg)payment_channel_msg[i]));
	return text;
}

/* A version as a list of what it says; the same rows in the same order for each, so that two can be compared. */
static const struct view_desc_item *describe(struct cx *cx, const struct web *w, const policy_rules *p)
{
	const struct { enum msg label; const char *value; } rows[RULES] = {
		{ MSG_policy_delivery, web_text(w, (enum msg)delivery_policy_msg[p->delivery]) },
		{ MSG_policy_supervised, web_text(w, (enum msg)supervision_msg[p->supervised]) },
		{ MSG_policy_requirement_form, yes(w, p->requirement_form) },
		{ MSG_policy_refund, web_text(w, (enum msg)refund_policy_msg[p->refund]) },
		{ MSG_policy_refund_to, web_text(w, (enum msg)refund_target_msg[p->refund_to]) },
		{ MSG_policy_renewal_refundable, yes(w, p->renewal_refundable) },
		{ MSG_policy_channels, channel_names(w, p->channels) },
		{ MSG_policy_auto_renewal, yes(w, p->auto_renewal) },
		{ MSG_policy_period_end, web_text(w, (enum msg)period_end_msg[p->period_end]) },
		{ MSG_policy_grace, days(cx, p->grace_days) },
		{ MSG_policy_recycle, days(cx, p->recycle_days) },
		{ MSG_policy_commission, percent(cx->a, p->commission_pm) },
		{ MSG_policy_tax, percent(cx->a, p->tax_pm) },
		{ MSG_policy_contract, yes(w, p->contract) },
	};
	struct view_desc_item *to = ARENA_ARRAY(cx->a, struct view_desc_item, RULES);

	for (size_t i = 0; i < RULES; i++)
		to[i] = (struct view_desc_item){ .label = web_text(w, rows[i].label), .value = rows[i].value };
	return to;
}

/* -- list ------------------------------------------------------------------------------------------------------------ */

enum rc category_list(struct cx *cx, struct web *w)
{
	struct q_policy_category_list *r;
	struct view_category_list m = { 0 };

	TRY(q_policy_category_list(cx->db, cx->a, &r, &m.items_n));
	struct view_category_item *items = ARENA_ARRAY(cx->a, struct view_category_item, m.items_n);
	for (size_t i = 0; i < m.items_n; i++)
		items[i] = (struct view_category_item){
			.code = r[i].code, .position = r[i].position, .name_zh = r[i].name_zh, .name_en = r[i].name_en,
			.version = r[i].version, .delivery = r[i].delivery, .supervised = r[i].supervised, .refund = r[i].refund,
			.commission = percent(cx->a, r[i].commission_pm),
		};
	m.items = items;
	w->page.title = MSG_policy_title;
	CRUMBS(w, web_text(w, MSG_policy_title), { web_text(w, MSG_nav_platform), "/ops" });
	return web_show(w, tpl_operator_category_list, json_category_list, &m);
}

/* -- one --------------------------------------------------------------------------------------------------------------- */

static void add_changes(struct cx *cx, const struct view_desc_item *before, const struct view_desc_item *after, struct view_policy_version *v)
{
	struct view_policy_diff *d = ARENA_ARRAY(cx->a, struct view_policy_diff, RULES);

	for (size_t i = 0; i < RULES; i++)
		if (!str_eq(before[i].value, after[i].value))
			d[v->changes_n++] = (struct view_policy_diff){ after[i].label, before[i].value, after[i].value };
	v->changes = d;
}

static enum rc add_versions(struct cx *cx, const struct web *w, struct view_category_show *m)
{
	struct q_policy_list *r;
	const struct view_desc_item *newer = NULL;
	struct view_desc *policy = ARENA_NEW(cx->a, struct view_desc);

	TRY(q_policy_list(cx->db, cx->a, &(struct q_policy_list_in){ m->code }, &r, &m->versions_n));
	struct view_policy_version *v = ARENA_ARRAY(cx->a, struct view_policy_version, m->versions_n);
	for (size_t i = 0; i < m->versions_n; i++) {
		policy_rules rules = { POLICY_OF(&r[i]) };
		const struct view_desc_item *items = describe(cx, w, &rules);
		v[i] = (struct view_policy_version){
			.version = r[i].version, .created_at = r[i].created_at, .author = r[i].author, .why = r[i].why,
			.current = r[i].version == m->version,
		};
		if (newer)
			add_changes(cx, items, newer, &v[i - 1]);
		if (v[i].current)
			*policy = (struct view_desc){ items, RULES };
		newer = items;
	}
	m->policy = policy;
	m->versions = v;
	return RC_OK;
}

struct category_name_in { const char *name_zh, *name_en; int64_t position; };
FORM(category_name_form, struct category_name_in,
	TEXT(struct category_name_in, name_zh, .max = 40),
	TEXT(struct category_name_in, name_en, .max = 60),
	INT(struct category_name_in, position, .min = 1, .max = 1000))

static enum rc category_of(struct cx *cx, const struct web *w, struct q_policy_category *c)
{
	return q_policy_category(cx->db, cx->a, &(struct q_policy_category_in){ web_param(w, "code") }, c);
}

enum rc category_show(struct cx *cx, struct web *w)
{
	struct q_policy_category c;

	TRY(category_of(cx, w, &c));
	struct view_category_show m = {
		.code = c.code, .name_zh = c.name_zh, .name_en = c.name_en, .position = c.position, .version = c.policy_version,
		.name = cx->lang == LANG_EN ? c.name_en : c.name_zh,
		.may_change = permit_allows(PERM_SETTINGS_CHANGE, (enum org_kind)cx->actor.org_kind, cx->actor.roles),
		.zh = web_keep(w, web_field(w, &category_name_form, "name_zh", MSG_policy_name_zh, c.name_zh)),
		.en = web_keep(w, web_field(w, &category_name_form, "name_en", MSG_policy_name_en, c.name_en)),
		.at = web_keep(w, web_field(w, &category_name_form, "position", MSG_policy_position, arena_printf(cx->a, "%d", (int)c.position))),
	};
	TRY(add_versions(cx, w, &m));
	w->page.title = MSG_policy_title;
	w->page.name = m.name;
	CRUMBS(w, m.name, { web_text(w, MSG_nav_platform), "/ops" }, { web_text(w, MSG_policy_title), "/ops/categories" });
	return web_show(w, tpl_operator_category_show, json_category_show, &m);
}

enum rc category_name_do(struct cx *cx, struct web *w)
{
	const struct category_name_in *in = w->in;
	struct outcome out;

	TRY(policy_rename(cx, &(struct category_names){ web_param(w, "code"), in->name_zh, in->name_en, (uint64_t)in->position }, &out));
	return web_done(w, &out);
}

/* -- a new version -------------------------------------------------------------------------------------------------- */

/* "10" or "10.5" percent: tenths, so that it is per mille. */
static bool percent_read(const char *s, uint64_t *pm)
{
	struct money m;

	if (!money_parse(s, &m) || m.fen % 10 || m.fen / 10 > POLICY_PM_MAX)
		return false;
	*pm = (uint64_t)m.fen / 10;
	return true;
}
static enum msg percent_check(const char *s)
{
	uint64_t pm;

	return percent_read(s, &pm) ? MSG_NONE : MSG_policy_percent;
}

struct policy_in {
	int64_t seen, grace_days, recycle_days;
	enum delivery_policy delivery;
	enum supervision supervised;
	enum refund_policy refund;
	enum refund_target refund_to;
	enum period_end period_end;
	bool balance, wechat, b2b, contract, auto_renewal, renewal_refundable, requirement_form;
	const char *commission, *tax, *why;
};
FORM(policy_form, struct policy_in,
	INT(struct policy_in, seen, .min = 1),
	ENUM(struct policy_in, delivery, delivery_policy),
	ENUM(struct policy_in, supervised, supervision),
	ENUM(struct policy_in, refund, refund_policy),
	ENUM(struct policy_in, refund_to, refund_target),
	ENUM(struct policy_in, period_end, period_end),
	CHECK(struct policy_in, balance), CHECK(struct policy_in, wechat), CHECK(struct policy_in, b2b),
	CHECK(struct policy_in, contract), CHECK(struct policy_in, auto_renewal),
	CHECK(struct policy_in, renewal_refundable), CHECK(struct policy_in, requirement_form),
	INT(struct policy_in, grace_days, .max = POLICY_DAYS_MAX),
	INT(struct policy_in, recycle_days, .max = POLICY_DAYS_MAX),
	TEXT(struct policy_in, commission, .max = 6, .check = percent_check),
	TEXT(struct policy_in, tax, .max = 6, .check = percent_check),
	TEXT(struct policy_in, why, .max = 200))

static struct view_field check_field(struct web *w, const char *name, enum msg label, bool on)
{
	struct view_field f = web_field(w, &policy_form, name, label, on ? "1" : NULL);

	f.wide = false;
	return f;
}

static const char *tenths(struct arena *a, uint64_t pm) { return arena_printf(a, pm % 10 ? "%d.%d" : "%d", (int)(pm / 10), (int)(pm % 10)); }

static void add_fields(struct cx *cx, struct web *w, const policy_rules *p, struct view_policy_edit *m)
{
	const struct form *f = &policy_form;
	struct view_field why = web_field(w, f, "why", MSG_policy_why, NULL);
	struct view_field all[] = {
		web_enum(w, f, "delivery", MSG_policy_delivery, FIELD_SELECT, delivery_policy_msg, (int)p->delivery),
		web_enum(w, f, "supervised", MSG_policy_supervised, FIELD_SELECT, supervision_msg, (int)p->supervised),
		web_enum(w, f, "refund", MSG_policy_refund, FIELD_SELECT, refund_policy_msg, (int)p->refund),
		web_enum(w, f, "refund_to", MSG_policy_refund_to, FIELD_SELECT, refund_target_msg, (int)p->refund_to),
		web_enum(w, f, "period_end", MSG_policy_period_end, FIELD_SELECT, period_end_msg, (int)p->period_end),
		check_field(w, "balance", (enum msg)payment_channel_msg[CHANNEL_BALANCE], strstr(p->channels, "balance")),
		check_field(w, "wechat", (enum msg)payment_channel_msg[CHANNEL_WECHAT], strstr(p->channels, "wechat")),
		check_field(w, "b2b", (enum msg)payment_channel_msg[CHANNEL_B2B], strstr(p->channels, "b2b")),
		check_field(w, "auto_renewal", MSG_policy_auto_renewal, p->auto_renewal),
		check_field(w, "renewal_refundable", MSG_policy_renewal_refundable, p->renewal_refundable),
		check_field(w, "requirement_form", MSG_policy_requirement_form, p->requirement_form),
		check_field(w, "contract", MSG_policy_contract, p->contract),
		web_field(w, f, "grace_days", MSG_policy_grace, arena_printf(cx->a, "%d", (int)p->grace_days)),
		web_field(w, f, "recycle_days", MSG_policy_recycle, arena_printf(cx->a, "%d", (int)p->recycle_days)),
		web_field(w, f, "commission", MSG_policy_commission_percent, tenths(cx->a, p->commission_pm)),
		web_field(w, f, "tax", MSG_policy_tax_percent, tenths(cx->a, p->tax_pm)),
	};
	struct view_field *kept = ARENA_ARRAY(cx->a, struct view_field, sizeof all / sizeof *all);

	memcpy(kept, all, sizeof all);
	kept[14].inputmode = kept[15].inputmode = "decimal";
	kept[15].hint = web_text(w, MSG_policy_tax_hint);
	*m = (struct view_policy_edit){
		.code = m->code, .seen = m->seen, .name = m->name, .rules = kept, .rules_n = 5, .channels = kept + 5, .channels_n = 3,
		.flags = kept + 8, .flags_n = 4, .numbers = kept + 12, .numbers_n = 4, .why = web_keep(w, why),
	};
}

/* The version that the page was made of, also when another one is there by now: what was typed belongs to it. */
static uint64_t seen_of(const struct web *w, uint64_t now)
{
	uint64_t seen;
	const char *typed = input_text(&w->input, "seen", 20);

	return typed && str_u64(typed, &seen) ? seen : now;
}

enum rc policy_edit(struct cx *cx, struct web *w)
{
	struct q_policy_category c;
	policy_rules rules;

	TRY(category_of(cx, w, &c));
	TRY(q_policy_show(cx->db, cx->a, &(struct q_policy_show_in){ c.code, c.policy_version }, &rules));
	struct view_policy_edit m = { .code = c.code, .seen = seen_of(w, c.policy_version), .name = cx->lang == LANG_EN ? c.name_en : c.name_zh };
	add_fields(cx, w, &rules, &m);
	w->page.title = MSG_policy_edit;
	w->page.name = m.name;
	CRUMBS(w, web_text(w, MSG_policy_edit), { web_text(w, MSG_policy_title), "/ops/categories" },
	       { m.name, arena_printf(cx->a, "/ops/categories/%s", c.code) });
	return web_show(w, tpl_operator_policy_edit, json_policy_edit, &m);
}

/* The channels that were ticked, as a SET. */
static const char *channels_asked(struct cx *cx, const struct policy_in *in)
{
	const bool ticked[] = { [CHANNEL_BALANCE] = in->balance, [CHANNEL_WECHAT] = in->wechat, [CHANNEL_B2B] = in->b2b };
	const char *set = "";

	for (int i = 1; i <= payment_channel_n; i++)
		if (ticked[i])
			set = arena_printf(cx->a, "%s%s%s", set, *set ? "," : "", payment_channel_enum.names[i]);
	return set;
}

enum rc policy_change_do(struct cx *cx, struct web *w)
{
	const struct policy_in *in = w->in;
	struct policy_change c = { .code = web_param(w, "code"), .why = in->why, .seen = (uint64_t)in->seen };
	const char *field, *error;
	struct outcome out;

	c.rules = (policy_rules){
		.delivery = in->delivery, .supervised = in->supervised, .requirement_form = in->requirement_form, .refund = in->refund,
		.refund_to = in->refund_to, .renewal_refundable = in->renewal_refundable, .channels = channels_asked(cx, in),
		.auto_renewal = in->auto_renewal, .period_end = in->period_end, .grace_days = (uint64_t)in->grace_days,
		.recycle_days = (uint64_t)in->recycle_days, .contract = in->contract,
	};
	if (!percent_read(in->commission, &c.rules.commission_pm))
		return web_refuse(w, "commission", MSG_policy_percent);
	if (!percent_read(in->tax, &c.rules.tax_pm))
		return web_refuse(w, "tax", MSG_policy_percent);
	if (!policy_sound(&c.rules, &field, &error))
		return web_refuse(w, field, msg_of(error));
	enum rc rc = policy_change(cx, &c, &out);
	if (rc == RC_CONFLICT)
		return web_refuse(w, NULL, MSG_policy_meanwhile);
	if (rc == RC_INVALID)
		return web_refuse(w, NULL, MSG_policy_same);
	TRY(rc);
	return web_done(w, &out);
}
