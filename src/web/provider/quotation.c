/* A provider's quotations: ORD-20. */
#include "app/quotation.h"

#include <inttypes.h>

#include "base/str.h"
#include "view/phrase.h"
#include "web/choice.h"
#include "web/quotation.h"

struct quotation_new_in {
	const char *plan, *buyer, *duration, *note;
	int64_t quantity;
	struct texts options;
	struct money price;
	struct date until;
};
FORM(quotation_new_form, struct quotation_new_in,
	TEXT(struct quotation_new_in, plan, .max = 20),
	TEXT(struct quotation_new_in, buyer, .max = 80),
	TEXT(struct quotation_new_in, duration, .max = 20, .optional = true),
	INT(struct quotation_new_in, quantity, .min = 1),
	TEXTS(struct quotation_new_in, options, .max = 32),
	MONEY(struct quotation_new_in, price, .max = OFFER_MAX),
	DATE(struct quotation_new_in, until),
	TEXT(struct quotation_new_in, note, .max = QUOTATION_NOTE_MAX, .optional = true))
struct quotation_plan_in { const char *plan; };
FORM(quotation_plan_form, struct quotation_plan_in, TEXT(struct quotation_plan_in, plan, .max = 20, .optional = true))

enum rc portal_quotations(struct cx *cx, struct web *w)
{
	struct view_empty empty = { web_text(w, MSG_quotation_none_made), web_text(w, MSG_quotation_none_made_hint), NULL };
	struct view_quotation_list m = { .empty = &empty };

	TRY(quotation_rows(cx, w, true, &m));
	w->page.title = MSG_quotation_all;
	CRUMBS(w, web_text(w, MSG_quotation_all), { web_text(w, MSG_nav_provider), "/provider" });
	return web_show(w, tpl_provider_quotation_list, json_quotation_list, &m);
}

enum rc portal_quotation(struct cx *cx, struct web *w)
{
	struct view_quotation m;

	TRY(quotation_view(cx, w, true, &m));
	w->page.title = MSG_quotation_title;
	w->page.name = m.number;
	CRUMBS(w, m.number, { web_text(w, MSG_nav_provider), "/provider" }, { web_text(w, MSG_quotation_all), "/provider/quotations" });
	return web_show(w, tpl_provider_quotation_show, json_quotation, &m);
}

enum rc portal_quotation_file(struct cx *cx, struct web *w) { return quotation_paper(cx, w, true); }

static struct view_field selected(struct web *w, const char *name, enum msg label, const struct view_field_option *o, size_t n)
{
	struct view_field f = web_field(w, &quotation_new_form, name, label, NULL);

	f.control = FIELD_SELECT;
	f.options = o;
	f.options_n = n;
	return f;
}

static enum rc plan_field(struct cx *cx, struct web *w, const char *chosen, struct view_quotation_new *m)
{
	struct q_quotation_plans *r;
	size_t n;

	TRY(q_quotation_plans(cx->db, cx->a, &(struct q_quotation_plans_in){ cx->actor.org }, &r, &n));
	struct view_field_option *o = ARENA_ARRAY(cx->a, struct view_field_option, n);
	for (size_t i = 0; i < n; i++) {
		const char *id = arena_printf(cx->a, "%" PRIu64, r[i].id);
		o[i] = (struct view_field_option){ .value = id, .label = arena_printf(cx->a, "%s · %s", r[i].product_name, r[i].name), .chosen = chosen && str_eq(chosen, id) };
		if (o[i].chosen)
			m->chosen = o[i].value;
	}
	struct view_field f = selected(w, "plan", MSG_quotation_plan, o, n);
	f.wide = true;
	m->plan = web_keep(w, f);
	return RC_OK;
}

/* Was this value sent under a name that may come several times? */
static bool sent(const struct web *w, const char *name, const char *value)
{
	for (size_t i = 0; i < w->input.n; i++)
		if (str_eq(w->input.f[i].name, name) && str_eq(w->input.f[i].value, value))
			return true;
	return false;
}

static enum rc duration_field(struct cx *cx, struct web *w, uint64_t plan, struct view_quotation_new *m)
{
	struct q_plan_price_list *r;
	size_t n;

