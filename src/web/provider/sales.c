/* What a provider sells: CAT-11. */
#include <inttypes.h>

#include "base/time.h"
#include "q_sales.h"
#include "view/phrase.h"
#include "view/sales.h"
#include "web/chart.h"
#include "web/list.h"
#include "web/storefront/product.h"

enum { PRODUCTS_MAX = 50, CHART_WIDTH = 960, CHART_HEIGHT = 240, CHART_LEFT = 84, CHART_TOP = 12, CHART_FOOT = 28, CHART_LINES = 4, LABELS_MAX = 10 };
static const int range_days_of[] = { [SALES_WEEK] = 7, [SALES_MONTH] = 30, [SALES_QUARTER] = 90, [SALES_YEAR] = 365 };

struct sales_in { enum sales_range range; };
FORM(sales_form, struct sales_in,
	ENUM(struct sales_in, range, sales_range, .optional = true))

/* 62.5 % */
static const char *share(struct arena *a, int64_t part, int64_t whole)
{
	int64_t pm = whole ? (part * 1000 + whole / 2) / whole : 0;

	return whole ? arena_printf(a, "%" PRId64 ".%" PRId64 "%%", pm / 10, pm % 10) : "—";
}

static const char *took(struct cx *cx, int64_t seconds, int64_t n)
{
	return n ? phrase_left(cx->a, cx->lang, (struct instant){ 1 }, (struct instant){ 1 + (seconds / n > 60 ? seconds / n : 60) * SECOND_US }) : "—";
}

static struct view_sales_product product_of(struct cx *cx, const struct q_sales_products *r)
{
	return (struct view_sales_product){
		.name = r->name, .slug = r->slug, .placed = r->placed, .sold = r->sold, .conversion = share(cx->a, r->sold, r->placed), .amount = r->amount,
		.refunded = r->refunded, .refund_amount = r->refund_amount, .refund_rate = share(cx->a, r->refunded, r->sold),
		.rating = product_stars(cx->a, r->rating_sum, r->rating_n), .rating_n = (int64_t)r->rating_n, .delivery = took(cx, r->delivery_seconds, r->delivered),
	};
}

static enum rc add_products(struct cx *cx, struct view_sales *m)
{
	struct q_sales_products *r, sum = { .name = "", .slug = "" };
	size_t n;

	TRY(q_sales_products(cx->db, cx->a, &(struct q_sales_products_in){ .provider = cx->actor.org, .from = m->from, .to = m->to, .limit = PRODUCTS_MAX }, &r, &n));
	struct view_sales_product *rows = ARENA_ARRAY(cx->a, struct view_sales_product, n), *total = ARENA_NEW(cx->a, struct view_sales_product);
	for (size_t i = 0; i < n; i++) {
		rows[i] = product_of(cx, &r[i]);
		sum.placed += r[i].placed;
		sum.sold += r[i].sold;
		sum.amount.fen += r[i].amount.fen;
		sum.refunded += r[i].refunded;
		sum.refund_amount.fen += r[i].refund_amount.fen;
		sum.delivered += r[i].delivered;
		sum.delivery_seconds += r[i].delivery_seconds;
		sum.rating_sum += r[i].rating_sum;
		sum.rating_n += r[i].rating_n;
	}
	*total = product_of(cx, &sum);
	m->products = rows;
	m->products_n = n;
	m->total = total;
	return RC_OK;
}

static void draw(struct cx *cx, struct view_sales *m, struct view_sales_day *days, int64_t most)
{
	int64_t room = CHART_HEIGHT - CHART_TOP - CHART_FOOT, top = chart_top(most, CHART_LINES), n = (int64_t)m->days_n, step = (CHART_WIDTH - CHART_LEFT) / n;
	struct view_sales_line *lines = ARENA_ARRAY(cx->a, struct view_sales_line, CHART_LINES + 1);
	char text[TIME_TEXT];

	for (int64_t i = 0; i < n; i++) {
		struct view_sales_day *d = &days[i];
		d->height = d->amount.fen * room / top;
		d->width = step > 3 ? step * 3 / 4 : 2;
		d->x = CHART_LEFT + i * (CHART_WIDTH - CHART_LEFT) / n;
		d->y = CHART_TOP + room - d->height;
		d->label_x = d->x + d->width / 2;
		d->label = i % ((n + LABELS_MAX - 1) / LABELS_MAX) ? NULL : arena_strdup(cx->a, date_text(d->day, text) + 5);
	}
	for (int64_t i = 0; i <= CHART_LINES; i++) {
		int64_t y = CHART_TOP + room - room * i / CHART_LINES;
		lines[i] = (struct view_sales_line){ .amount = { top * i / CHART_LINES }, .y = y, .text_y = y + 4 };
	}
	m->lines = lines;
	m->lines_n = CHART_LINES + 1;
	m->chart_width = CHART_WIDTH;
	m->chart_height = CHART_HEIGHT;
	m->left = CHART_LEFT;
	m->base = CHART_HEIGHT - 8;
}

/* Every day has its place, also those on which nothing was sold. */
static enum rc add_days(struct cx *cx, struct view_sales *m)
{
	struct q_sales_days *r;
	int64_t most = 0;
	size_t n;

	m->days_n = (size_t)(m->to.days - m->from.days) + 1;
	struct view_sales_day *days = ARENA_ARRAY(cx->a, struct view_sales_day, m->days_n);
	TRY(q_sales_days(cx->db, cx->a, &(struct q_sales_days_in){ .provider = cx->actor.org, .from = m->from, .to = m->to }, &r, &n));
	for (size_t i = 0; i < m->days_n; i++)
		days[i].day = (struct date){ m->from.days + (int32_t)i };
	for (size_t i = 0; i < n; i++) {
		struct view_sales_day *d = &days[r[i].day.days - m->from.days];
		d->sold = r[i].sold;
		d->amount = r[i].amount;
		most = d->amount.fen > most ? d->amount.fen : most;
	}
	draw(cx, m, days, most);
	m->days = days;
	return RC_OK;
}

enum rc sales_show(struct cx *cx, struct web *w)
{
	const struct sales_in *in = w->in;
	enum sales_range range = in->range ? in->range : SALES_MONTH;
	struct date today = date_of(cx->now);
	struct view_sales m = { .from = { today.days - range_days_of[range] + 1 }, .to = today, .tabs = LIST_TABS(w, "range", MSG_sales_range, MSG_NONE, sales_range, range) };

	TRY(add_days(cx, &m));
	TRY(add_products(cx, &m));
	w->page.title = MSG_sales_title;
	CRUMBS(w, web_text(w, MSG_sales_title), { web_text(w, MSG_nav_provider), "/provider" });
	return web_show(w, tpl_provider_sales, json_sales, &m);
}
