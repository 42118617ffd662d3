#ifndef DB_ADMIN_H
#define DB_ADMIN_H
#include "db/db.h"

/* SQL as text: for migrations, their tests, and looking at the schema.  Business code has only generated queries. */

/* One statement; inside of db_tx() part of its transaction.  *changed (may be NULL): rows that it matched. */
MUST_USE enum rc db_script(struct db *db, const char *sql, uint64_t *changed);
/* The first column of each row; NULL values are NULL. */
MUST_USE enum rc db_column(struct db *db, struct arena *a, const char *sql, const char ***texts, size_t *n);
/* Of the statement before: the server's error number (0: none) and words. */
unsigned db_errno(const struct db *db);
const char *db_error(const struct db *db);
/* Did the statement before fail because what it makes is there, or what it drops is not?  A sign that it ran before. */
bool db_already(const struct db *db);
#endif
