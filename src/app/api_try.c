#include "app/api_try.h"

#include "base/id.h"
#include "base/time.h"
#include "crypto/token.h"
#include "q_api.h"

enum { NONCE_BYTES = 8 };
#define LEASE_US (2 * MINUTE_US)

static enum rc ask(struct work *w, void *arg)
{
	const struct api_try *t = arg;
	struct cx *cx = w->cx;
	struct q_api_key_lock k;
	struct q_api_try_count count;
	uint64_t id = id_new(cx->now), n;

	TRY(q_api_key_lock(w->tx, cx->a, &(struct q_api_key_lock_in){ .buyer = cx->actor.org, .resource = t->resource }, &k));
	if (!k.id)
		TRY(api_key_first(w, t->resource));
	TRY(q_api_try_count(w->tx, cx->a, &(struct q_api_try_count_in){ cx->actor.org, id_floor(instant_add(cx->now, -MINUTE_US)) }, &count));
	if (count.n >= API_TRY_MINUTE_MAX)
		return RC_TOO_MANY;
	work_audit(w, (struct event){ .kind = OBJECT_CREDENTIAL, .object = t->resource, .org = cx->actor.org, .name = "try" });
	w->out.location = arena_printf(cx->a, "%s%llu", t->page, (unsigned long long)id);
	return q_api_try_insert(w->tx, &(struct q_api_try_insert_in){
		.buyer = cx->actor.org, .id = id, .resource = t->resource, .method = t->method, .url = t->url, .added = t->added, .body = t->body, .typed = t->typed, .now = cx->now,
	}, &n);
}

enum rc api_try_ask(struct cx *cx, const struct api_try *t, struct outcome *out)
{
	struct api_try copy = *t;

	return work_do(cx, ask, &copy, out);
}

struct taking { struct cx *cx; struct q_api_try_take *row; };

/* The state before the call is written before it: whoever finds it calling later gives it up.  What is over was kept to be looked at. */
static enum rc take(struct tx *tx, void *arg)
{
	struct taking *t = arg;
	struct cx *cx = t->cx;
	size_t found;
	uint64_t n;

	TRY(q_api_try_take(tx, cx->a, &(struct q_api_try_take_in){ cx->now }, &t->row, &found));
	if (!found) {
		t->row = NULL;
		return RC_OK;
	}
	struct q_api_try_move_in move = { .buyer = t->row->buyer_id, .id = t->row->id, .from = t->row->state };
	switch (t->row->state) {
	case API_TRY_WAITING:
		move.to = t->row->state = API_TRY_CALLING;
		move.next_at = instant_add(cx->now, LEASE_US);
		return q_api_try_move(tx, &move, &n);
	case API_TRY_CALLING:
		move.to = t->row->state = API_TRY_INTERRUPTED;
		move.next_at = instant_add(cx->now, API_TRY_DAYS * DAY_US);
		return q_api_try_move(tx, &move, &n);
	default:
		return q_api_try_forget(tx, &(struct q_api_try_forget_in){ move.buyer, move.id }, &n);
	}
}

enum rc api_try_take(struct cx *cx, struct q_api_try_take **row)
{
	struct taking t = { .cx = cx };

	TRY(db_tx(cx->db, cx->a, take, &t));
	*row = t.row;
	return RC_OK;
}

enum rc api_try_sign(struct cx *cx, const struct q_api_try_take *row, struct api_try_signed *out)
{
	char date[TIME_TEXT], nonce[2 * NONCE_BYTES + 1];
	struct q_api_try_key k;
	struct bytes key;

	TRY(q_api_try_key(cx->db, cx->a, &(struct q_api_try_key_in){ row->buyer_id, row->resource_id }, &k));
	TRY(api_key_open(cx, k.id, k.version, k.sealed, &key));
	instant_http(clock_real(), date);
	if (!instant_http_parse(date, &out->dated))	/* to the second, as the check reads it */
		return RC_INTERNAL;
	const char *value[] = { date, token_hex(NONCE_BYTES, nonce) };
	struct hmacauth *h = &out->auth;
	*h = (struct hmacauth){ .id = k.secret_id, .algorithm = HMACAUTH_SHA256, .header = { "x-date", "x-nonce" }, .headers = 2 };
	h->signature = hmacauth_sign(cx->a, h->algorithm, key, hmacauth_text(cx->a, h, value));
	out->header[0] = arena_printf(cx->a, "x-date: %s", date);
	out->header[1] = arena_printf(cx->a, "x-nonce: %s", nonce);
	out->header[2] = arena_printf(cx->a, "Authorization: hmac id=\"%s\", algorithm=\"hmac-sha256\", headers=\"x-date x-nonce\", signature=\"%s\"", h->id, h->signature);
	out->header[3] = NULL;
	return RC_OK;
}

static enum rc tell(struct work *w, void *arg)
{
	uint64_t n;

	return q_api_try_done(w->tx, arg, &n);
}

enum rc api_try_tell(struct cx *cx, const struct api_try_signed *s, struct q_api_try_done_in *in)
{
	TRY(api_taken(cx, &s->auth, s->dated, &in->taken, &in->left_n));
	in->next_at = instant_add(cx->now, API_TRY_DAYS * DAY_US);
	return work_do(cx, tell, in, NULL);
}
