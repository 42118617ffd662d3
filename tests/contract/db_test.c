#include "db_test.h"

#include "base/log.h"

#include <stdio.h>
#include <stdlib.h>

struct db *db, *other;

void trial_tables(void)
{
	struct db_conf conf = store_conf("trial");

	db_close(&db);
	db_close(&other);
	db = store_fresh("trial");
	other = db_open(&conf);
	store_run(db, "CREATE TABLE trial (id BIGINT UNSIGNED NOT NULL PRIMARY KEY, "
		  "state ENUM('to_confirm','in_review','to_pay','processing','refunding','completed','cancelled') NOT NULL, "
		  "kind ENUM('one','two') NOT NULL DEFAULT 'one', code VARCHAR(2000) NOT NULL, note TEXT NULL, raw VARBINARY(2000) NULL, "
		  "price BIGINT NOT NULL, delta BIGINT NOT NULL, small SMALLINT NOT NULL, flag BOOL NOT NULL, at DATETIME(6) NOT NULL, "
		  "until DATETIME(6) NULL, day DATE NULL, coarse DATETIME NULL, UNIQUE KEY once (id, state)) ENGINE=InnoDB");
	store_run(db, "CREATE TABLE trial_bulk (id BIGINT UNSIGNED NOT NULL PRIMARY KEY, n BIGINT NOT NULL) ENGINE=InnoDB");
}

struct q_trial_insert_in trial_row(uint64_t id)
{
	return (struct q_trial_insert_in){ .id = id, .state = ORDER_TO_PAY, .code = "a", .price = { 100 }, .at = { 1 } };
}

struct batch { const struct q_trial_insert_in *rows; size_t n; };

static enum rc insert(struct tx *tx, void *arg)
{
	const struct batch *b = arg;
	return q_trial_insert(tx, b->rows, b->n);
}

void trial_commit(const struct q_trial_insert_in *rows, size_t n)
{
	assert_int_equal(db_tx(db, &unit_arena, insert, &(struct batch){ rows, n }), RC_OK);
}

int64_t trial_price(uint64_t id)
{
	char sql[100];

	snprintf(sql, sizeof sql, "SELECT COALESCE((SELECT price FROM trial WHERE id = %llu), -1)", (unsigned long long)id);
	return atoll(store_value(other, sql));
}

void trial_kill(void)
{
	store_run(other, "BEGIN NOT ATOMIC FOR p IN (SELECT id FROM information_schema.processlist WHERE id <> CONNECTION_ID() AND user = 'root' "
		  "AND db = 'trial') DO EXECUTE IMMEDIATE CONCAT('KILL ', p.id); END FOR; END");
}
