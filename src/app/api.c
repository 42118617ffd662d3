#include "app/api.h"

#include "base/id.h"
#include "base/log.h"
#include "base/time.h"
#include "crypto/seal.h"
#include "crypto/token.h"
#include "q_api.h"

enum { SECRET_ID_BYTES = 16, FOR_EVER_YEAR = 9999 };
static const char SECRET_ID[] = "AKID";

static const char *seal_use(struct arena *a, uint64_t id, uint64_t version)
{
	return arena_printf(a, "api_key:%llu:%llu", (unsigned long long)id, (unsigned long long)version);
}

static enum rc new_key(struct cx *cx, uint64_t id, uint64_t version, struct bytes *sealed)
{
	char token[TOKEN_SIZE];
	struct seal_key key;

	TRY(seal_key_from(cx->conf->platform_secret, &key));
	*sealed = seal_close(cx->a, &key, seal_use(cx->a, id, version), token_new(token), TOKEN_LEN);
	return RC_OK;
}

enum rc api_key_open(struct cx *cx, uint64_t id, uint64_t version, struct bytes sealed, struct bytes *open)
{
	struct seal_key key;

	TRY(seal_key_from(cx->conf->platform_secret, &key));
	if (seal_open(cx->a, &key, seal_use(cx->a, id, version), sealed, open) == RC_OK)
		return RC_OK;
	log_event('E', "unsealable", LOG_INT("api_key", id), LOG_INT("version", version));
	return RC_INTERNAL;
}

enum rc api_key_first(struct work *w, uint64_t resource)
{
	char hex[2 * SECRET_ID_BYTES + 1];
	struct q_api_key_insert_in in = {
		.resource = resource, .id = id_new(w->cx->now), .secret_id = arena_printf(w->cx->a, "%s%s", SECRET_ID, token_hex(SECRET_ID_BYTES, hex)), .now = w->cx->now,
	};
	uint64_t n;

	TRY(new_key(w->cx, in.id, 1, &in.sealed));
	return q_api_key_insert(w->tx, &in, &n);
}

enum rc api_grant(struct work *w, uint64_t resource, struct instant begin, struct instant end)
{
	struct q_api_quota_insert_in in = { .resource = resource, .begin_at = begin, .end_at = end.us ? end : date_begin(date_make(FOR_EVER_YEAR, 1, 1)) };
	uint64_t n;

	TRY(q_api_quota_insert(w->tx, &in, &n));
	return n ? api_key_first(w, resource) : RC_OK;
}

enum rc api_close(struct work *w, uint64_t resource)
{
	uint64_t n;

	return q_api_quota_close(w->tx, &(struct q_api_quota_close_in){ .resource = resource }, &n);
}

static void finish(struct work *w, uint64_t resource, const char *event)
{
	work_audit(w, (struct event){ .kind = OBJECT_CREDENTIAL, .object = resource, .org = w->cx->actor.org, .name = event });
	w->out.location = arena_printf(w->cx->a, "/console/resources/%llu", (unsigned long long)resource);
}

struct replacing { uint64_t resource; int64_t grace_hours; };

static enum rc replace(struct work *w, void *arg)
{
	const struct replacing *r = arg;
	struct cx *cx = w->cx;
	struct q_api_key_lock k;
	uint64_t n;

	TRY(q_api_key_lock(w->tx, cx->a, &(struct q_api_key_lock_in){ .buyer = cx->actor.org, .resource = r->resource }, &k));
	finish(w, r->resource, k.id ? "replace" : "create");
	if (!k.id)
		return api_key_first(w, r->resource);
	struct q_api_key_replace_in in = { .buyer = cx->actor.org, .product = k.product_id, .version = k.version, .now = cx->now };
	if (r->grace_hours) {
		in.old_sealed = k.sealed;
		in.old_until = instant_add(cx->now, r->grace_hours * HOUR_US);
	}
	TRY(new_key(cx, k.id, k.version + 1, &in.sealed));
	TRY(q_api_key_replace(w->tx, &in, &n));
	return n == 1 ? RC_OK : RC_CONFLICT;
}

enum rc api_key_replace(struct cx *cx, uint64_t resource, int64_t grace_hours, struct outcome *out)
{
	return work_do(cx, replace, &(struct replacing){ resource, grace_hours }, out);
}

struct revealing { uint64_t resource; struct q_api_key_lock key; };

static enum rc note_reveal(struct work *w, void *arg)
{
	struct revealing *r = arg;

	TRY(q_api_key_lock(w->tx, w->cx->a, &(struct q_api_key_lock_in){ .buyer = w->cx->actor.org, .resource = r->resource }, &r->key));
	if (!r->key.id)
		return RC_NOT_FOUND;
	finish(w, r->resource, "reveal");
	return RC_OK;
}

/* The note is written first: a key that is shown has always been noted. */
enum rc api_key_reveal(struct cx *cx, uint64_t resource, const char **key)
{
	struct revealing r = { .resource = resource };
	struct bytes open;

	TRY(work_do(cx, note_reveal, &r, NULL));
	TRY(api_key_open(cx, r.key.id, r.key.version, r.key.sealed, &open));
	*key = open.p;
	return RC_OK;
}
