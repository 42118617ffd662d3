#include "sandbox/mailbox.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/log.h"
#include "base/str.h"
#include "crypto/hash.h"
#include "sandbox/page.h"
#include "sandbox/sandbox.h"

enum { LINE_MAX_ = 1000, LINES_MAX = 2000, PATIENCE_S = 2, BACKLOG = 16, SMS_LATE_S = 300 };

const struct letter *letter_at(const struct mailbox *b, size_t i)
{
	return i < b->n && i < LETTERS_MAX ? &b->letters[(b->n - 1 - i) % LETTERS_MAX] : NULL;
}

/* A repeated one is the same letter, as for a reader's program. */
void mailbox_apply(struct sandbox *sb, const char *const *t)
{
	struct mailbox *b = &sb->mailbox;
	struct letter *x = NULL;

	for (size_t i = 0; i < b->n && i < LETTERS_MAX; i++)
		if (str_eq(b->letters[i].id, t[1]) && str_eq(b->letters[i].by, t[0]))
			x = &b->letters[i];
	if (x) {
		x->copies++;
		return;
	}
	x = &b->letters[b->n++ % LETTERS_MAX];
	*x = (struct letter){ .copies = 1, .at_ms = strtoll(t[5], NULL, 10) };
	PUT(x->by, t[0]);
	PUT(x->id, t[1]);
	PUT(x->to, t[2]);
	PUT(x->subject, t[3]);
	PUT(x->text, t[4]);
}

/* ---- SMTP: as much of RFC 5321 as a well-behaved sender needs ---- */

struct talk {
	FILE *f;
	char to[LINE_MAX_], id[LINE_MAX_], subject[LINE_MAX_];
	struct out body;
};

static bool line_read(struct talk *t, char line[LINE_MAX_])
{
	if (!fgets(line, LINE_MAX_, t->f))
		return false;
	line[strcspn(line, "\r\n")] = '\0';
	return true;
}

static void answer(struct talk *t, const char *s)
{
	fseek(t->f, 0, SEEK_CUR);
	fputs(s, t->f);
	fputs("\r\n", t->f);
	fflush(t->f);
}

static int hex(char c) { return c >= '0' && c <= '9' ? c - '0' : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1; }

/* What stands in =?UTF-8?Q?…?= words, or plain. */
static void decode_words(const char *s, char *to, size_t size)
{
	size_t n = 0;

	while (*s && n + 1 < size) {
		if (str_prefix(s, "=?UTF-8?Q?")) {
			s += strlen("=?UTF-8?Q?");
		} else if (str_prefix(s, "?=")) {
			s += 2;
			while (*s == ' ')
				s++;
		} else if (*s == '=' && hex(s[1]) >= 0 && hex(s[2]) >= 0) {
			to[n++] = (char)(hex(s[1]) * 16 + hex(s[2]));
			s += 3;
		} else {
			to[n++] = *s++;
		}
	}
	to[n] = '\0';
}

static void header(struct talk *t, const char *line, char **last)
{
	if (!strncasecmp(line, "Subject: ", 9))
		*last = t->subject;
	else if (!strncasecmp(line, "Message-ID: ", 12))
		*last = t->id;
	else if (*line != ' ')
		*last = NULL;
	if (!*last)
		return;
	if (*line == ' ')
		strncat(*last, line, LINE_MAX_ - strlen(*last) - 1);
	else
		sandbox_put(*last, LINE_MAX_, strchr(line, ' ') + 1);
}

/* A line of quoted-printable text, without the dot that SMTP puts before a dot. */
static void text_line(struct out *o, const char *s)
{
	for (s += *s == '.'; *s; s++) {
		bool code = *s == '=' && hex(s[1]) >= 0 && hex(s[2]) >= 0;
		if (*s == '=' && !s[1])
			return;		/* goes on in the next */
		char c = code ? (char)(hex(s[1]) * 16 + hex(s[2])) : *s;
		out_bytes(o, &c, 1);
		s += code ? 2 : 0;
	}
	out_lit(o, "\n");
}

