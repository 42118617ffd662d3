#ifndef CHANNEL_WECHAT_NOTICE_H
#define CHANNEL_WECHAT_NOTICE_H
#include "channel/wechat.h"

/* Payment notifications (WXP-5, WXP-6): an untrusted document becomes a notice, or a refusal with its reason. */
#define WECHAT_REFUSALS(R)                                                                                      \
	R(size) R(media) R(xml) R(cut) R(signature) R(merchant) R(outcome) R(number) R(transaction) R(amount)   \
	R(currency) R(time)
enum wechat_refusal {
	WECHAT_ACCEPTED,
#define R(n) WECHAT_REFUSAL_##n,
	WECHAT_REFUSALS(R)
#undef R
	WECHAT_REFUSAL__MAX
};
extern const struct enum_def wechat_refusal_enum;

struct wechat_notice {
	enum wechat_refusal refusal;	/* 0: everything below is authentic and well-formed; currency: number, transaction and total are */
	const char *why;		/* after a refusal: detail for the log, never for the answer */
	bool paid;			/* result_code SUCCESS; false: a payment failed, and only the number is set */
	const char *number;		/* out_trade_no */
	const char *transaction_id, *openid, *bank_type;
	struct money total, cash;
	struct instant paid_at;
	enum wxsign_type sign_type;	/* what it was signed with */
};

/* The checks of WXP-6 in their order, up to the payment number.  Amount and currency are well-formed here (fen above
 * zero, CNY); whether they are those of the payment is for the caller, who knows it.  `media` is the Content-Type as
 * sent.  RC_OK, or the result code of the refusal: RC_TOO_LARGE, RC_MEDIA, RC_MALFORMED (xml), RC_DENIED (signature,
 * merchant), RC_INVALID (the rest). */
MUST_USE enum rc wechat_notice_read(struct arena *a, const struct wechat_conf *c, const char *media, struct bytes body,
				    struct wechat_notice *out);

/* WXP-2: the algorithm stored with the payment (0: none) is the one of the notice. */
static inline bool wechat_notice_signed(const struct wechat_notice *n, enum wxsign_type stored)
{
	return !stored || n->sign_type == stored;
}

/* What is answered, always with status 200 and text/xml: SUCCESS, or FAIL with a message that reveals nothing. */
void wechat_notice_answer(struct out *o, bool success);
#endif
