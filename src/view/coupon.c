#include "view/coupon.h"

#include <inttypes.h>

#include "base/money.h"
#include "base/time.h"
#include "view/json.h"

VIEW_JSON(coupon, COUPON)
VIEW_JSON(coupon_choice, COUPON_CHOICE)
VIEW_JSON(coupon_picker, COUPON_PICKER)
VIEW_JSON(coupon_offer, COUPON_OFFER)
VIEW_JSON(coupon_offers, COUPON_OFFERS)
VIEW_JSON(coupon_show, COUPON_SHOW)
VIEW_JSON(coupon_claim, COUPON_CLAIM)
VIEW_JSON(coupon_list, COUPON_LIST)
VIEW_JSON(coupon_row, COUPON_ROW)
VIEW_JSON(coupon_rows, COUPON_ROWS)
VIEW_JSON(coupon_own, COUPON_OWN)
VIEW_JSON(coupon_edit, COUPON_EDIT)

enum { SOON_DAYS = 15 };

/* A tenth off is 9 折, fifteen per cent are 8.5 折. */
static const char *percent_face(struct arena *a, enum lang lang, uint64_t percent)
{
	uint64_t pays = 100 - percent;
	const char *tenths = pays % 10 ? arena_printf(a, "%" PRIu64 ".%" PRIu64, pays / 10, pays % 10) :
		arena_printf(a, "%" PRIu64, pays / 10);

	return MSG_FILL(a, lang, MSG_coupon_face_percent,
		{ "n", lang == LANG_EN ? arena_printf(a, "%" PRIu64, percent) : tenths });
}

const char *coupon_face(struct arena *a, enum lang lang, enum coupon_kind kind, uint64_t percent, struct money amount)
{
	char text[MONEY_TEXT];

	if (kind == COUPON_PERCENT)
		return percent_face(a, lang, percent);
	return MSG_FILL(a, lang, MSG_coupon_face_amount, { "n", money_text(amount, true, text) });
}

const char *coupon_rule(struct arena *a, enum lang lang, struct money minimum)
{
	char text[MONEY_TEXT];

	if (!minimum.fen)
		return msg_text(lang, MSG_coupon_rule_none);
	return MSG_FILL(a, lang, MSG_coupon_rule_minimum, { "n", money_text(minimum, true, text) });
}

const char *coupon_left(struct arena *a, enum lang lang, struct instant now, struct instant end)
{
	int32_t days = date_of(end).days - date_of(now).days;

	if (days > SOON_DAYS || end.us < now.us)
		return "";
	return days ? MSG_FILL(a, lang, MSG_coupon_left, { "n", arena_printf(a, "%" PRId32, days) }) :
		msg_text(lang, MSG_coupon_left_today);
}
