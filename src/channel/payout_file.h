#ifndef CHANNEL_PAYOUT_FILE_H
#define CHANNEL_PAYOUT_FILE_H
#include "app/payout.h"
#include "channel/pain.h"

/* Files of payouts as pain.001 and pain.002 (ISO-7), for payout_format_register().  An answer that is handed in by a person must be signed
 * by its bank. */
extern const struct payout_format payout_iso;
/* What an answer says, in the words of payouts. */
struct payout_answer payout_answer_of(struct arena *a, const struct pain_answer *p);
#endif
