#include "domain/permit.h"

#include <assert.h>

#define R(role) SET_OF(ROLE_##role)
#define READS false
#define CHANGES true

const struct perm_info perm_info[PERM__MAX] = {
#define PERM(n, c, buyer, provider, platform) \
	[PERM_##n] = { .name = #n, .changes = c, .roles = { [ORG_BUYER] = buyer, [ORG_PROVIDER] = provider, [ORG_PLATFORM] = platform } },
#define PAYER_PERM(n, c, buyer, provider, platform) \
	[PERM_##n] = { .name = #n, .changes = c, .payer = true, .roles = { [ORG_BUYER] = buyer, [ORG_PROVIDER] = provider, [ORG_PLATFORM] = platform } },
#include "domain/permit.def"
};

bool permit_allows(enum perm p, enum org_kind org, uint32_t roles)
{
	assert((unsigned)p < PERM__MAX);
	assert((unsigned)org <= org_kind_n);
	if (p == PERM_PUBLIC)
		return true;
	if (p == PERM_SIGNED_IN)
		return org != 0;
	return perm_info[p].roles[org] & roles;
}

uint32_t permit_roles(enum org_kind org) { return perm_info[PERM_SIGNED_IN].roles[org]; }
