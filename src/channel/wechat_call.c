#include "channel/wechat_call.h"

#include <assert.h>

#include "base/str.h"
#include "channel/wechat_field.h"
#include "crypto/token.h"
#include "http/http.h"

enum { NONCE_BYTES = 16 };

/* ---- requests ---- */

void wechat_put(struct wechat_request *r, const char *name, const char *value)
{
	assert(r->n < WECHAT_REQUEST_FIELDS_MAX);
	if (value && *value)
		r->fields[r->n++] = (struct pair){ name, value };
}

enum rc wechat_request_write(struct arena *a, const struct wechat_conf *c, struct wechat_request *r, struct bytes *xml)
{
	char *nonce = arena_alloc(a, 2 * NONCE_BYTES + 1), *sign = arena_alloc(a, WXSIGN_SIZE);
	struct out o = { 0 };

	wechat_put(r, "appid", c->appid);
	wechat_put(r, "mch_id", c->mch_id);
	wechat_put(r, "nonce_str", token_hex(NONCE_BYTES, nonce));
	wechat_put(r, "sign_type", wxsign_type_enum.names[c->sign_type]);
	if (!wechat_uncut(r->fields, r->n))
		return RC_INVALID;
	wechat_put(r, "sign", wxsign(a, c->sign_type, r->fields, r->n, c->key, sign));
	xml_flat_write(&o, "xml", r->fields, r->n);
	*xml = (struct bytes){ arena_dup(a, o.p, o.n), o.n };
	out_free(&o);
	return RC_OK;
}

/* ---- answers ---- */

static const char *const error_names[] = {
#define E(n) [WECHAT_##n] = #n,
	WECHAT_ERRORS(E)
#undef E
};
static const struct enum_def error_enum = { "wechat_error", error_names, sizeof error_names / sizeof *error_names - 1 };

bool wechat_error_again(enum wechat_error e)
{
	return e == WECHAT_SYSTEMERROR || e == WECHAT_BIZERR_NEED_RETRY || e == WECHAT_FREQUENCY_LIMITED || e == WECHAT_INVALID_REQ_TOO_MUCH;
}

static enum wechat_error error_of(const char *code)
{
	int e = enum_of(&error_enum, code, strlen(code));

	return e ? (enum wechat_error)e : WECHAT_OTHER;
}

/* Why it is no answer (WXP-4): only what is signed, by our algorithm, for our merchant, is one.  NULL when it is. */
static const char *distrust(struct arena *a, const struct wechat_conf *c, const struct xml_flat *doc)
{
	if (!str_eq(wechat_text(doc, "return_code"), "SUCCESS"))
		return "answer without return_code";
	if (!wxsign_check(a, c->sign_type, doc->fields, doc->n, c->key))
		return "answer with a wrong signature";
	if (!str_eq(wechat_text(doc, "appid"), c->appid) || !str_eq(wechat_text(doc, "mch_id"), c->mch_id))
		return "answer for another merchant";
	return NULL;
}

enum rc wechat_answer_read(struct arena *a, const struct wechat_conf *c, struct bytes xml, struct xml_flat *doc, struct wechat_answer *out)
{
	*out = (struct wechat_answer){ .error = WECHAT_OTHER };
	if (xml_flat_read(a, xml.p, xml.n, "xml", doc) != RC_OK) {
		out->message = arena_printf(a, "answer is no flat XML: %s", doc->why);
		return RC_UNCERTAIN;
	}
	if (str_eq(wechat_text(doc, "return_code"), "FAIL")) {
		*out = (struct wechat_answer){ WECHAT_REFUSED, wechat_text(doc, "return_msg") };
		return RC_OK;
	}
	out->message = distrust(a, c, doc);
	if (out->message)
		return RC_UNCERTAIN;
	const char *code = wechat_text(doc, "err_code");
	bool done = str_eq(wechat_text(doc, "result_code"), "SUCCESS");
	out->error = done ? WECHAT_DONE : error_of(code);
	out->message = done ? "" : arena_printf(a, "%s %s", code, wechat_text(doc, "err_code_des"));
	return RC_OK;
}

enum rc wechat_incomplete(struct wechat_answer *out)
{
	*out = (struct wechat_answer){ WECHAT_OTHER, "answer is incomplete" };
	return RC_UNCERTAIN;
}

/* ---- calls ---- */

static enum rc post(struct arena *a, const struct wechat_conf *c, struct http_call *http, const char *path, struct wechat_answer *why, struct bytes *answer)
{
	struct http_answer got;

	http->url = arena_printf(a, "%s%s", c->gateway, path);
	http->content_type = "text/xml; charset=utf-8";
	http->ca_file = c->ca_file;
	http->timeout_ms = c->timeout_ms;
	http->max_bytes = XML_BODY_MAX;
	http->allow_private = c->allow_private;
	enum rc rc = http_send(a, http, &got);
	*why = (struct wechat_answer){ WECHAT_OTHER, got.why };
	*answer = (struct bytes){ got.body, got.n };
	if (rc == RC_OK && got.status != 200) {
		why->message = arena_printf(a, "HTTP status %d", got.status);
		rc = RC_UNCERTAIN;
	}
	return rc == RC_OK || rc == RC_AWAY || rc == RC_UNCERTAIN ? rc : rc == RC_TOO_LARGE ? RC_UNCERTAIN : RC_AWAY;
}

enum rc wechat_post(struct arena *a, const struct wechat_conf *c, const char *path, struct bytes xml, struct wechat_answer *why, struct bytes *answer)
{
	struct http_call http = { .body = xml };

	return post(a, c, &http, path, why, answer);
}

enum rc wechat_post_secured(struct arena *a, const struct wechat_conf *c, const char *path, struct bytes xml, struct wechat_answer *why,
			    struct bytes *answer)
{
	struct http_call http = { .body = xml };

	if (str_prefix(c->gateway, "https://")) {
		http.cert_file = c->cert_file;
		http.cert_key_file = c->cert_key_file;
		why->message = !*c->cert_file || !*c->cert_key_file ? "wechat.cert_file and wechat.cert_key_file are not set" :
			http_secret_file(c->cert_key_file) ? NULL : "wechat.cert_key_file cannot be read, or others may read it (mode 0400 or 0600 is needed)";
	} else {
		why->message = c->allow_private ? NULL : "wechat.gateway is not https, which the client certificate needs";
	}
	why->error = WECHAT_OTHER;
	return why->message ? RC_INVALID : post(a, c, &http, path, why, answer);
}
