#include "sandbox/provider.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/str.h"
#include "base/time.h"
#include "crypto/hash.h"
#include "crypto/token.h"
#include "sandbox/sandbox.h"

enum { TIMESTAMP_SPAN_S = 300, SIGN_ID_BELOW = 900000000, SIGN_ID_FROM = 100000000, PASSWORD_LEN = 12, ID_MAX = 64 };

static const char *const fault_names[] = {
	NULL,
#define F(n) #n,
	PROVIDER_FAULTS(F)
#undef F
};
const struct enum_def provider_fault_enum = { "provider_fault", fault_names, PROVIDER_FAULT__MAX - 1 };

const struct provider_call *provider_call_at(const struct provider *p, size_t i)
{
	return i < p->calls_n && i < PROVIDER_CALLS_MAX ? &p->calls[(p->calls_n - 1 - i) % PROVIDER_CALLS_MAX] : NULL;
}

static struct instance *instance_at(struct provider *p, size_t i)
{
	return i < p->instances_n && i < INSTANCES_MAX ? &p->instances[(p->instances_n - 1 - i) % INSTANCES_MAX] : NULL;
}

struct instance *provider_instance(struct provider *p, const char *sign_id)
{
	struct instance *x;

	for (size_t i = 0; (x = instance_at(p, i)); i++)
		if (str_eq(x->sign_id, sign_id))
			return x;
	return NULL;
}

static struct instance *instance_of_order(struct provider *p, const char *name, const char *order)
{
	struct instance *x;

	for (size_t i = 0; (x = instance_at(p, i)); i++)
		if (str_eq(x->order, order) && str_eq(x->provider, name))
			return x;
	return NULL;
}

void provider_fail(struct provider *p, const char *name, enum provider_fault fault, int times)
{
	PUT(p->fault.provider, name);
	p->fault.kind = fault;
	p->fault.times = fault > PROVIDER_FAULT_none ? times : 0;
}

static enum provider_fault fault_now(struct provider *p, const char *name)
{
	if (p->fault.times <= 0 || (*p->fault.provider && !str_eq(p->fault.provider, name)))
		return PROVIDER_FAULT_none;
	p->fault.times--;
	return p->fault.kind;
}

/* ---- who calls ---- */

static int by_text(const void *a, const void *b) { return strcmp(*(const char *const *)a, *(const char *const *)b); }

/* Lower-case SHA-256 of token, timestamp and eventId, sorted as texts. */
static bool signed_well(struct sandbox *sb, const struct input *query)
{
	const char *part[] = { sb->conf->sandbox_provider_token, input_text(query, "timestamp"),
			       input_text(query, "eventId") };
	char want[2 * SHA256_SIZE + 1];

	qsort(part, 3, sizeof *part, by_text);
	const char *joined = arena_printf(sb->a, "%s%s%s", part[0], part[1], part[2]);
	return *sb->conf->sandbox_provider_token &&
	       hash_equal_text(hash_sha256_hex(joined, strlen(joined), want), input_text(query, "signature"));
}

static const char *unheard(struct sandbox *sb, const struct input *query)
{
	int64_t now = clock_now().us / SECOND_US, then = input_number(query, "timestamp", 0);

	return !signed_well(sb, query) ? "bad signature"
	     : then < now - TIMESTAMP_SPAN_S || then > now + TIMESTAMP_SPAN_S ? "timestamp too far from now"
	     : !str_digits(input_text(query, "eventId"), 1, 20) ? "eventId is no number" : NULL;
}

/* ---- what is done ---- */

static void write_app(struct sandbox *sb, const struct instance *x, struct out *o)
{
	const char *site = arena_printf(sb->a, "%s/app/%s", sb->conf->sandbox_base_url, x->sign_id);

	out_lit(o, "\"appInfo\":{\"website\":");
	out_json(o, site);
	out_lit(o, ",\"authUrl\":");
	out_json(o, arena_printf(sb->a, "%s/login", site));
	out_lit(o, "}");
}

/* The same instance has the same password however often it is asked for. */
static const char *password_of(struct sandbox *sb, const struct instance *x)
{
	const char *seed = arena_printf(sb->a, "%s %s", sb->conf->sandbox_provider_token, x->sign_id);
	char *hex = arena_alloc(sb->a, 2 * SHA256_SIZE + 1);

	hash_sha256_hex(seed, strlen(seed), hex)[PASSWORD_LEN] = '\0';
	return hex;
}

