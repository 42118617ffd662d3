/* The pages on which a server is put together. */
#include <inttypes.h>

#include "base/money.h"
#include "base/str.h"
#include "view/phrase.h"
#include "web/buyer/checkout_server.h"
#include "web/list.h"

enum { IMAGES_SHOWN = 40, GROUPS_MAX = 40 };

/* On which step an option is chosen. */
static enum server_step step_of(const char *option)
{
	static const struct { const char *begins; enum server_step step; } known[] = {
		{ "region", STEP_MACHINE }, { "zone", STEP_MACHINE }, { "machine", STEP_MACHINE }, { "cpu", STEP_MACHINE },
		{ "security", STEP_SECURITY }, { "login", STEP_SECURITY },
	};

	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (str_prefix(option, known[i].begins))
			return known[i].step;
	return STEP_STORAGE;
}

/* The page that is being made; radios go to its last group. */
struct page {
	const struct server_making *k;
	struct view_checkout_server *m;
	struct view_checkout_group *groups;
	struct view_checkout_radio *radios;
};

static void begin_group(struct page *p, const char *field, const char *label, size_t most, bool cards)
{
	p->radios = ARENA_ARRAY(p->k->cx->a, struct view_checkout_radio, most);
	p->groups[p->m->groups_n++] = (struct view_checkout_group){ .field = field, .label = label, .radios = p->radios, .cards = cards };
}

static void add_radio(struct page *p, struct view_checkout_radio radio)
{
	p->radios[p->groups[p->m->groups_n - 1].radios_n++] = radio;
}

/* The options of an item that belong to the step; of an image, all of them. */
static void add_options(struct page *p, size_t i)
{
	const struct server_making *k = p->k;
	const struct order_quote *q = &k->items[i].quote;
	struct arena *a = k->cx->a;

	for (size_t c = 0; c < q->choices_n; c++) {
		const struct q_choice_list *ch = &q->choices[c];
		if (i ? k->step != STEP_IMAGE : step_of(ch->option_code) != k->step)
			continue;
		if (!c || !str_eq(ch->option_code, ch[-1].option_code))
			begin_group(p, arena_printf(a, "%s:%s", form_name(a, "options", i + 1), ch->option_code), ch->option_name, q->choices_n, false);
		add_radio(p, (struct view_checkout_radio){
			.value = ch->code, .label = ch->name, .face = choice_effect(a, ch->effect_fen, ch->effect_pm),
			.chosen = choice_has(k->items[i].choice.options, ch->option_code, ch->code),
		});
	}
}

static void add_durations(struct page *p, size_t i)
{
	const struct server_making *k = p->k;
	const struct order_quote *q = &k->items[i].quote;
	struct arena *a = k->cx->a;

	if (!q->prices_n)
		return;
	begin_group(p, form_name(a, "duration", i + 1), web_text(k->w, i ? MSG_checkout_server_image_duration : MSG_checkout_duration), q->prices_n, false);
	for (size_t n = 0; n < q->prices_n; n++) {
		const char *value = choice_duration(a, q->prices[n].duration, q->prices[n].duration_unit);
		add_radio(p, (struct view_checkout_radio){
			.value = value, .label = phrase_duration(a, k->cx->lang, (int64_t)q->prices[n].duration, q->prices[n].duration_unit),
			.chosen = str_eq(value, k->in_items[i].duration),
		});
	}
}

static const char *price_text(struct arena *a, struct web *w, struct money price)
{
	char amount[MONEY_TEXT];

	if (!price.fen)
		return web_text(w, MSG_product_free);
	return MSG_FILL(a, w->cx->lang, MSG_product_from, { "price", arena_printf(a, "¥%s", money_text(price, true, amount)) });
}

static void add_plans(struct page *p)
{
	const struct server_making *k = p->k;
	struct arena *a = k->cx->a;

	begin_group(p, "plan", web_text(k->w, MSG_checkout_server_machine), k->plans_n, true);
	for (size_t i = 0; i < k->plans_n; i++) {
		const struct q_server_plan_list *l = &k->plans[i];
		const char *id = arena_printf(a, "%" PRIu64, l->id);
		add_radio(p, (struct view_checkout_radio){
			.value = id, .label = l->name, .hint = arena_printf(a, "%s · %s", l->product_name, l->summary), .face = price_text(a, k->w, l->price),
			.chosen = str_eq(id, k->in_items[0].plan),
		});
	}
}

