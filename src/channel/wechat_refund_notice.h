#ifndef CHANNEL_WECHAT_REFUND_NOTICE_H
#define CHANNEL_WECHAT_REFUND_NOTICE_H
#include "channel/wechat_refund.h"

/* Refund notifications (WXP-8): the outer document is not signed, and the encrypted one inside it proves nothing either.  What is read here is a
 * hint to ask about that refund. */
#define WECHAT_REFUND_REFUSALS(R) R(size) R(media) R(xml) R(outcome) R(merchant) R(cipher) R(inner) R(number) R(refund) R(state) R(amount) R(time)
enum wechat_refund_refusal {
	WECHAT_REFUND_HINTED,
#define R(n) WECHAT_REFUND_REFUSAL_##n,
	WECHAT_REFUND_REFUSALS(R)
#undef R
	WECHAT_REFUND_REFUSAL__MAX
};
extern const struct enum_def wechat_refund_refusal_enum;

struct wechat_refund_notice {
	enum wechat_refund_refusal refusal;	/* 0: everything below is well-formed */
	const char *why;			/* after a refusal: detail for the log, never for the answer */
	const char *number, *refund_id;		/* out_refund_no; the platform's */
	enum wechat_refund_state state;
	struct money amount;
};

/* RC_OK, or the result code of the refusal: RC_TOO_LARGE, RC_MEDIA, RC_MALFORMED (xml, inner), RC_DENIED (merchant, cipher), RC_INVALID. */
MUST_USE enum rc wechat_refund_notice_read(struct arena *a, const struct wechat_conf *c, const char *media, struct bytes body,
					   struct wechat_refund_notice *out);
#endif
