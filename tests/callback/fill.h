#ifndef CALLBACK_FILL_H
#define CALLBACK_FILL_H
#include "base/arena.h"
#include "base/out.h"
#include "base/pair.h"

/* The documents of this folder are templates: @name@ stands for a given value, and a signature is asked for by
 *	@HMAC@  @MD5@			over the fields of the document, with the value `key`
 *	@HMAC total_fee=1 key=x@	the same, but with these values instead: a document changed after it was signed
 * and what WeChat Pay encrypts stands between
 *	[[CRYPT]] [[/CRYPT]]		or, under another key, [[CRYPT key]] [[/CRYPT]]
 * Fields are found the way a careless reader would find them, so that only the check a document is meant for can refuse
 *it. */
void fill(struct arena *a, const char *template, const struct pair *values, size_t n, struct out *o);

/* The whole file, NUL-terminated, or NULL. */
char *fill_file(struct arena *a, const char *path);
#endif
