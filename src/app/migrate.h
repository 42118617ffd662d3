#ifndef APP_MIGRATE_H
#define APP_MIGRATE_H
#include "base/arena.h"
#include "base/out.h"
#include "base/rc.h"

struct db;

/* Brings the schema forward (IFC-8): runs the files NNNN_name.sql of dir, in order, that it has not seen.  Statements end with a
 * semicolon at the end of a line.  Safe when started twice at once, and when killed: it goes on at the statement where it stopped.
 * plan: only says what would be done.  The report gets a line for each file.
 *	RC_CONFLICT	a file was changed after it ran, one is missing, or the schema is newer than the files
 *	RC_BUSY		another run holds the lease and did not end within two minutes
 *	RC_INTERNAL	a statement failed; the report says which and why */
MUST_USE enum rc migrate_run(struct db *db, struct arena *a, const char *dir, bool plan, struct out *report);

/* RC_OK when the schema has seen all migrations that the program was built with; RC_AWAY when not, or when the store is away. */
MUST_USE enum rc migrate_current(struct db *db, struct arena *a);
#endif
