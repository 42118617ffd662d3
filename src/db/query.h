#ifndef DB_QUERY_H
#define DB_QUERY_H
#include "base/arena.h"
#include "base/rc.h"
#include "base/value.h"

/* What sqlgen makes of sql/query/<stem>.sql: constant tables, and one typed function for each query that hands them to the
 * functions below.  Nobody else calls these: they cannot check that `in`, `row` and the query belong together. */

enum qkind { Q_ONE = 1, Q_MANY, Q_EXEC, Q_BULK };
enum qtype { Q_U64 = 1, Q_I64, Q_I32, Q_BOOL, Q_STR, Q_BYTES, Q_MONEY, Q_INSTANT, Q_DATE, Q_ENUM };

struct qfield {
	const char *name;
	enum qtype type;
	bool null;
	size_t off;			/* in the _in struct or the row */
	const struct enum_def *def;
};

/* A stretch of the statement; one '?' for each of in[0 .. in_n), which are numbers of inputs. */
struct qpart {
	const char *sql;
	const uint8_t *in;
	int in_n;
	int when;			/* 0: always; g: when guard g is set; -g: when it is not */
};

struct query {
	const char *name, *at;
	enum qkind kind;
	const struct qfield *in, *out;
	int in_n, out_n;
	size_t in_size, out_size;
	const struct qpart *parts;	/* Q_BULK: before the row, the row, after it */
	int part_n;
	const uint8_t *guards;		/* guards[g - 1]: the input whose presence is guard g */
	int guard_n;
	bool scan;			/* may read a whole table */
};

/* All queries, by stem; both lists end with NULL. */
extern const struct query *const *const q_all[];

struct db;
struct tx;	/* only db_tx() makes one: holding it proves that a transaction is open */

/* Reads.  Outside of a transaction a lost connection is opened again, once, without the caller noticing; RC_AWAY when that fails. */
MUST_USE enum rc db_one(struct db *db, const struct query *q, struct arena *a, const void *in, void *row);
MUST_USE enum rc db_many(struct db *db, const struct query *q, struct arena *a, const void *in, void **rows, size_t *n);
/* changed: rows that the statement matched; NULL when nobody asks.  RC_DUPLICATE leaves the transaction usable, any other
 * failure ends it. */
MUST_USE enum rc db_exec(struct tx *tx, const struct query *q, const void *in, uint64_t *changed);
/* One statement for up to 100 rows, more statements for more. */
MUST_USE enum rc db_bulk(struct tx *tx, const struct query *q, const void *rows, size_t n);
/* The same for INSERT … RETURNING: (*out)[0 .. n), in the order of the rows. */
MUST_USE enum rc db_bulk_out(struct tx *tx, const struct query *q, struct arena *a, const void *rows, size_t n, void **out);
struct db *tx_db(struct tx *tx);
#endif
