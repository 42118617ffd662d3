#include "app/migrate.h"

#include "crypto/hash.h"
#include "db/admin.h"
#include "q_schema.h"
#include "schema_version.h"

#include <assert.h>
#include <ctype.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/random.h>
#include <time.h>
#include <unistd.h>

/* A definition commits by itself, so progress is written before and after it: (done, begun).  Found begun after a crash, it is run
 * again, and "already there" is taken for done.  Any other statement and its progress are one transaction. */
static const char *const tables[] = {
	"CREATE TABLE IF NOT EXISTS schema_migration (version INT UNSIGNED NOT NULL PRIMARY KEY, name VARCHAR(80) CHARACTER SET ascii NOT NULL, "
	"checksum CHAR(64) CHARACTER SET ascii NOT NULL, done SMALLINT UNSIGNED NOT NULL COMMENT 'statements that ran', "
	"begun BOOL NOT NULL COMMENT 'the next definition may have run', applied_at DATETIME(6) NULL) ENGINE=InnoDB",
	"CREATE TABLE IF NOT EXISTS lease (name VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY, "
	"holder VARCHAR(80) NOT NULL, until DATETIME(6) NOT NULL) ENGINE=InnoDB COMMENT='one instance does each kind of work (IFC-8)'",
	"INSERT IGNORE INTO lease (name, holder, until) VALUES ('migrate', '', '2000-01-01')",
};

enum { FILES_MAX = 2000, FILE_MAX = 1 << 20, PREFIX = 5, POLLS = 600, POLL_MS = 200 };

struct file { const char *name; unsigned version; };

struct run {
	struct db *db;
	struct arena *a;
	const char *dir, *holder;
	struct out *report;
	bool plan;
	/* the file at hand */
	unsigned version;
	const char *sql, *why;		/* the statement at hand, and why it failed */
	size_t done;
};

/* -- files ------------------------------------------------------------------------------------------------------- */

static int is_migration(const struct dirent *e)
{
	size_t len = strlen(e->d_name);
	const char *stem = e->d_name + PREFIX;

	return len > PREFIX + 4 && strspn(e->d_name, "0123456789") == PREFIX - 1 && stem[-1] == '_' &&
	       stem + strspn(stem, "abcdefghijklmnopqrstuvwxyz0123456789_") == e->d_name + len - 4 && !strcmp(e->d_name + len - 4, ".sql");
}

static enum rc say(struct run *r, enum rc rc, const char *line)
{
	out_str(r->report, line);
	out_lit(r->report, "\n");
	return rc;
}

static enum rc list_files(struct run *r, struct file **files, size_t *n)
{
	struct dirent **e;
	int found = scandir(r->dir, &e, is_migration, alphasort);

	if (found < 0 || found > FILES_MAX)
		return say(r, RC_CONFLICT, arena_printf(r->a, "%s: not a folder of migrations", r->dir));
	*n = (size_t)found;
	*files = ARENA_ARRAY(r->a, struct file, *n);
	bool twice = false;
	for (size_t i = 0; i < *n; free(e[i++])) {
		(*files)[i] = (struct file){ arena_strdup(r->a, e[i]->d_name), (unsigned)atoi(e[i]->d_name) };
		twice |= i && (*files)[i].version == (*files)[i - 1].version;
	}
	free(e);
	return twice || !*n ? say(r, RC_CONFLICT, arena_printf(r->a, "%s: no files, or two of one number", r->dir)) : RC_OK;
}

static enum rc read_file(struct run *r, const char *name, char **text, size_t *n)
{
	FILE *f = fopen(arena_printf(r->a, "%s/%s", r->dir, name), "r");

	if (!f)
		return say(r, RC_CONFLICT, arena_printf(r->a, "%s: cannot be read", name));
	*text = arena_alloc(r->a, FILE_MAX);
	*n = fread(*text, 1, FILE_MAX - 1, f);
	bool whole = feof(f) && !ferror(f);
	fclose(f);
	return whole ? RC_OK : say(r, RC_CONFLICT, arena_printf(r->a, "%s: cannot be read, or longer than 1 MiB", name));
}

static const char *skip_quoted(const char *s)
{
	char quote = *s;

	if (quote == '\'' || quote == '"' || quote == '`')
		while (*++s && *s != quote)
			s += *s == '\\' && quote != '`' && s[1];
	return s;
}

