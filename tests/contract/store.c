#include "store.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>

struct db_conf store_conf(const char *schema)
{
	const char *socket = getenv("YUNSHI_TEST_SOCKET");

	assert(socket);
	return (struct db_conf){ .socket = socket, .user = "root", .password = "", .schema = schema };
}

void store_run(struct db *db, const char *sql)
{
	if (db_script(db, sql, NULL) == RC_OK)
		return;
	fprintf(stderr, "%s: %s\n", sql, db_error(db));
	abort();
}

struct db *store_fresh(const char *schema)
{
	struct db_conf all = store_conf("information_schema"), one = store_conf(schema);
	struct db *db = db_open(&all);
	char sql[200];

	snprintf(sql, sizeof sql, "DROP DATABASE IF EXISTS %s", schema);
	store_run(db, sql);
	snprintf(sql, sizeof sql, "CREATE DATABASE %s CHARACTER SET utf8mb4 COLLATE utf8mb4_bin", schema);
	store_run(db, sql);
	db_close(&db);
	return db_open(&one);
}

const char *store_value(struct db *db, const char *sql)
{
	static char value[1000];
	static struct arena a;
	const char **rows;
	size_t n;

	if (!a.base)
		arena_init(&a, 1 << 20);
	arena_release(&a, 0);
	if (db_column(db, &a, sql, &rows, &n) != RC_OK)
		fprintf(stderr, "%s: %s\n", sql, db_error(db)), abort();
	snprintf(value, sizeof value, "%s", n && rows[0] ? rows[0] : "");
	return value;
}
