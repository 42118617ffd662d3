#ifndef APP_BANK_FILE_H
#define APP_BANK_FILE_H
#include "app/work.h"
#include "q_bank.h"

/* Documents of banks (ISO-3): known by bank and MsgId, their entries by account and reference, each once for ever.  A document is stored, then its
 * entries in bounded steps, then each is heard: a crash at any line leaves what goes on when it comes again, or by the job. */

enum { BANK_STEP = 200 };	/* entries stored in one transaction */

struct bank_document {
	enum bank_code bank;
	enum bank_document_kind kind;
	enum bank_source source;
	const char *message_id;
	struct instant made_at;
	struct bytes body;
	uint64_t entries;		/* that are booked at the bank */
	/* what became of it */
	uint64_t id, loaded, known;	/* known: of its entries, those that stood there before (ISO-6) */
	bool again;			/* it came before */
};
/* The document itself, before anything is done about it (MON-6).  RC_CONFLICT: another one came under this MsgId. */
MUST_USE enum rc bank_file_open(struct cx *cx, struct bank_document *d);
/* Its next entries, the from-th on, at most BANK_STEP; those that stand there already are left alone.  Ids are given here. */
MUST_USE enum rc bank_file_add(struct cx *cx, struct bank_document *d, uint64_t from, struct q_bank_entry_insert_in *rows, size_t n);

/* Of a notice and a case: account and reference in at most 64 ASCII characters. */
const char *bank_transaction_id(struct arena *a, const char *account, const char *reference);
#endif
