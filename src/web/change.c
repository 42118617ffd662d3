#include "web/change.h"
#include "base/str.h"
#include "crypto/hash.h"
#include "crypto/token.h"
#include "web/csrf.h"
#include "web/multipart.h"
#include "web/negotiate.h"
#include "web/upload.h"

#define KEY_SET "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-"
enum { KEY_MIN = 8, KEY_MAX = 128 };

static enum rc read_body(struct web *w)
{
	struct req *r = w->req;
	const struct route *route = w->found.route;

	if (route->files && media_is(r->type, "multipart/form-data"))
		return upload_read(w);
	TRY(req_body(r, w->cx->a, route->body_max ? route->body_max : BODY_MAX));
	if (!r->body.n)
		return RC_OK;
	if (media_is(r->type, "application/x-www-form-urlencoded"))
		return input_urlencoded(w->cx->a, r->body.p, r->body.n, &w->input);
	if (media_is(r->type, "multipart/form-data"))
		return input_multipart(w->cx->a, r->type, r->body.p, r->body.n, &w->input);
	return media_is(r->type, "application/json") ? input_json(w->cx->a, r->body.p, r->body.n, &w->input) : RC_MEDIA;
}

enum rc change_token(const struct web *w)
{
	const char *token = req_env(w->req, "HTTP_X_CSRF_TOKEN");

	if (w->found.route->no_token)
		return RC_OK;
	if (!token)
		token = input_text(&w->input, "csrf", CSRF_SIZE);
	return csrf_valid(w->cx->conf, w->cookie, token) ? RC_OK : RC_CSRF;
}

static bool key_valid(const char *s)
{
	size_t n = strlen(s);

	return n >= KEY_MIN && n <= KEY_MAX && str_all(s, KEY_SET);
}

/* Without a key the request has one that nobody will send again. */
static enum rc read_key(struct web *w)
{
	size_t count;
	const struct input_field *field = input_find(&w->input, "key", &count);
	const char *key = w->found.route->no_token ? NULL : req_env(w->req, "HTTP_IDEMPOTENCY_KEY");

	if (!key && field && !w->found.route->no_token) {
		key = count == 1 ? input_text(&w->input, "key", KEY_MAX) : NULL;
		if (!key)
			return RC_MALFORMED;
	}
	if (!key)
		key = token_new(arena_alloc(w->cx->a, TOKEN_SIZE));
	w->cx->key = key;
	return key_valid(key) ? RC_OK : RC_MALFORMED;
}

/* The same wish has the same hash, however it is wrapped and whichever token came with it; lengths keep the fields apart. */
static void hash_wish(struct web *w)
{
	struct out o = { 0 };

	out_str(&o, w->req->path);
	for (size_t i = 0; i < w->input.n; i++) {
		const struct input_field *f = &w->input.f[i];
		if (str_eq(f->name, "csrf") || str_eq(f->name, "key"))
			continue;
		const size_t n = f->wish ? strlen(f->wish) : f->n;
		out_printf(&o, "\n%zu:%zu:", strlen(f->name), n);
		out_str(&o, f->name);
		out_bytes(&o, f->wish ? f->wish : f->value, n);
	}
	hash_sha256(o.p, o.n, w->cx->body_hash);
	out_free(&o);
}

enum rc change_read(struct web *w)
{
	if (!csrf_same_origin(w->cx->conf, w->req))
		return RC_CSRF;
	TRY(read_body(w));
	TRY(change_token(w));
	TRY(read_key(w));
	hash_wish(w);
	return RC_OK;
}
