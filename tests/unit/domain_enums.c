#include "domain/enums.h"
#include "unit.h"

TEST(enums_names, "enums: each value has a name of its own, in snake_case, that leads back to it")
{
	for (size_t i = 0; i < enums_all_n; i++) {
		const struct enum_def *d = enums_all[i];
		assert_null(d->names[0]);
		assert_true(d->n >= 1 && d->n <= 64);	/* sets have 32 bits: SET_OF of more does not compile */
		for (int v = 1; v <= d->n; v++) {
			const char *name = d->names[v];
			assert_int_equal(strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_"), strlen(name));
			assert_int_equal(enum_of(d, name, strlen(name)), v);
			assert_ptr_equal(enum_name(d, v), name);
		}
		assert_int_equal(enum_of(d, "", 0), 0);
		assert_string_equal(enum_name(d, 0), "");
		assert_string_equal(enum_name(d, d->n + 1), "");
	}
}

TEST(enums_once, "enums: no name is given to two of them")
{
	for (size_t i = 0; i < enums_all_n; i++)
		for (size_t j = 0; j < i; j++)
			assert_string_not_equal(enums_all[i]->name, enums_all[j]->name);
}

TEST(enums_roles, "ACC-2 the roles keep their numbers: stored sets rest on them")
{
	assert_int_equal(ROLE_OWNER, 1);
	assert_int_equal(ROLE_VIEWER, 4);
	assert_int_equal(ROLE_DELIVERY_ENGINEER, 6);
	assert_int_equal(ROLE_AUDITOR, 12);
	assert_true(set_has(SET_OF(ROLE_OWNER) | SET_OF(ROLE_AUDITOR), ROLE_AUDITOR));
	assert_false(set_has(SET_OF(ROLE_OWNER), ROLE_PURCHASER));
}
