#include "jobs/message.h"

#include "app/message.h"
#include "base/log.h"
#include "base/str.h"
#include "base/time.h"
#include "crypto/hash.h"
#include "db/db.h"
#include "domain/outbox.h"
#include "http/http.h"
#include "http/mail.h"
#include "view/message.h"

enum { SMS_ANSWER_MAX = 4096, CALM_S = 30 };

/* How one try ended.  UNSURE as a status: it went out, and nobody knows whether it arrived. */
enum { UNSURE = 1 };
struct ending {
	int status;
	const char *why;
};

static struct instant calm_until;

bool message_calm(void) { return clock_real().us < calm_until.us; }

/* A server that said nothing costs each e-mail its whole timeout. */
static void keep_calm(const struct config *c, bool silent)
{
	int64_t scale = c->platform_development ? c->provision_retry_scale : 1000;

	calm_until = silent ? instant_add(clock_real(), CALM_S * SECOND_US * scale / 1000) : (struct instant){ 0 };
}

static const char *id_of(struct cx *cx, uint64_t id) { return arena_printf(cx->a, "%llu", (unsigned long long)id); }

static enum rc send_mail(struct cx *cx, uint64_t id, const struct q_message_send *m, const struct message_facts *facts, struct ending *end)
{
	const struct config *c = cx->conf;
	struct message_text text = message_text(cx->a, m->language, c->platform_name, facts);
	struct message_letter letter = { text.text, arena_printf(cx->a, "%s%s", c->platform_base_url, m->link),
		arena_printf(cx->a, "%s/console/settings/notifications", c->platform_base_url), m->maybe_sent };
	struct mail mail = {
		.server = c->mail_server, .tls = c->mail_tls, .ca_file = c->mail_ca_file, .user = c->mail_user, .password = c->mail_password,
		.from = c->mail_sender, .from_name = c->platform_name, .to = m->email, .id = id_of(cx, id), .subject = text.subject,
		.text = message_letter(cx->a, m->language, c->platform_name, &letter), .unsubscribe = letter.settings, .at = cx->now, .timeout_ms = (int)c->mail_timeout_ms,
	};
	struct mail_end told;
	enum rc rc = mail_send(cx->a, &mail, &told);

	keep_calm(c, rc == RC_BUSY && !told.status);
	*end = (struct ending){ told.status, told.why };
	return rc;
}

static const char *sms_body(struct cx *cx, const char *id, const struct q_message_send *m, const char *text)
{
	struct out o = { 0 };

	out_lit(&o, "{\"id\":");
	out_json(&o, id);
	out_lit(&o, ",\"to\":");
	out_json(&o, m->mobile);
	out_lit(&o, ",\"text\":");
	out_json(&o, text);
	out_str(&o, m->maybe_sent ? ",\"repeat\":true}" : ",\"repeat\":false}");
	const char *body = arena_dup(cx->a, o.p, o.n);
	out_free(&o);
	return body;
}

/* doc/sms.md: HMAC-SHA256 of the time, a dot and the body. */
static const char *sms_signature(struct cx *cx, const char *at, const char *body)
{
	const char *signed_text = arena_printf(cx->a, "%s.%s", at, body), *key = cx->conf->sms_token;
	unsigned char mac[SHA256_SIZE];
	char hex[2 * SHA256_SIZE + 1];

	hash_hmac_sha256(key, strlen(key), signed_text, strlen(signed_text), mac);
	return arena_printf(cx->a, "X-Yunshi-Signature: %s", hash_hex(mac, sizeof mac, hex));
}

