#include "channel/tencent.h"

#include <stdlib.h>

#include "base/str.h"
#include "base/time.h"
#include "crypto/hash.h"
#include "crypto/token.h"

enum { ECHO_BYTES = 8 };

/* -- what is sent ------------------------------------------------------------------------------------------------------ */

static int by_text(const void *a, const void *b) { return strcmp(*(const char *const *)a, *(const char *const *)b); }

const char *tencent_sign(struct arena *a, const char *token, const char *timestamp, const char *event)
{
	const char *parts[] = { token, timestamp, event };
	char *hex = arena_alloc(a, 2 * SHA256_SIZE + 1);

	qsort(parts, 3, sizeof *parts, by_text);
	const char *joined = arena_printf(a, "%s%s%s", parts[0], parts[1], parts[2]);
	return hash_sha256_hex(joined, strlen(joined), hex);
}

static const char *v1(struct arena *a, const char *secret, const char *text)
{
	unsigned char mac[SHA256_SIZE];
	char hex[2 * SHA256_SIZE + 1];

	hash_hmac_sha256(secret, strlen(secret), text, strlen(text), mac);
	return arena_printf(a, ",v1=%s", hash_hex(mac, sizeof mac, hex));
}

const char *yunshi_signature(struct arena *a, const char *secret, const char *old_secret, const char *timestamp, const char *event, const char *body)
{
	char hex[2 * SHA256_SIZE + 1];
	const char *text = arena_printf(a, "%s.%s.%s", timestamp, event, hash_sha256_hex(body, strlen(body), hex));

	return arena_printf(a, "t=%s%s%s", timestamp, v1(a, secret, text), old_secret ? v1(a, old_secret, text) : "");
}

static const char *number(struct arena *a, uint64_t v) { return arena_printf(a, "%llu", (unsigned long long)v); }

static const char *unit_letter(enum time_unit u)
{
	static const char *const letters[] = { [UNIT_MINUTE] = "t", [UNIT_HOUR] = "h", [UNIT_DAY] = "d", [UNIT_MONTH] = "m", [UNIT_YEAR] = "y" };

	return u ? letters[u] : "t";
}

static void put_create(struct arena *a, struct out *o, const struct provision_event *e)
{
	/* each line of an order is an instance of its own there */
	dialect_put(o, "orderId", e->line == 1 ? e->order : arena_printf(a, "%s-%llu", e->order, (unsigned long long)e->line));
	dialect_put(o, "accountId", number(a, e->account));
	dialect_put(o, "openId", e->open_id);
	dialect_put(o, "productId", e->product_id);
	dialect_put(o, "requestId", number(a, e->id));
	out_lit(o, "\"productInfo\":{");
	dialect_put(o, "productName", e->product_name);
	dialect_put(o, "isTrial", e->trial ? "true" : "false");
	dialect_put(o, "spec", e->spec);
	dialect_put(o, "timeUnit", unit_letter(e->time_unit));
	out_printf(o, "\"timeSpan\":%llu},\"extendInfo\":{}}", (unsigned long long)e->time_span);
}

static void put_end(struct out *o, const struct provision_event *e)
{
	char end[TIME_TEXT];

	if (e->end.us)
		dialect_put(o, "instanceExpireTime", instant_text(e->end, end));
}

static void put_modify(struct out *o, const struct provision_event *e)
{
	dialect_put(o, "spec", e->spec);
	if (!e->time_unit)
		return;
	dialect_put(o, "timeUnit", unit_letter(e->time_unit));
	out_printf(o, "\"timeSpan\":%llu,", (unsigned long long)e->time_span);
}

static const char *const actions[] = {
	[PROVISION_CREATE] = "createInstance", [PROVISION_RENEW] = "renewInstance", [PROVISION_MODIFY] = "modifyInstance",
	[PROVISION_EXPIRE] = "expireInstance", [PROVISION_DESTROY] = "destroyInstance",
};

const char *tencent_write(struct arena *a, const struct provision_event *e)
{
	struct out o = { 0 };

	out_lit(&o, "{");
	dialect_put(&o, "action", actions[e->action]);
	if (e->action == PROVISION_CREATE) {
		put_create(a, &o, e);
		return dialect_text(a, &o);
	}
	if (e->action == PROVISION_MODIFY)
		put_modify(&o, e);
	put_end(&o, e);
	out_lit(&o, "\"signId\":");
	out_json(&o, e->sign_id);
	out_lit(&o, "}");
	return dialect_text(a, &o);
}

/* -- what is answered -------------------------------------------------------------------------------------------------- */

static void read_fields(struct arena *a, json_t *root, struct resource_delivered *d)
{
	json_t *info = json_object_get(root, "appInfo"), *more = json_object_get(root, "additionalInfo"), *item;
	size_t i;

	dialect_field(a, d, "website", dialect_member(a, info, "website", RESOURCE_VALUE_MAX));
	dialect_field(a, d, "auth_url", dialect_member(a, info, "authUrl", RESOURCE_VALUE_MAX));
	json_array_foreach(more, i, item)
		dialect_field(a, d, dialect_member(a, item, "name", 60), dialect_member(a, item, "value", RESOURCE_VALUE_MAX));
}