/* None, those that fit what is searched for, and the chosen one if it is not among them. */
static enum rc add_images(struct page *p)
{
	const struct server_making *k = p->k;
	struct q_image_plan_list_in in = { .like = k->in->q ? list_like(k->cx->a, k->in->q) : NULL, .limit = IMAGES_SHOWN };
	const char *chosen = k->n == 2 ? k->in_items[1].plan : "";
	struct arena *a = k->cx->a;
	struct q_image_plan_list *rows;
	bool seen = k->n == 1;
	size_t n;

	TRY(q_image_plan_list(k->cx->db, a, &in, &rows, &n));
	begin_group(p, "plan.2", web_text(k->w, MSG_checkout_server_image), n + 2, true);
	add_radio(p, (struct view_checkout_radio){
		.value = "", .label = web_text(k->w, MSG_checkout_server_no_image), .hint = web_text(k->w, MSG_checkout_server_no_image_hint), .face = "—", .chosen = seen,
	});
	for (size_t i = 0; i < n; i++) {
		const char *id = arena_printf(a, "%" PRIu64, rows[i].id);
		seen |= str_eq(id, chosen);
		add_radio(p, (struct view_checkout_radio){
			.value = id, .label = arena_printf(a, "%s · %s", rows[i].product_name, rows[i].name), .hint = rows[i].summary,
			.face = price_text(a, k->w, rows[i].price), .chosen = str_eq(id, chosen),
		});
	}
	if (!seen) {
		const struct q_plan_for_sale *s = &k->items[1].quote.sale;
		add_radio(p, (struct view_checkout_radio){ .value = chosen, .label = arena_printf(a, "%s · %s", s->product_name, s->plan_name), .hint = "", .face = "✓", .chosen = true });
	}
	p->m->none = !n;
	return RC_OK;
}

static void add_host(const struct server_making *k, struct view_checkout_server *m)
{
	const struct q_plan_for_sale *s = &k->items->quote.sale;
	struct view_field name = web_field(k->w, &checkout_item_form, "name", MSG_checkout_server_name, NULL);
	struct view_field quantity = web_field(k->w, &checkout_item_form, "quantity", MSG_checkout_quantity, arena_printf(k->cx->a, "%" PRId64, k->in_items[0].quantity));

	name.hint = web_text(k->w, MSG_checkout_name_hint);
	m->name = web_keep(k->w, name);
	quantity.type = "number";
	quantity.required = true;
	quantity.hint = MSG_FILL(k->cx->a, k->cx->lang, MSG_product_range, { "min", arena_printf(k->cx->a, "%" PRIu64, s->quantity_min) },
				 { "max", arena_printf(k->cx->a, "%" PRIu64, s->quantity_max) });
	if (k->n == 1 && s->quantity_max > 1)
		m->quantity = web_keep(k->w, quantity);
}

static enum rc add_image_step(struct page *p)
{
	struct view_field q = web_field(p->k->w, &checkout_server_form, "q", MSG_checkout_server_q, NULL);

	q.type = "search";
	p->m->q = web_keep(p->k->w, q);
	TRY(add_images(p));
	if (p->k->n == 2) {
		add_durations(p, 1);
		add_options(p, 1);
	}
	return RC_OK;
}

static enum rc add_step(struct page *p)
{
	if (p->k->step == STEP_IMAGE)
		return add_image_step(p);
	if (p->k->step == STEP_MACHINE)
		add_plans(p);
	if (p->k->step == STEP_SECURITY) {
		add_durations(p, 0);
		add_host(p->k, p->m);
	}
	add_options(p, 0);
	return RC_OK;
}

