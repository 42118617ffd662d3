#include "http/mail.h"

#include <curl/curl.h>
#include <string.h>
#include <time.h>

#include "base/out.h"
#include "base/str.h"
#include "base/time.h"
#include "http/transfer.h"

enum { WORD_MAX = 45, LINE_TEXT = 73, REPLY_MAX = 200, GO_ON = 354 };

/* RFC 2047: words of at most 75 characters, each of whole characters of UTF-8. */
static const char *header_text(struct arena *a, const char *s)
{
	struct out o = { 0 };
	size_t room = 0;

	for (; *s; s++) {
		unsigned char c = (unsigned char)*s;
		if ((c & 0xc0) != 0x80 && room < 12) {
			out_str(&o, room || o.n ? "?=\r\n =?UTF-8?Q?" : "=?UTF-8?Q?");
			room = WORD_MAX;
		}
		out_printf(&o, "=%02X", c);
		room -= room < 3 ? room : 3;
	}
	out_str(&o, o.n ? "?=" : "");
	const char *text = arena_dup(a, o.p, o.n);
	out_free(&o);
	return text;
}

/* Sat, 21 Nov 2026 02:23:04 +0000 */
static const char *date_text_of(struct arena *a, struct instant at)
{
	time_t t = (time_t)(at.us / SECOND_US);
	char *text = arena_alloc(a, TIME_TEXT);
	struct tm tm;

	strftime(text, TIME_TEXT, "%a, %d %b %Y %H:%M:%S +0000", gmtime_r(&t, &tm));
	return text;
}

/* Quoted-printable (RFC 2045): lines of at most 76 characters, CRLF, and nothing but ASCII. */
static void body_text(struct out *o, const char *s)
{
	size_t column = 0;

	for (; *s; s++) {
		bool blank = *s == ' ' && s[1] && s[1] != '\n', plain = blank || (*s > ' ' && *s < 127 && *s != '=');
		if (*s == '\n') {
			out_lit(o, "\r\n");
			column = 0;
			continue;
		}
		if (column >= LINE_TEXT - (plain ? 0 : 2)) {
			out_lit(o, "=\r\n");
			column = 0;
		}
		if (plain)
			out_bytes(o, s, 1);
		else
			out_printf(o, "=%02X", (unsigned char)*s);
		column += plain ? 1 : 3;
	}
	out_lit(o, "\r\n");
}

struct bytes mail_text(struct arena *a, const struct mail *m)
{
	const char *at = strchr(m->from, '@');
	struct out o = { 0 };

	out_printf(&o, "Date: %s\r\nMessage-ID: <%s%s>\r\n", date_text_of(a, m->at), m->id, at ? at : "");
	out_printf(&o, "From: %s\r\n <%s>\r\nTo: <%s>\r\n", header_text(a, m->from_name), m->from, m->to);
	out_printf(&o, "Subject: %s\r\n", header_text(a, m->subject));
	if (m->unsubscribe)
		out_printf(&o, "List-Unsubscribe: <%s>\r\n", m->unsubscribe);
	out_lit(&o, "Auto-Submitted: auto-generated\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n"
		    "Content-Transfer-Encoding: quoted-printable\r\n\r\n");
	body_text(&o, m->text);
	struct bytes text = { arena_dup(a, o.p, o.n), o.n };
	out_free(&o);
	return text;
}

/* What was said so far. */
struct talk {
	struct bytes text;
	size_t at;
	bool addressed, all;		/* the recipient was named; the text went out to its end */
	char reply[REPLY_MAX];		/* the server's last line */
};

static size_t on_read(char *to, size_t size, size_t n, void *user)
{
	struct talk *t = user;
	size_t left = t->text.n - t->at, take = left < size * n ? left : size * n;

	memcpy(to, (const char *)t->text.p + t->at, take);
	t->at += take;
	t->all = !take;
	return take;
}

