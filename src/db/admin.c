#include "db/admin.h"
#include "db/conn.h"

#include <mysqld_error.h>

enum rc db_script(struct db *db, const char *sql, uint64_t *changed)
{
	TRY(conn_ready(db));
	db_fault("script");
	TRY(conn_send(db, sql));
	MYSQL_RES *r = mysql_store_result(db->c);
	db_fault("script");
	mysql_free_result(r);
	if (changed)
		*changed = mysql_affected_rows(db->c);
	return RC_OK;
}

enum rc db_column(struct db *db, struct arena *a, const char *sql, const char ***texts, size_t *n)
{
	TRY(conn_ready(db));
	TRY(conn_send(db, sql));
	MYSQL_RES *r = mysql_store_result(db->c);
	if (!r)
		return conn_failed(db, sql, mysql_errno(db->c), mysql_error(db->c));
	*n = mysql_num_rows(r);
	*texts = ARENA_ARRAY(a, const char *, *n + 1);
	for (size_t i = 0; i < *n; i++) {
		MYSQL_ROW w = mysql_fetch_row(r);
		(*texts)[i] = w[0] ? arena_dup(a, w[0], mysql_fetch_lengths(r)[0]) : NULL;
	}
	mysql_free_result(r);
	return RC_OK;
}

unsigned db_errno(const struct db *db) { return db->last_errno; }
const char *db_error(const struct db *db) { return db->last_error; }

bool db_already(const struct db *db)
{
	switch (db->last_errno) {
	case ER_TABLE_EXISTS_ERROR: case ER_BAD_TABLE_ERROR: case ER_DUP_FIELDNAME: case ER_DUP_KEYNAME: case ER_CANT_DROP_FIELD_OR_KEY:
	case ER_MULTIPLE_PRI_KEY: case ER_TRG_ALREADY_EXISTS: case ER_TRG_DOES_NOT_EXIST:
		return true;
	default:
		return false;
	}
}
