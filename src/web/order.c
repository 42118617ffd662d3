#include "web/order.h"

#include "base/id.h"
#include "base/str.h"
#include "base/time.h"
#include "db/db.h"
#include "view/phrase.h"
#include "web/export.h"

const char *order_summary(struct cx *cx, const char *plan, const char *unit, uint64_t quantity, uint64_t duration,
		enum time_unit duration_unit)
{
	return phrase_plan(cx->a, cx->lang, &(struct phrase_plan){ plan, unit, quantity, (int64_t)duration,
		duration_unit });
}

/* What happens next, below the state. */
static const char *sub_of(struct cx *cx, const struct view_order_item *m)
{
	const char *left = m->state == ORDER_TO_PAY ? phrase_left(cx->a, cx->lang, cx->now, m->deadline_at) : "";

	if (*left)
		return MSG_FILL(cx->a, cx->lang, MSG_order_list_lapses, { "left", left });
	return m->state == ORDER_PROCESSING ? msg_text(cx->lang, MSG_order_list_processing) : NULL;
}

void order_cells(struct export *x, struct cx *cx, const struct view_order_item *m)
{
	export_text(x, msg_text(cx->lang, (enum msg)order_kind_msg[m->kind]));
	export_text(x, msg_text(cx->lang, (enum msg)order_state_msg[m->state]));
	export_text(x, m->product_name);
	export_text(x, m->plan_name);
	export_text(x, m->provider_name);
	export_i64(x, (int64_t)m->quantity);
	export_text(x, m->unit);
	export_text(x, phrase_duration(cx->a, cx->lang, (int64_t)m->duration, m->duration_unit));
}

void order_item_tell(struct cx *cx, struct view_order_item *m, const char *base)
{
	m->href = arena_printf(cx->a, "%s/%s", base, m->number);
	m->summary = order_summary(cx, m->plan_name, m->unit, m->quantity, m->duration, m->duration_unit);
	m->tone = tone_order(m->state);
	m->sub = sub_of(cx, m);
	m->reduced = m->payable.fen < m->list_total.fen;
}

/* The digits of a number in their order: year (of those that ids can hold), month, day, hour, minute, second, and ten thousandths of it. */
enum { PARTS = 7, TICK_US = 100 };
static const struct { int len, min, max; } parts[PARTS] = {
	{ 4, 2020, 2089 }, { 2, 1, 12 }, { 2, 1, 31 }, { 2, 0, 23 }, { 2, 0, 59 }, { 2, 0, 59 }, { 4, 0, 9999 },
};

/* The first moment (filled up with '0') or the last ('9') that begins so; false: none does. */
static bool moment(const char *digits, char fill, struct instant *t)
{
	int v[PARTS], have = (int)strlen(digits);

	for (int i = 0, at = 0; i < PARTS; at += parts[i++].len) {
		int max = i == 2 ? month_days(v[0], v[1]) : parts[i].max;
		v[i] = 0;
		for (int k = at; k < at + parts[i].len; k++)
			v[i] = v[i] * 10 + ((k < have ? digits[k] : fill) - '0');
		if (at + parts[i].len > have && (fill == '0' ? v[i] < parts[i].min : v[i] > max))
			v[i] = fill == '0' ? parts[i].min : max;
		if (v[i] < parts[i].min || v[i] > max)
			return false;
	}
	*t = civil_instant((struct civil){ .year = v[0], .month = v[1], .day = v[2], .hour = v[3], .minute = v[4],
		.second = v[5], .us = v[6] * TICK_US });
	return true;
}

bool order_number_ids(const char *digits, struct id_range *ids)
{
	struct instant first, last;

	if (!str_digits(digits, parts[0].len, NUMBER_LEN) || !moment(digits, '0', &first) || !moment(digits, '9', &last))
		return false;
	*ids = (struct id_range){ id_floor(first), id_floor(instant_add(last, TICK_US)) };
	return ids->from < ids->to;
}

enum msg order_number_wrong(const char *q)
{
	return str_digits(q, 4, NUMBER_LEN) ? MSG_NONE : MSG_order_list_number_wrong;
}

enum rc order_range(struct cx *cx, struct web *w, const char *number, enum date_range range, struct date from,
		struct date to, struct id_range *ids)
{
	struct q_order_list_number found;
	struct id_range wanted = { 0 };

	*ids = (struct id_range){ 0 };
	if (!range_days(range, date_of(cx->now), &from, &to))
		return list_refuse(w, "to", MSG_list_range_year);
	*ids = range_ids(from, to);
	if (!number || !*number)
		return RC_OK;
	enum rc rc = q_order_list_number(cx->db, cx->a, &(struct q_order_list_number_in){ number }, &found);
	if (rc == RC_OK)
		wanted = (struct id_range){ found.id, found.id + 1 };
	else if (rc != RC_NOT_FOUND)
		return rc;
	else if (strlen(number) < NUMBER_LEN)
		(void)order_number_ids(number, &wanted);
	*ids = rc == RC_OK && !range ? wanted : range_both(*ids, wanted);
	return RC_OK;
}

const struct view_tabs *order_state_tabs(struct cx *cx, const struct web *w, enum order_state chosen, const int64_t *counts)
{
	struct view_tab *t = ARENA_ARRAY(cx->a, struct view_tab, order_state_n + 1);
	struct view_tabs *tabs = ARENA_NEW(cx->a, struct view_tabs);
	size_t n = 1;

	t[0] = list_tab(w, "state", NULL, web_text(w, MSG_list_all), !chosen);
	t[0].counted = counts;
	for (int i = 1; i <= order_state_n; i++) {
		bool rare = i == ORDER_TO_CONFIRM || i == ORDER_IN_REVIEW || i == ORDER_REFUNDING;
		if (counts)
			t[0].count += counts[i];
		if (counts && !counts[i] && rare && i != (int)chosen)
			continue;
		t[n] = list_tab(w, "state", order_state_enum.names[i], web_text(w, (enum msg)order_state_msg[i]),
			i == (int)chosen);
		t[n].counted = counts;
		t[n++].count = counts ? counts[i] : 0;
	}
	*tabs = (struct view_tabs){ web_text(w, MSG_order_list_state), t, n };
	return tabs;
}
