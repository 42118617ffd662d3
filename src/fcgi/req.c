#include "fcgi/req.h"
#include "base/str.h"

#include <stdlib.h>
#include <sys/random.h>

static const char *const *env_copy(struct arena *a, const char *const *env, enum rc *rc)
{
	size_t n = 0, bytes = 0;

	while (env[n])
		bytes += strlen(env[n++]);
	if (bytes > ENV_MAX) {
		*rc = RC_TOO_LARGE;
		n = 0;
	}
	const char **to = ARENA_ARRAY(a, const char *, n + 1);
	for (size_t i = 0; i < n; i++)
		to[i] = arena_strdup(a, env[i]);
	return to;
}

const char *req_env(const struct req *r, const char *name)
{
	size_t n = strlen(name);

	for (const char *const *e = r->env; *e; e++)
		if (!strncmp(*e, name, n) && (*e)[n] == '=')
			return *e + n + 1;
	return NULL;
}

static const char *env_or(const struct req *r, const char *name, const char *otherwise)
{
	const char *v = req_env(r, name);

	return v ? v : otherwise;
}

static int hex(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

char *url_decode(struct arena *a, const char *s, size_t n, bool plus, size_t *len)
{
	char *to = arena_alloc(a, n + 1), *p = to;

	for (size_t i = 0; i < n; i++) {
		if (s[i] == '+' && plus) {
			*p++ = ' ';
		} else if (s[i] != '%') {
			*p++ = s[i];
		} else {
			int hi = i + 2 < n ? hex(s[i + 1]) : -1, lo = hi < 0 ? -1 : hex(s[i + 2]);
			if (lo < 0)
				return NULL;
			*p++ = (char)(hi << 4 | lo);
			i += 2;
		}
	}
	*p = 0;
	*len = (size_t)(p - to);
	return to;
}

/* One address has one spelling: what a proxy or a file system would fold is refused, not folded. */
static bool path_clean(const char *p, size_t n)
{
	if (n == 0 || *p != '/' || !str_utf8(p, n) || str_control(p, false))
		return false;
	for (; *p; p += strcspn(p, "/")) {
		size_t seg = strcspn(++p, "/");
		if ((seg == 0 && *p) || (seg == 1 && *p == '.') || (seg == 2 && p[0] == '.' && p[1] == '.'))
			return false;
	}
	return true;
}

static enum rc read_uri(struct arena *a, struct req *r)
{
	const char *uri = env_or(r, "REQUEST_URI", "");
	size_t raw = strcspn(uri, "?"), n = 0;

	r->path = "/";
	r->query = "";
	if (strlen(uri) > URI_MAX)
		return RC_TOO_LARGE;
	for (size_t i = 0; i + 2 < raw; i++)	/* an escaped slash would move the borders of the segments */
		if (uri[i] == '%' && uri[i + 1] == '2' && (uri[i + 2] | 0x20) == 'f')
			return RC_MALFORMED;
	char *path = url_decode(a, uri, raw, false, &n);
	if (!path || !path_clean(path, n))
		return RC_MALFORMED;
	r->path = path;
	r->query = uri[raw] ? uri + raw + 1 : "";
	return RC_OK;
}

static enum method method_of(const char *s)
{
	static const char *const name[] = { [METHOD_GET] = "GET", [METHOD_HEAD] = "HEAD", [METHOD_POST] = "POST" };

	for (int m = METHOD_GET; m <= METHOD_POST; m++)
		if (str_eq(name[m], s))
			return (enum method)m;
	return METHOD_OTHER;
}

static const char *own_id(struct arena *a)
{
	uint64_t v[2];

	if (getrandom(v, sizeof v, 0) != sizeof v)
		abort();
	return arena_printf(a, "%016llx%016llx", (unsigned long long)v[0], (unsigned long long)v[1]);
}

static enum rc read_length(struct req *r)
{
	const char *s = env_or(r, "CONTENT_LENGTH", "");
	uint64_t v = 0;

	if (*s && (!str_digits(s, 1, 18) || !str_u64(s, &v)))
		return RC_MALFORMED;
	r->length = (size_t)v;
	return RC_OK;
}

struct req *req_make(struct arena *a, const char *const *env)
{
	struct req *r = ARENA_NEW(a, struct req);

	r->rc = RC_OK;
	r->env = env_copy(a, env, &r->rc);
	r->method_text = env_or(r, "REQUEST_METHOD", "");
	r->method = method_of(r->method_text);
	r->type = env_or(r, "CONTENT_TYPE", "");
	r->remote = env_or(r, "REMOTE_ADDR", "");
	if (strlen(r->remote) > 45 || str_control(r->remote, false))
		r->remote = "";
	r->id = env_or(r, "REQUEST_ID", "");
	if (strlen(r->id) != REQ_ID_LEN || !str_all(r->id, "0123456789abcdef"))
		r->id = own_id(a);
	enum rc uri = read_uri(a, r), length = read_length(r);
	if (r->rc == RC_OK)
		r->rc = uri != RC_OK ? uri : length;
	return r;
}

enum rc req_body(struct req *r, struct arena *a, size_t max)
{
	if (r->body.p || r->length == 0)
		return RC_OK;
	if (r->length > max)
		return RC_TOO_LARGE;
	char *to = arena_alloc(a, r->length + 1);
	size_t got = r->read ? r->read(r->from, to, r->length) : 0;
	if (got != r->length)
		return RC_MALFORMED;
	r->body = (struct bytes){ to, got };
	return RC_OK;
}

/* nginx hands the line on as it is, and HTTP/1.1 wants something behind the number. */
static const char *reason(int status)
{
	static const struct { int status; const char *text; } known[] = {
		{ 200, "OK" }, { 201, "Created" }, { 303, "See Other" }, { 304, "Not Modified" }, { 400, "Bad Request" }, { 401, "Unauthorized" },
		{ 403, "Forbidden" }, { 404, "Not Found" }, { 405, "Method Not Allowed" }, { 409, "Conflict" }, { 413, "Content Too Large" },
		{ 415, "Unsupported Media Type" }, { 422, "Unprocessable Content" }, { 429, "Too Many Requests" },
		{ 500, "Internal Server Error" }, { 503, "Service Unavailable" },
	};

	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (known[i].status == status)
			return known[i].text;
	return "Answer";
}

void answer_write(const struct answer *ans, bool head_only, struct out *to)
{
	out_reset(to);
	out_printf(to, "Status: %d %s\r\n", ans->status, reason(ans->status));
	out_bytes(to, ans->head.p, ans->head.n);
	if (ans->status != 204 && ans->status != 304 && !ans->more)
		out_printf(to, "Content-Length: %zu\r\n", ans->body.n);
	out_lit(to, "\r\n");
	if (!head_only)
		out_bytes(to, ans->body.p, ans->body.n);
}

bool answer_deliver(struct answer *ans, struct arena *a, bool head_only, struct out *wire, answer_send *send, void *to)
{
	size_t mark = arena_mark(a);
	bool last = !ans->more || head_only, sent;

	answer_write(ans, head_only, wire);
	sent = send(to, wire->p, wire->n);
	while (sent && !last) {
		out_reset(wire);
		sent = ans->more(ans->from, wire, &last) == RC_OK && send(to, wire->p, wire->n);
		arena_release(a, mark);
	}
	if (ans->done)
		ans->done(ans->from);
	return sent;
}
