#include "app/demo.h"

#include <stdlib.h>

#include "app/audit.h"
#include "app/demo_api.h"
#include "app/demo_delivery.h"
#include "app/demo_finance.h"
#include "app/demo_rows.h"
#include "app/demo_voucher.h"
#include "app/product_index.h"
#include "base/id.h"
#include "base/time.h"

enum { PAST_DAYS = 183, MANY_ORDERS = 2000, ORDERS_A_BUYER = 200, BUYERS_MAX = 5000, BUYERS_A_STEP = 200, AGREED_PM = 950 };

struct loading {
	struct cx *cx;
	const struct demo_catalog *catalog;
	struct demo_buyer *buyer;
	size_t buyers, known;
	uint64_t *deals;		/* by product */
	struct demo_teller teller;
	struct demo_writer writer;
};

/* -- buyers -------------------------------------------------------------------------------------------------------- */

static void add_known(struct loading *l)
{
	for (const struct demo_org *o = l->catalog->org; o < l->catalog->org + l->catalog->orgs; o++)
		if (o->kind == ORG_BUYER)
			l->buyer[l->buyers++] = (struct demo_buyer){ o->id, o->paying ? o->paying : o->id, o->person, o->person_name, o->discount_pm, true };
	l->known = l->buyers;
}

/* Buyers without people: they make the store as large as a real one. */
static enum rc put_some(struct tx *tx, void *arg)
{
	struct loading *l = ((void **)arg)[0];
	const struct demo_buyer *first = ((void **)arg)[1], *end = l->buyer + l->buyers;

	for (const struct demo_buyer *b = first; b < end; b++) {
		struct q_demo_org_put_in in = {
			.id = b->id, .kind = ORG_BUYER, .name = b->person_name, .phone = "", .email = "", .discount_pm = b->discount_pm, .now = l->catalog->begun,
		};
		TRY(q_demo_org_put(tx, &in, NULL));
		TRY(q_demo_counter_put(tx, &(struct q_demo_counter_put_in){ b->id }, NULL));
	}
	return RC_OK;
}

static enum rc add_others(struct loading *l, size_t n)
{
	const struct demo_buyer *first = l->buyer + l->buyers;

	for (size_t i = 1; i <= n; i++) {
		const char *name = arena_printf(l->cx->a, "示例采购单位 %04zu", i);
		uint64_t id = demo_id(l->catalog, "org:", name);
		l->buyer[l->buyers++] = (struct demo_buyer){ .id = id, .payer = id, .person_name = name, .discount_pm = i % 4 ? PER_MILLE : AGREED_PM };
		if (i % BUYERS_A_STEP == 0 || i == n) {
			TRY(db_tx(l->cx->db, l->cx->a, put_some, (const void *[]){ l, first }));
			first = l->buyer + l->buyers;
		}
	}
	return RC_OK;
}

static enum rc add_buyers(struct loading *l, uint64_t orders)
{
	uint64_t n = orders < MANY_ORDERS ? 0 : orders / ORDERS_A_BUYER;

	if (n > BUYERS_MAX)
		n = BUYERS_MAX;
	l->buyer = ARENA_ARRAY(l->cx->a, struct demo_buyer, DEMO_ORGS_MAX + n);
	add_known(l);
	return add_others(l, n);
}

/* -- orders -------------------------------------------------------------------------------------------------------- */

static enum rc write_story(struct loading *l, const struct demo_story *s, size_t *mark)
{
	if (s->state == ORDER_COMPLETED)
		l->deals[s->product - l->catalog->product]++;
	demo_write(&l->writer, s);
	if (!demo_batch_full(l->writer.batch))
		return RC_OK;
	TRY(demo_batch_send(l->cx, l->writer.batch));
	arena_release(l->cx->a, *mark);
	return RC_OK;
}

static int by_time(const void *a, const void *b)
{
	const struct demo_story *const *x = a, *const *y = b;

	return ((*x)->placed.us > (*y)->placed.us) - ((*x)->placed.us < (*y)->placed.us);
}

static const struct demo_story **scripted_stories(struct loading *l, size_t n)
{
	struct demo_story *s = ARENA_ARRAY(l->cx->a, struct demo_story, n);
	const struct demo_story **order = ARENA_ARRAY(l->cx->a, const struct demo_story *, n), none = { 0 };

	for (size_t i = 0; i < n; i++) {
		demo_script(&l->teller, i, i ? &s[i - 1] : &none, &s[i]);
		order[i] = &s[i];
	}
	qsort(order, n, sizeof *order, by_time);
	return order;
}

/* In the order of time, which is that of the books. */
static enum rc write_orders(struct loading *l, uint64_t orders)
{
	struct demo_teller *t = &l->teller;
	struct demo_story now;
	size_t scripted = demo_scripted(t), next = 0;

