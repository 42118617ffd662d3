#ifndef SANDBOX_MAILBOX_H
#define SANDBOX_MAILBOX_H
#include <stddef.h>
#include <stdint.h>

struct sandbox;
struct visit;

/* The mail and SMS box (MON-10): what the platform sends to people ends here.  E-mails come by SMTP on 127.0.0.1 (sandbox.smtp_port),
 * SMS as signed JSON (doc/sms.md). */

enum { LETTERS_MAX = 1024 };

struct letter {
	char by[8], id[80], to[121], subject[200], text[2000];
	int64_t at_ms;
	int copies;			/* how often the same id came */
};
struct mailbox {
	struct letter letters[LETTERS_MAX];
	uint64_t n;
};

/* The i-th newest, NULL when there is none. */
const struct letter *letter_at(const struct mailbox *b, size_t i);
/* Takes the e-mails of those who wait at the port.  Called in each turn of the loop. */
void mailbox_turn(struct sandbox *sb);
/* POST /sms, GET /mail. */
void mailbox_sms(struct visit *v);
/* Event: letter. */
void mailbox_apply(struct sandbox *sb, const char *const *t);
#endif
