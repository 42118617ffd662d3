#include "app/resource_enter.h"

#include "app/product_secret.h"
#include "base/out.h"
#include "base/str.h"
#include "base/time.h"
#include "crypto/jwt.h"
#include "crypto/token.h"
#include "q_resource.h"

enum { JTI_BYTES = 16 };

const char *entry_origin(struct arena *a, const char *address, bool http)
{
	size_t scheme = str_prefix(address, "https://") ? 8 : http && str_prefix(address, "http://") ? 7 : 0;
	size_t host = scheme + strcspn(address + scheme, "/?#");
	const char *origin = arena_dup(a, address, host);

	for (const char *s = address; *s; s++)
		if (*s <= ' ' || *s > '~' || strchr("\"'<>\\", *s))
			return NULL;
	return scheme && str_all(origin + scheme, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-:") ? origin : NULL;
}

static void put_text(struct out *o, const char *name, const char *value)
{
	out_json(o, name);
	out_lit(o, ":");
	out_json(o, value);
	out_lit(o, ",");
}

/* Who comes, to which instance of which product, and when. */
static const char *claims_of(struct cx *cx, const struct q_resource_entry *r)
{
	struct out o = { 0 };
	char jti[2 * JTI_BYTES + 1];
	long long now = (long long)(cx->now.us / SECOND_US);

	out_lit(&o, "{");
	put_text(&o, "iss", cx->conf->platform_base_url);
	put_text(&o, "aud", arena_printf(cx->a, "%llu", (unsigned long long)r->product_id));
	put_text(&o, "sub", arena_printf(cx->a, "%llu", (unsigned long long)cx->actor.person));
	put_text(&o, "accountId", arena_printf(cx->a, "%llu", (unsigned long long)cx->actor.org));
	put_text(&o, "signId", r->sign_id);
	put_text(&o, "orderId", r->order_number);
	put_text(&o, "jti", token_hex(JTI_BYTES, jti));
	out_printf(&o, "\"iat\":%lld,\"exp\":%lld}", now, now + ENTRY_S);
	const char *claims = arena_dup(cx->a, o.p, o.n);
	out_free(&o);
	return claims;
}

/* The query stands before the part that a browser keeps to itself. */
static const char *with_token(struct cx *cx, const char *address, const struct product_secrets *s, const char *claims)
{
	size_t n = strcspn(address, "#");
	const char *before = s->old ? arena_printf(cx->a, "&old_token=%s", jwt_sign(cx->a, s->old, claims)) : "";

	return arena_printf(cx->a, "%.*s%ctoken=%s%s%s", (int)n, address, memchr(address, '?', n) ? '&' : '?', jwt_sign(cx->a, s->secret, claims), before, address + n);
}

static enum rc note(struct work *w, void *arg)
{
	const uint64_t *id = arg;

	work_audit(w, (struct event){ .kind = OBJECT_RESOURCE, .object = *id, .org = w->cx->actor.org, .name = "enter" });
	w->out.location = arena_printf(w->cx->a, "/console/resources/%llu", (unsigned long long)*id);
	return RC_OK;
}

enum rc resource_enter(struct cx *cx, uint64_t id, const char **address)
{
	struct q_resource_entry r;
	struct product_secrets secrets;
	struct cx each = *cx;

	TRY(q_resource_entry(cx->db, cx->a, &(struct q_resource_entry_in){ .buyer = cx->actor.org, .id = id }, &r));
	if (r.state != RESOURCE_IN_USE)
		return RC_CONFLICT;
	if (!entry_origin(cx->a, r.address, cx->conf->platform_development))
		return RC_INVALID;
	struct product_sealed sealed = PRODUCT_SEALED(&r);
	TRY(product_secrets_open(cx, r.product_id, &sealed, &secrets));
	each.key = NULL;	/* the same click twice is two entries */
	TRY(work_do(&each, note, &id, NULL));
	*address = with_token(cx, r.address, &secrets, claims_of(cx, &r));
	return RC_OK;
}