const struct view_checkout_sum *server_sum(const struct server_making *k)
{
	struct cx *cx = k->cx;
	struct view_checkout_sum *m = ARENA_NEW(cx->a, struct view_checkout_sum);
	struct view_checkout_sum_row *rows = ARENA_ARRAY(cx->a, struct view_checkout_sum_row, 2);

	for (size_t i = 0; i < k->n; i++) {
		const struct checkout_item *x = &k->items[i];
		const struct order_quote *q = &x->quote;
		rows[i] = (struct view_checkout_sum_row){
			.name = arena_printf(cx->a, "%s · %s", q->sale.product_name, q->sale.plan_name), .details = checkout_options(cx, &x->choice, q),
			.duration = phrase_duration(cx->a, cx->lang, x->choice.duration, x->choice.duration_unit), .amount = q->price.total,
			.error = q->error ? web_text(k->w, msg_of(q->error)) : NULL,
		};
		m->total = money_add(m->total, q->price.total);
		if (q->error)
			m->field = form_name(cx->a, q->error_field, i + 1);
	}
	m->rows = rows;
	m->rows_n = k->n;
	return m;
}

/* What is chosen on other steps goes along unseen. */
static void add_hidden(const struct server_making *k, struct view_checkout_server *m)
{
	size_t n;
	const struct view_hidden *all = checkout_fields(k->cx->a, &(struct items){ k->in_items, k->n }, true, &n);
	struct view_hidden *h = ARENA_ARRAY(k->cx->a, struct view_hidden, n);

	for (size_t i = 0; i < n; i++) {
		bool shown = (m->name && str_eq(all[i].name, "name")) || (m->quantity && str_eq(all[i].name, "quantity"));
		for (size_t g = 0; g < m->groups_n && !shown; g++) {
			const char *field = m->groups[g].field, *option = strchr(field, ':');
			size_t len = option ? (size_t)(option - field) : strlen(field);
			shown = !strncmp(all[i].name, field, len) && !all[i].name[len] &&
				(!option || (str_prefix(all[i].value, option + 1) && all[i].value[strlen(option + 1)] == '='));
		}
		if (!shown)
			h[m->hidden_n++] = all[i];
	}
	m->hidden = h;
	m->review = checkout_address(k->cx->a, k->at->review, all, n);
}

static const struct view_steps *steps(const struct server_making *k)
{
	static const enum msg labels[] = {
		MSG_checkout_server_machine_step, MSG_checkout_server_image_step, MSG_checkout_server_storage_step, MSG_checkout_server_security_step,
		MSG_checkout_server_confirm_step,
	};
	struct view_step *s = ARENA_ARRAY(k->cx->a, struct view_step, STEP_CONFIRM);
	struct view_steps *m = ARENA_NEW(k->cx->a, struct view_steps);

	for (int i = 0; i < STEP_CONFIRM; i++)
		s[i] = (struct view_step){ .label = web_text(k->w, labels[i]), .done = i + 1 < (int)k->step, .current = i + 1 == (int)k->step };
	*m = (struct view_steps){ s, STEP_CONFIRM };
	return m;
}

enum rc server_view(struct server_making *k, struct view_checkout_server *m)
{
	if (k->step == STEP_CONFIRM)
		k->step = STEP_SECURITY;
	m->step = k->step;
	struct page p = { .k = k, .m = m, .groups = ARENA_ARRAY(k->cx->a, struct view_checkout_group, GROUPS_MAX) };
	m->groups = p.groups;
	m->sum = server_sum(k);
	if (m->sum->field && !k->w->errors.n)
		TRY(list_refuse(k->w, m->sum->field, msg_of(k->items[m->sum->rows[0].error ? 0 : 1].quote.error)));
	TRY(add_step(&p));
	m->steps = steps(k);
	m->heading = m->steps->items[k->step - 1].label;
	m->path = k->at->server;
	m->place = k->at->review;
	m->price_path = arena_printf(k->cx->a, "%s/price", k->at->server);
	m->back = k->step > STEP_MACHINE ? (int64_t)k->step - 1 : 0;
	m->next = k->step < STEP_SECURITY ? (int64_t)k->step + 1 : 0;
	add_hidden(k, m);
	return RC_OK;
}
