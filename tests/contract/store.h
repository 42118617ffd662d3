#ifndef CONTRACT_STORE_H
#define CONTRACT_STORE_H
#include "db/admin.h"

/* A connection to the server of tests/contract/store. */
struct db_conf store_conf(const char *schema);
/* An empty schema on it. */
struct db *store_fresh(const char *schema);
void store_run(struct db *db, const char *sql);		/* must not fail */
const char *store_value(struct db *db, const char *sql);	/* the first column of the first row, in a buffer of its own */
#endif
