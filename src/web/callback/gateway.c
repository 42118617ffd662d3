/* What a web server in front of a bought API asks (DEL-14), and what a provider's own gateway reports (DEL-15). */
#include <jansson.h>

#include "app/api.h"
#include "base/str.h"
#include "base/time.h"
#include "web/negotiate.h"
#include "web/web.h"

/* HTTP_X_DATE of x-date, when it came once. */
static const char *header_of(void *from, const char *name)
{
	struct web *w = from;
	char *variable = arena_printf(w->cx->a, "HTTP_%s", name), *value = NULL;
	size_t n = strlen(variable);

	for (char *p = variable; *p; p++)
		*p = *p == '-' ? '_' : *p >= 'a' && *p <= 'z' ? (char)(*p - 'a' + 'A') : *p;
	for (const char *const *e = w->req->env; *e; e++)
		if (str_prefix(*e, variable) && (*e)[n] == '=') {
			if (value)
				return NULL;
			value = arena_strdup(w->cx->a, *e + n + 1);
		}
	return value;
}

/* The web server's own setting goes before what a request says. */
static const char *product_of(const struct web *w)
{
	const char *product = req_env(w->req, "YUNSHI_PRODUCT");

	return product && *product ? product : req_env(w->req, "HTTP_X_YUNSHI_PRODUCT");
}

/* GET /gateway/check.  The answer is for the web server: a status, and two headers that it may hand on. */
enum rc gateway_check(struct cx *cx, struct web *w)
{
	struct api_ask ask = { .header = header_of, .from = w, .product = product_of(w) };
	struct api_answer answer;

	TRY(api_check(cx, &ask, &answer));
	const struct api_verdict_info *v = &api_verdict_info[answer.verdict];
	if (answer.verdict == API_GRANTED)
		out_printf(&w->ans->head, "X-Quota-Remaining: %lld\r\n", (long long)answer.left);
	else
		out_printf(&w->ans->head, "X-Quota-Refused: %s\r\n", v->name);
	if (v->status == 401)
		out_lit(&w->ans->head, "WWW-Authenticate: hmac realm=\"api\"\r\n");
	return web_raw(w, v->status, "application/json", arena_printf(cx->a, "{\"code\":\"%s\"}\n", v->name));
}

/* ---- reports ---- */

/* Clean ASCII of at most so many characters; NULL: not that. */
static const char *word(struct arena *a, const json_t *o, const char *name)
{
	const char *s = json_string_value(json_object_get(o, name));
	size_t n = s ? strlen(s) : 0;

	if (!n || n != json_string_length(json_object_get(o, name)) || n > API_RECORD_ID_MAX)
		return NULL;
	for (const char *p = s; *p; p++)
		if (*p <= ' ' || *p > '~')
			return NULL;
	return arena_strdup(a, s);
}

/* {"records":[{"id":"…","secret_id":"AKID…","calls":3,"at":1795227784}]} */
static enum rc read_records(struct arena *a, struct bytes body, struct api_record **out, size_t *n)
{
	json_t *doc = json_loadb(body.p, body.n, JSON_REJECT_DUPLICATES, NULL), *list = json_object_get(doc, "records");
	enum rc rc = !json_is_array(list) || !json_array_size(list) ? RC_MALFORMED : json_array_size(list) > API_RECORDS_MAX ? RC_TOO_LARGE : RC_OK;

	*n = rc == RC_OK ? json_array_size(list) : 0;
	*out = ARENA_ARRAY(a, struct api_record, *n);
	for (size_t i = 0; i < *n; i++) {
		const json_t *o = json_array_get(list, i);
		int64_t at = json_integer_value(json_object_get(o, "at"));
		(*out)[i] = (struct api_record){
			.id = word(a, o, "id"), .secret_id = word(a, o, "secret_id"), .calls = json_integer_value(json_object_get(o, "calls")),
			.at = { at > 0 && at < INT64_MAX / SECOND_US ? at * SECOND_US : 0 },
		};
	}
	json_decref(doc);
	return rc;
}

static enum rc show_results(struct web *w, const struct api_record *r, size_t n)
{
	struct out o = { 0 };

	out_lit(&o, "{\"records\":[");
	for (size_t i = 0; i < n; i++) {
		out_str(&o, i ? ",{\"id\":" : "{\"id\":");
		out_json(&o, r[i].id);
		out_lit(&o, ",\"result\":");
		out_json(&o, api_result_names[r[i].result]);
		out_lit(&o, "}");
	}
	out_lit(&o, "]}\n");
	const char *text = arena_dup(w->cx->a, o.p, o.n);
	out_free(&o);
	return web_raw(w, 200, "application/json", text);
}

/* POST /usage?eventId=…  What is wrong with the whole is a status, what is wrong with a record its result. */
enum rc gateway_report(struct cx *cx, struct web *w)
{
	struct api_reporter who = { .slug = req_env(w->req, "HTTP_X_YUNSHI_PRODUCT"), .signature = req_env(w->req, "HTTP_X_YUNSHI_SIGNATURE"), .body = w->req->body };
	struct api_record *records;
	uint64_t product;
	size_t n;

	w->json = true;
	if (!media_is(w->req->type, "application/json"))
		return RC_MEDIA;
	TRY(input_urlencoded(cx->a, w->req->query, strlen(w->req->query), &w->input));
	who.event = input_text(&w->input, "eventId", API_RECORD_ID_MAX);
	TRY(api_reporter(cx, &who, &product));
	TRY(read_records(cx->a, w->req->body, &records, &n));
	TRY(api_report(cx, product, records, n));
	return show_results(w, records, n);
}
