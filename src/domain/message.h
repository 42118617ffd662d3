#ifndef DOMAIN_MESSAGE_H
#define DOMAIN_MESSAGE_H
#include "domain/order.h"

/* Messages to people (ACC-16): who is told of what, the rows of message.def. */

struct message_rule {
	enum org_kind to;
	uint32_t roles;		/* SET_OF(role): members of that organisation who are told */
	uint32_t texted;	/* those of them who get an SMS until they choose */
	enum message_topic topic;
	bool must;		/* the e-mail cannot be switched off */
	const char *page;	/* the address of what it is about, before its number */
	bool draft;		/* about something else than an order: what it says was written down with the event */
};
extern const struct message_rule message_rules[];	/* by message_event */

/* Is a member with these roles told of it? */
bool message_concerns(enum message_event ev, enum org_kind kind, uint32_t roles);
/* What the people concerned are told when an order moves; 0: nothing. */
enum message_event message_to_buyer(enum order_state to, enum order_event ev);
#endif
