#ifndef APP_DEMO_BATCH_H
#define APP_DEMO_BATCH_H
#include "base/cx.h"
#include "db/db.h"
#include "q_audit.h"
#include "q_demo.h"
#include "q_demo_delivery.h"
#include "q_ledger.h"
#include "q_payment.h"
#include "q_resource.h"

/* The rows of some orders, sent in one transaction of at most about a thousand rows (safety 6), and with them what they do to
 * balances and counts: so the books hold after each one, also when the loading is stopped half way. */
#define DEMO_TABLES(T)              \
	T(order, demo_order_insert)         \
	T(sold, demo_sold_insert)           \
	T(line, demo_line_insert)           \
	T(resource, demo_resource_insert)   \
	T(delivery, demo_delivery_insert)   \
	T(field, resource_field_insert)     \
	T(payment, demo_payment_insert)     \
	T(pays, demo_pays_insert)           \
	T(notice, demo_notice_insert)       \
	T(journal, journal_insert)          \
	T(posting, posting_insert)          \
	T(outbox, demo_outbox_insert)       \
	T(try, demo_try_insert)             \
	T(audit, audit_insert)

enum { DEMO_BATCH_ROWS = 900, DEMO_TABLE_ROWS = 1000 };

struct demo_batch {
#define TABLE(name, query) struct q_##query##_in name[DEMO_TABLE_ROWS]; size_t name##_n;
	DEMO_TABLES(TABLE)
#undef TABLE
	struct q_demo_account_add_in account[DEMO_TABLE_ROWS];
	struct q_demo_account_place_in place[DEMO_TABLE_ROWS];
	struct q_demo_counter_add_in counter[DEMO_TABLE_ROWS];
	size_t account_n, counter_n;
};

/* The next row of a table, to be filled: *DEMO_ADD(b, order) = (struct q_demo_order_insert_in){ … } */
#define DEMO_ADD(b, name) (&(b)->name[demo_next_row(&(b)->name##_n)])
size_t demo_next_row(size_t *n);

/* The counts of an organisation that owns the rows, to be changed by them. */
struct q_demo_counter_add_in *demo_count(struct demo_batch *b, uint64_t org);
bool demo_batch_full(const struct demo_batch *b);
/* Commits the rows; the batch is empty then. */
MUST_USE enum rc demo_batch_send(struct cx *cx, struct demo_batch *b);
#endif
