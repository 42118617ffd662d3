#include "web/identity.h"
#include "app/session.h"
#include "base/log.h"
#include "base/str.h"
#include "base/time.h"

/* How fresh the note of a session's last use is kept. */
#define TOUCH_US MINUTE_US

static bool alive(const struct cx *cx, const struct q_session_by_token *s)
{
	int64_t idle = cx->now.us - s->seen_at.us;

	if (s->expires_at.us <= cx->now.us)
		return false;
	return s->org_kind != ORG_PLATFORM || idle <= cx->conf->platform_operator_idle_minutes * MINUTE_US;
}

static void act_as(struct web *w, const struct q_session_by_token *s)
{
	struct actor *who = &w->cx->actor;

	who->person = s->person;
	who->org = s->org;
	who->roles = (uint32_t)s->roles;
	who->org_kind = s->org_kind;
	who->name = s->person_name;
	w->session = s;
	if (s->language)
		w->cx->lang = s->language;
}

/* A page is not refused because this could not be noted. */
static void touch(struct web *w, const char *token)
{
	if (w->cx->now.us - w->session->seen_at.us >= TOUCH_US && session_touch(w->cx, token) != RC_OK)
		log_event('W', "session_touch", LOG_STR("request", w->req->id));
}

static enum rc read_session(struct web *w, const char *token)
{
	struct q_session_by_token *s = ARENA_NEW(w->cx->a, struct q_session_by_token);
	unsigned char hash[32];

	session_hash(token, hash);
	enum rc rc = q_session_by_token(w->cx->db, w->cx->a, &(struct q_session_by_token_in){ .token_hash = { hash, sizeof hash } }, s);
	if (rc == RC_NOT_FOUND || (rc == RC_OK && !alive(w->cx, s)))
		return RC_OK;
	TRY(rc);
	act_as(w, s);
	w->cookie = token;
	touch(w, token);
	return RC_OK;
}

enum rc identify(struct web *w)
{
	const char *header = req_env(w->req, "HTTP_COOKIE");
	const char *token = cookie_get(w->cx->a, w->cx->conf, COOKIE_SESSION, header);

	if (req_env(w->req, "HTTP_AUTHORIZATION"))
		return RC_UNAUTHENTICATED;	/* no access token has been given to anybody */
	if (token)
		TRY(read_session(w, token));
	if (!w->session)
		w->cookie = cookie_get(w->cx->a, w->cx->conf, COOKIE_VISITOR, header);
	return RC_OK;
}
