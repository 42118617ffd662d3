#include "channel/dialect.h"

#include <assert.h>

#include "base/str.h"
#include "http/http.h"

enum { FIELD_NAME_MAX = 60 };

const char *dialect_url(struct arena *a, const char *url, const char *query)
{
	return arena_printf(a, "%s%c%s", url, strchr(url, '?') ? '&' : '?', query);
}

void dialect_put(struct out *o, const char *name, const char *value)
{
	out_json(o, name);
	out_lit(o, ":");
	out_json(o, value);
	out_lit(o, ",");
}

const char *dialect_text(struct arena *a, struct out *o)
{
	const char *text = arena_dup(a, o->p, o->n);

	out_free(o);
	return text;
}

const char *dialect_member(struct arena *a, json_t *o, const char *name, size_t max)
{
	const char *s = json_string_value(json_object_get(o, name));

	if (!s || !*s || strlen(s) > max || str_control(s, false))
		return NULL;
	return arena_strdup(a, s);
}

void dialect_say(struct provision_answer *out, enum provision_verdict v, const char *why)
{
	out->verdict = v;
	out->why = why;
}

static bool is_secret(const char *name)
{
	static const char *const words[] = { "password", "secret", "key", "token", "密码", "口令", "密钥" };
	char lower[FIELD_NAME_MAX + 1];
	size_t n = 0;

	for (; n < FIELD_NAME_MAX && name[n]; n++)
		lower[n] = (char)(name[n] >= 'A' && name[n] <= 'Z' ? name[n] + 32 : name[n]);
	lower[n] = 0;
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (strstr(lower, words[i]))
			return true;
	return false;
}

void dialect_field(struct arena *a, struct resource_delivered *d, const char *name, const char *value)
{
	if (!name || !value || strlen(name) > FIELD_NAME_MAX || d->fields_n == RESOURCE_FIELDS_MAX)
		return;
	struct resource_field *f = ARENA_ARRAY(a, struct resource_field, d->fields_n + 1);
	if (d->fields_n)
		memcpy(f, d->fields, d->fields_n * sizeof *f);
	f[d->fields_n++] = (struct resource_field){ name, value, is_secret(name) };
	d->fields = f;
}

static void read_answer(struct arena *a, const struct http_answer *h, dialect_read *read, struct provision_answer *out)
{
	out->status = h->status;
	out->stranger = h->status == 401 || h->status == 403;
	if (h->status == 200)
		read(a, h->body, h->n, out);
	else if (h->status >= 400 && h->status < 500 && h->status != 408 && h->status != 429)
		dialect_say(out, PROVISION_REFUSED, "refused by the provider");
	else
		dialect_say(out, PROVISION_AGAIN, "not a usable status");
}

void dialect_call(struct arena *a, const struct provision_conf *c, const struct dialect_post *p, dialect_read *read, struct provision_answer *out)
{
	struct http_call post = {
		.url = p->url, .content_type = "application/json; charset=utf-8", .body = { p->body, strlen(p->body) }, .headers = p->headers,
		.timeout_ms = c->timeout_ms, .max_bytes = PROVISION_ANSWER_MAX, .allow_private = c->allow_private,
	};
	struct http_answer h = { 0 };

	*out = (struct provision_answer){ 0 };
	enum rc rc = http_send(a, &post, &h);
	if (rc == RC_OK)
		read_answer(a, &h, read, out);
	else if (rc == RC_DENIED || rc == RC_INVALID)
		dialect_say(out, PROVISION_REFUSED, h.why ? h.why : "not an address that may be called");
	else
		dialect_say(out, PROVISION_AGAIN, h.why ? h.why : "no answer");
}

/* yunshi is tencent with one header more (PRV-4). */
static const struct {
	void (*tell)(struct arena *a, const struct provision_conf *c, const struct provision_event *e, struct instant now, struct provision_answer *out);
	void (*check)(struct arena *a, const struct provision_conf *c, struct instant now, struct provision_answer *out);
} dialects[] = {
	[DIALECT_TENCENT] = { tencent_tell, tencent_check },
	[DIALECT_KOOGALLERY] = { koogallery_tell, koogallery_check },
	[DIALECT_YUNSHI] = { tencent_tell, tencent_check },
};

#define BEFORE "(signed with the secret that is being replaced)"

static struct provision_conf with_old(const struct provision_conf *c)
{
	struct provision_conf before = *c;

	before.secret = c->old_secret;
	before.old_secret = NULL;
	return before;
}

void provision_tell(struct arena *a, const struct provision_conf *c, const struct provision_event *e, struct instant now, struct provision_answer *out)
{
	struct provision_conf before = with_old(c);

	assert(c->dialect && (int)c->dialect <= dialect_n);
	dialects[c->dialect].tell(a, c, e, now, out);
	if (!out->stranger || !before.secret)
		return;
	dialects[c->dialect].tell(a, &before, e, now, out);
	out->why = arena_printf(a, "%s " BEFORE, out->why);
}

void provision_check(struct arena *a, const struct provision_conf *c, struct instant now, struct provision_answer *out)
{
	struct provision_conf before = with_old(c);

	assert(c->dialect && (int)c->dialect <= dialect_n);
	dialects[c->dialect].check(a, c, now, out);
	if (!out->stranger || !before.secret)
		return;
	dialects[c->dialect].check(a, &before, now, out);
	out->why = arena_printf(a, "%s " BEFORE, out->why);
}