/* signId may come as a number too; "0" says that the instance is still being made. */
static const char *sign_id_of(struct arena *a, json_t *root)
{
	json_t *v = json_object_get(root, "signId");

	if (json_is_integer(v))
		return arena_printf(a, "%lld", (long long)json_integer_value(v));
	return dialect_member(a, root, "signId", TENCENT_SIGN_ID_MAX);
}

static bool says(json_t *v, bool yes)
{
	return yes ? json_is_true(v) || (json_is_string(v) && str_eq(json_string_value(v), "true"))
		   : json_is_false(v) || (json_is_string(v) && str_eq(json_string_value(v), "false"));
}

static void read_created(struct arena *a, json_t *root, struct provision_answer *out)
{
	const char *sign = sign_id_of(a, root);

	if (!json_is_object(root)) {
		dialect_say(out, PROVISION_AGAIN, "the answer is not a JSON object");
	} else if (sign && str_eq(sign, "0")) {
		dialect_say(out, PROVISION_ACCEPTED, "under way at the provider");
	} else if (sign && strlen(sign) <= TENCENT_SIGN_ID_MAX) {
		out->delivered.sign_id = sign;
		read_fields(a, root, &out->delivered);
		dialect_say(out, PROVISION_DONE, "created");
	} else if (says(json_object_get(root, "success"), false)) {
		dialect_say(out, PROVISION_REFUSED, "refused by the provider");
	} else {
		dialect_say(out, PROVISION_AGAIN, "no usable signId in the answer");
	}
}

void tencent_create_read(struct arena *a, const char *body, size_t n, struct provision_answer *out)
{
	json_t *root = json_loadb(body, n, JSON_REJECT_DUPLICATES, NULL);

	if (root)
		read_created(a, root, out);
	else
		dialect_say(out, PROVISION_AGAIN, "the answer is not JSON");
	json_decref(root);
}

void tencent_change_read(struct arena *a, const char *body, size_t n, struct provision_answer *out)
{
	json_t *root = json_loadb(body, n, JSON_REJECT_DUPLICATES, NULL), *success = json_object_get(root, "success");

	if (says(success, true)) {
		read_fields(a, root, &out->delivered);
		dialect_say(out, PROVISION_DONE, "done");
	} else if (says(success, false)) {
		dialect_say(out, PROVISION_REFUSED, "refused by the provider");
	} else {
		dialect_say(out, PROVISION_AGAIN, "no usable answer");
	}
	json_decref(root);
}

/* -- calls ------------------------------------------------------------------------------------------------------------- */

static void call(struct arena *a, const struct provision_conf *c, uint64_t id, const char *body, struct instant now, dialect_read *read,
		 struct provision_answer *out)
{
	const char *time = arena_printf(a, "%lld", (long long)(now.us / SECOND_US)), *event = number(a, id);
	const char *query = arena_printf(a, "signature=%s&timestamp=%s&eventId=%s", tencent_sign(a, c->secret, time, event), time, event);
	const char *headers[2] = { NULL };

	if (c->dialect == DIALECT_YUNSHI)
		*headers = arena_printf(a, "X-Yunshi-Signature: %s", yunshi_signature(a, c->secret, c->old_secret, time, event, body));
	dialect_call(a, c, &(struct dialect_post){ dialect_url(a, c->url, query), body, headers }, read, out);
}

void tencent_tell(struct arena *a, const struct provision_conf *c, const struct provision_event *e, struct instant now, struct provision_answer *out)
{
	call(a, c, e->id, tencent_write(a, e), now, e->action == PROVISION_CREATE ? tencent_create_read : tencent_change_read, out);
}

/* An echo of what was sent: kept as the instance's number, compared by the caller. */
static void echo_read(struct arena *a, const char *body, size_t n, struct provision_answer *out)
{
	json_t *root = json_loadb(body, n, JSON_REJECT_DUPLICATES, NULL);

	out->delivered.sign_id = dialect_member(a, root, "echoback", 2 * ECHO_BYTES);
	dialect_say(out, PROVISION_REFUSED, "no echoback in the answer");
	json_decref(root);
}

static bool echoes(struct arena *a, const struct provision_conf *c, struct instant now, struct provision_answer *out)
{
	char word[2 * ECHO_BYTES + 1];
	const char *body = arena_printf(a, "{\"action\":\"verifyInterface\",\"echoback\":\"%s\"}", token_hex(ECHO_BYTES, word));

	call(a, c, (uint64_t)now.us, body, now, echo_read, out);
	return out->delivered.sign_id && str_eq(out->delivered.sign_id, word);
}

void tencent_check(struct arena *a, const struct provision_conf *c, struct instant now, struct provision_answer *out)
{
	struct provision_conf forged = *c;
	struct provision_answer stranger;

	if (!echoes(a, c, now, out))
		return;
	forged.secret = arena_printf(a, "not %s", c->secret);
	forged.old_secret = NULL;
	if (echoes(a, &forged, now, &stranger))
		dialect_say(out, PROVISION_REFUSED, "a wrong signature was accepted");
	else
		dialect_say(out, PROVISION_DONE, "the signature is checked and the word came back");
}
