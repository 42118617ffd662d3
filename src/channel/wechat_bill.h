#ifndef CHANNEL_WECHAT_BILL_H
#define CHANNEL_WECHAT_BILL_H
#include "app/channel.h"
#include "channel/wechat.h"

/* The statement of a day (WXP-3, MON-9): bill_type ALL, as text.  UTF-8 with or without its mark, lines that end with CRLF, a head line that decides
 * the columns, each value behind a backtick, then a line of names and one of sums.  Read strictly and piece by piece: memory does not grow with it. */

struct wechat_bill;
/* Lines go to `line` as they come; their texts are gone afterwards. */
struct wechat_bill *wechat_bill_open(struct arena *a, const struct wechat_conf *c, struct date day, channel_line_fn *line, void *ctx);
/* The next bytes; false: nothing more can come of it. */
bool wechat_bill_piece(void *bill, const char *p, size_t n);
/* RC_OK: it was whole, of that day and our merchant, and the number of its lines and all its sums agree.  RC_NOT_FOUND: there is none (yet).
 * RC_BUSY: the platform says no for now.  RC_MALFORMED, or what `line` returned.  *why: for the log. */
MUST_USE enum rc wechat_bill_close(struct wechat_bill *b, const char **why);

/* Downloads and reads it.  Besides: RC_BUSY when nobody, or not everything, came. */
MUST_USE enum rc wechat_bill(struct arena *a, const struct wechat_conf *c, struct date day, channel_line_fn *line, void *ctx, const char **why);
/* The pure half of the request. */
MUST_USE enum rc wechat_bill_write(struct arena *a, const struct wechat_conf *c, struct date day, struct bytes *xml);
#endif
