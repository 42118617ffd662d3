#ifndef APP_USER_H
#define APP_USER_H
#include "app/work.h"

/* People and organisations made by hand: the command line, and the demo.  *why: a sentence when it is refused (RC_INVALID). */
struct user_new {
	const char *login, *name, *password;
	const char *email, *mobile;	/* may be NULL */
	uint64_t org;
	const char *roles;		/* "owner,finance" */
};
enum { PASSWORD_CHARS_MIN = 8, PASSWORD_CHARS_MAX = 128 };

MUST_USE enum rc user_create(struct cx *cx, const struct user_new *in, const char **why);
MUST_USE enum rc user_roles(struct cx *cx, const char *login, uint64_t org, const char *roles, const char **why);
/* A new password; all sessions end. */
MUST_USE enum rc user_reset(struct cx *cx, const char *login, const char *password, const char **why);
MUST_USE enum rc user_org(struct cx *cx, const char *kind, const char *name, uint64_t *id, const char **why);

/* ACC-11: length, and not one of the common ones.  NULL when it is good, else why not. */
const char *user_password_bad(const char *password);
/* "owner,finance" as a set of roles; 0 when one of them is unknown or means nothing in such an organisation. */
uint32_t user_roles_read(const char *roles, enum org_kind kind);
#endif
