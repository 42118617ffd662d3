#include "app/api_try.h"
#include "base/log.h"
#include "base/str.h"
#include "base/time.h"
#include "http/http.h"
#include "jobs/jobs.h"

enum { KEPT_MAX = 16 << 10, READ_MAX = 1 << 20, ADDED_MAX = 60, SIGNED = 3, TYPE_MAX = 100, CUT_CHARACTER_MAX = 3 };

static const char *const methods[] = { [API_GET] = "GET", [API_POST] = "POST", [API_PUT] = "PUT", [API_PATCH] = "PATCH", [API_DELETE] = "DELETE" };

/* The beginning of an answer.  More than is kept is not waited for. */
struct kept { char text[KEPT_MAX]; size_t n; bool more; };

static bool keep(void *to, const char *p, size_t n)
{
	struct kept *k = to;
	size_t room = KEPT_MAX - k->n;

	k->more = n > room;
	n = k->more ? room : n;
	memcpy(k->text + k->n, p, n);
	k->n += n;
	return !k->more;
}

/* What can be shown: text, without the half character at a cut, and without carriage returns.  NULL: it is none. */
static const char *text_of(struct arena *a, const struct kept *k)
{
	size_t n = k->n, to = 0;

	for (int i = 0; k->more && i < CUT_CHARACTER_MAX && n && !str_utf8(k->text, n); i++)
		n--;
	char *text = arena_dup(a, k->text, n);
	for (size_t i = 0; i < n; i++)
		if (text[i] != '\r')
			text[to++] = text[i];
	text[to] = 0;
	return str_utf8(text, to) && !str_control(text, true) ? text : NULL;
}

/* The lines of `added` and the signature, as one list. */
static const char *const *headers_of(struct arena *a, const char *added, const struct api_try_signed *s)
{
	const char **list = ARENA_ARRAY(a, const char *, ADDED_MAX + SIGNED + 1);
	size_t n = 0;

	for (const char *end; (end = strchr(added, '\n')) && n < ADDED_MAX; added = end + 1)
		list[n++] = arena_dup(a, added, (size_t)(end - added));
	for (int i = 0; i < SIGNED; i++)
		list[n++] = s->header[i];
	return list;
}

static enum api_try_state state_of(enum rc rc, const struct http_answer *h)
{
	if (h->status)
		return API_TRY_ANSWERED;
	return rc == RC_DENIED || rc == RC_INVALID ? API_TRY_DENIED : rc == RC_AWAY ? API_TRY_AWAY : API_TRY_SILENT;
}

static void call(struct cx *cx, const struct q_api_try_take *t, const struct api_try_signed *s, struct q_api_try_done_in *in)
{
	struct kept *kept = ARENA_NEW(cx->a, struct kept);
	struct http_call http = {
		.url = t->url, .method = methods[t->method], .content_type = "application/json; charset=utf-8", .body = { t->body, strlen(t->body) },
		.headers = headers_of(cx->a, t->added, s), .timeout_ms = (int)cx->conf->provision_timeout_ms, .max_bytes = READ_MAX,
		.allow_private = cx->conf->platform_development, .piece = keep, .to = kept,
	};
	struct http_answer h = { 0 };
	struct instant begun = clock_real();
	enum rc rc = http_send(cx->a, &http, &h);

	in->state = state_of(rc, &h);
	in->took_ms = (uint64_t)((clock_real().us - begun.us) / (SECOND_US / 1000));
	in->headers = arena_printf(cx->a, "%s\n%s\n%s\n", s->header[0], s->header[1], s->header[2]);
	if (in->state != API_TRY_ANSWERED)
		return;
	in->status = (uint64_t)h.status;
	in->type = strlen(h.content_type) <= TYPE_MAX && !str_control(h.content_type, false) ? h.content_type : "";
	in->answer = text_of(cx->a, kept);
	in->cut = rc != RC_OK;
}

enum rc job_api_try(struct cx *cx, bool *more)
{
	struct q_api_try_take *t;
	struct api_try_signed s;

	TRY(api_try_take(cx, &t));
	*more = t;
	if (!t || t->state != API_TRY_CALLING)
		return RC_OK;
	TRY(api_try_sign(cx, t, &s));
	struct q_api_try_done_in in = { .buyer = t->buyer_id, .id = t->id, .type = "" };
	call(cx, t, &s, &in);
	log_event('I', "api_try", LOG_INT("resource", t->resource_id), LOG_STR("state", api_try_state_enum.names[in.state]), LOG_INT("status", in.status));
	return api_try_tell(cx, &s, &in);
}
