#ifndef MAIN_PROGRAM_H
#define MAIN_PROGRAM_H
#include "base/cx.h"
#include "db/db.h"

/* What every command begins with: settings, the store under the account of its pool, and a context in which the system itself acts. */
struct program {
	struct arena a;
	struct config conf;
	struct db *db;
	struct cx cx;
};

/* path: --config, else YUNSHI_CONFIG, else none (defaults and environment).  pool: buyer, provider, operator, callback, jobs or admin;
 * NULL: no store.  False: what is wrong stands on standard error.  The connection is opened at its first use. */
bool program_open(struct program *p, const char *path, const char *pool);
void program_close(struct program *p);

/* A folder of installed or source data ("migrate", "grant/grants.txt"): below YUNSHI_DATA when it is set, else where it was installed. */
const char *program_data(struct arena *a, const char *name);

/* A command that has no options but --config and one flag: the exit status. */
int program_flagged(int argc, char **argv, const char *help, const char *flag, int (*run)(struct program *p, bool flagged));

/* A new step of a long command: the time is read anew. */
void program_now(struct program *p);

/* The commands: exit status 0 done, 1 failed, 2 wrong usage. */
int cmd_web(int argc, char **argv);
int cmd_jobs(int argc, char **argv);
int cmd_migrate(int argc, char **argv);
int cmd_audit(int argc, char **argv);
int cmd_user(int argc, char **argv);
int cmd_demo(int argc, char **argv);
int cmd_clock(int argc, char **argv);
int cmd_bank(int argc, char **argv);
int cmd_config(int argc, char **argv);
#endif
