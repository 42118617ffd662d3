#ifndef HTTP_MAIL_H
#define HTTP_MAIL_H
#include "base/arena.h"
#include "base/rc.h"
#include "base/value.h"

/* One e-mail by SMTP (ACC-16): UTF-8 text. */
struct mail {
	const char *server;		/* smtp://host:port or smtps://… */
	bool tls;			/* nothing is said in clear: smtp:// must offer STARTTLS */
	const char *ca_file;		/* who signs the server's certificate; "": those that the system trusts */
	const char *user, *password;	/* "": without signing in */
	const char *from, *from_name, *to;
	const char *id;			/* stays over repeats, so that a reader's program drops the second: Message-ID <id@host of from> */
	const char *subject, *text;	/* the text's lines end with \n */
	const char *unsubscribe;	/* address of the page where the reader switches such e-mails off */
	struct instant at;
	int timeout_ms;			/* for all of it */
};
/* How it ended: the server's last code (0: none, or it went away) and line, for the log. */
struct mail_end { int status; const char *why; };
/* RC_OK: the server took it.  RC_DENIED: it never will (5xx about the recipient, the text, or our password).  RC_BUSY: it did not, try again.
 * RC_UNCERTAIN: all of it went out, and no answer came: the server may have taken it. */
MUST_USE enum rc mail_send(struct arena *a, const struct mail *m, struct mail_end *end);
/* What goes over the wire (RFC 5322, 2045, 2047). */
struct bytes mail_text(struct arena *a, const struct mail *m);
#endif
