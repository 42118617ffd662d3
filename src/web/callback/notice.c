#include "app/channel.h"
#include "web/web.h"

enum { HTTP_OK = 200 };		/* whatever became of it: the platform reads the document (WXP-4) */

static enum rc heard(struct cx *cx, struct web *w, const struct channel *c, enum rc (*notice)(struct cx *, const char *, struct bytes, struct out *))
{
	struct out answer = { 0 };
	enum rc rc = notice(cx, w->req->type, w->req->body, &answer);
	const char *text = arena_dup(cx->a, answer.p, answer.n);
	out_free(&answer);
	if (rc == RC_INTERNAL)		/* settings are missing: not this notification's fault */
		return rc;
	return web_raw(w, HTTP_OK, c->notice_media, text);
}

/* POST /callback/wechat: a payment notification (WXP-5).  The answer is written after the commit. */
enum rc callback_wechat(struct cx *cx, struct web *w)
{
	const struct channel *c = channel_of(CHANNEL_WECHAT);

	return c ? heard(cx, w, c, c->notice) : RC_NOT_FOUND;
}

/* POST /callback/wechat/refund: what became of a refund, as a hint (WXP-8). */
enum rc callback_wechat_refund(struct cx *cx, struct web *w)
{
	const struct channel *c = channel_of(CHANNEL_WECHAT);

	return c ? heard(cx, w, c, c->refund_notice) : RC_NOT_FOUND;
}
