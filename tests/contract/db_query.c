/* Values go in and come out as they are; statements are prepared once and take one round trip. */
#include "db_test.h"

#include <stdio.h>
#include <stdlib.h>

static struct q_trial_show show(uint64_t id)
{
	struct q_trial_show row;

	assert_int_equal(q_trial_show(db, &unit_arena, &(struct q_trial_show_in){ id }, &row), RC_OK);
	return row;
}

TEST(values, "db: every type comes back as it went in")
{
	static const unsigned char raw[] = { 0, 1, 0xff, 0, '\'' };
	struct q_trial_insert_in in = {
		.id = UINT64_MAX, .state = ORDER_CANCELLED, .code = "it's 云市 \\ \"?", .note = "", .raw = { raw, sizeof raw }, .price = { INT64_MAX },
		.delta = INT64_MIN, .small = -32768, .flag = true, .at = { 1767225600123456 }, .until = { -1 }, .day = { 20454 },
	};

	trial_tables();
	trial_commit(&in, 1);
	struct q_trial_show r = show(UINT64_MAX);
	assert_true(r.id == UINT64_MAX && r.state == ORDER_CANCELLED && r.price.fen == INT64_MAX && r.delta == INT64_MIN && r.small == -32768 && r.flag);
	assert_string_equal(r.code, in.code);
	assert_string_equal(r.note, "");
	assert_int_equal(r.raw.n, sizeof raw);
	assert_memory_equal(r.raw.p, raw, sizeof raw);
	assert_true(r.at.us == in.at.us && r.until.us == -1 && r.day.days == 20454);
	assert_string_equal(store_value(other, "SELECT CONCAT(at, ' ', day) FROM trial"), "2026-01-01 00:00:00.123456 2026-01-01");
}

TEST(none, "db: what may be NULL is none on both sides")
{
	struct q_trial_insert_in in = trial_row(1);

	trial_tables();
	trial_commit(&in, 1);
	struct q_trial_show r = show(1);
	assert_true(!r.note && !r.raw.p && !r.until.us && !r.day.days);
	assert_string_equal(store_value(other, "SELECT COUNT(*) FROM trial WHERE note IS NULL AND raw IS NULL AND until IS NULL AND day IS NULL"), "1");
	struct q_trial_show row;
	assert_int_equal(q_trial_show(db, &unit_arena, &(struct q_trial_show_in){ 2 }, &row), RC_NOT_FOUND);
}

TEST(texts, "db: texts around the length of the fixed buffer come back whole")
{
	struct q_trial_insert_in in[4];
	size_t sizes[] = { 255, 256, 257, 2000 };

	trial_tables();
	for (size_t i = 0; i < 4; i++) {
		char *s = arena_alloc(&unit_arena, sizes[i] + 1);
		memset(s, 'a' + (int)i, sizes[i]);
		in[i] = trial_row(i + 1);
		in[i].code = in[i].note = s;
		in[i].raw = (struct bytes){ s, sizes[i] };
	}
	trial_commit(in, 4);
	for (size_t i = 0; i < 4; i++) {
		struct q_trial_show r = show(i + 1);
		assert_string_equal(r.code, in[i].code);
		assert_string_equal(r.note, in[i].note);
		assert_int_equal(r.raw.n, sizes[i]);
	}
}

static size_t count(struct q_trial_list_in in)
{
	struct q_trial_list *rows;
	size_t n;

	in.limit = in.limit ? in.limit : 100;
	assert_int_equal(q_trial_list(db, &unit_arena, &in, &rows, &n), RC_OK);
	for (size_t i = 0; i < n; i++)
		assert_string_equal(rows[i].odd, "?:x['\"]'");
	return n;
}

TEST(fragments, "db: a fragment stands when its input is set, its opposite when not")
{
	struct q_trial_insert_in in[] = { trial_row(1), trial_row(2), trial_row(3) };

	trial_tables();
	in[1].state = ORDER_COMPLETED;
	in[1].flag = true;
	in[2].code = "hidden";
	trial_commit(in, 3);
	assert_int_equal(count((struct q_trial_list_in){ 0 }), 2);
	assert_int_equal(count((struct q_trial_list_in){ .code = "hidden" }), 1);
	assert_int_equal(count((struct q_trial_list_in){ .state = ORDER_COMPLETED }), 1);
	assert_int_equal(count((struct q_trial_list_in){ .state = ORDER_COMPLETED, .code = "hidden" }), 0);
	assert_int_equal(count((struct q_trial_list_in){ .flagged = true }), 1);
	assert_int_equal(count((struct q_trial_list_in){ .least = 2 }), 1);
	assert_int_equal(count((struct q_trial_list_in){ .limit = 1 }), 1);
}

