/* The rows of bills: what was paid, and of what (MON-14). */
#include <inttypes.h>

#include "base/id.h"
#include "base/time.h"
#include "view/phrase.h"
#include "web/buyer/bill.h"
#include "web/order.h"

#define LATE_US MINUTE_US	/* an id can be so much later than what it is an entry of */

struct bill_month bill_month_of(struct date day)
{
	struct civil c = date_civil(day);

	return (struct bill_month){ date_make(c.year, c.month, 1), date_make(c.year + c.month / 12, c.month % 12 + 1, 1) };
}

struct bill_month bill_month_before(struct bill_month m, int n)
{
	while (n-- > 0)
		m = bill_month_of((struct date){ m.first.days - 1 });
	return m;
}

const char *bill_month_text(struct arena *a, struct date first)
{
	struct civil c = date_civil(first);

	return arena_printf(a, "%04d-%02d", c.year, c.month);
}

enum rc bill_find(struct cx *cx, struct bill_month month, uint64_t before, size_t limit, struct q_bill_list **rows, size_t *n)
{
	struct instant begin = date_begin(month.first), end = date_begin(month.next);

	return q_bill_list(cx->db, cx->a, &(struct q_bill_list_in){
		.org = cx->actor.org, .from_id = id_floor(begin), .to_id = id_floor(instant_add(end, LATE_US)), .before = before, .begin = begin, .end = end,
		.limit = (int32_t)limit,
	}, rows, n);
}

/* -- one entry ----------------------------------------------------------------------------------------------------- */

/* What the price says beside the sum that was paid; of a refund nothing, as what goes back is what was paid. */
static void add_price(struct cx *cx, const struct q_bill_list *r, struct view_bill_item *m)
{
	size_t n;
	const struct view_price_row *line = order_price_rows(cx, r->price, NULL, &n);

	m->payable = money_add(money_add(r->cash, r->gift), money_add(r->voucher, r->card));
	for (size_t i = 0; i < n && r->kind == JOURNAL_ORDER_PAY; i++) {
		struct money *to = line[i].kind == PRICE_COUPON ? &m->coupon : &m->discount;
		if (line[i].amount.fen < 0)
			*to = money_sub(*to, line[i].amount);
	}
	m->list = money_add(m->payable, money_add(m->discount, m->coupon));
}

/* Prices contain it: payable × rate / (1 + rate), rounded once. */
static struct money tax_of(struct money payable, uint64_t pm)
{
	struct money tax = { 0 };

	return money_ratio(payable, (int64_t)pm, PER_MILLE + (int64_t)pm, &tax) ? tax : fen(0);
}

static struct view_bill_item item_of(struct cx *cx, const struct q_bill_list *r)
{
	const char *length = phrase_duration(cx->a, cx->lang, (int64_t)r->duration, r->duration_unit);
	struct view_bill_item m = {
		.at = r->booked_at, .kind = r->kind, .order = r->order_number, .refunds = r->refunds, .category = cx->lang == LANG_EN ? r->category_en : r->category_zh,
		.product = r->product_name, .plan = r->plan_name, .buyer = r->buyer_id == cx->actor.org ? NULL : r->buyer_name, .mode = r->billing_mode,
		.usage = arena_printf(cx->a, "%" PRIu64 " %s%s%s", r->quantity, r->unit, *length ? " × " : "", length), .voucher = r->voucher, .card = r->card,
		.cash = r->cash, .gift = r->gift, .provider = r->provider_name, .payment = r->payment_number,
	};

	add_price(cx, r, &m);
	m.tax = tax_of(m.payable, r->tax_pm);
	return m;
}

/* -- by resource --------------------------------------------------------------------------------------------------- */

/* Every amount of an item, that the parts must sum to; payable and list follow from them. */
#define AMOUNTS(A) A(voucher) A(card) A(cash) A(gift) A(discount) A(coupon) A(tax)

/* By weight, exact to the fen, whichever way the money went. */
static void split(struct money total, const int64_t *weights, size_t n, struct money *parts)
{
	money_split(fen(total.fen < 0 ? -total.fen : total.fen), weights, n, parts);
	for (size_t i = 0; i < n && total.fen < 0; i++)
		parts[i] = money_neg(parts[i]);
}

static void cut(struct cx *cx, const struct view_bill_item *whole, const struct q_bill_lines *l, size_t n, struct view_bill_item *to)
{
	int64_t *weights = ARENA_ARRAY(cx->a, int64_t, n), sum = 0;
	struct money *parts = ARENA_ARRAY(cx->a, struct money, n);

	for (size_t i = 0; i < n; i++)
		sum += weights[i] = l[i].amount.fen;
	for (size_t i = 0; i < n && !sum; i++)
		weights[i] = 1;
	for (size_t i = 0; i < n; i++) {
		to[i] = *whole;
		to[i].resource = l[i].resource_name ? l[i].resource_name : l[i].name;
		to[i].begin = l[i].begin_at;
		to[i].end = l[i].end_at;
	}
#define CUT(name) \
	split(whole->name, weights, n, parts); \
	for (size_t i = 0; i < n; i++) \
		to[i].name = parts[i];
	AMOUNTS(CUT)
	for (size_t i = 0; i < n; i++) {
		to[i].payable = money_add(money_add(to[i].cash, to[i].gift), money_add(to[i].voucher, to[i].card));
		to[i].list = money_add(to[i].payable, money_add(to[i].discount, to[i].coupon));
	}
}

