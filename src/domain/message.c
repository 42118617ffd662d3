#include "domain/message.h"

#define R(role) SET_OF(ROLE_##role)
#define MAY false
#define MUST true
const struct message_rule message_rules[] = {
#define ROW(event, org, who, sms, of, must, at, draft_) \
	[MESSAGE_##event] = { ORG_##org, (who), (sms), TOPIC_##of, must, (at), draft_ },
#define MESSAGE(event, org, who, sms, of, must, at) ROW(event, org, who, sms, of, must, at, false)
#define DRAFT(event, org, who, sms, of, must, at) ROW(event, org, who, sms, of, must, at, true)
#include "domain/message.def"
};
#undef R
#undef MAY
#undef MUST

bool message_concerns(enum message_event ev, enum org_kind kind, uint32_t roles)
{
	return message_rules[ev].to == kind && (message_rules[ev].roles & roles);
}

enum message_event message_to_buyer(enum order_state to, enum order_event ev)
{
	switch (ev) {
	case ORDER_EV_PLACE:         return to == ORDER_TO_CONFIRM ? MESSAGE_ORDER_TO_CONFIRM : 0;
	case ORDER_EV_APPROVE:       return MESSAGE_ORDER_APPROVED;
	case ORDER_EV_REFUSE:        return MESSAGE_ORDER_REFUSED;
	case ORDER_EV_LAPSE:         return MESSAGE_ORDER_LAPSED;
	case ORDER_EV_PAY:           return MESSAGE_ORDER_PAID;
	case ORDER_EV_SETTLE:        return to == ORDER_COMPLETED ? MESSAGE_ORDER_COMPLETED : MESSAGE_ORDER_FAILED;
	case ORDER_EV_REFUND:        return MESSAGE_ORDER_REFUNDED;
	case ORDER_EV_REFUSE_REFUND: return MESSAGE_REFUND_REFUSED;
	case ORDER_EV_CONFIRM:
	case ORDER_EV_CANCEL:
	case ORDER_EV_WITHDRAW:
		break;
	}
	return 0;
}
