#ifndef HTTP_TRANSFER_H
#define HTTP_TRANSFER_H
#include <curl/curl.h>

#include "base/out.h"
#include "http/http.h"

/* One call under way on one handle; only for the files of this folder. */
struct transfer {
	CURL *easy;
	struct curl_slist *headers;
	struct out body;
	size_t head_n, body_n, max_bytes;
	http_piece *piece;
	void *to;
	bool allow_private, sent, denied, too_large;
};

/* Once for each process. */
void transfer_library(void);
void transfer_begin(struct transfer *t, const struct http_call *call);
/* What became of it.  The answer borrows from the transfer. */
enum rc transfer_result(struct transfer *t, CURLcode code, struct http_answer *out);
/* Keeps the handle, its connections and the memory for the next call. */
void transfer_end(struct transfer *t);
#endif
