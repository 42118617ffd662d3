#include "view/message.h"

#include "base/money.h"
#include "base/time.h"

static const enum msg texts[] = {
	[MESSAGE_ORDER_TO_CONFIRM] = MSG_message_order_to_confirm,
	[MESSAGE_ORDER_TO_REVIEW] = MSG_message_order_to_review,
	[MESSAGE_ORDER_APPROVED] = MSG_message_order_approved,
	[MESSAGE_ORDER_REFUSED] = MSG_message_order_refused,
	[MESSAGE_ORDER_LAPSED] = MSG_message_order_lapsed,
	[MESSAGE_ORDER_PAID] = MSG_message_order_paid,
	[MESSAGE_ORDER_SOLD] = MSG_message_order_sold,
	[MESSAGE_ORDER_COMPLETED] = MSG_message_order_completed,
	[MESSAGE_ORDER_FAILED] = MSG_message_order_failed,
	[MESSAGE_ORDER_REFUNDED] = MSG_message_order_refunded,
	[MESSAGE_REFUND_REFUSED] = MSG_message_refund_refused,
	[MESSAGE_ORDER_REPRICED] = MSG_message_order_repriced,
	[MESSAGE_QUOTATION_OFFERED] = MSG_message_quotation_offered,
	[MESSAGE_TOPUP_DONE] = MSG_message_topup_done,
	[MESSAGE_MONEY_BOOKED] = MSG_message_money_booked,
	[MESSAGE_REFUND_ARRIVED] = MSG_message_refund_arrived,
	[MESSAGE_REFUND_TO_BALANCE] = MSG_message_refund_to_balance,
	[MESSAGE_WITHDRAWAL_DONE] = MSG_message_withdrawal_done,
	[MESSAGE_WITHDRAWAL_REFUSED] = MSG_message_withdrawal_refused,
	[MESSAGE_CLAIM_REFUSED] = MSG_message_claim_refused,
	[MESSAGE_SPEND_ALERT] = MSG_message_spend_alert,
	[MESSAGE_CASE_OPENED] = MSG_message_case_opened,
	[MESSAGE_REQUIREMENT_ASKED] = MSG_message_requirement_asked,
	[MESSAGE_REQUIREMENT_SUBMITTED] = MSG_message_requirement_submitted,
	[MESSAGE_REQUIREMENT_CONFIRMED] = MSG_message_requirement_confirmed,
	[MESSAGE_REQUIREMENT_REJECTED] = MSG_message_requirement_rejected,
	[MESSAGE_PROGRESS_REPORTED] = MSG_message_progress_reported,
	[MESSAGE_ACCEPTANCE_ASKED] = MSG_message_acceptance_asked,
	[MESSAGE_ACCEPTANCE_DUE] = MSG_message_acceptance_due,
	[MESSAGE_ACCEPTANCE_REJECTED] = MSG_message_acceptance_rejected,
	[MESSAGE_DELIVERY_COMPLETED] = MSG_message_delivery_completed,
	[MESSAGE_DELIVERY_CLOSED] = MSG_message_delivery_closed,
	[MESSAGE_DELIVERY_OVERDUE] = MSG_message_delivery_overdue,
	[MESSAGE_APPEAL_OPENED] = MSG_message_appeal_opened,
	[MESSAGE_APPEAL_ASKED] = MSG_message_appeal_asked,
	[MESSAGE_APPEAL_DECIDED] = MSG_message_appeal_decided,
	[MESSAGE_RESOURCE_EXPIRING] = MSG_message_resource_expiring,
	[MESSAGE_RESOURCE_EXPIRED] = MSG_message_resource_expired,
	[MESSAGE_RESOURCE_RELEASED] = MSG_message_resource_released,
	[MESSAGE_EVENT_FAILED] = MSG_message_event_failed,
	[MESSAGE_PROBE_FAILED] = MSG_message_probe_failed,
	[MESSAGE_PROVIDER_APPEAL_ASKED] = MSG_message_appeal_asked,
	[MESSAGE_PROVIDER_APPEAL_DECIDED] = MSG_message_appeal_decided,
	[MESSAGE_QUOTA_LOW] = MSG_message_quota_low,
};

struct message_text message_text(struct arena *a, enum lang lang, const char *platform, const struct message_facts *f)
{
	char amount[MONEY_TEXT], deadline[TIME_TEXT];
	struct message_text m;

	m.text = MSG_FILL(a, lang, texts[f->event], { "number", f->number }, { "subject", f->subject }, { "why", f->why },
			  { "amount", money_text(f->amount, true, amount) }, { "deadline", instant_text(f->deadline, deadline) });
	m.subject = MSG_FILL(a, lang, MSG_message_subject, { "platform", platform }, { "title", msg_text(lang, (enum msg)message_event_msg[f->event]) });
	m.sms = MSG_FILL(a, lang, MSG_message_sms, { "platform", platform }, { "text", m.text });
	return m;
}

const char *message_letter(struct arena *a, enum lang lang, const char *platform, const struct message_letter *l)
{
	const char *foot = MSG_FILL(a, lang, MSG_message_foot, { "platform", platform }, { "settings", l->settings });

	return arena_printf(a, "%s%s%s\n\n%s\n\n-- \n%s\n", l->repeat ? msg_text(lang, MSG_message_repeat) : "", l->repeat ? "\n\n" : "", l->text, l->page, foot);
}