	t->orders = orders > scripted ? orders - scripted : 0;
	const struct demo_story **script = scripted_stories(l, scripted);
	size_t mark = arena_mark(l->cx->a);
	for (uint64_t i = 0; i < t->orders; i++) {
		demo_story(t, i, &now);
		while (next < scripted && script[next]->placed.us < now.placed.us)
			TRY(write_story(l, script[next++], &mark));
		TRY(write_story(l, &now, &mark));
	}
	while (next < scripted)
		TRY(write_story(l, script[next++], &mark));
	TRY(demo_batch_send(l->cx, l->writer.batch));
	arena_release(l->cx->a, mark);
	return RC_OK;
}

static enum rc put_deals(struct tx *tx, void *arg)
{
	const struct loading *l = arg;

	TRY(q_demo_ordered_plan_fill(tx, NULL));
	for (size_t i = 0; i < l->catalog->products; i++)
		if (l->deals[i]) {
			TRY(q_demo_deal_add(tx, &(struct q_demo_deal_add_in){ l->catalog->product[i].id, l->deals[i] }, NULL));
			TRY(product_index(l->cx, tx, l->catalog->product[i].id));
		}
	TRY(q_demo_bill_put(tx, NULL));
	TRY(demo_deliveries(l->cx, tx));
	return q_demo_sales_put(tx, NULL);
}

static enum rc seal_history(struct cx *cx, struct instant from)
{
	size_t mark = arena_mark(cx->a);
	uint64_t at = id_floor(from);
	bool more = true;

	while (more) {
		TRY(audit_seal(cx, &at, &more));
		arena_release(cx->a, mark);
	}
	return RC_OK;
}

static enum rc put_tags(struct tx *tx, void *arg)
{
	const struct loading *l = arg;

	for (const struct demo_buyer *b = l->buyer; b < l->buyer + l->known; b++)
		TRY(q_demo_tag_put(tx, &(struct q_demo_tag_put_in){ b->id }, NULL));
	return RC_OK;
}

/* Messages read and unread, and a letter that failed. */
static enum rc put_messages(struct tx *tx, void *arg)
{
	struct loading *l = arg;
	struct q_demo_message_put_in in = {
		.roles = SET_OF(ROLE_OWNER), .since = instant_add(l->cx->now, -20 * DAY_US), .read_before = instant_add(l->cx->now, -3 * DAY_US),
	};

	TRY(q_demo_message_put(tx, &in, NULL));
	TRY(q_demo_inbox_put(tx, NULL));
	TRY(q_demo_letter_put(tx, NULL));
	return q_demo_letter_try(tx, NULL);
}

static enum rc load_orders(struct loading *l, const struct demo_in *in)
{
	struct cx *cx = l->cx;
	struct instant from = instant_add(cx->now, -PAST_DAYS * DAY_US), open = instant_add(l->catalog->begun, 7 * DAY_US);

	if (from.us < open.us)
		from = open;
	TRY(add_buyers(l, in->orders));
	l->deals = ARENA_ARRAY(cx->a, uint64_t, DEMO_PRODUCTS_MAX);
	l->teller = (struct demo_teller){
		.catalog = l->catalog, .buyers = l->buyer, .buyers_n = l->buyers, .known_n = l->known, .seed = in->seed,
		.from = from, .now = cx->now, .order_hours = (int)cx->conf->platform_order_hours,
	};
	l->writer = (struct demo_writer){ .cx = cx, .batch = ARENA_NEW(cx->a, struct demo_batch), .now = cx->now };
	TRY(seal_key_from(cx->conf->platform_secret, &l->writer.key));
	TRY(write_orders(l, in->orders));
	TRY(db_tx(cx->db, cx->a, put_deals, l));
	TRY(db_tx(cx->db, cx->a, put_tags, l));
	TRY(db_tx(cx->db, cx->a, put_messages, l));
	TRY(demo_api_quotas(cx));
	for (const struct demo_buyer *b = l->buyer; b < l->buyer + l->known; b++)
		TRY(demo_api_calls(cx, b->id));
	for (const struct demo_buyer *b = l->buyer; b < l->buyer + l->known; b++)
		if (b->payer == b->id)
			TRY(demo_vouchers(cx, b->id));
	TRY(demo_finance(cx, l->catalog));
	return seal_history(cx, from);
}

enum rc demo_load(struct cx *cx, const struct demo_in *in, struct demo_out *out)
{
	struct demo_catalog *c = ARENA_NEW(cx->a, struct demo_catalog);
	struct loading l = { .cx = cx, .catalog = c };
	struct q_demo_order_any *any;
	size_t n;

	TRY(q_demo_order_any(cx->db, cx->a, &any, &n));
	if (n && in->orders && !in->force)
		return RC_CONFLICT;
	TRY(demo_catalog(cx, in->folder, c));
	if (in->orders)
		TRY(load_orders(&l, in));
	*out = (struct demo_out){
		.orgs = c->orgs, .persons = c->persons, .products = c->products, .buyers = l.buyers - l.known,
		.orders = in->orders ? l.teller.orders + demo_scripted(&l.teller) : 0,
	};
	return RC_OK;
}
