#include "app/channel.h"

#include <assert.h>

static const struct channel *channels[payment_channel_n + 1];

void channel_register(enum payment_channel c, const struct channel *channel)
{
	assert(c > 0 && (int)c <= payment_channel_n);
	channels[c] = channel;
}

const struct channel *channel_of(enum payment_channel c) { return (int)c <= payment_channel_n ? channels[c] : NULL; }
