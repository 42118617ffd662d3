/* What a web server in front of a bought API asks (DEL-14), and what a provider's own gateway reports (DEL-15). */
#include "app/api.h"
#include "base/str.h"
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
