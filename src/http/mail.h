#ifndef HTTP_MAIL_H
#define HTTP_MAIL_H
#include "base/arena.h"
#include "base/rc.h"
#include "base/value.h"

/* One e-mail by SMTP (ACC-16): UTF-8 text. */
struct mail {
	const char *server;		/* smtp://host:port or smtps://… */
	const char *user, *password;	/* "": without signing in */
	const char *from, *from_name, *to;
	const char *id;			/* stays over repeats, so that a reader's program drops the second: Message-ID <id@host of from> */
	const char *subject, *text;
	struct instant at;
	int timeout_ms;
};
/* RC_OK: the server took it.  RC_DENIED: it never will (5xx).  RC_BUSY: try again.  *why: for the log. */
MUST_USE enum rc mail_send(struct arena *a, const struct mail *m, const char **why);
#endif
