#include "app/demo_catalog.h"
#include "base/id.h"
#include "base/money.h"
#include "base/str.h"
#include "base/time.h"
#include "db/db.h"
#include "domain/coupon.h"
#include "q_demo.h"

enum { CLAIMS_MAX = 8 };

struct rows {
	struct q_demo_coupon_put_in coupon;
	struct q_demo_coupon_product_put_in product[DEMO_PRODUCTS_MAX];
	struct q_demo_claim_put_in claim[CLAIMS_MAX];
	size_t products, claims;
};

static enum rc put_coupon(struct tx *tx, void *arg)
{
	const struct rows *r = arg;

	TRY(q_demo_coupon_put(tx, &r->coupon, NULL));
	if (r->products)
		TRY(q_demo_coupon_product_put(tx, r->product, r->products));
	return r->claims ? q_demo_claim_put(tx, r->claim, r->claims) : RC_OK;
}

static int64_t whole(const char *text)
{
	int64_t n = 0;
	bool minus = text && *text == '-';

	if (!text || !str_i64(text + minus, &n))
		demo_bad("not a number", text ? text : "");
	return minus ? -n : n;
}

static struct money amount(const struct demo_record *r, const char *name)
{
	const char *text = demo_field(r, name);
	struct money m = { 0 };

	if (*text && !money_parse(text, &m))
		demo_bad("not an amount", text);
	return m;
}

static int value(const struct enum_def *d, const char *name)
{
	int v = enum_of(d, name, strlen(name));

	if (!v)
		demo_bad(d->name, name);
	return v;
}

static struct date day(const struct demo_catalog *c, int64_t from_today)
{
	return (struct date){ date_of(c->cx->now).days + (int32_t)from_today };
}

/* "-5 20": the first and the last day; "30": days after the claim. */
static void set_times(const struct demo_catalog *c, const struct demo_record *r, struct q_demo_coupon_put_in *in)
{
	char *claim = arena_strdup(c->cx->a, demo_field(r, "claim"));
	char *valid = arena_strdup(c->cx->a, demo_field(r, "valid"));

	in->claim_from = date_begin(day(c, whole(demo_cut(&claim, " "))));
	in->claim_to = coupon_day_end(day(c, whole(demo_cut(&claim, " "))));
	int64_t first = whole(demo_cut(&valid, " "));
	const char *last = demo_cut(&valid, " ");
	if (!last) {
		in->valid_days = (uint64_t)first;
		return;
	}
	in->valid_from = date_begin(day(c, first));
	in->valid_to = coupon_day_end(day(c, whole(last)));
}

static void set_products(const struct demo_catalog *c, const struct demo_record *r, struct rows *rows)
{
	char *slugs = arena_strdup(c->cx->a, demo_field(r, "products"));
	struct q_demo_coupon_product_put_in *to = rows->product;

	for (char *slug; (slug = demo_cut(&slugs, ",")); )
		for (size_t i = 0; i < c->products; i++)
			if (str_eq(c->product[i].slug, slug))
				*to++ = (struct q_demo_coupon_product_put_in){ rows->coupon.id, c->product[i].id };
	rows->products = (size_t)(to - rows->product);
	rows->coupon.scope = rows->products ? COUPON_OF_PRODUCTS : COUPON_OF_PROVIDER;
}

static void set_claims(const struct demo_catalog *c, const struct demo_record *r, struct rows *rows)
{
	const struct q_demo_coupon_put_in *k = &rows->coupon;
	char *claims = arena_strdup(c->cx->a, demo_field(r, "claimed"));

	for (char *one; (one = demo_cut(&claims, ",")) && *one && rows->claims < CLAIMS_MAX; ) {
		const struct demo_org *org = demo_org_of(c, demo_cut(&one, " "));
		struct instant at = instant_add(c->cx->now, -whole(one) * DAY_US);
		uint32_t nth = (uint32_t)((k->id ^ org->id) % ID_PER_INSTANT);
		rows->claim[rows->claims++] = (struct q_demo_claim_put_in){
			.buyer = org->id, .id = id_at(at, nth), .number = number_new(c->cx->a, at), .coupon = k->id,
			.provider = k->provider, .claimed_at = at, .valid_from = k->valid_days ? at : k->valid_from,
			.valid_to = k->valid_days ? coupon_days_end(at, k->valid_days) : k->valid_to,
		};
	}
	rows->coupon.claimed = rows->claims;
}

static enum rc take_coupon(struct demo_catalog *c, const struct demo_record *r)
{
	struct rows *rows = ARENA_NEW(c->cx->a, struct rows);
	struct q_demo_coupon_put_in *in = &rows->coupon;
	char *limit = arena_strdup(c->cx->a, demo_field(r, "limit"));

	*in = (struct q_demo_coupon_put_in){
		.provider = demo_org_of(c, demo_field(r, "provider"))->id, .id = demo_id(c, "coupon:", r->field->value),
		.name = demo_field(r, "name"),
		.state = (enum coupon_state)value(&coupon_state_enum, demo_field(r, "state")),
		.amount = amount(r, "amount"), .minimum = amount(r, "minimum"),
		.used_for = (enum coupon_use)value(&coupon_use_enum, demo_field(r, "used_for")), .now = c->begun,
	};
	in->kind = in->amount.fen ? COUPON_AMOUNT : COUPON_PERCENT;
	in->percent = in->amount.fen ? 0 : (uint64_t)whole(demo_field(r, "percent"));
	in->total = (uint64_t)whole(demo_cut(&limit, " "));
	in->per_buyer = (uint64_t)whole(limit);
	in->published_at = in->state == COUPON_DRAFT ? (struct instant){ 0 } : c->begun;
	set_times(c, r, in);
	set_products(c, r, rows);
	set_claims(c, r, rows);
	return db_tx(c->cx->db, c->cx->a, put_coupon, rows);
}

enum rc demo_coupons(struct demo_catalog *c)
{
	struct demo_reader r;
	struct demo_record rec;

	if (!demo_read(&r, c->cx->a, demo_path(c, "coupon")))
		return RC_NOT_FOUND;
	while (demo_next(&r, &rec))
		TRY(take_coupon(c, &rec));
	return RC_OK;
}
