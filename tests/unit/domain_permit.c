#include "domain/permit.h"
#include "unit.h"

TEST(permit_named, "ACC-2 what is not named is refused: no permission, no organisation, no role")
{
	for (int org = 0; org <= org_kind_n; org++)
		assert_false(permit_allows(PERM_NONE, org, ~UINT32_C(0)));
	for (int p = PERM_PUBLIC + 1; p < PERM__MAX; p++) {
		assert_false(permit_allows(p, 0, ~UINT32_C(0)));
		for (int org = 1; org <= org_kind_n; org++)
			assert_int_equal(permit_allows(p, org, 0), p == PERM_SIGNED_IN);
	}
	assert_true(permit_allows(PERM_PUBLIC, 0, 0));
}

TEST(permit_roles_fit, "ACC-2 every permission names roles that its organisations have; each role may do something")
{
	for (int p = PERM_PUBLIC + 1; p < PERM__MAX; p++) {
		uint32_t any = 0;
		assert_non_null(perm_info[p].name);
		for (int org = 1; org <= org_kind_n; org++) {
			assert_int_equal(perm_info[p].roles[org] & ~permit_roles(org), 0);
			any |= perm_info[p].roles[org];
		}
		assert_true(any);
	}
	for (int role = 1; role <= role_n; role++)
		assert_true(set_has(permit_roles(ORG_BUYER) | permit_roles(ORG_PROVIDER) | permit_roles(ORG_PLATFORM), role));
}

TEST(permit_readers, "ACC-2 the auditor reads all of the platform and changes nothing, like viewers elsewhere")
{
	for (int p = PERM_PUBLIC + 1; p < PERM__MAX; p++) {
		const struct perm_info *i = &perm_info[p];
		bool own = p == PERM_SESSION_END;
		if (i->roles[ORG_PLATFORM])
			assert_int_equal(set_has(i->roles[ORG_PLATFORM], ROLE_AUDITOR), !i->changes || own);
		if (i->changes && !own)
			assert_false(set_has(i->roles[ORG_BUYER] | i->roles[ORG_PROVIDER], ROLE_VIEWER));
	}
}

TEST(permit_buyers, "ACC-2 purchasers order and pay, finance pays, viewers look; nobody of another organisation does")
{
	static const struct { enum perm p; enum role may, may_not; } rows[] = {
		{ PERM_ORDER_PLACE, ROLE_PURCHASER, ROLE_FINANCE }, { PERM_ORDER_PAY, ROLE_FINANCE, ROLE_VIEWER },
		{ PERM_ORDER_CANCEL, ROLE_OWNER, ROLE_FINANCE }, { PERM_ORDER_READ, ROLE_VIEWER, ROLE_AUDITOR },
		{ PERM_RESOURCE_SECRET, ROLE_PURCHASER, ROLE_VIEWER },
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		assert_true(permit_allows(rows[i].p, ORG_BUYER, SET_OF(rows[i].may)));
		assert_false(permit_allows(rows[i].p, ORG_BUYER, SET_OF(rows[i].may_not)));
		assert_false(permit_allows(rows[i].p, ORG_PROVIDER, ~UINT32_C(0)));
		assert_false(permit_allows(rows[i].p, ORG_PLATFORM, ~UINT32_C(0)));
	}
}