/* The next statement of a text, cut out of it; NULL at its end. */
static const char *next_statement(char **text)
{
	char *s = *text;

	while (isspace((unsigned char)*s) || !strncmp(s, "--", 2))
		s += *s == '-' ? strcspn(s, "\n") : 1;
	char *from = s;
	for (; *s && (*s != ';' || s[1 + strspn(s + 1, " \t\r")] != '\n'); s += *s != 0)
		s = !strncmp(s, "--", 2) ? s + strcspn(s, "\n") - 1 : (char *)skip_quoted(s);
	*text = *s ? s + 1 : s;
	*s = 0;
	return *from ? from : NULL;
}

/* -- statements -------------------------------------------------------------------------------------------------- */

static bool is_definition(const char *sql)
{
	static const char *const verbs[] = { "CREATE ", "ALTER ", "DROP ", "RENAME ", "TRUNCATE " };

	for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++)
		if (!strncasecmp(sql, verbs[i], strlen(verbs[i])))
			return true;
	return false;
}

/* Changes the progress of the file at hand; whoever finds it changed by another stops. */
static enum rc progress(struct run *r, const char *set)
{
	uint64_t changed;

	TRY(db_script(r->db, arena_printf(r->a, "UPDATE schema_migration SET %s WHERE version = %u AND done = %zu", set, r->version, r->done), &changed));
	return changed == 1 ? RC_OK : RC_CONFLICT;
}

static const char *one_more(struct run *r) { return arena_printf(r->a, "begun = 0, done = %zu", r->done + 1); }

static enum rc change(struct tx *tx, void *arg)
{
	struct run *r = arg;

	TRY(progress(r, one_more(r)));	/* first: its row lock keeps a second run waiting */
	return db_script(tx_db(tx), r->sql, NULL);
}

static enum rc define(struct run *r, bool begun)
{
	TRY(progress(r, "begun = 1"));
	enum rc rc = db_script(r->db, r->sql, NULL);
	if (rc == RC_OK || (begun && db_already(r->db)))
		return progress(r, one_more(r));
	r->why = arena_strdup(r->a, db_error(r->db));
	if (rc == RC_INTERNAL)		/* it certainly did not run */
		TRY(progress(r, "begun = 0"));
	return rc;
}

static enum rc hold_lease(struct run *r, uint64_t *mine)
{
	return db_script(r->db, arena_printf(r->a, "UPDATE lease SET holder = '%s', until = UTC_TIMESTAMP(6) + INTERVAL 30 SECOND "
					     "WHERE name = 'migrate' AND (holder = '%s' OR until < UTC_TIMESTAMP(6))", r->holder, r->holder), mine);
}

static enum rc run_statement(struct run *r, bool begun)
{
	size_t mark = arena_mark(r->a);
	uint64_t mine;

	TRY(hold_lease(r, &mine));
	if (!mine)
		return RC_BUSY;
	if (is_definition(r->sql)) {
		TRY(define(r, begun));
	} else {
		enum rc rc = db_tx(r->db, r->a, change, r);
		if (rc != RC_OK)
			return r->why = arena_strdup(r->a, db_error(r->db)), rc;
	}
	arena_release(r->a, mark);
	return RC_OK;
}

/* -- one file ---------------------------------------------------------------------------------------------------- */

struct seen { const char *checksum; size_t done; bool begun, applied; };

/* What the table of migrations answers; nothing while there is none. */
static enum rc ask(struct run *r, const char *sql, const char ***rows, size_t *n)
{
	TRY(db_column(r->db, r->a, "SELECT 1 FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = 'schema_migration'", rows, n));
	return *n ? db_column(r->db, r->a, sql, rows, n) : RC_OK;
}

/* What the schema knows of a version; .checksum is NULL when it has not begun. */
static enum rc look(struct run *r, unsigned version, struct seen *seen)
{
	const char **rows;
	size_t n;

	*seen = (struct seen){ 0 };
	TRY(ask(r, arena_printf(r->a, "SELECT CONCAT(checksum, begun, applied_at IS NOT NULL, done) FROM schema_migration WHERE version = %u", version), &rows, &n));
	if (n) {
		const char *row = rows[0] + 2 * SHA256_SIZE;
		*seen = (struct seen){ rows[0], (size_t)atoi(row + 2), row[0] == '1', row[1] == '1' };
	}
	return RC_OK;
}

static enum rc run_statements(struct run *r, const struct file *f, char *text, struct seen seen)
{
	const char *sql;

