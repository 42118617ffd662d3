#include "http/transfer.h"

#include <signal.h>
#include <stdlib.h>

#include "http/address.h"

enum { HEAD_MAX = 64 << 10 };

void transfer_library(void)
{
	static bool done;

	if (done)
		return;
	done = true;
	if (curl_global_init(CURL_GLOBAL_DEFAULT))
		abort();
	/* the TLS library writes to sockets that the other side may have closed */
	signal(SIGPIPE, SIG_IGN);
}

static curl_socket_t on_socket(void *user, curlsocktype purpose, struct curl_sockaddr *to)
{
	struct transfer *t = user;

	if (purpose != CURLSOCKTYPE_IPCXN || (!t->allow_private && !address_public(&to->addr))) {
		t->denied = true;
		return CURL_SOCKET_BAD;
	}
	return socket(to->family, to->socktype | SOCK_CLOEXEC, to->protocol);
}

/* Also a kept connection, made when private addresses were allowed, is looked at before it is used again. */
static int on_connected(void *user, char *ip, char *local_ip, int port, int local_port)
{
	struct transfer *t = user;

	(void)local_ip, (void)port, (void)local_port;
	if (!t->allow_private && !address_text_public(ip)) {
		t->denied = true;
		return CURL_PREREQFUNC_ABORT;
	}
	t->sent = true;
	return CURL_PREREQFUNC_OK;
}

static size_t on_body(char *p, size_t size, size_t n, void *user)
{
	struct transfer *t = user;

	if (n > (t->max_bytes - t->body_n) / size) {
		t->too_large = true;
		return 0;
	}
	t->body_n += size * n;
	if (t->piece)
		return t->piece(t->to, p, size * n) ? size * n : 0;
	out_bytes(&t->body, p, size * n);
	return size * n;
}

static size_t on_head(char *p, size_t size, size_t n, void *user)
{
	struct transfer *t = user;

	(void)p;
	t->head_n += size * n;
	t->too_large = t->head_n > HEAD_MAX;
	return t->too_large ? 0 : size * n;
}

static void add_header(struct transfer *t, const char *line)
{
	struct curl_slist *l = curl_slist_append(t->headers, line);

	if (!l)
		abort();
	t->headers = l;
}

static void set_headers(struct transfer *t, const struct http_call *call)
{
	char line[256];

	if (call->body.n || !call->method) {
		snprintf(line, sizeof line, "Content-Type: %s", call->content_type ? call->content_type : "application/octet-stream");
		add_header(t, line);
	}
	add_header(t, "Expect:");
	for (const char *const *h = call->headers; h && *h; h++)
		add_header(t, *h);
	curl_easy_setopt(t->easy, CURLOPT_HTTPHEADER, t->headers);
}

static void set_bounds(CURL *e, const struct http_call *call)
{
	curl_easy_setopt(e, CURLOPT_PROTOCOLS_STR, "http,https");
	curl_easy_setopt(e, CURLOPT_FOLLOWLOCATION, 0L);
	curl_easy_setopt(e, CURLOPT_PROXY, "");
	curl_easy_setopt(e, CURLOPT_DISALLOW_USERNAME_IN_URL, 1L);
	curl_easy_setopt(e, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
	curl_easy_setopt(e, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(e, CURLOPT_TIMEOUT_MS, (long)call->timeout_ms);
}

static void set_certificates(CURL *e, const struct http_call *call)
{
	if (call->cert_file && *call->cert_file)
		curl_easy_setopt(e, CURLOPT_SSLCERT, call->cert_file);
	if (call->cert_key_file && *call->cert_key_file)
		curl_easy_setopt(e, CURLOPT_SSLKEY, call->cert_key_file);
	if (call->ca_file && *call->ca_file)
		curl_easy_setopt(e, CURLOPT_CAINFO, call->ca_file);
}

static void set_watch(struct transfer *t)
{
	CURL *e = t->easy;

	curl_easy_setopt(e, CURLOPT_OPENSOCKETFUNCTION, on_socket);
	curl_easy_setopt(e, CURLOPT_OPENSOCKETDATA, t);
	curl_easy_setopt(e, CURLOPT_PREREQFUNCTION, on_connected);
	curl_easy_setopt(e, CURLOPT_PREREQDATA, t);
	curl_easy_setopt(e, CURLOPT_WRITEFUNCTION, on_body);
	curl_easy_setopt(e, CURLOPT_WRITEDATA, t);
	curl_easy_setopt(e, CURLOPT_HEADERFUNCTION, on_head);
	curl_easy_setopt(e, CURLOPT_HEADERDATA, t);
}

static void set_body(CURL *e, const struct http_call *call)
{
	if (call->body.n || !call->method) {
		curl_easy_setopt(e, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)call->body.n);
		curl_easy_setopt(e, CURLOPT_COPYPOSTFIELDS, call->body.n ? call->body.p : "");
	}
	if (call->method)
		curl_easy_setopt(e, CURLOPT_CUSTOMREQUEST, call->method);
}

void transfer_begin(struct transfer *t, const struct http_call *call)
{
	if (!t->easy)
		t->easy = curl_easy_init();
	if (!t->easy)
		abort();
	t->max_bytes = call->max_bytes;
	t->allow_private = call->allow_private;
	t->piece = call->piece;
	t->to = call->to;
	curl_easy_setopt(t->easy, CURLOPT_URL, call->url);
	curl_easy_setopt(t->easy, CURLOPT_USERAGENT, "yunshi/" VERSION);
	set_bounds(t->easy, call);
	set_certificates(t->easy, call);
	set_watch(t);
	set_headers(t, call);
	set_body(t->easy, call);
}

static enum rc failure(const struct transfer *t, CURLcode code)
{
	if (t->denied)
		return RC_DENIED;
	if (t->too_large)
		return RC_TOO_LARGE;
	if (t->sent)
		return RC_UNCERTAIN;
	switch (code) {
	case CURLE_URL_MALFORMAT:
	case CURLE_UNSUPPORTED_PROTOCOL:
	case CURLE_LOGIN_DENIED:	/* a user name in the address */
		return RC_INVALID;
	default:
		return RC_AWAY;
	}
}

enum rc transfer_result(struct transfer *t, CURLcode code, struct http_answer *out)
{
	long status = 0;
	const char *type = NULL;
	const char *limit = t->denied ? "private address" : t->too_large ? "answer too large" : NULL;

	curl_easy_getinfo(t->easy, CURLINFO_RESPONSE_CODE, &status);
	curl_easy_getinfo(t->easy, CURLINFO_CONTENT_TYPE, &type);
	*out = (struct http_answer){ .status = (int)status, .content_type = type ? type : "", .why = limit ? limit : curl_easy_strerror(code) };
	if (code != CURLE_OK)
		return failure(t, code);
	out_bytes(&t->body, "", 1);
	*out = (struct http_answer){ (int)status, type ? type : "", t->body.p, t->body.n - 1, NULL };
	return RC_OK;
}

void transfer_end(struct transfer *t)
{
	curl_easy_reset(t->easy);
	curl_slist_free_all(t->headers);
	out_reset(&t->body);
	*t = (struct transfer){ .easy = t->easy, .body = t->body };
}