/* The gateway knows a message by its id, so a repeated one is not sent twice.  What it can never send it refuses with 400 or 422; all else is tried again. */
static enum rc send_sms(struct cx *cx, uint64_t id, const struct q_message_send *m, const struct message_facts *facts, struct ending *end)
{
	const char *body = sms_body(cx, id_of(cx, id), m, message_text(cx->a, m->language, cx->conf->platform_name, facts).sms);
	const char *at = arena_printf(cx->a, "%lld", (long long)(clock_real().us / SECOND_US));
	const char *const headers[] = { arena_printf(cx->a, "X-Yunshi-Time: %s", at), sms_signature(cx, at, body), NULL };
	struct http_call call = {
		.url = cx->conf->sms_gateway, .content_type = "application/json; charset=utf-8", .body = { body, strlen(body) }, .headers = headers,
		.timeout_ms = (int)cx->conf->mail_timeout_ms, .max_bytes = SMS_ANSWER_MAX, .allow_private = true,
	};
	struct http_answer answer = { 0 };
	enum rc rc = http_send(cx->a, &call, &answer);

	if (rc == RC_OK) {
		*end = (struct ending){ answer.status, arena_printf(cx->a, "status %d", answer.status) };
		return answer.status / 100 == 2 ? RC_OK : answer.status == 400 || answer.status == 422 ? RC_DENIED : RC_BUSY;
	}
	*end = (struct ending){ 0, answer.why ? answer.why : "no answer" };
	return rc == RC_UNCERTAIN || rc == RC_TOO_LARGE ? RC_UNCERTAIN : RC_BUSY;
}

/* A way that is not set up, or a person who gave that address up: nothing to do. */
static enum rc send(struct cx *cx, const struct q_outbox_take *row, bool by_email, struct ending *end)
{
	struct q_message_send m;

	TRY(q_message_send(cx->db, cx->a, &(struct q_message_send_in){ .id = row->subject, .action = row->action, .unsure = UNSURE }, &m));
	const char *way = by_email ? cx->conf->mail_server : cx->conf->sms_gateway;
	*end = (struct ending){ 0, "not set up" };
	if (!*way || !(by_email ? m.email : m.mobile))
		return RC_OK;
	struct message_facts facts = { m.event, m.number, m.subject, m.why, m.amount, m.deadline };
	return by_email ? send_mail(cx, row->subject, &m, &facts, end) : send_sms(cx, row->subject, &m, &facts, end);
}

/* What is known of the try, and the row's end if that is it, together: no crash parts them. */
struct noting {
	struct q_outbox_try_insert_in try;
	struct q_outbox_done_in done;	/* no state: again at its next time */
};

static enum rc note(struct tx *tx, void *arg)
{
	const struct noting *x = arg;
	uint64_t n;

	TRY(q_outbox_try_insert(tx, &x->try, &n));
	return x->done.state ? q_outbox_done(tx, &x->done, &n) : RC_OK;
}

static enum rc send_once(struct cx *cx, const struct q_outbox_take *row, bool by_email)
{
	struct instant begun = clock_real();
	struct ending end = { 0 };
	enum rc rc = send(cx, row, by_email, &end);
	bool again = rc != RC_OK && rc != RC_DENIED && outbox_pause((int)row->tries);
	struct noting x = {
		.try = { .outbox = row->id, .try = row->tries, .begun_at = cx->now, .took_ms = (uint64_t)((clock_real().us - begun.us) / 1000),
			 .status = rc == RC_UNCERTAIN ? UNSURE : (uint64_t)end.status, .answer = end.why },
		.done = { .id = row->id, .state = again ? 0 : rc == RC_OK ? OUTBOX_DONE : OUTBOX_FAILED, .now = cx->now },
	};

	if (!end.why)
		return rc;	/* the store did not answer */
	log_event(rc == RC_OK ? 'I' : 'W', "message", LOG_STR("by", row->action), LOG_INT("id", row->subject), LOG_INT("try", row->tries), LOG_STR("answer", end.why));
	return db_tx(cx->db, cx->a, note, &x);
}

enum rc message_try(struct cx *cx, const struct q_outbox_take *row)
{
	bool by_email = str_eq(row->action, MESSAGE_BY_EMAIL);

	if (by_email || str_eq(row->action, MESSAGE_BY_SMS))
		return send_once(cx, row, by_email);
	enum rc rc = message_spread(cx, row->id, row->subject, (enum message_event)enum_of(&message_event_enum, row->action, strlen(row->action)));
	return rc == RC_CONFLICT ? RC_OK : rc;
}
