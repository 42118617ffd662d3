/* Every statement of sql/query in each of its variants against the schema that sql/migrate makes: one test each. */
#include "app/migrate.h"
#include "store.h"

#include <stdio.h>

int main(int argc, char **argv)
{
	struct arena a;
	struct out report = { 0 };
	struct db *db = store_fresh("contract");
	int n = 0, failed = 0;

	arena_init(&a, ARENA_CAP);
	if (argc != 2 || migrate_run(db, &a, argv[1], false, &report) != RC_OK)
		return printf("Bail out! %.*s\n", (int)report.n, report.p), 1;
	for (const struct query *const *const *stem = q_all; *stem; stem++)
		for (const struct query *const *q = *stem; *q; q++) {
			const char *why = NULL;
			arena_release(&a, 0);
			bool ok = db_check_query(db, *q, &a, &why) == RC_OK;
			printf("%sok %d - query %s fits the schema\n", ok ? "" : "not ", ++n, (*q)->name);
			if (!ok)
				failed++, printf("# %s\n", why);
		}
	printf("1..%d\n", n);
	out_free(&report);
	arena_free(&a);
	db_close(&db);
	return failed != 0;
}