	r->version = f->version;
	r->done = seen.done;
	for (size_t i = 0; (sql = next_statement(&text)); i++) {
		if (i < seen.done)
			continue;
		r->sql = sql;
		enum rc rc = run_statement(r, seen.begun && i == seen.done);
		if (rc != RC_OK)
			return say(r, rc, arena_printf(r->a, "%s: statement %zu: %s", f->name, i + 1, r->why ? r->why : rc_info[rc].text));
		r->done = i + 1;
	}
	return progress(r, "applied_at = UTC_TIMESTAMP(6)");
}

static enum rc run_file(struct run *r, const struct file *f)
{
	char *text = NULL, sum[2 * SHA256_SIZE + 1];
	struct seen seen;
	size_t n = 0;

	TRY(look(r, f->version, &seen));
	TRY(read_file(r, f->name, &text, &n));
	hash_sha256_hex(text, n, sum);
	if (seen.checksum && strncmp(seen.checksum, sum, 2 * SHA256_SIZE))
		return say(r, RC_CONFLICT, arena_printf(r->a, "%s was changed after it ran", f->name));
	if (seen.applied)
		return RC_OK;
	if (r->plan)
		return say(r, RC_OK, arena_printf(r->a, "%s would run%s", f->name, seen.checksum ? ", where it stopped" : ""));
	if (!seen.checksum)
		TRY(db_script(r->db, arena_printf(r->a, "INSERT INTO schema_migration (version, name, checksum, done, begun) VALUES (%u, '%s', '%s', 0, 0)",
						  f->version, f->name, sum), NULL));
	TRY(run_statements(r, f, text, seen));
	return say(r, RC_OK, arena_printf(r->a, "%s ran", f->name));
}

/* Each version that the schema has seen has its file: else these files are older than it. */
static enum rc all_known(struct run *r, const struct file *files, size_t n)
{
	const char **versions;
	size_t seen, i;

	TRY(ask(r, "SELECT version FROM schema_migration", &versions, &seen));
	for (size_t v = 0; v < seen; v++) {
		for (i = 0; i < n && files[i].version != (unsigned)atoi(versions[v]); i++)
			;
		if (i == n)
			return say(r, RC_CONFLICT, arena_printf(r->a, "the schema has seen version %s, which is not among these files", versions[v]));
	}
	return RC_OK;
}

static enum rc run_files(struct run *r, const struct file *files, size_t n)
{
	TRY(all_known(r, files, n));
	for (size_t i = 0; i < n; i++) {
		size_t mark = arena_mark(r->a);
		TRY(run_file(r, &files[i]));
		arena_release(r->a, mark);
	}
	return RC_OK;
}

/* -- the whole --------------------------------------------------------------------------------------------------- */

static enum rc take_lease(struct run *r)
{
	uint64_t random = 0, mine = 0;

	if (getrandom(&random, sizeof random, 0) != sizeof random)
		return RC_INTERNAL;
	r->holder = arena_printf(r->a, "%d-%016llx", getpid(), (unsigned long long)random);
	for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
		TRY(db_script(r->db, tables[i], NULL));
	for (int i = 0; i < POLLS; i++) {
		enum rc rc = hold_lease(r, &mine);
		if (rc == RC_OK && mine)
			return RC_OK;
		if (rc != RC_OK && rc != RC_BUSY)
			return rc;
		nanosleep(&(struct timespec){ .tv_nsec = POLL_MS * 1000000L }, NULL);
	}
	return say(r, RC_BUSY, "another run holds the lease");
}

enum rc migrate_run(struct db *db, struct arena *a, const char *dir, bool plan, struct out *report)
{
	struct run r = { .db = db, .a = a, .dir = dir, .report = report, .plan = plan };
	struct file *files = NULL;
	size_t n = 0;

	TRY(list_files(&r, &files, &n));
	if (plan)
		return run_files(&r, files, n);
	TRY(take_lease(&r));
	enum rc rc = run_files(&r, files, n);
	enum rc left = db_script(db, arena_printf(a, "UPDATE lease SET until = '2000-01-01' WHERE name = 'migrate' AND holder = '%s'", r.holder), NULL);
	return rc != RC_OK ? rc : left;
}

enum rc migrate_current(struct db *db, struct arena *a)
{
	struct q_schema_version v;

	return q_schema_version(db, a, &v) == RC_OK && v.version >= SCHEMA_VERSION ? RC_OK : RC_AWAY;
}
