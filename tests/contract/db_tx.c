/* A transaction happens once or not at all, and what is not known is said to be unknown. */
#include "db_test.h"

#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static int calls;
static size_t marks[8];

static void begin(void)
{
	struct q_trial_insert_in in = trial_row(1);

	trial_tables();
	trial_commit(&in, 1);
	calls = 0;
}

static enum rc add(struct tx *tx, int64_t by)
{
	return q_trial_add(tx, &(struct q_trial_add_in){ 1, { by } }, NULL);
}

static enum rc by_other(struct tx *tx, void *arg)
{
	(void)arg;
	return add(tx, 1000);
}

static enum rc reads_then_writes(struct tx *tx, void *arg)
{
	struct q_trial_show row;

	(void)arg;
	marks[calls] = arena_mark(&unit_arena);
	TRY(q_trial_show(db, &unit_arena, &(struct q_trial_show_in){ 1 }, &row));
	if (calls++ == 0)
		assert_int_equal(db_tx(other, &unit_arena, by_other, NULL), RC_OK);
	return q_trial_set_price(tx, &(struct q_trial_set_price_in){ 1, { row.price.fen + 1 } }, NULL);
}

TEST(stale, "db: a stale read written back runs again instead of losing an update")
{
	begin();
	unsigned before = db_retries(db);
	assert_int_equal(db_tx(db, &unit_arena, reads_then_writes, NULL), RC_OK);
	assert_int_equal(trial_price(1), 1101);
	assert_int_equal(calls, 2);
	assert_int_equal(db_retries(db) - before, 1);
	assert_int_equal(marks[0], marks[1]);
}

static enum rc killed_between(struct tx *tx, void *arg)
{
	(void)arg;
	TRY(add(tx, 1));
	if (calls++ == 0)
		trial_kill();
	return add(tx, 1);
}

TEST(lost_before, "db: a connection lost before COMMIT runs the whole again")
{
	begin();
	assert_int_equal(db_tx(db, &unit_arena, killed_between, NULL), RC_OK);
	assert_int_equal(trial_price(1), 102);
	assert_int_equal(calls, 2);
}

static enum rc killed_at_end(struct tx *tx, void *arg)
{
	(void)arg;
	TRY(add(tx, 1));
	calls++;
	trial_kill();
	return RC_OK;
}

TEST(lost_at, "db: a connection lost at COMMIT is uncertain and is not repeated")
{
	begin();
	assert_int_equal(db_tx(db, &unit_arena, killed_at_end, NULL), RC_UNCERTAIN);
	assert_int_equal(calls, 1);
	assert_int_equal(db_tx(db, &unit_arena, by_other, NULL), RC_OK);
}

static enum rc killed_always(struct tx *tx, void *arg)
{
	(void)arg;
	calls++;
	trial_kill();
	return add(tx, 1);
}

TEST(bounded, "db: tries are bounded, and then nothing is changed")
{
	begin();
	assert_int_equal(db_tx(db, &unit_arena, killed_always, NULL), RC_AWAY);
	assert_in_range(calls, 2, 16);
	assert_int_equal(trial_price(1), 100);
}

TEST(read_again, "db: a read outside of a transaction opens a lost connection again")
{
	struct q_trial_show row;

	begin();
	trial_kill();
	assert_int_equal(q_trial_show(db, &unit_arena, &(struct q_trial_show_in){ 1 }, &row), RC_OK);
	assert_int_equal(row.price.fen, 100);
}

static enum rc hides_failure(struct tx *tx, void *arg)
{
	(void)arg;
	calls++;
	TRY(add(tx, 1));
	assert_int_equal(q_trial_broken(tx, NULL), RC_INTERNAL);
	assert_int_equal(add(tx, 1), RC_INTERNAL);
	return RC_OK;
}

TEST(broken, "db: a failed statement rolls everything back, whatever the function answers")
{
	begin();
	assert_int_equal(db_tx(db, &unit_arena, hides_failure, NULL), RC_INTERNAL);
	assert_int_equal(calls, 1);
	assert_int_equal(trial_price(1), 100);
}