static void write_created(struct sandbox *sb, const struct instance *x, struct out *o)
{
	out_lit(o, "{\"signId\":");
	out_json(o, x->sign_id);
	out_lit(o, ",");
	write_app(sb, x, o);
	out_lit(o, ",\"additionalInfo\":[{\"name\":\"账号\",\"value\":");
	out_json(o, arena_printf(sb->a, "admin-%s", x->sign_id));
	out_lit(o, "},{\"name\":\"初始密码\",\"value\":");
	out_json(o, password_of(sb, x));
	out_lit(o, "}]}");
}

static void create(struct sandbox *sb, const char *name, const struct input *in, struct out *o)
{
	const char *order = input_text(in, "orderId");
	struct instance *x = instance_of_order(&sb->provider, name, order);

	if (!x) {
		HAPPEN(sb, "created", name, order, sandbox_number(sb, SIGN_ID_FROM + token_below(SIGN_ID_BELOW)),
		       input_text(in, "productInfo.productName"), input_text(in, "productInfo.spec"),
		       input_text(in, "openId"));
		x = instance_at(&sb->provider, 0);
	}
	write_created(sb, x, o);
}

static void answer_success(bool success, struct out *o)
{
	if (success)
		out_lit(o, "{\"success\":\"true\"}");
	else
		out_lit(o, "{\"success\":\"false\",\"message\":\"no such instance\"}");
}

static void renew(struct sandbox *sb, const char *name, const struct input *in, struct out *o)
{
	struct instance *x = provider_instance(&sb->provider, input_text(in, "signId"));
	bool ok = x && !x->gone && str_eq(x->provider, name);

	if (ok)
		HAPPEN(sb, "renewed", x->sign_id, x->spec, input_text(in, "instanceExpireTime"));
	answer_success(ok, o);
}

static void modify(struct sandbox *sb, const char *name, const struct input *in, struct out *o)
{
	struct instance *x = provider_instance(&sb->provider, input_text(in, "signId"));

	if (!x || x->gone || !str_eq(x->provider, name)) {
		answer_success(false, o);
		return;
	}
	const char *until = input_text(in, "instanceExpireTime");
	HAPPEN(sb, "renewed", x->sign_id, input_text(in, "spec"), *until ? until : x->until);
	out_lit(o, "{\"success\":\"true\",");
	write_app(sb, x, o);
	out_lit(o, "}");
}

static void end(struct sandbox *sb, const char *name, const struct input *in, struct out *o, const char *how)
{
	struct instance *x = provider_instance(&sb->provider, input_text(in, "signId"));
	bool ok = x && str_eq(x->provider, name);

	if (ok)
		HAPPEN(sb, "ended_instance", x->sign_id, how);
	answer_success(ok, o);
}

static void expire(struct sandbox *sb, const char *name, const struct input *in, struct out *o)
{
	end(sb, name, in, o, "expired");
}
static void destroy(struct sandbox *sb, const char *name, const struct input *in, struct out *o)
{
	end(sb, name, in, o, "gone");
}

static void verify(struct sandbox *sb, const char *name, const struct input *in, struct out *o)
{
	(void)sb, (void)name;
	out_lit(o, "{\"echoback\":");
	out_json(o, input_text(in, "echoback"));
	out_lit(o, "}");
}

static const struct action {
	const char *name, *needs;
	void (*run)(struct sandbox *sb, const char *name, const struct input *in, struct out *o);
} actions[] = {
	{ "verifyInterface", "echoback", verify }, { "createInstance", "orderId", create },
	{ "renewInstance", "signId", renew },      { "modifyInstance", "signId", modify },
	{ "expireInstance", "signId", expire },    { "destroyInstance", "signId", destroy },
};

static const struct action *action_of(const struct input *in)
{
	for (size_t i = 0; i < sizeof actions / sizeof *actions; i++)
		if (str_eq(actions[i].name, input_text(in, "action")))
			return &actions[i];
	return NULL;
}

/* ---- one call ---- */

static void respond(struct answer *ans, int status, const char *json)
{
	ans->status = status;
	out_str(&ans->body, json);
}

