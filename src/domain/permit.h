#ifndef DOMAIN_PERMIT_H
#define DOMAIN_PERMIT_H
#include "domain/enums.h"

/* ACC-2: permissions, the rows of permit.def. */
enum perm {
	PERM_NONE,
#define PERM(name, reads, buyer, provider, platform) PERM_##name,
#include "domain/permit.def"
	PERM__MAX
};

struct perm_info {
	const char *name;		/* "ORDER_PAY", for logs and tests */
	bool changes;			/* what it allows changes something; else it only reads */
	bool payer;			/* not in a zone (ACC-4) */
	uint32_t roles[org_kind_n + 1];	/* by org_kind: SET_OF(role) */
};
extern const struct perm_info perm_info[PERM__MAX];

/* org: of the organisation the person acts for, 0 = not signed in.  PERM_PUBLIC is for all, PERM_SIGNED_IN for any
 * member whatever the roles, everything else for the roles named; PERM_NONE is refused to everybody. */
bool permit_allows(enum perm p, enum org_kind org, uint32_t roles);

/* The roles that mean something in an organisation of this kind. */
uint32_t permit_roles(enum org_kind org);
#endif
