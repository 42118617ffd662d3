#ifndef CHANNEL_WECHAT_REFUND_H
#define CHANNEL_WECHAT_REFUND_H
#include "channel/wechat.h"

/* Refunds of WeChat Pay v2 (WXP-3): asked for with the client certificate, and asked about. */

struct wechat_refund_in {
	const char *payment, *transaction_id;	/* out_trade_no, or transaction_id when it is set */
	const char *number;			/* out_refund_no: the same number is the same refund */
	struct money total, amount;		/* of the payment; of this refund */
	const char *reason;			/* what the payer reads; cleaned and cut to 80 bytes */
};
struct wechat_refund { struct wechat_answer answer; const char *refund_id; };	/* accepted: not done yet */

#define WECHAT_REFUND_STATES(S) S(SUCCESS) S(PROCESSING) S(REFUNDCLOSE) S(CHANGE)
enum wechat_refund_state {
	WECHAT_REFUND_NONE,
#define S(n) WECHAT_REFUND_##n,
	WECHAT_REFUND_STATES(S)
#undef S
	WECHAT_REFUND__MAX
};
extern const struct enum_def wechat_refund_state_enum;

struct wechat_refund_query {
	struct wechat_answer answer;		/* WECHAT_REFUNDNOTEXIST also when an answer is about others only */
	enum wechat_refund_state state;
	const char *refund_id;
	struct money amount;
	struct instant done_at;			/* 0 when not said */
	bool cny;
	size_t listed, all;			/* refunds of the payment in this answer, and all that there are */
};

/* One call each, with the result codes of channel/wechat.h.  RC_INVALID of the first: it cannot be said in this protocol, or the certificate is missing. */
MUST_USE enum rc wechat_refund(struct arena *a, const struct wechat_conf *c, const struct wechat_refund_in *in, struct wechat_refund *out);
/* As many pages of ten as it takes to find this number among the refunds of its payment. */
MUST_USE enum rc wechat_refund_query(struct arena *a, const struct wechat_conf *c, const char *number, struct wechat_refund_query *out);

/* After this answer the refund will never be made under this number, and it is not our settings that are wrong (WXP-4). */
bool wechat_refund_never(enum wechat_error e);

/* The pure halves. */
MUST_USE enum rc wechat_refund_write(struct arena *a, const struct wechat_conf *c, const struct wechat_refund_in *in, struct bytes *xml);
MUST_USE enum rc wechat_refund_read(struct arena *a, const struct wechat_conf *c, struct bytes xml, const struct wechat_refund_in *in,
				    struct wechat_refund *out);
MUST_USE enum rc wechat_refund_query_write(struct arena *a, const struct wechat_conf *c, const char *number, size_t offset, struct bytes *xml);
MUST_USE enum rc wechat_refund_query_read(struct arena *a, const struct wechat_conf *c, struct bytes xml, const char *number,
					  struct wechat_refund_query *out);
#endif
