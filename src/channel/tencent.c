#include "channel/tencent.h"

#include <jansson.h>
#include <stdlib.h>

#include "base/out.h"
#include "base/str.h"
#include "base/time.h"
#include "crypto/hash.h"

static int by_text(const void *a, const void *b) { return strcmp(*(const char *const *)a, *(const char *const *)b); }

const char *tencent_sign(struct arena *a, const char *token, const char *timestamp, const char *event)
{
	const char *parts[] = { token, timestamp, event };
	char *hex = arena_alloc(a, 2 * SHA256_SIZE + 1);

	qsort(parts, 3, sizeof *parts, by_text);
	const char *joined = arena_printf(a, "%s%s%s", parts[0], parts[1], parts[2]);
	return hash_sha256_hex(joined, strlen(joined), hex);
}

static void put(struct out *o, const char *name, const char *value)
{
	out_json(o, name);
	out_lit(o, ":");
	out_json(o, value);
	out_lit(o, ",");
}

static const char *unit_letter(enum time_unit u)
{
	static const char *const letters[] = { [UNIT_MINUTE] = "t", [UNIT_HOUR] = "h", [UNIT_DAY] = "d", [UNIT_MONTH] = "m", [UNIT_YEAR] = "y" };

	return u ? letters[u] : "t";
}

const char *tencent_create_write(struct arena *a, const struct tencent_create *in)
{
	struct out o = { 0 };

	out_lit(&o, "{");
	put(&o, "action", "createInstance");
	put(&o, "orderId", in->order_id);
	put(&o, "accountId", arena_printf(a, "%llu", (unsigned long long)in->account));
	put(&o, "openId", in->open_id);
	put(&o, "productId", in->product_id);
	put(&o, "requestId", in->request_id);
	out_lit(&o, "\"productInfo\":{");
	put(&o, "productName", in->product_name);
	put(&o, "isTrial", in->trial ? "true" : "false");
	put(&o, "spec", in->spec);
	put(&o, "timeUnit", unit_letter(in->time_unit));
	out_lit(&o, "\"timeSpan\":");
	out_i64(&o, (int64_t)in->time_span);
	out_lit(&o, "},\"extendInfo\":{}}");
	const char *body = arena_dup(a, o.p, o.n);
	out_free(&o);
	return body;
}

static void say(struct tencent_answer *out, enum tencent_verdict v, const char *why)
{
	out->verdict = v;
	out->why = why;
}

/* Text of a member, or NULL when it is missing, not a text, or not fit to be shown. */
static const char *text_of(struct arena *a, json_t *o, const char *name, size_t max)
{
	const char *s = json_string_value(json_object_get(o, name));

	if (!s || !*s || strlen(s) > max || str_control(s, false))
		return NULL;
	return arena_strdup(a, s);
}

static bool is_secret(const char *name)
{
	static const char *const words[] = { "password", "secret", "key", "token", "密码", "口令", "密钥" };
	char lower[64];
	size_t n = 0;

	for (; name[n] && n < sizeof lower - 1; n++)
		lower[n] = (char)(name[n] >= 'A' && name[n] <= 'Z' ? name[n] + 32 : name[n]);
	lower[n] = 0;
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (strstr(lower, words[i]))
			return true;
	return false;
}

static void add_field(struct resource_field *f, size_t *n, const char *name, const char *value)
{
	if (name && value && *n < RESOURCE_FIELDS_MAX)
		f[(*n)++] = (struct resource_field){ name, value, is_secret(name) };
}

static void read_fields(struct arena *a, json_t *root, struct resource_delivered *d)
{
	struct resource_field *f = ARENA_ARRAY(a, struct resource_field, RESOURCE_FIELDS_MAX);
	json_t *info = json_object_get(root, "appInfo"), *more = json_object_get(root, "additionalInfo"), *item;
	size_t i;

	add_field(f, &d->fields_n, "website", text_of(a, info, "website", RESOURCE_VALUE_MAX));
	add_field(f, &d->fields_n, "auth_url", text_of(a, info, "authUrl", RESOURCE_VALUE_MAX));
	json_array_foreach(more, i, item)
		add_field(f, &d->fields_n, text_of(a, item, "name", 60), text_of(a, item, "value", RESOURCE_VALUE_MAX));
	d->fields = f;
}

/* signId may come as a number too; "0" says that the instance is still being made. */
static const char *sign_id_of(struct arena *a, json_t *root)
{
	json_t *v = json_object_get(root, "signId");

	if (json_is_integer(v))
		return arena_printf(a, "%lld", (long long)json_integer_value(v));
	return text_of(a, root, "signId", TENCENT_SIGN_ID_MAX);
}

static void read_root(struct arena *a, json_t *root, struct tencent_answer *out)
{
	const char *sign = sign_id_of(a, root);
	json_t *success = json_object_get(root, "success");

	if (!json_is_object(root)) {
		say(out, TENCENT_AGAIN, "the answer is not a JSON object");
	} else if (sign && str_eq(sign, "0")) {
		say(out, TENCENT_ACCEPTED, "under way at the provider");
	} else if (sign && strlen(sign) <= TENCENT_SIGN_ID_MAX) {
		out->delivered.sign_id = sign;
		read_fields(a, root, &out->delivered);
		say(out, TENCENT_DONE, "created");
	} else if (json_is_false(success) || (json_is_string(success) && str_eq(json_string_value(success), "false"))) {
		say(out, TENCENT_REFUSED, "refused by the provider");
	} else {
		say(out, TENCENT_AGAIN, "no usable signId in the answer");
	}
}

