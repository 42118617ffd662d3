#include "paper/quotation.h"

#include <inttypes.h>

#include "base/money.h"
#include "base/time.h"
#include "paper/pdf.h"

static void add_people(struct pdf *p, struct arena *a, enum lang lang, const struct view_quotation *q)
{
	char text[TIME_TEXT];

	pdf_pair(p, msg_text(lang, MSG_quotation_number), q->number);
	pdf_pair(p, msg_text(lang, MSG_quotation_created), arena_strdup(a, instant_text(q->created_at, text)));
	pdf_pair(p, msg_text(lang, MSG_quotation_until), arena_strdup(a, instant_text(q->expires_at, text)));
	pdf_heading(p, msg_text(lang, MSG_quotation_parties));
	pdf_pair(p, msg_text(lang, MSG_quotation_provider), q->provider_name);
	pdf_pair(p, msg_text(lang, MSG_quotation_contact), arena_printf(a, "%s  %s  %s", q->creator_name, q->provider_phone, q->provider_email));
	pdf_pair(p, msg_text(lang, MSG_quotation_buyer), q->buyer_name);
}

static void add_goods(struct pdf *p, struct arena *a, enum lang lang, const struct view_quotation *q)
{
	const struct pdf_column columns[] = {
		{ msg_text(lang, MSG_order_list_product), 26 }, { msg_text(lang, MSG_checkout_details), 30 }, { msg_text(lang, MSG_checkout_quantity), -12 },
		{ msg_text(lang, MSG_checkout_duration), 14 }, { msg_text(lang, MSG_quotation_list), -18 },
	};
	char list[MONEY_TEXT], price[MONEY_TEXT];
	const char *const cells[] = {
		q->product_name, *q->options ? arena_printf(a, "%s\n%s", q->plan_name, q->options) : q->plan_name,
		arena_printf(a, "%" PRIu64 " %s", q->quantity, q->unit), *q->duration_text ? q->duration_text : "—", money_text(q->list_total, true, list),
	};

	pdf_heading(p, msg_text(lang, MSG_quotation_goods));
	pdf_table(p, columns, sizeof columns / sizeof *columns, cells, 1);
	pdf_pair(p, msg_text(lang, MSG_quotation_price), arena_printf(a, "¥%s", money_text(q->price, true, price)));
}

enum rc quotation_pdf(struct arena *a, enum lang lang, const struct view_quotation *q, struct out *o)
{
	struct pdf *p = pdf_begin(o, q->number, q->created_at);

	pdf_title(p, msg_text(lang, MSG_quotation_title));
	add_people(p, a, lang, q);
	add_goods(p, a, lang, q);
	if (*q->note) {
		pdf_heading(p, msg_text(lang, MSG_quotation_note));
		pdf_text(p, q->note);
	}
	pdf_heading(p, msg_text(lang, MSG_quotation_terms));
	pdf_text(p, msg_text(lang, MSG_quotation_terms_text));
	return pdf_end(p);
}
