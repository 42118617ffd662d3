#ifndef SANDBOX_BANK_FILE_H
#define SANDBOX_BANK_FILE_H
#include "base/rc.h"
#include "base/value.h"

struct sandbox;

/* The banks' side of ISO 20022 (MON-10): what is booked on the platform's accounts (bank.accounts), and the documents that say so, signed
 * with the bank's key (sandbox.bank_keys).  camt.054 is posted to the platform's /callback/bank on the schedule of notifications until 2xx or 4xx;
 * camt.053 and pain.002 are put into <bank.spool>/<code>/in. */

#define BANK_FAULTS(F)                                                                          \
	F(none)                                                                                 \
	F(twice)	/* again after it was taken */                                          \
	F(late)		/* after a quarter of an hour, divided by the speed */                  \
	F(lost)		/* never: only the statement says it */                                 \
	F(amount)	/* one fen more */                                                      \
	F(fraction)	/* and a part of a fen */                                               \
	F(currency)	/* dollars */                                                           \
	F(pending)	/* first as PDNG, then as BOOK under the same reference */              \
	F(reversal)	/* is taken back when it was heard of; of an order: the money returns */ \
	F(signature)	/* wrongly signed, until it is sent again */                            \
	F(key)		/* with the key of another bank */                                      \
	F(embedded)	/* with a key in the document */                                        \
	F(cut)		/* half of it */                                                        \
	F(refused)	/* of an order: RJCT */
enum bank_fault {
	BANK_FAULT_UNSET,
#define F(n) BANK_FAULT_##n,
	BANK_FAULTS(F)
#undef F
	BANK_FAULT__MAX
};
extern const struct enum_def bank_fault_enum;

enum { BANK_LINES_MAX = 4096, BANK_TRANSFERS_MAX = 4096, BANK_FILES_MAX = 4096, BANK_ORDER_TRANSFERS_MAX = 500, BANK_ORDER_MAX = 2 << 20 };

/* An entry of the platform's account at a bank. */
struct bank_line {
	char bank[8], reference[36], number[36];	/* number: EndToEndId, "" none */
	char name[430], account[36], text[430];		/* of the other side; what it wrote */
	char amount[32], currency[4];			/* as the document says it */
	int64_t fen;					/* what it does to the balance */
	bool reversal;
	struct instant at;
};
/* One transfer of an order to pay; reason "" when it was done. */
struct bank_transfer { char bank[8], order[36], number[36], reason[8]; };

enum bank_message { BANK_MESSAGE_NONE, BANK_MESSAGE_NOTICE, BANK_MESSAGE_STATEMENT, BANK_MESSAGE_ANSWER };
enum bank_file_state { BANK_FILE_WAITS, BANK_FILE_HEARD, BANK_FILE_REFUSED };
struct bank_file {
	char bank[8], id[36], about[36];	/* about: the day of a statement, the order of an answer */
	enum bank_message kind;
	enum bank_fault fault;
	uint64_t first;				/* its lines, or transfers */
	size_t n;
	bool pending;				/* its entries are not booked yet */
	struct instant made;
	int attempts;
	enum bank_file_state state;
	int64_t due_ms;				/* next attempt; 0: none */
	bool flying;
	char said[160];				/* what came back last */
};

struct banks {
	struct bank_line lines[BANK_LINES_MAX];
	struct bank_transfer transfers[BANK_TRANSFERS_MAX];
	struct bank_file files[BANK_FILES_MAX];
	uint64_t lines_n, transfers_n, files_n;
	int64_t looked_ms;			/* when the banks last looked for orders in the spool */
	struct date closed;			/* the days before it have their statements */
};

/* The platform's account at a bank; NULL: none, or no such bank. */
const char *bank_account_number(struct sandbox *sb, const char *bank);
/* The i-th newest, NULL when there is none. */
const struct bank_file *bank_file_at(const struct banks *b, size_t i);
const struct bank_line *bank_line_at(const struct banks *b, size_t i);

/* Somebody pays onto the platform's account; texts may be "".  RC_NOT_FOUND: no such account; RC_INVALID: no amount. */
struct bank_payment { const char *bank, *number, *name, *account, *text; int64_t fen; };
MUST_USE enum rc bank_pay(struct sandbox *sb, const struct bank_payment *p, enum bank_fault fault);
/* The platform hands in a pain.001.  Transfers to an account that ends with 0000 are refused (AC01), all others are made; a pain.002 and a camt.054 of
 * what was paid follow.  RC_NOT_FOUND; RC_MALFORMED, RC_INVALID: *why says it; RC_DUPLICATE: that MsgId was there before. */
MUST_USE enum rc bank_order_take(struct sandbox *sb, const char *bank, struct bytes body, enum bank_fault fault, const char **why);
/* The statement of a day, put into the spool. */
MUST_USE enum rc bank_statement(struct sandbox *sb, const char *bank, struct date day);
/* Sends a document again, now and without its fault. */
void bank_file_again(struct bank_file *f);

/* Starts what is due.  Gives the milliseconds until the next one is, at most `most`. */
int bank_turn(struct sandbox *sb, int most);
/* Takes orders that wait in <bank.spool>/<code>/out. */
void bank_fetch_orders(struct sandbox *sb);

/* Events: bank_line, bank_transfer, bank_file, bank_sent. */
void bank_apply_line(struct sandbox *sb, const char *const *t);
void bank_apply_transfer(struct sandbox *sb, const char *const *t);
void bank_apply_file(struct sandbox *sb, const char *const *t);
void bank_apply_sent(struct sandbox *sb, const char *const *t);
#endif
