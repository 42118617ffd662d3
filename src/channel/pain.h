#ifndef CHANNEL_PAIN_H
#define CHANNEL_PAIN_H
#include "base/money.h"
#include "channel/iso.h"

/* Orders to a bank to pay (ISO-7, MON-16): pain.001.001.09 out, pain.002.001.10 back. */
enum { PAIN_ID_MAX = 35, PAIN_NAME_MAX = 140, PAIN_TEXT_MAX = 140, PAIN_ACCOUNT_MAX = 34 };	/* characters */

struct pain_transfer {
	const char *end_to_end;		/* 1 to PAIN_ID_MAX */
	struct money amount;		/* above 0 */
	const char *name, *account;	/* of the creditor; the account 1 to PAIN_ACCOUNT_MAX */
	const char *bank_code, *bank_name;	/* creditor's bank: member id in CNAPS, name; NULL: not known */
	const char *purpose;		/* external code of 4, such as SUPP; NULL: none */
	const char *text;		/* remittance text; NULL: none */
};
struct pain_order {
	const char *message_id;		/* 1 to PAIN_ID_MAX; also the id of its one PmtInf */
	struct instant created;
	struct date on;			/* requested day of execution */
	const char *name, *account;	/* of the debtor, who also sends it */
	const char *bank_code, *bank_name;	/* of the debtor's bank; at least the name */
	const struct pain_transfer *transfers;
	size_t n;			/* at least one */
};
/* The document, valid by its schema.  Names and texts that are too long are cut at a whole character; a number or an account that is too long is a bug. */
void pain_order_write(struct out *o, const struct pain_order *p);

/* What a bank says of an order: of the whole file, of a payment information, of one transfer.  ACSC is done, RJCT refused, all others are under
 * way; PART: look at the transfers. */
#define PAIN_STATES(S) S(ACTC) S(ACCP) S(ACSP) S(ACSC) S(RJCT) S(PDNG) S(PART)
enum pain_status {
	PAIN_UNSAID,
#define S(n) PAIN_##n,
	PAIN_STATES(S)
#undef S
	PAIN_OTHER,
	PAIN__MAX
};

struct pain_said {
	const char *end_to_end;		/* NULL: of all transfers that nothing else is said of */
	enum pain_status status;
	const char *reason;		/* the code and what else is said, in a line; NULL: none */
	const char *reference;		/* AcctSvcrRef; NULL: none */
};
struct pain_answer {
	const char *message_id;		/* of the answer */
	struct instant created;
	const char *order_id, *order_kind;	/* MsgId of the pain.001, and the name of the message that is answered: "pain.001.001.09" */
	struct pain_said group;
	const struct pain_said *said;	/* of payment informations (end_to_end NULL) and their transfers, as they stand in the document */
	size_t n;
};
/* Refuses as camt_read() does; at most XML_TREE_MAX bytes and PAIN_SAID_MAX transfers.  Texts live in the arena.  A transfer without
 * OrgnlEndToEndId is refused. */
enum { PAIN_SAID_MAX = 5000 };
MUST_USE enum rc pain_answer_read(struct arena *a, const struct iso_source *from, struct pain_answer *out, struct schema_fault *fault);
#endif
