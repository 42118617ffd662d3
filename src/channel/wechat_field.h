#ifndef CHANNEL_WECHAT_FIELD_H
#define CHANNEL_WECHAT_FIELD_H
#include "base/money.h"
#include "xml/flat.h"

/* The fields of WeChat Pay v2 messages, read strictly.  A value that is NULL (missing) is never right. */

/* "" when there is none. */
const char *wechat_text(const struct xml_flat *doc, const char *name);

/* Fen: digits without a sign or leading zeros, at most MONEY_MAX; zero is an amount. */
bool wechat_fee_read(const char *s, struct money *m);
/* 6 to 32 of [0-9A-Za-z_\-|*]: out_trade_no. */
bool wechat_number_ok(const char *s);
/* 1 to 32 of [0-9A-Za-z]: transaction_id. */
bool wechat_transaction_ok(const char *s);
/* 1 to 64 of [0-9A-Za-z_\-|*@]: out_refund_no. */
bool wechat_refund_number_ok(const char *s);
/* "2026-11-21 10:23:04" of Beijing. */
bool wechat_time_read(const char *s, struct instant *t);
/* What a payer reads: one line of at most so many bytes, whole characters only; without the backtick that separates values in bills. */
const char *wechat_payer_text(struct arena *a, const char *s, size_t max);
/* text/xml or application/xml, in UTF-8 when it says so: the Content-Type of notifications. */
bool wechat_media_ok(const char *media);
/* WXP-7: values are not escaped in the signed text, so that & could cut a field in two. */
bool wechat_uncut(const struct pair *fields, size_t n);
#endif
