#ifndef APP_CHANNEL_H
#define APP_CHANNEL_H
#include "base/cx.h"
#include "base/out.h"
#include "base/pair.h"
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

/* The payer's browser is sent to the channel's page with a signed form (ISO-1). */
struct channel_visit {
	const char *number, *payer, *back;	/* back: where the channel's page leads to; what comes with it proves nothing */
	enum bank_code bank;
	struct money amount;
};
struct channel_redirect {
	const char *action, *origin;		/* the form's address, and its origin alone */
	const struct pair *field;
	size_t field_n;
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

/* Money goes back through the channel that it came by (REF-1).  The same refund number is the same refund, however often it is said. */
struct channel_refund {
	const char *payment_number, *transaction_id;	/* of the payment that gave the money */
	const char *number;				/* of the refund */
	struct money total, amount;			/* of the payment; of this refund */
	const char *reason;				/* what the payer reads */
	struct instant now;
};
/* What a channel says about a refund, by notification or when asked. */
enum channel_refund_verdict {
	REFUND_SAYS_DONE = 1,
	REFUND_SAYS_PENDING,		/* accepted, under way */
	REFUND_SAYS_REFUSED,		/* for good: it will never go back this way */
	REFUND_SAYS_NOT_THERE,		/* it does not know this number: say it again */
	REFUND_SAYS_NOTHING,		/* no clear answer: ask again */
};
struct channel_refund_said {
	enum channel_refund_verdict verdict;
	const char *number, *refund_id;	/* ours; the channel's own */
	struct money amount;		/* when done */
	struct instant done_at;
	const char *why;		/* of a refusal, for people */
};

/* One line of a channel's statement of a day (MON-9), in the order of the statement. */
struct channel_line {
	const char *transaction_id, *number;	/* the channel's, ours ("" when it bears none); of a refund: the refund's */
	bool refund;			/* money that went back */
	struct money amount, fee;	/* never negative */
	struct instant at;
};
typedef enum rc channel_line_fn(void *ctx, const struct channel_line *line);

/* A document in which a bank announces money (ISO-2). */
struct channel_document {
	enum bank_code bank;
	enum bank_source source;
	struct bytes body;
};
struct channel_taken {
	bool refused;			/* as a whole, for ever: nothing is stored */
	const char *why, *where;	/* of a refusal, for people; NULL */
	long line;
	const char *message_id;
	uint64_t entries, known;	/* known: of the entries, those that stood there before */
	bool again;			/* it came before */
};

struct channel {
	/* RC_OK: the buyer can pay.  RC_BUSY: try again.  RC_CONFLICT: the channel says that this number is paid or closed. */
	enum rc (*start)(struct cx *cx, const struct channel_start *in, struct channel_started *out);
	/* NULL: the payer stays with us. */
	enum rc (*redirect)(struct cx *cx, const struct channel_visit *in, struct channel_redirect *out);
	/* NULL: it cannot be asked; the payment waits for its money until its deadline. */
	enum rc (*query)(struct cx *cx, const char *number, struct channel_said *out);
	/* NULL: it cannot be told, money may still come.  RC_OK: closed, nothing can be paid any more.  RC_CONFLICT: it was paid.  RC_BUSY: not yet, try again. */
	enum rc (*close)(struct cx *cx, const char *number);
	/* One notification: checks it, acts through payment_heard(), writes the channel's answer into `answer`.  Gives what happened, for the log. */
	enum rc (*notice)(struct cx *cx, const char *media, struct bytes body, struct out *answer);
	const char *notice_media;	/* media type of that answer */
	/* The same for what became of a refund.  NULL: the channel has no such notifications. */
	enum rc (*refund_notice)(struct cx *cx, const char *media, struct bytes body, struct out *answer);
	/* RC_OK: it is stored for good, now or since before.  Else out->refused, or it is to come again. */
	enum rc (*document)(struct cx *cx, const struct channel_document *in, struct channel_taken *out);
	/* RC_OK: accepted, or done before.  RC_CONFLICT: refused for good, out->why says why.  RC_BUSY: not clear, or not now: say the same number again. */
	enum rc (*refund)(struct cx *cx, const struct channel_refund *in, struct channel_refund_said *out);
	enum rc (*query_refund)(struct cx *cx, const struct channel_refund *in, struct channel_refund_said *out);
	/* All lines of that day, in the platform's zone.  RC_NOT_FOUND: there is no statement (yet).  RC_BUSY: try again.  RC_MALFORMED: it cannot be read as a whole. */
	enum rc (*statement)(struct cx *cx, struct date day, channel_line_fn *line, void *ctx);
};

void channel_register(enum payment_channel c, const struct channel *channel);
/* NULL when this program does not serve it. */
const struct channel *channel_of(enum payment_channel c);
#endif