static const char *respond_wrongly(struct answer *ans, enum provider_fault fault)
{
	switch (fault) {
	case PROVIDER_FAULT_error:
		respond(ans, 500, "{\"error\":\"internal\"}");
		break;
	case PROVIDER_FAULT_rubbish:
		respond(ans, 200, "<html>welcome</html>");
		break;
	default:
		respond(ans, 200, "{\"signId\":\"0\"}");
	}
	return provider_fault_enum.names[fault];
}

/* What to write about it. */
static const char *respond_to(struct sandbox *sb, const char *name, const struct input *query, const struct input *in,
			      struct answer *ans)
{
	const char *why = unheard(sb, query);
	const struct action *act = action_of(in);

	if (why) {
		respond(ans, 401, "{\"success\":\"false\",\"message\":\"not authorised\"}");
		return why;
	}
	if (!act || !*input_text(in, act->needs) || strlen(input_text(in, act->needs)) > ID_MAX) {
		respond(ans, 400, "{\"success\":\"false\",\"message\":\"action or parameter missing\"}");
		return "malformed";
	}
	enum provider_fault fault = fault_now(&sb->provider, name);
	if (fault == PROVIDER_FAULT_error || fault == PROVIDER_FAULT_rubbish ||
	    (fault == PROVIDER_FAULT_later && act->run == create))
		return respond_wrongly(ans, fault);
	/* the front server does the waiting, so that nobody else has to */
	if (fault == PROVIDER_FAULT_slow)
		out_lit(&ans->head, "X-Accel-Limit-Rate: 8\r\nX-Accel-Buffering: yes\r\n");
	ans->status = 200;
	act->run(sb, name, in, &ans->body);
	return fault == PROVIDER_FAULT_slow ? "slow" : "done";
}

/* As much of the body as the page shows. */
static const char *body_text(struct sandbox *sb, struct bytes body)
{
	size_t n = body.n < PROVIDER_BODY_MAX ? body.n : PROVIDER_BODY_MAX;

	return str_utf8(body.p, body.n) ? arena_dup(sb->a, body.p, n) : "";
}

void provider_serve(struct sandbox *sb, const char *name, struct req *r, const struct input *query, struct answer *ans)
{
	struct input in = { 0 };
	const char *verdict = "not JSON";

	out_lit(&ans->head, "Content-Type: application/json; charset=utf-8\r\n");
	if (input_body(sb->a, r, &in) == RC_OK)
		verdict = respond_to(sb, name, query, &in, ans);
	else
		respond(ans, 400, "{\"success\":\"false\",\"message\":\"not JSON\"}");
	HAPPEN(sb, "called", sandbox_number(sb, sandbox_ms()), name, input_text(&in, "action"),
	       input_text(query, "eventId"), verdict, body_text(sb, r->body));
}

/* ---- events ---- */

void provider_apply_called(struct sandbox *sb, const char *const *t)
{
	struct provider_call *c = &sb->provider.calls[sb->provider.calls_n++ % PROVIDER_CALLS_MAX];

	*c = (struct provider_call){ .at_ms = atoll(t[0]) };
	PUT(c->provider, t[1]);
	PUT(c->action, t[2]);
	PUT(c->event, t[3]);
	PUT(c->verdict, t[4]);
	PUT(c->body, t[5]);
}

void provider_apply_created(struct sandbox *sb, const char *const *t)
{
	struct instance *x = &sb->provider.instances[sb->provider.instances_n++ % INSTANCES_MAX];

	*x = (struct instance){ .gone = false };
	PUT(x->provider, t[0]);
	PUT(x->order, t[1]);
	PUT(x->sign_id, t[2]);
	PUT(x->product, t[3]);
	PUT(x->spec, t[4]);
	PUT(x->account, t[5]);
}

void provider_apply_renewed(struct sandbox *sb, const char *const *t)
{
	struct instance *x = provider_instance(&sb->provider, t[0]);

	if (!x)
		return;
	PUT(x->spec, t[1]);
	PUT(x->until, t[2]);
	x->expired = false;
}

void provider_apply_ended(struct sandbox *sb, const char *const *t)
{
	struct instance *x = provider_instance(&sb->provider, t[0]);

	if (!x)
		return;
	x->expired = true;
	x->gone = x->gone || str_eq(t[1], "gone");
}
