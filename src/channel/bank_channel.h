#ifndef CHANNEL_BANK_CHANNEL_H
#define CHANNEL_BANK_CHANNEL_H
#include "app/channel.h"

/* B2B online banks behind the interface of all channels: they can neither be asked nor told to close (MON-5). */
extern const struct channel channel_bank;
#endif
