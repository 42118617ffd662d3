#include "http/mail.h"

#include <curl/curl.h>
#include <time.h>

#include "base/out.h"
#include "base/time.h"
#include "http/transfer.h"

enum { WORD_MAX = 45, REFUSED_FROM = 500, REFUSED_BELOW = 600 };

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

static struct curl_slist *headers_of(struct arena *a, const struct mail *m)
{
	const char *at = strchr(m->from, '@');
	struct curl_slist *h = curl_slist_append(NULL, arena_printf(a, "From: %s <%s>", header_text(a, m->from_name), m->from));

	h = curl_slist_append(h, arena_printf(a, "To: <%s>", m->to));
	h = curl_slist_append(h, arena_printf(a, "Subject: %s", header_text(a, m->subject)));
	h = curl_slist_append(h, arena_printf(a, "Message-ID: <%s%s>", m->id, at ? at : ""));
	h = curl_slist_append(h, arena_printf(a, "Date: %s", date_text_of(a, m->at)));
	return curl_slist_append(h, "Auto-Submitted: auto-generated");
}

static enum rc result(CURL *c, CURLcode code, const char *error, const char **why)
{
	long status = 0;

	curl_easy_getinfo(c, CURLINFO_RESPONSE_CODE, &status);
	*why = code ? error : "sent";
	if (code == CURLE_OK)
		return RC_OK;
	return status >= REFUSED_FROM && status < REFUSED_BELOW ? RC_DENIED : RC_BUSY;
}

enum rc mail_send(struct arena *a, const struct mail *m, const char **why)
{
	char *error = arena_alloc(a, CURL_ERROR_SIZE);

	transfer_library();
	CURL *c = curl_easy_init();
	curl_mime *mime = curl_mime_init(c);
	curl_mimepart *part = curl_mime_addpart(mime);
	struct curl_slist *headers = headers_of(a, m), *to = curl_slist_append(NULL, m->to);

	*error = '\0';
	curl_mime_data(part, m->text, CURL_ZERO_TERMINATED);
	curl_mime_type(part, "text/plain; charset=utf-8");
	curl_mime_encoder(part, "8bit");
	curl_easy_setopt(c, CURLOPT_URL, m->server);
	curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
	curl_easy_setopt(c, CURLOPT_PROXY, "");
	curl_easy_setopt(c, CURLOPT_USE_SSL, (long)CURLUSESSL_TRY);
	curl_easy_setopt(c, CURLOPT_MAIL_FROM, m->from);
	curl_easy_setopt(c, CURLOPT_MAIL_RCPT, to);
	curl_easy_setopt(c, CURLOPT_MIMEPOST, mime);
	curl_easy_setopt(c, CURLOPT_HTTPHEADER, headers);
	curl_easy_setopt(c, CURLOPT_TIMEOUT_MS, (long)m->timeout_ms);
	curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(c, CURLOPT_ERRORBUFFER, error);
	if (*m->user) {
		curl_easy_setopt(c, CURLOPT_USERNAME, m->user);
		curl_easy_setopt(c, CURLOPT_PASSWORD, m->password);
	}
	enum rc rc = result(c, curl_easy_perform(c), error, why);
	curl_slist_free_all(headers);
	curl_slist_free_all(to);
	curl_mime_free(mime);
	curl_easy_cleanup(c);
	return rc;
}