static long status(const char *name)
{
	char sql[200];

	snprintf(sql, sizeof sql, "SELECT variable_value FROM information_schema.session_status WHERE variable_name = '%s'", name);
	return atol(store_value(db, sql));
}

TEST(round_trips, "db: a statement is prepared once, and running it is one round trip")
{
	struct q_trial_insert_in in = trial_row(1);

	trial_tables();
	trial_commit(&in, 1);
	show(1);
	long prepared = status("Com_stmt_prepare"), before = status("Questions"), look = status("Questions") - before;
	unsigned counted = db_queries(db);
	for (int i = 0; i < 10; i++)
		show(1);
	assert_int_equal(db_queries(db) - counted, 10);
	assert_int_equal(status("Questions") - before, 10 + 2 * look);
	assert_int_equal(status("Com_stmt_prepare"), prepared);
	assert_int_equal(status("Com_stmt_reset"), 0);
}

static enum rc many_variants(struct tx *tx, void *arg)
{
	struct q_trial_bulk_a_in *rows = arg;

	for (size_t n = 1; n <= 100; n++) {
		TRY(q_trial_bulk_a(tx, rows, n));
		TRY(q_trial_bulk_b(tx, (const void *)rows, n));
		TRY(q_trial_bulk_c(tx, (const void *)rows, n));
	}
	return q_trial_bulk_a(tx, rows, 250);
}

TEST(cache, "db: more variants than are kept all work, and the oldest make room")
{
	struct q_trial_bulk_a_in rows[250];

	trial_tables();
	for (size_t i = 0; i < 250; i++)
		rows[i] = (struct q_trial_bulk_a_in){ i + 1, 1 };
	assert_int_equal(db_tx(db, &unit_arena, many_variants, rows), RC_OK);
	assert_string_equal(store_value(other, "SELECT COUNT(*) FROM trial_bulk"), "250");
	assert_string_equal(store_value(other, "SELECT n FROM trial_bulk WHERE id = 1"), "3");
	long kept = atol(store_value(other, "SELECT variable_value FROM information_schema.global_status WHERE variable_name = 'Prepared_stmt_count'"));
	assert_true(kept > 200 && kept <= 256);
}

TEST(unknown_name, "db: a name that the enum does not know is refused, not guessed")
{
	struct q_trial_insert_in in = trial_row(1);
	struct q_trial_show row;

	trial_tables();
	trial_commit(&in, 1);
	store_run(other, "ALTER TABLE trial MODIFY state VARCHAR(20) NOT NULL");
	store_run(other, "UPDATE trial SET state = 'to_pay_more'");
	assert_int_equal(q_trial_show(db, &unit_arena, &(struct q_trial_show_in){ 1 }, &row), RC_INTERNAL);
	store_run(other, "UPDATE trial SET state = 'completed'");
	assert_int_equal(show(1).state, ORDER_COMPLETED);
}

TEST(session, "db: the session is in UTC, strict, repeatable, without snapshots that lie")
{
	trial_tables();
	assert_string_equal(store_value(db, "SELECT @@time_zone"), "+00:00");
	assert_string_equal(store_value(db, "SELECT @@tx_isolation"), "REPEATABLE-READ");
	assert_string_equal(store_value(db, "SELECT @@innodb_snapshot_isolation"), "1");
	assert_string_equal(store_value(db, "SELECT @@character_set_client"), "utf8mb4");
	assert_string_equal(store_value(db, "SELECT @@sql_mode LIKE '%STRICT_ALL_TABLES%'"), "1");
	assert_int_equal(db_script(db, "SELECT 1; SELECT 2", NULL), RC_INTERNAL);
	assert_int_equal(db_ping(db), RC_OK);
}

TEST(away, "db: opening never fails; using a store that is away says so")
{
	struct db_conf conf = { .socket = "/nowhere/db.sock", .user = "root", .schema = "x" };
	struct db *none = db_open(&conf);
	struct q_trial_show row;

	assert_non_null(none);
	assert_int_equal(db_ping(none), RC_AWAY);
	assert_int_equal(q_trial_show(none, &unit_arena, &(struct q_trial_show_in){ 1 }, &row), RC_AWAY);
	db_close(&none);
	assert_null(none);
}
