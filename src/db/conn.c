#include "db/conn.h"

#include "base/log.h"

#include <assert.h>
#include <errmsg.h>
#include <mysqld_error.h>
#include <stdio.h>
#include <stdlib.h>

enum { CONNECT_SECONDS = 3, ANSWER_SECONDS = 30, WRITE_SECONDS = 10 };

/* REPEATABLE READ, because only there innodb_snapshot_isolation refuses (1020, run again) to change a row on the ground of an
 * older version of it; under READ COMMITTED the same mistake silently loses an update. */
static const char session[] =
	"SET time_zone = '+00:00', tx_isolation = 'REPEATABLE-READ', autocommit = 1, idle_transaction_timeout = 10, "
	"innodb_lock_wait_timeout = 5, lock_wait_timeout = 20, "
	"sql_mode = 'STRICT_TRANS_TABLES,STRICT_ALL_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION,NO_ZERO_DATE,NO_ZERO_IN_DATE'";
static const char snapshot[] = "SET innodb_snapshot_isolation = ON";	/* not known to every 10.11 */

struct db *db_open(const struct db_conf *conf)
{
	struct db *db = calloc(1, sizeof *db);

	if (!db)
		abort();
	assert(conf->user && conf->schema);
	db->conf = *conf;
	fault_arm();
	return db;
}

void db_close(struct db **db)
{
	if (*db)
		conn_drop(*db);
	free(*db);
	*db = NULL;
}

unsigned db_queries(const struct db *db) { return db->queries; }
unsigned db_retries(const struct db *db) { return db->retries; }

enum fault fault_of(unsigned err)
{
	switch (err) {
	case ER_DUP_ENTRY: case ER_DUP_ENTRY_WITH_KEY_NAME:
		return FAULT_DUPLICATE;
	case ER_LOCK_DEADLOCK: case ER_LOCK_WAIT_TIMEOUT: case ER_CHECKREAD:
		return FAULT_AGAIN;
	case CR_SERVER_GONE_ERROR: case CR_SERVER_LOST: case CR_SERVER_LOST_EXTENDED: case CR_CONNECTION_ERROR: case CR_CONN_HOST_ERROR:
	case ER_UNKNOWN_COM_ERROR:	/* a node that is not in its cluster */
	case ER_CONNECTION_KILLED: case ER_SERVER_SHUTDOWN: case ER_NEW_ABORTING_CONNECTION:
		return FAULT_LOST;
	default:
		return FAULT_SQL;
	}
}

static void note(struct db *db, unsigned err, const char *text)
{
	db->last_errno = err;
	snprintf(db->last_error, sizeof db->last_error, "%s", text);
}

enum rc conn_failed(struct db *db, const char *at, unsigned err, const char *text)
{
	enum fault f = fault_of(err);

	note(db, err, text);
	if (f == FAULT_DUPLICATE)
		return RC_DUPLICATE;
	log_event(f == FAULT_SQL ? 'E' : 'W', "sql_failed", LOG_STR("at", at), LOG_INT("errno", err), LOG_STR("error", db->last_error));
	if (f == FAULT_LOST)
		conn_drop(db);
	enum rc rc = f == FAULT_SQL ? RC_INTERNAL : f == FAULT_AGAIN ? RC_BUSY : RC_AWAY;
	if (db->in_tx && db->broken == RC_OK) {
		db->broken = rc;
		db->again = f != FAULT_SQL;
	}
	return rc;
}