	TRY(q_plan_price_list(cx->db, cx->a, &(struct q_plan_price_list_in){ plan }, &r, &n));
	struct view_field_option *o = ARENA_ARRAY(cx->a, struct view_field_option, n);
	for (size_t i = 0; i < n; i++) {
		o[i].value = choice_duration(cx->a, r[i].duration, r[i].duration_unit);
		o[i].label = phrase_duration(cx->a, cx->lang, (int64_t)r[i].duration, r[i].duration_unit);
		o[i].chosen = sent(w, "duration", o[i].value);
	}
	if (n)
		m->duration = web_keep(w, selected(w, "duration", MSG_checkout_duration, o, n));
	return RC_OK;
}

/* A select for each option of the plan, all under one name. */
static enum rc option_fields(struct cx *cx, struct web *w, uint64_t plan, struct view_quotation_new *m)
{
	struct q_choice_list *r;
	size_t n;

	TRY(q_choice_list(cx->db, cx->a, &(struct q_choice_list_in){ plan }, &r, &n));
	struct view_field *f = ARENA_ARRAY(cx->a, struct view_field, n);
	struct view_field_option *o = ARENA_ARRAY(cx->a, struct view_field_option, n);
	for (size_t i = 0; i < n; i++) {
		o[i].value = arena_printf(cx->a, "%s=%s", r[i].option_code, r[i].code);
		o[i].label = r[i].name;
		o[i].chosen = sent(w, "options", o[i].value);
		if (i && str_eq(r[i - 1].option_code, r[i].option_code)) {
			f[m->options_n - 1].options_n++;
			continue;
		}
		f[m->options_n++] = (struct view_field){ .control = FIELD_SELECT, .id = arena_printf(cx->a, "option-%s", r[i].option_code), .name = "options",
			.label = r[i].option_name, .required = true, .options = &o[i], .options_n = 1 };
	}
	m->options = f;
	return RC_OK;
}

static const struct view_field *field(struct web *w, const char *name, enum msg label, const char *value, enum msg hint)
{
	struct view_field f = web_field(w, &quotation_new_form, name, label, value);

	f.hint = hint ? web_text(w, hint) : NULL;
	return web_keep(w, f);
}

enum rc quotation_new(struct cx *cx, struct web *w)
{
	const struct quotation_plan_in *in = w->in;
	struct view_quotation_new m = { 0 };
	uint64_t plan;

	TRY(plan_field(cx, w, in ? in->plan : NULL, &m));
	if (m.chosen && str_u64(m.chosen, &plan)) {
		TRY(duration_field(cx, w, plan, &m));
		TRY(option_fields(cx, w, plan, &m));
		m.buyer = field(w, "buyer", MSG_quotation_buyer, NULL, MSG_quotation_buyer_hint);
		m.quantity = field(w, "quantity", MSG_checkout_quantity, "1", MSG_NONE);
		m.price = field(w, "price", MSG_quotation_price, NULL, MSG_quotation_price_hint);
		m.until = field(w, "until", MSG_quotation_last_day, NULL, MSG_quotation_last_day_hint);
		m.note = field(w, "note", MSG_quotation_note, NULL, MSG_NONE);
	}
	w->page.title = MSG_quotation_new;
	CRUMBS(w, web_text(w, MSG_quotation_new), { web_text(w, MSG_nav_provider), "/provider" }, { web_text(w, MSG_quotation_all), "/provider/quotations" });
	return web_show(w, tpl_provider_quotation_new, json_quotation_new, &m);
}

enum rc quotation_new_do(struct cx *cx, struct web *w)
{
	const struct quotation_new_in *in = w->in;
	struct quotation_in q = { .buyer = in->buyer, .price = in->price, .until = in->until, .note = in->note ? in->note : "" };
	const char *name = NULL, *error = NULL;
	struct outcome out;

	q.choice = (struct order_choice){ .quantity = in->quantity, .options = choice_options(cx->a, &in->options) };
	if (!str_u64(in->plan, &q.choice.plan) || !choice_duration_read(in->duration, &q.choice.duration, &q.choice.duration_unit))
		return web_refuse(w, "plan", MSG_quotation_plan_none);
	enum rc rc = quotation_make(cx, &q, &name, &error, &out);
	if (rc == RC_INVALID && error)
		return web_refuse(w, name, msg_of(error));
	TRY(rc);
	return web_done(w, &out);
}

enum rc quotation_withdraw_do(struct cx *cx, struct web *w)
{
	struct outcome out;

	TRY(quotation_withdraw(cx, web_param(w, "number"), &out));
	return web_done(w, &out);
}
