/* The contract check finds what it is there to find. */
#include "db_test.h"

#include <stdio.h>

static const struct { const struct query *q; const char *words; } bad[] = {
	{ &q_bad_name_query, "column id is declared as ident" },
	{ &q_bad_sign_query, "is not an unsigned integer" },
	{ &q_bad_type_query, "is not binary" },
	{ &q_bad_width_query, "fits 32 bits" },
	{ &q_bad_fraction_query, "is not a DATETIME(6)" },
	{ &q_bad_null_query, "note may be NULL" },
	{ &q_bad_join_query, "n may be NULL" },
	{ &q_bad_sure_query, "code is never NULL" },
	{ &q_bad_enum_query, "trial.kind cannot be 'to_confirm'" },
	{ &q_bad_count_query, "gives 1 columns, 2 are declared" },
	{ &q_bad_scan_query, "reads all of trial" },
	{ &q_bad_order_query, "reads all of trial" },
	{ &q_bad_first_query, "reads all of trial_bulk" },
	{ &q_bad_variant_query, "variant 1: Unknown column 'no_such'" },
	{ &q_trial_broken_query, "no_such_table" },
};

TEST(refused, "contract check: refuses names, types, signs, NULLs, enums and plans that do not fit")
{
	const char *why;

	trial_tables();
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		assert_int_equal(db_check_query(db, bad[i].q, &unit_arena, &why), RC_INVALID);
		if (!strstr(why, bad[i].words))
			fail_msg("%s: not about \"%s\"", why, bad[i].words);
	}
}

TEST(taken, "contract check: takes what fits, in each variant")
{
	static const struct query *const good[] = {
		&q_trial_insert_query, &q_trial_show_query, &q_trial_lock_query, &q_trial_list_query, &q_trial_set_price_query, &q_trial_add_query,
		&q_trial_bulk_a_query, &q_trial_bulk_b_query, &q_trial_bulk_c_query, &q_good_scan_query, &q_good_first_query,
	};
	const char *why;

	trial_tables();
	for (size_t i = 0; i < sizeof good / sizeof *good; i++)
		if (db_check_query(db, good[i], &unit_arena, &why) != RC_OK)
			fail_msg("%s", why);
}
