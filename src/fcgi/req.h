#ifndef FCGI_REQ_H
#define FCGI_REQ_H
#include "base/arena.h"
#include "base/out.h"
#include "base/rc.h"

/* One request, copied whole into the arena, and its answer.  Everything in it comes from outside and is bounded. */

enum method { METHOD_NONE, METHOD_GET, METHOD_HEAD, METHOD_POST, METHOD_OTHER };
enum { URI_MAX = 8 << 10, ENV_MAX = 64 << 10, REQ_ID_LEN = 32 };

struct req {
	enum method method;
	const char *method_text;
	const char *path;		/* percent-decoded once; begins with '/'; no empty segment but the last, no "." or "..", no control characters */
	const char *query;		/* as sent, "" when there is none */
	const char *type;		/* Content-Type as sent, "" when there is none */
	size_t length;			/* declared length of the body */
	struct bytes body;		/* empty until req_body() */
	const char *remote;		/* address of the client, for limits and the log */
	const char *id;			/* 32 hex digits: nginx's $request_id, else our own */
	enum rc rc;			/* RC_OK, or why the request cannot be read: path is then "/" */
	const char *const *env;		/* copies of "NAME=value", ended by NULL */
	size_t (*read)(void *from, char *to, size_t n);
	void *from;
};

/* What goes back: lines of the head without Status ("Name: value\r\n"), and the body.
 * more: the body goes on, and nobody holds it whole.  It appends the next piece, as long as it pleases; *last says that it was the
 * last one.  A failure cuts the answer off, so that the other side sees that it is not whole.  done: after the last piece, or when nobody takes the rest. */
struct answer {
	int status;
	struct out head, body;
	enum rc (*more)(void *from, struct out *body, bool *last);
	void (*done)(void *from);
	void *from;
};

/* From the parameters of FastCGI or CGI.  Never fails: what is wrong with the request stands in rc. */
struct req *req_make(struct arena *a, const char *const *env);
/* A parameter ("HTTP_ACCEPT"), NULL when it was not sent. */
const char *req_env(const struct req *r, const char *name);
/* Reads the body into r->body, once; RC_TOO_LARGE above max, RC_MALFORMED when it is shorter than declared. */
enum rc req_body(struct req *r, struct arena *a, size_t max) MUST_USE;
/* Percent-decodes n bytes ('+' is a space when plus); NULL on a bad escape.  *len: the decoded length, which may include NULs. */
char *url_decode(struct arena *a, const char *s, size_t n, bool plus, size_t *len);

/* Status line, head and body as one piece, in `to`. */
void answer_write(const struct answer *ans, bool head_only, struct out *to);
/* The whole answer, piece by piece; what `more` takes from the arena is given back after each.  false: it was not sent to its end. */
typedef bool answer_send(void *to, const char *p, size_t n);
bool answer_deliver(struct answer *ans, struct arena *a, bool head_only, struct out *wire, answer_send *send, void *to);
#endif
