#ifndef CHANNEL_BANK_READ_H
#define CHANNEL_BANK_READ_H
#include "app/channel.h"

/* Takes in one document of a bank: the importer of the callback, the folder and the command (ISO-2, ISO-3). */
enum rc bank_read(struct cx *cx, const struct channel_document *in, struct channel_taken *out) MUST_USE;
#endif