/* The head, an empty line, the text, a dot.  False: the other side went away. */
static bool data(struct talk *t)
{
	char line[LINE_MAX_], *last = NULL;
	bool text = false;

	for (int i = 0; i < LINES_MAX && line_read(t, line); i++) {
		if (str_eq(line, "."))
			return true;
		if (text)
			text_line(&t->body, line);
		else if (*line)
			header(t, line, &last);
		else
			text = true;
	}
	return false;
}

static void keep(struct sandbox *sb, struct talk *t)
{
	char subject[LINE_MAX_];

	out_bytes(&t->body, "", 1);
	decode_words(t->subject, subject, sizeof subject);
	HAPPEN(sb, "letter", "email", t->id, t->to, subject, t->body.p, sandbox_number(sb, sandbox_ms()));
}

static void converse(struct sandbox *sb, struct talk *t)
{
	char line[LINE_MAX_];

	answer(t, "220 sandbox");
	for (int i = 0; i < LINES_MAX && line_read(t, line); i++) {
		if (!strncasecmp(line, "RCPT TO:<", 9)) {
			sandbox_put(t->to, sizeof t->to, line + 9);
			t->to[strcspn(t->to, ">")] = '\0';
		}
		if (!strncasecmp(line, "QUIT", 4)) {
			answer(t, "221 bye");
			return;
		}
		if (strncasecmp(line, "DATA", 4)) {
			answer(t, "250 ok");
			continue;
		}
		answer(t, "354 go on");
		if (!data(t))
			return;
		keep(sb, t);
		answer(t, "250 taken");
	}
}

static int listening(const struct sandbox *sb)
{
	static int fd = -1;
	struct sockaddr_in at = { .sin_family = AF_INET, .sin_port = htons((uint16_t)sb->conf->sandbox_smtp_port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	int yes = 1;

	if (fd >= 0 || !sb->conf->sandbox_smtp_port)
		return fd;
	fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
	if (bind(fd, (struct sockaddr *)&at, sizeof at) || listen(fd, BACKLOG)) {
		close(fd);
		fd = -1;
	}
	return fd;
}

void mailbox_turn(struct sandbox *sb)
{
	struct timeval patience = { .tv_sec = PATIENCE_S };
	int fd = listening(sb), peer;

	while (fd >= 0 && (peer = accept4(fd, NULL, NULL, SOCK_CLOEXEC)) >= 0) {
		struct talk t = { .f = fdopen(peer, "r+") };
		setsockopt(peer, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
		if (t.f)
			converse(sb, &t);
		out_free(&t.body);
		if (t.f)
			fclose(t.f);
		else
			close(peer);
	}
}

/* ---- SMS ---- */

/* As doc/sms.md says: HMAC-SHA256 of the time, a dot and the body, not older than five minutes. */
static bool sms_signed(struct visit *v)
{
	const char *at = req_env(v->r, "HTTP_X_YUNSHI_TIME"), *mac = req_env(v->r, "HTTP_X_YUNSHI_SIGNATURE"), *key = v->sb->conf->sms_token;
	unsigned char want[SHA256_SIZE];
	char text[2 * SHA256_SIZE + 1];

	if (!at || !mac || llabs(sandbox_ms() / 1000 - strtoll(at, NULL, 10)) > SMS_LATE_S)
		return false;
	const char *said = arena_printf(v->sb->a, "%s.%.*s", at, (int)v->r->body.n, (const char *)v->r->body.p);
	hash_hmac_sha256(key, strlen(key), said, strlen(said), want);
	return hash_equal_text(mac, hash_hex(want, sizeof want, text));
}

void mailbox_sms(struct visit *v)
{
	struct input in = { 0 };
	enum rc rc = input_body(v->sb->a, v->r, &in);

	if (rc == RC_OK && !sms_signed(v))
		rc = RC_UNAUTHENTICATED;
	if (rc != RC_OK || !*input_text(&in, "to")) {
		page_problem(v, rc != RC_OK ? rc : RC_INVALID);
		return;
	}
	HAPPEN(v->sb, "letter", "sms", input_text(&in, "id"), input_text(&in, "to"), "", input_text(&in, "text"), sandbox_number(v->sb, sandbox_ms()));
	v->ans->status = 200;
	out_lit(&v->ans->head, "Content-Type: application/json\r\n");
	out_lit(&v->ans->body, "{\"success\":true}");
}