void tencent_create_read(struct arena *a, const char *body, size_t n, struct tencent_answer *out)
{
	json_t *root = json_loadb(body, n, JSON_REJECT_DUPLICATES, NULL);

	if (root)
		read_root(a, root, out);
	else
		say(out, TENCENT_AGAIN, "the answer is not JSON");
	json_decref(root);
}

static bool says(json_t *v, const char *text) { return json_is_string(v) && str_eq(json_string_value(v), text); }

void tencent_change_read(struct arena *a, const char *body, size_t n, struct tencent_answer *out)
{
	json_t *root = json_loadb(body, n, JSON_REJECT_DUPLICATES, NULL), *success = json_object_get(root, "success");

	(void)a;
	if (json_is_true(success) || says(success, "true"))
		say(out, TENCENT_DONE, "done");
	else if (json_is_false(success) || says(success, "false"))
		say(out, TENCENT_REFUSED, "refused by the provider");
	else
		say(out, TENCENT_AGAIN, "no usable answer");
	json_decref(root);
}

typedef void read_fn(struct arena *a, const char *body, size_t n, struct tencent_answer *out);

/* A definite answer is one that the provider's program gave: its own 4xx for this request, but not for a rate limit or a timeout. */
static void read_answer(struct arena *a, const struct http_answer *h, read_fn *read, struct tencent_answer *out)
{
	out->status = h->status;
	if (h->status == 200)
		read(a, h->body, h->n, out);
	else if (h->status >= 400 && h->status < 500 && h->status != 408 && h->status != 429)
		say(out, TENCENT_REFUSED, "refused by the provider");
	else
		say(out, TENCENT_AGAIN, "not a usable status");
}

static void call(struct arena *a, const struct tencent_conf *c, uint64_t id, const char *body, struct instant now, read_fn *read, struct tencent_answer *out)
{
	const char *time = arena_printf(a, "%lld", (long long)(now.us / SECOND_US));
	const char *event = arena_printf(a, "%llu", (unsigned long long)id);
	struct http_call post = {
		.url = arena_printf(a, "%s%csignature=%s&timestamp=%s&eventId=%s", c->url, strchr(c->url, '?') ? '&' : '?',
				    tencent_sign(a, c->token, time, event), time, event),
		.content_type = "application/json; charset=utf-8", .body = { body, strlen(body) },
		.timeout_ms = c->timeout_ms, .max_bytes = TENCENT_ANSWER_MAX, .allow_private = c->allow_private,
	};
	struct http_answer h = { 0 };

	*out = (struct tencent_answer){ 0 };
	enum rc rc = http_post(a, &post, &h);
	if (rc == RC_OK)
		read_answer(a, &h, read, out);
	else if (rc == RC_DENIED || rc == RC_INVALID)
		say(out, TENCENT_REFUSED, h.why ? h.why : "not an address that may be called");
	else
		say(out, TENCENT_AGAIN, h.why ? h.why : "no answer");
}

void tencent_create(struct arena *a, const struct tencent_conf *c, const struct tencent_create *in, struct instant now, struct tencent_answer *out)
{
	call(a, c, in->event, tencent_create_write(a, in), now, tencent_create_read, out);
}

void tencent_change(struct arena *a, const struct tencent_conf *c, const struct tencent_change *in, struct instant now, struct tencent_answer *out)
{
	struct out o = { 0 };

	out_lit(&o, "{");
	put(&o, "action", in->action);
	out_lit(&o, "\"signId\":");
	out_json(&o, in->sign_id);
	out_lit(&o, "}");
	const char *body = arena_dup(a, o.p, o.n);
	out_free(&o);
	call(a, c, in->event, body, now, tencent_change_read, out);
}

static const char *modify_write(struct arena *a, const struct tencent_modify *in)
{
	char end[TIME_TEXT];
	struct out o = { 0 };

	out_lit(&o, "{");
	put(&o, "action", "modifyInstance");
	put(&o, "signId", in->sign_id);
	if (in->time_unit) {
		put(&o, "timeUnit", unit_letter(in->time_unit));
		out_printf(&o, "\"timeSpan\":%llu,", (unsigned long long)in->time_span);
	}
	if (in->end.us)
		put(&o, "instanceExpireTime", instant_text(in->end, end));
	out_lit(&o, "\"spec\":");
	out_json(&o, in->spec);
	out_lit(&o, "}");
	const char *body = arena_dup(a, o.p, o.n);
	out_free(&o);
	return body;
}

void tencent_modify(struct arena *a, const struct tencent_conf *c, const struct tencent_modify *in, struct instant now, struct tencent_answer *out)
{
	call(a, c, in->event, modify_write(a, in), now, tencent_change_read, out);
}
