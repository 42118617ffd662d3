#include "app/channel.h"
#include "web/web.h"

enum { HTTP_OK = 200 };		/* whatever became of it: the platform reads the document (WXP-4) */

/* POST /callback/wechat: a payment notification (WXP-5).  The answer is written after the commit. */
enum rc callback_wechat(struct cx *cx, struct web *w)
{
	const struct channel *c = channel_of(CHANNEL_WECHAT);
	struct out answer = { 0 };

	if (!c)
		return RC_NOT_FOUND;
	enum rc rc = c->notice(cx, w->req->type, w->req->body, &answer);
	const char *text = arena_dup(cx->a, answer.p, answer.n);
	out_free(&answer);
	if (rc == RC_INTERNAL)		/* settings are missing: not this notification's fault */
		return rc;
	return web_raw(w, HTTP_OK, c->notice_media, text);
}
