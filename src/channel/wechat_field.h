#ifndef CHANNEL_WECHAT_FIELD_H
#define CHANNEL_WECHAT_FIELD_H
#include "base/pair.h"

/* The fields of WeChat Pay v2 messages, read strictly.  A value that is NULL (missing) is never right. */

/* Fen: digits without a sign or leading zeros, at most MONEY_MAX; zero is an amount. */
bool wechat_fee_read(const char *s, struct money *m);
/* 6 to 32 of [0-9A-Za-z_\-|*]: out_trade_no. */
bool wechat_number_ok(const char *s);
/* 1 to 32 of [0-9A-Za-z]: transaction_id. */
bool wechat_transaction_ok(const char *s);
/* WXP-7: values are not escaped in the signed text, so that & could cut a field in two. */
bool wechat_uncut(const struct pair *fields, size_t n);
#endif
