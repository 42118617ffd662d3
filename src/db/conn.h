#ifndef DB_CONN_H
#define DB_CONN_H
/* What the files of this folder share. */
#include "base/out.h"
#include "db/db.h"

#include <mysql.h>

enum {
	STMTS_MAX = 256,	/* prepared statements kept on a connection; the least recently used one makes room */
	STMT_BUCKETS = 256,
	PARAMS_MAX = 512,	/* in one statement */
	BULK_ROWS = 100,	/* rows in one statement, fewer when they are wide */
	ROWS_MAX = 10000,	/* a read that gives more is a missing LIMIT */
	TEXT_FIXED = 256,	/* bytes of a text that are fetched with the row; the rest of a longer one is fetched alone */
};

/* Where the library puts a value before it moves to the row. */
struct cell {
	unsigned long len;
	my_bool null, error;
	union { int64_t num; MYSQL_TIME time; char text[TEXT_FIXED]; };
};

/* One prepared variant: which fragments of q stand (a mask), or of how many rows it is (Q_BULK). */
struct stmt {
	const struct query *q;
	unsigned variant;
	uint64_t used;
	struct stmt *next;		/* in its bucket */
	MYSQL_STMT *s;
	MYSQL_BIND *out;		/* out_n of each, bound once */
	struct cell *cells;
};

struct db {
	struct db_conf conf;
	MYSQL *c;			/* NULL: not connected */
	bool in_tx;
	enum rc broken;			/* in a transaction: why it can only be rolled back; RC_OK: it can go on */
	bool again;			/* and whether running it again can help */
	unsigned queries, retries;
	uint64_t tick;			/* of the statement cache */
	MYSQL_BIND params[PARAMS_MAX];	/* of the statement that is being sent */
	MYSQL_TIME times[PARAMS_MAX];
	struct stmt *bucket[STMT_BUCKETS];
	struct stmt stmts[STMTS_MAX];
	unsigned last_errno;
	char last_error[256];
};

struct tx { struct db *db; };

/* What an error of the server or the library means. */
enum fault { FAULT_SQL = 1, FAULT_DUPLICATE, FAULT_AGAIN, FAULT_LOST };
enum fault fault_of(unsigned err);

/* conn.c */
MUST_USE enum rc conn_ready(struct db *db);		/* connected, or RC_AWAY */
void conn_drop(struct db *db);				/* with all its statements */
/* Notes a failed statement: logs it, drops a lost connection, breaks an open transaction.  Never RC_OK. */
MUST_USE enum rc conn_failed(struct db *db, const char *at, unsigned err, const char *text);
MUST_USE enum rc conn_send(struct db *db, const char *sql);	/* a statement of text */

void fault_arm(void);					/* tx.c: reads YUNSHI_FAULT */

/* stmt.c */
void stmt_forget_all(struct db *db);
void stmt_text(struct out *sql, const struct query *q, unsigned variant);
/* Fills db->params from the inputs (of Q_BULK: from `variant` rows); gives how many there are. */
unsigned stmt_params(struct db *db, const struct query *q, unsigned variant, const void *in);

/* bind.c: values of C to parameters, columns to values of C */
void bind_in(MYSQL_BIND *b, MYSQL_TIME *t, const struct qfield *f, const void *in);
bool bind_is_set(const struct qfield *f, const void *in);
void bind_out(MYSQL_BIND *b, struct cell *c, const struct qfield *f);
MUST_USE enum rc bind_take(struct stmt *st, int col, struct arena *a, void *row);
#endif
