/* Migrations go forward, once, whoever starts them and wherever they were stopped. */
#include "db_test.h"

#include "app/migrate.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static char dir[64];
static struct out report;

static void file(const char *name, const char *text)
{
	char path[200];

	snprintf(path, sizeof path, "%s/%s", dir, name);
	FILE *f = fopen(path, "w");
	assert_non_null(f);
	fputs(text, f);
	fclose(f);
}

static const char first[] =
	"-- Says; it's a comment\n"
	"CREATE TABLE m (\n\tid INT NOT NULL PRIMARY KEY,\n\ttext VARCHAR(40) NOT NULL -- not; here\n);\n\n"
	"INSERT INTO m VALUES (1, 'a;\nb'), (2, 'it''s');\n"
	"-- Between.\n"
	"UPDATE m SET text = CONCAT(text, '!') WHERE id = 2;\n"
	"CREATE TRIGGER m_stays BEFORE DELETE ON m FOR EACH ROW SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'stays';\n"
	"ALTER TABLE m ADD COLUMN more INT NULL;\n"
	"UPDATE m SET more = id * 10";

static void clear(void)
{
	char shell[100];

	snprintf(shell, sizeof shell, "rm -rf %s", dir);
	assert_int_equal(system(shell), 0);
}

static void begin(void)
{
	trial_tables();
	if (!*dir)
		atexit(clear);
	snprintf(dir, sizeof dir, "/tmp/ys-migrate.%d", (int)getpid());
	clear();
	assert_int_equal(mkdir(dir, 0700), 0);
	file("0001_first.sql", first);
	out_reset(&report);
}

static enum rc run(bool plan)
{
	enum rc rc = migrate_run(db, &unit_arena, dir, plan, &report);

	out_bytes(&report, "", 1);
	report.n--;
	return rc;
}

static void is_whole(void)
{
	assert_string_equal(store_value(other, "SELECT GROUP_CONCAT(id, text, more ORDER BY id) FROM m"), "1a;\nb10,2it's!20");
	assert_string_equal(store_value(other, "SELECT COUNT(*) FROM information_schema.triggers WHERE trigger_name = 'm_stays'"), "1");
}

TEST(forward, "IFC-8 migrate: runs what is new, once, and the plan changes nothing")
{
	begin();
	assert_int_equal(run(true), RC_OK);
	assert_string_equal(report.p, "0001_first.sql would run\n");
	assert_string_equal(store_value(other, "SELECT COUNT(*) FROM information_schema.tables WHERE table_name IN ('m', 'schema_migration', 'lease') "
					"AND table_schema = DATABASE()"), "0");
	assert_int_equal(run(false), RC_OK);
	is_whole();
	file("0002_second.sql", "INSERT INTO m VALUES (3, 'c', 30);\n");
	out_reset(&report);
	assert_int_equal(run(false), RC_OK);
	assert_string_equal(report.p, "0002_second.sql ran\n");
	out_reset(&report);
	assert_int_equal(run(false), RC_OK);
	assert_string_equal(report.p, "");
	assert_string_equal(store_value(other, "SELECT COUNT(*) FROM m"), "3");
}

TEST(changed_file, "IFC-8 migrate: refuses a file changed after it ran, a number twice, and a schema newer than the files")
{
	begin();
	file("0001_again.sql", "DO 1;\n");
	assert_int_equal(run(false), RC_CONFLICT);
	begin();
	file("0002_second.sql", "DO 1;\n");
	assert_int_equal(run(false), RC_OK);
	file("0001_first.sql", "CREATE TABLE other (id INT);\n");
	assert_int_equal(run(true), RC_CONFLICT);
	assert_non_null(strstr(report.p, "0001_first.sql was changed after it ran"));
	file("0001_first.sql", first);
	assert_int_equal(run(false), RC_OK);
	char path[200];
	snprintf(path, sizeof path, "%s/0002_second.sql", dir);
	unlink(path);
	assert_int_equal(run(false), RC_CONFLICT);
	file("0003_third.sql", "DO 1;\n");
	assert_int_equal(run(false), RC_CONFLICT);
}

TEST(mistake, "IFC-8 migrate: says which statement failed; corrected it goes on, and does not take a mistake for done")
{
	begin();
	file("0002_second.sql", "INSERT INTO m VALUES (3, 'c', 30);\nCREATE TABLE m (id INT);\n");
	assert_int_equal(run(false), RC_INTERNAL);
	assert_non_null(strstr(report.p, "0002_second.sql: statement 2: Table 'm' already exists"));
	assert_int_equal(run(false), RC_INTERNAL);
	assert_string_equal(store_value(other, "SELECT COUNT(*) FROM m"), "3");
	store_run(other, "RENAME TABLE m TO was_m");
	assert_int_equal(run(false), RC_OK);
	store_run(other, "DROP TABLE m");
	store_run(other, "RENAME TABLE was_m TO m");
}

/* A run in a child; gives its process. */
static pid_t child(const char *fault)
{
	pid_t pid = fork();

	if (pid)
		return pid;
	struct db_conf conf = store_conf("trial");
	if (fault)
		setenv("YUNSHI_FAULT", fault, 1);
	close(STDERR_FILENO);
	db = db_open(&conf);
	_exit(run(false) != RC_OK);
}

static int ends(pid_t pid)
{
	int end;

	assert_int_equal(waitpid(pid, &end, 0), pid);
	return WIFSIGNALED(end) ? WTERMSIG(end) : -WEXITSTATUS(end);
}

TEST(killed, "IFC-8 migrate: killed at any statement it goes on where it stopped")
{
	int deaths = 0;

	for (int at = 1;; at++) {
		char fault[40];
		begin();
		snprintf(fault, sizeof fault, "script:%d", at);
		if (ends(child(fault)) != SIGKILL)
			break;
		deaths++;
		store_run(other, "CREATE TABLE IF NOT EXISTS lease (name VARCHAR(40) PRIMARY KEY, holder VARCHAR(80) NOT NULL, until DATETIME(6) NOT NULL)");
		store_run(other, "UPDATE lease SET until = '2000-01-01'");	/* half a minute later */
		if (run(false) != RC_OK)
			fail_msg("killed at %d: %s", at, report.p);
		is_whole();
	}
	assert_true(deaths > 20);
}

TEST(at_once, "IFC-8 migrate: started by several at once every statement runs once")
{
	pid_t pids[4];

	begin();
	for (int i = 0; i < 4; i++)
		pids[i] = child(NULL);
	for (int i = 0; i < 4; i++)
		assert_int_equal(ends(pids[i]), 0);
	is_whole();
}
