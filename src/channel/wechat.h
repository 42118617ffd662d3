#ifndef CHANNEL_WECHAT_H
#define CHANNEL_WECHAT_H
#include "base/config.h"
#include "base/rc.h"
#include "crypto/wxsign.h"
#include "xml/flat.h"

/* WeChat Pay v2, scan payment: the messages and the calls.  Nothing here knows the store. */

struct wechat_conf {
	const char *gateway;		/* https://api.mch.weixin.qq.com, without a / at the end */
	const char *appid, *mch_id, *key, *notify_url;
	const char *refund_notify_url;	/* notify_url + /refund */
	const char *cert_file, *cert_key_file;	/* our client certificate (PEM), for refunds */
	const char *ca_file;		/* that signs the gateway's certificate; "": those that the system trusts */
	enum wxsign_type sign_type;	/* for new calls and their answers */
	int timeout_ms;
	bool allow_private;		/* development */
};

/* RC_INVALID: a setting is missing; *why says which. */
MUST_USE enum rc wechat_conf_read(struct arena *a, const struct config *c, struct wechat_conf *out, const char **why);

/* WXP-4: business errors that are told apart, by the names that the platform gives them. */
#define WECHAT_ERRORS(E)                                                                                        \
	E(SYSTEMERROR) E(BIZERR_NEED_RETRY) E(FREQUENCY_LIMITED) E(ORDERPAID) E(ORDERCLOSED) E(ORDERNOTEXIST)   \
	E(OUT_TRADE_NO_USED) E(LACK_PARAMS) E(PARAM_ERROR) E(SIGNERROR) E(XML_FORMAT_ERROR) E(NOTENOUGH)        \
	E(TRADE_OVERDUE) E(NOAUTH) E(APPID_NOT_EXIST) E(MCHID_NOT_EXIST) E(APPID_MCHID_NOT_MATCH) E(NOT_UTF8)   \
	E(POST_DATA_EMPTY) E(REQUIRE_POST_METHOD) E(ERROR) E(USER_ACCOUNT_ABNORMAL) E(INVALID_REQ_TOO_MUCH)     \
	E(INVALID_TRANSACTIONID) E(CERT_ERROR) E(REFUND_FEE_MISMATCH) E(INVALID_REQUEST) E(ORDER_NOT_READY)     \
	E(REFUNDNOTEXIST)
enum wechat_error {
	WECHAT_DONE,
#define E(n) WECHAT_##n,
	WECHAT_ERRORS(E)
#undef E
	WECHAT_OTHER,		/* a code that is not in the list */
	WECHAT_REFUSED,		/* return_code FAIL: unsigned, so only a hint; nothing was done */
};
/* The same call with the same number, later. */
bool wechat_error_again(enum wechat_error e);

/* What every answer has.  `message` is for the log: code and description. */
struct wechat_answer {
	enum wechat_error error;
	const char *message;
};

struct wechat_order_in {
	const char *number;		/* out_trade_no */
	const char *body;		/* what the payer reads; cleaned and cut to 127 bytes */
	const char *product_id;
	const char *client_ip;
	struct money total;
	struct instant start, expire;	/* 0: not sent */
};
struct wechat_order { struct wechat_answer answer; const char *prepay_id, *code_url; };

#define WECHAT_TRADES(T) T(SUCCESS) T(REFUND) T(NOTPAY) T(CLOSED) T(REVOKED) T(USERPAYING) T(PAYERROR)
enum wechat_trade {
	WECHAT_TRADE_NONE,
#define T(n) WECHAT_TRADE_##n,
	WECHAT_TRADES(T)
#undef T
	WECHAT_TRADE__MAX
};
struct wechat_query {
	struct wechat_answer answer;
	enum wechat_trade state;
	/* when paid (SUCCESS, REFUND) */
	const char *transaction_id, *openid, *bank_type;
	struct money total, cash;
	struct instant paid_at;
	bool cny;
};

/* One call each (WXP-3).  RC_OK: an authentic answer, or a refusal, came: look at answer.error.  RC_AWAY: nothing was
 * sent.  RC_UNCERTAIN: it was sent, and no answer that can be trusted came back: ask by wechat_query.  RC_INVALID: the
 * order cannot be said in this protocol. */
MUST_USE enum rc wechat_order(struct arena *a, const struct wechat_conf *c, const struct wechat_order_in *in,
			      struct wechat_order *out);
MUST_USE enum rc wechat_query(struct arena *a, const struct wechat_conf *c, const char *number,
			      struct wechat_query *out);
MUST_USE enum rc wechat_close(struct arena *a, const struct wechat_conf *c, const char *number,
			      struct wechat_answer *out);

/* The pure halves of these calls: the document to send, and what the answer to it says. */
MUST_USE enum rc wechat_order_write(struct arena *a, const struct wechat_conf *c, const struct wechat_order_in *in,
				    struct bytes *xml);
MUST_USE enum rc wechat_order_read(struct arena *a, const struct wechat_conf *c, struct bytes xml,
				   struct wechat_order *out);
MUST_USE enum rc wechat_number_write(struct arena *a, const struct wechat_conf *c, const char *number,
				     struct bytes *xml);
MUST_USE enum rc wechat_query_read(struct arena *a, const struct wechat_conf *c, struct bytes xml, const char *number,
				   struct wechat_query *out);
MUST_USE enum rc wechat_close_read(struct arena *a, const struct wechat_conf *c, struct bytes xml,
				   struct wechat_answer *out);
#endif
