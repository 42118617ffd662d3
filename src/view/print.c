#include "view/print.h"

#include <assert.h>

#include "base/money.h"
#include "base/time.h"

void print_str(struct out *o, const char *s)
{
	if (s)
		out_text(o, s);
}

void print_int(struct out *o, int v) { out_i64(o, v); }
void print_i64(struct out *o, int64_t v) { out_i64(o, v); }

void print_u64(struct out *o, uint64_t v)
{
	assert(v <= INT64_MAX);
	out_i64(o, (int64_t)v);
}

void print_msg(struct out *o, enum msg id) { out_text(o, msg_text(o->lang, id)); }
void print_bool(struct out *o, bool v) { print_msg(o, v ? MSG_bool_yes : MSG_bool_no); }

void print_label(struct out *o, const struct enum_def *d, const uint16_t *labels, int v)
{
	assert(v >= 0 && v <= d->n);
	if (labels[v])
		print_msg(o, (enum msg)labels[v]);
	else
		print_code(o, d, v);
}

void print_code(struct out *o, const struct enum_def *d, int v)
{
	assert(v >= 0 && v <= d->n);
	out_str(o, enum_name(d, v));
}

void print_href(struct out *o, const char *s)
{
	if (s)
		out_href(o, s);
}

void print_url(struct out *o, const char *s)
{
	if (s)
		out_url(o, s);
}

void print_money(struct out *o, struct money m) { out_str(o, money_text(m, true, (char[MONEY_TEXT]){ 0 })); }
void print_plain(struct out *o, struct money m) { out_str(o, money_text(m, false, (char[MONEY_TEXT]){ 0 })); }

void print_yuan(struct out *o, struct money m)
{
	if (m.fen < 0)
		out_lit(o, "−");
	out_lit(o, "¥");
	print_money(o, m.fen < 0 ? money_neg(m) : m);
}

static void print_two(struct out *o, int v) { out_bytes(o, (char[]){ (char)('0' + v / 10), (char)('0' + v % 10) }, 2); }

void print_day(struct out *o, struct instant t)
{
	if (t.us)
		print_date(o, date_of(t));
}

void print_date(struct out *o, struct date d)
{
	if (d.days)
		out_str(o, date_text(d, (char[TIME_TEXT]){ 0 }));
}

void print_clock(struct out *o, struct instant t)
{
	if (!t.us)
		return;
	struct civil c = civil_of(t);
	print_two(o, c.hour);
	out_lit(o, ":");
	print_two(o, c.minute);
	out_lit(o, ":");
	print_two(o, c.second);
}

void print_instant(struct out *o, struct instant t)
{
	if (t.us)
		out_str(o, instant_text(t, (char[TIME_TEXT]){ 0 }));
}

void print_rfc3339(struct out *o, struct instant t)
{
	if (t.us)
		out_str(o, instant_rfc3339(t, (char[TIME_TEXT]){ 0 }));
}
