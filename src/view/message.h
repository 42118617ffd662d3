#ifndef VIEW_MESSAGE_H
#define VIEW_MESSAGE_H
#include "view/msg.h"

/* What messages to people say (ACC-16). */

struct message_facts {
	enum message_event event;
	const char *number, *subject, *why;
	struct money amount;
	struct instant deadline;
};
struct message_text { const char *subject, *text, *sms; };
/* The e-mail: the text, where to look, where to switch such e-mails off; repeat: the one before may have arrived, which is said. */
struct message_letter { const char *text, *page, *settings; bool repeat; };
const char *message_letter(struct arena *a, enum lang lang, const char *platform, const struct message_letter *l);
struct message_text message_text(struct arena *a, enum lang lang, const char *platform, const struct message_facts *f);
#endif
