#ifndef DB_ADMIN_H
#define DB_ADMIN_H
#include "db/db.h"

/* SQL as text: for migrations, their tests, and looking at the schema.  Business code has only generated queries. */

/* One statement; no transaction is open, or it is `START TRANSACTION`, `COMMIT`, … itself.  *changed may be NULL. */
MUST_USE enum rc db_script(struct db *db, const char *sql, uint64_t *changed);
/* The first column of each row; NULL values are NULL. */
MUST_USE enum rc db_column(struct db *db, struct arena *a, const char *sql, const char ***texts, size_t *n);
/* Of the statement before: the server's error number (0: none) and words. */
unsigned db_errno(const struct db *db);
const char *db_error(const struct db *db);
#endif