static enum rc lines_of(struct cx *cx, const struct q_bill_list *rows, size_t n, struct q_bill_lines **lines, size_t *lines_n)
{
	struct out o = { 0 };

	for (size_t i = 0; i < n; i++)
		out_printf(&o, "%s%" PRIu64, i ? "," : "[", rows[i].order_id);
	out_lit(&o, "]");
	const char *ids = arena_dup(cx->a, o.p, o.n);
	out_free(&o);
	return q_bill_lines(cx->db, cx->a, &(struct q_bill_lines_in){ .orders = ids }, lines, lines_n);
}

enum rc bill_items(struct cx *cx, bool detail, const struct q_bill_list *rows, size_t n, const struct view_bill_item **items, size_t *items_n)
{
	struct q_bill_lines *l = NULL;
	size_t lines_n = 0, k = 0;

	if (detail && n)
		TRY(lines_of(cx, rows, n, &l, &lines_n));
	struct view_bill_item *m = ARENA_ARRAY(cx->a, struct view_bill_item, n + lines_n);
	for (size_t i = 0; i < n; i++) {
		struct view_bill_item whole = item_of(cx, &rows[i]);
		size_t first = 0, parts;
		while (first < lines_n && l[first].order_id != rows[i].order_id)
			first++;
		for (parts = 0; first + parts < lines_n && l[first + parts].order_id == rows[i].order_id; parts++)
			;
		if (parts)
			cut(cx, &whole, &l[first], parts, &m[k]);
		else
			m[k] = whole;
		k += parts ? parts : 1;
	}
	*items = m;
	*items_n = k;
	return RC_OK;
}

/* -- columns ------------------------------------------------------------------------------------------------------- */

static struct bill_value text(const char *s) { return (struct bill_value){ .kind = BILL_TEXT, .text = s ? s : "" }; }
static struct bill_value digits(const char *s) { return (struct bill_value){ .kind = BILL_DIGITS, .text = s ? s : "" }; }
static struct bill_value amount(struct money m) { return (struct bill_value){ .kind = BILL_MONEY, .money = m }; }

static struct bill_value period(struct cx *cx, const struct view_bill_item *m)
{
	char begin[TIME_TEXT], end[TIME_TEXT];

	if (!m->begin.us)
		return text("");
	return text(arena_printf(cx->a, "%s%s%s", date_text(date_of(m->begin), begin), m->end.us ? " – " : "", m->end.us ? date_text(date_of(m->end), end) : ""));
}

struct bill_value bill_value(struct cx *cx, const struct view_bill_item *m, enum bill_column c)
{
	switch (c) {
	case BILL_AT:       return (struct bill_value){ .kind = BILL_INSTANT, .at = m->at };
	case BILL_KIND:     return text(msg_text(cx->lang, (enum msg)journal_kind_msg[m->kind]));
	case BILL_ORDER:    return digits(m->order);
	case BILL_CATEGORY: return text(m->category);
	case BILL_PRODUCT:  return text(arena_printf(cx->a, "%s · %s", m->product, m->plan));
	case BILL_RESOURCE: return text(m->resource);
	case BILL_BUYER:    return text(m->buyer);
	case BILL_MODE:     return text(msg_text(cx->lang, (enum msg)billing_mode_msg[m->mode]));
	case BILL_USAGE:    return text(m->usage);
	case BILL_PERIOD:   return period(cx, m);
	case BILL_LIST:     return amount(m->list);
	case BILL_DISCOUNT: return amount(m->discount);
	case BILL_COUPON:   return amount(m->coupon);
	case BILL_PAYABLE:  return amount(m->payable);
	case BILL_VOUCHER:  return amount(m->voucher);
	case BILL_CARD:     return amount(m->card);
	case BILL_CASH:     return amount(m->cash);
	case BILL_GIFT:     return amount(m->gift);
	case BILL_TAX:      return amount(m->tax);
	case BILL_PROVIDER: return text(m->provider);
	case BILL_PAYMENT:  return digits(m->payment);
	}
	return text("");
}

/* Until somebody chooses: what fits on a page. */
#define COLUMNS_FIRST (SET_OF(BILL_AT) | SET_OF(BILL_KIND) | SET_OF(BILL_ORDER) | SET_OF(BILL_PRODUCT) | SET_OF(BILL_RESOURCE) | SET_OF(BILL_PERIOD) | \
	SET_OF(BILL_LIST) | SET_OF(BILL_DISCOUNT) | SET_OF(BILL_COUPON) | SET_OF(BILL_PAYABLE) | SET_OF(BILL_VOUCHER) | SET_OF(BILL_CASH))

enum rc bill_columns(struct cx *cx, bool detail, uint64_t *columns)
{
	struct q_bill_choice *r;
	size_t n;

	TRY(q_bill_choice(cx->db, cx->a, &(struct q_bill_choice_in){ .person = cx->actor.person }, &r, &n));
	*columns = n ? r->columns : COLUMNS_FIRST;
	for (int c = 1; c <= bill_column_n && !detail; c++)
		if (bill_of_resource((enum bill_column)c))
			*columns &= ~(uint64_t)SET_OF(c);
	return RC_OK;
}
