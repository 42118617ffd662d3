#ifndef CHANNEL_WECHAT_CHANNEL_H
#define CHANNEL_WECHAT_CHANNEL_H
#include "app/channel.h"

/* WeChat Pay behind the interface of all channels. */
extern const struct channel channel_wechat;
#endif