static MYSQL *handle(const struct db_conf *f, bool local)
{
	my_bool on = 1, off = 0;
	unsigned connect = CONNECT_SECONDS, answer = f->answer_seconds ? f->answer_seconds : ANSWER_SECONDS, write = WRITE_SECONDS;
	MYSQL *c = mysql_init(NULL);

	if (!c)
		abort();
	mysql_options(c, MYSQL_SET_CHARSET_NAME, "utf8mb4");
	mysql_options(c, MYSQL_OPT_CONNECT_TIMEOUT, &connect);
	mysql_options(c, MYSQL_OPT_READ_TIMEOUT, &answer);
	mysql_options(c, MYSQL_OPT_WRITE_TIMEOUT, &write);
	mysql_options(c, MYSQL_OPT_RECONNECT, &off);		/* would go on in the middle of a transaction */
	mysql_options(c, MYSQL_OPT_LOCAL_INFILE, NULL);
	mysql_options(c, MARIADB_OPT_RESTRICTED_AUTH, "mysql_native_password,client_ed25519,caching_sha2_password");
	if (!local) {
		unsigned tcp = MYSQL_PROTOCOL_TCP;	/* or "localhost" would silently be some socket, without TLS */
		mysql_options(c, MYSQL_OPT_PROTOCOL, &tcp);
		mysql_options(c, MYSQL_OPT_SSL_ENFORCE, &on);
		mysql_options(c, MYSQL_OPT_SSL_VERIFY_SERVER_CERT, &on);
		if (f->ca && *f->ca)
			mysql_options(c, MYSQL_OPT_SSL_CA, f->ca);
	}
	return c;
}

static bool set_up(MYSQL *c)
{
	if (mysql_real_query(c, session, sizeof session - 1))
		return false;
	return !mysql_real_query(c, snapshot, sizeof snapshot - 1) || mysql_errno(c) == ER_UNKNOWN_SYSTEM_VARIABLE;
}

enum rc conn_ready(struct db *db)
{
	const struct db_conf *f = &db->conf;
	bool local = f->socket && *f->socket;

	if (db->in_tx)		/* never connect again inside a transaction */
		return db->broken;
	if (db->c)
		return RC_OK;
	MYSQL *c = handle(f, local);
	bool there = mysql_real_connect(c, local ? NULL : f->host, f->user, f->password, f->schema, local ? 0 : f->port,
					local ? f->socket : NULL, CLIENT_FOUND_ROWS);
	if (there && set_up(c)) {
		db->c = c;
		return RC_OK;
	}
	note(db, mysql_errno(c), mysql_error(c));
	mysql_close(c);
	log_event('E', "store_away", LOG_INT("errno", db->last_errno), LOG_STR("error", db->last_error));
	return RC_AWAY;
}

void conn_drop(struct db *db)
{
	if (!db->c)
		return;
	stmt_forget_all(db);
	mysql_close(db->c);
	db->c = NULL;
}

enum rc conn_send(struct db *db, const char *sql)
{
	db->queries++;
	db->last_errno = 0;
	if (mysql_real_query(db->c, sql, strlen(sql)))
		return conn_failed(db, sql, mysql_errno(db->c), mysql_error(db->c));
	return RC_OK;
}

/* In a cluster: is the node ready, and synced (state 4)?  Its variables are not there, or say so, on a single server. */
static bool serves(MYSQL_RES *r)
{
	bool ready = true, member = false, synced = true;

	for (MYSQL_ROW w; (w = mysql_fetch_row(r));) {
		if (!strcmp(w[0], "WSREP_READY"))
			ready = !strcmp(w[1], "ON");
		else if (!strcmp(w[0], "WSREP_LOCAL_STATE"))
			synced = !strcmp(w[1], "4");
		else
			member = strcmp(w[1], "0");
	}
	return !member || (ready && synced);
}

enum rc db_ping(struct db *db)
{
	for (int i = 0; i < 2; i++) {
		TRY(conn_ready(db));
		if (conn_send(db, "SELECT UPPER(variable_name), variable_value FROM information_schema.global_status WHERE variable_name IN "
			      "('wsrep_ready', 'wsrep_local_state') UNION SELECT 'ON', @@wsrep_on") != RC_OK)
			continue;
		MYSQL_RES *r = mysql_store_result(db->c);
		bool well = r && serves(r);
		mysql_free_result(r);
		return well ? RC_OK : RC_AWAY;
	}
	return RC_AWAY;
}
