#include "channel/koogallery.h"

#include "base/beijing.h"
#include "base/str.h"
#include "base/time.h"
#include "crypto/hash.h"
#include "crypto/token.h"

enum { NONCE_BYTES = 32, MS_US = 1000 };

/* -- what is sent ------------------------------------------------------------------------------------------------------ */

static const char *hmac_hex(struct arena *a, const char *key, const char *text)
{
	unsigned char mac[SHA256_SIZE];
	char *hex = arena_alloc(a, 2 * SHA256_SIZE + 1);

	hash_hmac_sha256(key, strlen(key), text, strlen(text), mac);
	return hash_hex(mac, sizeof mac, hex);
}

const char *koogallery_sign(struct arena *a, const char *key, const char *nonce, const char *timestamp, const char *body)
{
	return hmac_hex(a, key, arena_printf(a, "%s%s%s%s", key, nonce, timestamp, hmac_hex(a, key, body)));
}

static void put_order(struct arena *a, struct out *o, const struct provision_event *e)
{
	dialect_put(o, "orderId", e->order);
	dialect_put(o, "orderLineId", arena_printf(a, "%s-%06llu", e->order, (unsigned long long)e->line));
}

/* A renewal, and a trial that is paid now: the instance lives until then. */
static void put_refresh(struct arena *a, struct out *o, const struct provision_event *e)
{
	char end[BEIJING_SIZE];

	dialect_put(o, "activity", "refreshInstance");
	dialect_put(o, "scene", e->action == PROVISION_RENEW ? "RENEWAL" : "TRIAL_TO_FORMAL");
	put_order(a, o, e);
	dialect_put(o, "productId", e->product_id);
	dialect_put(o, "expireTime", beijing_text(e->end, end));
}

const char *koogallery_write(struct arena *a, const struct provision_event *e)
{
	struct out o = { 0 };

	out_lit(&o, "{");
	if (e->action == PROVISION_CREATE) {
		dialect_put(&o, "activity", "newInstance");
		put_order(a, &o, e);
		dialect_put(&o, "businessId", arena_printf(a, "%llu", (unsigned long long)e->id));
	} else if (e->action == PROVISION_RENEW || (e->action == PROVISION_MODIFY && e->end.us)) {
		put_refresh(a, &o, e);
	} else if (e->action == PROVISION_MODIFY) {
		dialect_put(&o, "activity", "upgradeInstance");
		put_order(a, &o, e);
		dialect_put(&o, "productId", e->product_id);
	} else if (e->action == PROVISION_EXPIRE) {
		dialect_put(&o, "activity", "updateInstanceStatus");
		dialect_put(&o, "status", "FREEZE");
	} else {
		dialect_put(&o, "activity", "releaseInstance");
		put_order(a, &o, e);
	}
	if (e->sign_id)
		dialect_put(&o, "instanceId", e->sign_id);
	out_lit(&o, "\"testFlag\":\"0\"}");
	return dialect_text(a, &o);
}

static const char *query_write(struct arena *a, const char *instance, const char *test)
{
	struct out o = { 0 };

	out_lit(&o, "{");
	dialect_put(&o, "activity", "queryInstance");
	dialect_put(&o, "instanceId", instance);
	out_lit(&o, "\"testFlag\":");
	out_json(&o, test);
	out_lit(&o, "}");
	return dialect_text(a, &o);
}

/* -- what is answered -------------------------------------------------------------------------------------------------- */

/* A wrong key and an error inside may be mended there; what it does not want, it will not want again. */
static const struct { const char *code; enum provision_verdict verdict; const char *why; } results[] = {
	{ "000000", PROVISION_DONE, "done" },
	{ "000001", PROVISION_AGAIN, "000001: the signature was refused" },
	{ "000002", PROVISION_REFUSED, "000002: a parameter was refused" },
	{ "000003", PROVISION_REFUSED, "000003: no such instance there" },
	{ "000004", PROVISION_ACCEPTED, "000004: under way at the provider" },
	{ "000005", PROVISION_AGAIN, "000005: an error at the provider" },
};

static void read_code(json_t *root, struct provision_answer *out)
{
	const char *code = json_string_value(json_object_get(root, "resultCode"));

	out->stranger = code && str_eq(code, "000001");
	for (size_t i = 0; code && i < sizeof results / sizeof *results; i++)
		if (str_eq(code, results[i].code))
			return dialect_say(out, results[i].verdict, results[i].why);
	if (code && strlen(code) == 6 && !strncmp(code, "0001", 4))
		dialect_say(out, PROVISION_REFUSED, "0001…: refused by the provider's business rules");
	else
		dialect_say(out, PROVISION_AGAIN, "no usable resultCode in the answer");
}

