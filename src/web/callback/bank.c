/* POST /callback/bank: a bank announces money (ISO-2, ISO-3). */
#include "app/channel.h"
#include "base/log.h"
#include "web/negotiate.h"
#include "web/web.h"

enum { BANK_NAME_MAX = 8 };

/* Which bank it is: by its client certificate, as nginx tells, else by the query; its pinned key decides whether it is. */
static enum bank_code bank_of(struct web *w)
{
	const char *name = req_env(w->req, "YUNSHI_BANK");

	if (!name || !*name) {
		if (input_urlencoded(w->cx->a, w->req->query, strlen(w->req->query), &w->input) != RC_OK)
			return 0;
		name = input_text(&w->input, "bank", BANK_NAME_MAX);
	}
	return name ? (enum bank_code)enum_of(&bank_code_enum, name, strlen(name)) : 0;
}

/* 2xx: stored for good; 4xx: refused as a whole; 5xx: send it again. */
static enum rc answer(struct web *w, enum rc rc, const struct channel_taken *t)
{
	const char *text = t->why ? t->why : rc_info[rc].text;

	log_event(rc == RC_OK ? 'I' : 'W', "bank_document", LOG_STR("message", t->message_id), LOG_INT("entries", (int64_t)t->entries),
		  LOG_INT("known", (int64_t)t->known), LOG_STR("result", rc_info[rc].name), LOG_STR("why", t->why), LOG_STR("where", t->where),
		  LOG_INT("line", t->line), LOG_STR("request", w->cx->request_id));
	if (rc == RC_OK)
		return web_raw(w, rc_info[rc].http, "text/plain; charset=utf-8", t->again ? "known\n" : "stored\n");
	int status = t->refused ? rc_info[rc].http : rc_info[RC_BUSY].http;
	return web_raw(w, status, "text/plain; charset=utf-8", arena_printf(w->cx->a, "%s%s%s\n", text, t->where ? " at " : "", t->where ? t->where : ""));
}

enum rc callback_bank(struct cx *cx, struct web *w)
{
	const struct channel *c = channel_of(CHANNEL_B2B);
	struct channel_document in = { .bank = bank_of(w), .source = BANK_BY_CALLBACK, .body = w->req->body };
	struct channel_taken taken = { .refused = true };

	if (!c || !in.bank)
		return answer(w, RC_NOT_FOUND, &taken);
	if (!media_is(w->req->type, "application/xml"))
		return answer(w, RC_MEDIA, &taken);
	return answer(w, c->document(cx, &in, &taken), &taken);
}