static int on_line(CURL *c, curl_infotype what, char *p, size_t n, void *user)
{
	struct talk *t = user;

	(void)c;
	t->addressed |= what == CURLINFO_HEADER_OUT && n > 4 && !memcmp(p, "RCPT", 4);
	while (n && (p[n - 1] == '\r' || p[n - 1] == '\n'))
		n--;
	if (what == CURLINFO_HEADER_IN && n && memcmp(p, "221", n < 3 ? n : 3)) {
		n = n < REPLY_MAX ? n : REPLY_MAX - 1;
		for (size_t i = 0; i < n; i++)
			t->reply[i] = p[i] >= ' ' && p[i] < 127 ? p[i] : '?';
		t->reply[n] = '\0';
	}
	return 0;
}

/* A refusal before the recipient was named is about us, not about them: tried again; but not with a password that is wrong, for which servers shut one out. */
static enum rc result(const struct talk *t, CURLcode code, long status)
{
	if (code == CURLE_OK)
		return RC_OK;
	if (status / 100 == 5 && (t->addressed || code == CURLE_LOGIN_DENIED))
		return RC_DENIED;
	return t->all && status == GO_ON ? RC_UNCERTAIN : RC_BUSY;
}

static void set_bounds(CURL *c, const struct mail *m)
{
	curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
	curl_easy_setopt(c, CURLOPT_PROXY, "");
	curl_easy_setopt(c, CURLOPT_USE_SSL, (long)(m->tls ? CURLUSESSL_ALL : CURLUSESSL_TRY));
	curl_easy_setopt(c, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
	if (m->ca_file && *m->ca_file)
		curl_easy_setopt(c, CURLOPT_CAINFO, m->ca_file);
	curl_easy_setopt(c, CURLOPT_TIMEOUT_MS, (long)m->timeout_ms);
	curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L);
	if (*m->user) {
		curl_easy_setopt(c, CURLOPT_USERNAME, m->user);
		curl_easy_setopt(c, CURLOPT_PASSWORD, m->password);
	}
}

static void set_talk(CURL *c, struct talk *t)
{
	curl_easy_setopt(c, CURLOPT_UPLOAD, 1L);
	curl_easy_setopt(c, CURLOPT_READFUNCTION, on_read);
	curl_easy_setopt(c, CURLOPT_READDATA, t);
	curl_easy_setopt(c, CURLOPT_VERBOSE, 1L);
	curl_easy_setopt(c, CURLOPT_DEBUGFUNCTION, on_line);
	curl_easy_setopt(c, CURLOPT_DEBUGDATA, t);
}

enum rc mail_send(struct arena *a, const struct mail *m, struct mail_end *end)
{
	struct talk t = { .text = mail_text(a, m) };
	char error[CURL_ERROR_SIZE] = "";
	long status = 0;

	*end = (struct mail_end){ 0, "not an address" };
	if (!strchr(m->to, '@') || strpbrk(m->to, "<>\r\n\t \""))
		return RC_DENIED;
	transfer_library();
	CURL *c = curl_easy_init();
	struct curl_slist *to = curl_slist_append(NULL, m->to);
	curl_easy_setopt(c, CURLOPT_URL, m->server);
	curl_easy_setopt(c, CURLOPT_MAIL_FROM, m->from);
	curl_easy_setopt(c, CURLOPT_MAIL_RCPT, to);
	curl_easy_setopt(c, CURLOPT_ERRORBUFFER, error);
	set_bounds(c, m);
	set_talk(c, &t);
	CURLcode code = curl_easy_perform(c);
	curl_easy_getinfo(c, CURLINFO_RESPONSE_CODE, &status);
	enum rc rc = result(&t, code, status);
	end->status = rc == RC_OK || status / 100 >= 4 ? (int)status : 0;
	end->why = arena_strdup(a, rc == RC_OK || status / 100 >= 4 ? t.reply : *error ? error : curl_easy_strerror(code));
	curl_slist_free_all(to);
	curl_easy_cleanup(c);
	return rc;
}