/* sign_id is set whenever the provider names one, also when the instance is still being made. */
void koogallery_created_read(struct arena *a, const char *body, size_t n, struct provision_answer *out)
{
	json_t *root = json_loadb(body, n, JSON_REJECT_DUPLICATES, NULL);

	read_code(root, out);
	out->delivered.sign_id = dialect_member(a, root, "instanceId", PROVISION_SIGN_ID_MAX);
	if (out->verdict == PROVISION_DONE && !out->delivered.sign_id)
		dialect_say(out, PROVISION_AGAIN, "no usable instanceId in the answer");
	json_decref(root);
}

static void read_info(struct arena *a, json_t *app, struct resource_delivered *d)
{
	static const char *const fields[][2] = {
		{ "frontEndUrl", "website" }, { "authUrl", "auth_url" }, { "adminUrl", "admin_url" }, { "userName", "account" }, { "password", "password" },
		{ "memo", "memo" },
	};

	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
		dialect_field(a, d, fields[i][1], dialect_member(a, app, fields[i][0], RESOURCE_VALUE_MAX));
}

void koogallery_info_read(struct arena *a, const char *body, size_t n, struct provision_answer *out)
{
	json_t *root = json_loadb(body, n, JSON_REJECT_DUPLICATES, NULL);
	json_t *info = json_array_get(json_object_get(root, "info"), 0);

	read_code(root, out);
	if (out->verdict == PROVISION_DONE && !info)
		dialect_say(out, PROVISION_ACCEPTED, "no information about the instance yet");
	else if (out->verdict == PROVISION_DONE)
		read_info(a, json_object_get(info, "appInfo"), &out->delivered);
	json_decref(root);
}

void koogallery_change_read(struct arena *a, const char *body, size_t n, struct provision_answer *out)
{
	json_t *root = json_loadb(body, n, JSON_REJECT_DUPLICATES, NULL);

	(void)a;
	read_code(root, out);
	json_decref(root);
}

/* -- calls ------------------------------------------------------------------------------------------------------------- */

static void call(struct arena *a, const struct provision_conf *c, const char *body, struct instant now, dialect_read *read, struct provision_answer *out)
{
	static const char *const headers[] = { "Accept: application/json", NULL };
	char nonce[2 * NONCE_BYTES + 1];
	const char *time = arena_printf(a, "%lld", (long long)(now.us / MS_US));

	token_hex(NONCE_BYTES, nonce);
	const char *query = arena_printf(a, "signature=%s&timestamp=%s&nonce=%s", koogallery_sign(a, c->secret, nonce, time, body), time, nonce);
	dialect_call(a, c, &(struct dialect_post){ dialect_url(a, c->url, query), body, headers }, read, out);
}

/* The same order line is the same instance there, however often it is asked for; its information says whether it is ready. */
static void create(struct arena *a, const struct provision_conf *c, const struct provision_event *e, struct instant now, struct provision_answer *out)
{
	call(a, c, koogallery_write(a, e), now, koogallery_created_read, out);
	const char *id = out->delivered.sign_id;
	if (!id || (out->verdict != PROVISION_DONE && out->verdict != PROVISION_ACCEPTED))
		return;
	call(a, c, query_write(a, id, "0"), now, koogallery_info_read, out);
	if (out->verdict == PROVISION_DONE)
		out->delivered.sign_id = id;
	else if (out->verdict == PROVISION_REFUSED)	/* an instance that it has just named */
		dialect_say(out, PROVISION_ACCEPTED, "no information about the instance yet");
}

void koogallery_tell(struct arena *a, const struct provision_conf *c, const struct provision_event *e, struct instant now, struct provision_answer *out)
{
	if (e->action == PROVISION_CREATE)
		create(a, c, e, now, out);
	else
		call(a, c, koogallery_write(a, e), now, koogallery_change_read, out);
}

/* Asked for an instance that it cannot have, it says so; asked by a stranger, it says nothing. */
static void ask(struct arena *a, const struct provision_conf *c, struct instant now, struct provision_answer *out)
{
	call(a, c, query_write(a, "yunshi-connection-check", "1"), now, koogallery_change_read, out);
}

void koogallery_check(struct arena *a, const struct provision_conf *c, struct instant now, struct provision_answer *out)
{
	struct provision_conf forged = *c;
	struct provision_answer stranger;

	ask(a, c, now, out);
	bool knows = out->status == 200 && (out->verdict == PROVISION_DONE || out->verdict == PROVISION_REFUSED);
	if (!knows)
		return;
	forged.secret = arena_printf(a, "not %s", c->secret);
	ask(a, &forged, now, &stranger);
	if (stranger.status == 200 && stranger.verdict != PROVISION_AGAIN)
		dialect_say(out, PROVISION_REFUSED, "a wrong signature was accepted");
	else
		dialect_say(out, PROVISION_DONE, "the signature is checked and the question was answered");
}
