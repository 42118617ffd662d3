#ifndef CHANNEL_CAMT_H
#define CHANNEL_CAMT_H
#include "channel/iso.h"

/* What banks say about money on our accounts: camt.054.001.08 (announcements) and camt.053.001.08 (statements of a day), read
 * strictly and told entry by entry (ISO-2 to ISO-6).  Texts live until the call that tells them returns; NULL: not said. */
enum { CAMT_ENTRY_MAX = 1 << 20 };	/* bytes that are kept of one entry */
enum camt_kind { CAMT_NONE, CAMT_STATEMENT, CAMT_NOTIFICATION };
enum camt_status { CAMT_OTHER, CAMT_BOOKED, CAMT_PENDING, CAMT_INFORMATION, CAMT_FUTURE };

struct camt_amount {
	const char *text;		/* as the bank wrote it; NULL: none */
	char currency[4];
	bool whole;			/* a whole number of hundredths up to MONEY_MAX: else it is never matched (ISO-4) */
	struct money money;		/* in hundredths of the currency; what is less than one is cut off; 0 above MONEY_MAX */
};

struct camt_file { enum camt_kind kind; const char *message_id; struct instant created; };

/* One transaction of an entry (TxDtls). */
struct camt_details {
	const char *end_to_end;		/* NULL also for NOTPROVIDED */
	const char *instruction_id, *transaction_id, *reference;
	struct camt_amount amount;	/* of this transaction alone */
	bool direction_said, credit;
	const char *structured;		/* the creditor's reference; several are joined by line feeds, and so are the texts: */
	const char *remittance;		/* Ustrd */
	const char *debtor_name, *debtor_account, *debtor_bank;		/* of a bank the name, else its number in the clearing, else its BIC */
	const char *creditor_name, *creditor_account, *creditor_bank;
	const char *return_reason;	/* of money that came back */
};

struct camt_entry {
	const char *account, *account_currency;
	const char *reference;		/* AcctSvcrRef: always there when it is booked */
	struct camt_amount amount;
	bool credit, reversal;
	enum camt_status status;	/* only CAMT_BOOKED is money */
	struct date booked_on, value_on;
	struct instant booked_at;	/* the day's begin when no time is said */
	const char *information;	/* AddtlNtryInf */
	const struct camt_details *details;
	size_t details_n;
};

/* One Ntfctn or Stmt, told after its entries. */
struct camt_account {
	const char *id, *account, *currency;
	struct instant from, to;
	struct camt_balance { bool said; struct camt_amount amount; struct date on; } opening, closing;	/* booked; a debit is negative; no text */
	size_t entries_n;
};

/* Who is told; a function may be NULL.  What is not RC_OK ends the reading and is given back. */
struct camt_reader {
	enum rc (*entry)(void *ctx, const struct camt_file *f, const struct camt_entry *e);
	enum rc (*account)(void *ctx, const struct camt_file *f, const struct camt_account *s);
	void *ctx;
};

/* Reads a document to its end before anything of it is told: one that is refused has told nothing.  `to` may be NULL.  Signed
 * ones have at most XML_TREE_MAX bytes, others XML_STREAM_MAX.  RC_TOO_LARGE, RC_MALFORMED, RC_DENIED (the signature),
 * RC_NOT_FOUND (none of the keys), RC_INVALID: fault says why and where.  The file's texts stay in the arena. */
MUST_USE enum rc camt_read(struct arena *a, const struct iso_source *from, const struct camt_reader *to, struct camt_file *file,
			   struct schema_fault *fault);

/* An amount as the schemas accept it: a decimal number that is not negative.  Exact. */
struct camt_amount camt_amount_of(const char *text, const char *currency);
#endif
