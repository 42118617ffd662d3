#ifndef WEB_VOUCHER_H
#define WEB_VOUCHER_H
#include "base/time.h"
#include "domain/voucher.h"
#include "q_voucher.h"
#include "view/voucher.h"
#include "web/category.h"

/* What the pages of buyers and of the platform about vouchers and cards share. */

/* From a row of any statement that reads these columns; its last day instead of the moment of its end. */
#define VOUCHER_ITEM_OF(cx, r) \
	((struct view_voucher_item){ .number = (r)->number, .kind = (r)->kind, .face = (r)->face, \
		.available = (r)->available, .reserved = (r)->reserved, .used = (r)->used, .expired = (r)->expired, \
		.valid_from = (r)->valid_from, .valid_to = instant_add((r)->valid_to, -1), .note = (r)->note, \
		.created_at = (r)->created_at, \
		.state = VOUCHER_STATE_OF(cx, r) })
#define VOUCHER_STATE_OF(cx, r) \
	voucher_state(&(struct holding){ .available = (r)->available, .from = (r)->valid_from, .to = (r)->valid_to }, \
		(r)->reserved, (cx)->now)

/* 全部商品, or what it is for in a few words. */
MUST_USE enum rc voucher_scope_text(struct cx *cx, const char *categories, const char *products, const char **text);
/* Its page.  org: whose it must be; 0 = anybody's. */
MUST_USE enum rc voucher_page(struct cx *cx, const char *number, uint64_t org, struct view_voucher_show *m);
#endif