static enum rc refuses(struct tx *tx, void *arg)
{
	TRY(add(tx, 1));
	return *(enum rc *)arg;
}

TEST(refused, "db: a function's own refusal rolls back and is passed on, not repeated")
{
	begin();
	unsigned before = db_retries(db);
	assert_int_equal(db_tx(db, &unit_arena, refuses, &(enum rc){ RC_BUSY }), RC_BUSY);
	assert_int_equal(db_retries(db), before);
	assert_int_equal(trial_price(1), 100);
}

static enum rc twice(struct tx *tx, void *arg)
{
	struct q_trial_insert_in row = trial_row(1);

	(void)arg;
	TRY(add(tx, 1));
	assert_int_equal(q_trial_insert(tx, &row, 1), RC_DUPLICATE);
	return add(tx, 1);
}

TEST(duplicate, "db: a duplicate key is an answer, after which the transaction goes on")
{
	begin();
	assert_int_equal(db_tx(db, &unit_arena, twice, NULL), RC_OK);
	assert_int_equal(trial_price(1), 102);
}

static enum rc counts(struct tx *tx, void *arg)
{
	uint64_t changed = 9;
	struct q_trial_lock row;

	(void)arg;
	TRY(q_trial_set_price(tx, &(struct q_trial_set_price_in){ 1, { 100 } }, &changed));
	assert_int_equal(changed, 1);		/* found, though the value is the same */
	TRY(q_trial_set_price(tx, &(struct q_trial_set_price_in){ 2, { 100 } }, &changed));
	assert_int_equal(changed, 0);
	return q_trial_lock(tx, &unit_arena, &(struct q_trial_lock_in){ 1 }, &row);
}

TEST(changed, "db: a write counts the rows it found")
{
	begin();
	assert_int_equal(db_tx(db, &unit_arena, counts, NULL), RC_OK);
}

/* -- in a child: what ends the process ---------------------------------------------------------------------------- */

static enum rc nested(struct tx *tx, void *arg)
{
	(void)tx, (void)arg;
	return db_tx(db, &unit_arena, by_other, NULL);
}

static enum rc two(struct tx *tx, void *arg)
{
	(void)arg;
	TRY(add(tx, 1));
	return add(tx, 1);
}

/* The signal that ended a child which ran fn in a transaction with the fault set. */
static int dies(tx_fn *fn, const char *fault)
{
	int end = 0;
	struct db_conf conf = store_conf("trial");
	pid_t pid = fork();

	if (!pid) {
		if (fault)
			setenv("YUNSHI_FAULT", fault, 1);
		close(STDERR_FILENO);
		signal(SIGABRT, SIG_DFL);
		db = db_open(&conf);
		_exit(db_tx(db, &unit_arena, fn, NULL) != RC_OK);
	}
	assert_int_equal(waitpid(pid, &end, 0), pid);
	return WIFSIGNALED(end) ? WTERMSIG(end) : -WEXITSTATUS(end);
}

TEST(nesting, "db: a transaction inside a transaction is a bug")
{
	begin();
	assert_int_equal(dies(nested, NULL), SIGABRT);
	assert_int_equal(dies(two, NULL), 0);
}

TEST(faults, "db: killed before COMMIT nothing is there, killed after it everything is")
{
	begin();
	assert_int_equal(dies(two, "tx_statement:2"), SIGKILL);
	assert_int_equal(trial_price(1), 100);
	assert_int_equal(dies(two, "before_commit:1"), SIGKILL);
	assert_int_equal(trial_price(1), 100);
	assert_int_equal(dies(two, "after_commit:1"), SIGKILL);
	assert_int_equal(trial_price(1), 102);
	assert_int_equal(dies(two, "after_commit:2"), 0);
	assert_int_equal(dies(two, "elsewhere:1"), 0);
}
