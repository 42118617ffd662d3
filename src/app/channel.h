#ifndef APP_CHANNEL_H
#define APP_CHANNEL_H
#include "base/cx.h"
#include "base/out.h"
#include "domain/enums.h"

/* A payment channel (MON-5): a small interface.  src/channel/ has one file each; the program registers those that it serves. */

struct channel_start {
	const char *number, *subject, *order_number, *client_ip;
	struct money amount;
	struct instant now, deadline;
};
struct channel_started {
	const char *code_url;		/* what the buyer scans */
	enum sign_type sign_type;
};

/* What a channel says about a payment, by notification or when asked. */
enum channel_verdict {
	CHANNEL_SAYS_PAID = 1,
	CHANNEL_SAYS_WAITING,		/* not paid yet */
	CHANNEL_SAYS_GONE,		/* closed or failed: can no longer be paid */
	CHANNEL_SAYS_NOTHING,		/* no clear answer: ask again */
};
struct channel_said {
	enum channel_verdict verdict;
	enum payment_channel channel;
	const char *number, *transaction_id;
	struct money amount;		/* when paid */
	struct instant paid_at;
	enum sign_type sign_type;	/* of a notification; none otherwise */
	enum notice_source source;
	struct bytes raw;		/* as it came (MON-6) */
};

struct channel {
	/* RC_OK: the buyer can pay.  RC_BUSY: try again.  RC_CONFLICT: the channel says that this number is paid or closed. */
	enum rc (*start)(struct cx *cx, const struct channel_start *in, struct channel_started *out);
	enum rc (*query)(struct cx *cx, const char *number, struct channel_said *out);
	/* RC_OK: closed, nothing can be paid any more.  RC_CONFLICT: it was paid.  RC_BUSY: not yet, try again. */
	enum rc (*close)(struct cx *cx, const char *number);
	/* One notification: checks it, acts through payment_heard(), writes the channel's answer into `answer`.  Gives what happened, for the log. */
	enum rc (*notice)(struct cx *cx, const char *media, struct bytes body, struct out *answer);
	const char *notice_media;	/* media type of that answer */
};

void channel_register(enum payment_channel c, const struct channel *channel);
/* NULL when this program does not serve it. */
const struct channel *channel_of(enum payment_channel c);
#endif
