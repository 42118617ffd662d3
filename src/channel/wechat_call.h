#ifndef CHANNEL_WECHAT_CALL_H
#define CHANNEL_WECHAT_CALL_H
#include "channel/wechat.h"

/* What all calls of WeChat Pay v2 share; only for the files of this folder. */

enum { WECHAT_REQUEST_FIELDS_MAX = 20 };
struct wechat_request { struct pair fields[WECHAT_REQUEST_FIELDS_MAX]; size_t n; };

/* A value that is NULL or empty is not sent. */
void wechat_put(struct wechat_request *r, const char *name, const char *value);
/* Adds what every request has, signs and writes it.  RC_INVALID: a value would cut a field in two (WXP-7). */
MUST_USE enum rc wechat_request_write(struct arena *a, const struct wechat_conf *c, struct wechat_request *r, struct bytes *xml);

/* The checks that all answers share.  RC_OK: look at out->error; RC_UNCERTAIN: nobody we trust said it (WXP-4). */
MUST_USE enum rc wechat_answer_read(struct arena *a, const struct wechat_conf *c, struct bytes xml, struct xml_flat *doc, struct wechat_answer *out);
MUST_USE enum rc wechat_incomplete(struct wechat_answer *out);

/* RC_OK: an answer came.  RC_AWAY: nothing was sent.  RC_UNCERTAIN: it was sent.  *why: for the log. */
MUST_USE enum rc wechat_post(struct arena *a, const struct wechat_conf *c, const char *path, struct bytes xml, struct wechat_answer *why, struct bytes *answer);
/* The same with our client certificate.  RC_INVALID: there is none, and only development does without (by plain http). */
MUST_USE enum rc wechat_post_secured(struct arena *a, const struct wechat_conf *c, const char *path, struct bytes xml, struct wechat_answer *why,
				     struct bytes *answer);
#endif
