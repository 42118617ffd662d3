#include "jobs/message.h"

#include "app/message.h"
#include "base/log.h"
#include "base/money.h"
#include "base/str.h"
#include "base/time.h"
#include "db/db.h"
#include "domain/outbox.h"
#include "http/http.h"
#include "http/mail.h"
#include "jobs/provision.h"
#include "view/message.h"

enum { SMS_ANSWER_MAX = 4096 };

static const char *id_of(struct cx *cx, uint64_t id) { return arena_printf(cx->a, "%llu", (unsigned long long)id); }

static enum rc send_mail(struct cx *cx, const struct q_outbox_take *row, const struct q_message_send *m, const struct message_text *text, const char **why)
{
	const struct config *c = cx->conf;
	struct mail mail = {
		.server = c->mail_server, .user = c->mail_user, .password = c->mail_password, .from = c->mail_sender, .from_name = c->platform_name,
		.to = m->email, .id = id_of(cx, row->id), .subject = text->subject, .at = cx->now, .timeout_ms = (int)c->mail_timeout_ms,
		.text = arena_printf(cx->a, "%s\n\n%s%s\n", text->text, c->platform_base_url, m->link),
	};

	return mail_send(cx->a, &mail, why);
}

static const char *sms_body(struct cx *cx, const char *id, const char *to, const char *text)
{
	struct out o = { 0 };

	out_lit(&o, "{\"id\":");
	out_json(&o, id);
	out_lit(&o, ",\"to\":");
	out_json(&o, to);
	out_lit(&o, ",\"text\":");
	out_json(&o, text);
	out_lit(&o, "}");
	const char *body = arena_dup(cx->a, o.p, o.n);
	out_free(&o);
	return body;
}

/* The gateway knows a message by its id, so a repeated one is not sent twice. */
static enum rc send_sms(struct cx *cx, const struct q_outbox_take *row, const struct q_message_send *m, const struct message_text *text, const char **why)
{
	const char *body = sms_body(cx, id_of(cx, row->id), m->mobile, text->sms);
	const char *const headers[] = { arena_printf(cx->a, "Authorization: Bearer %s", cx->conf->sms_token), NULL };
	struct http_call call = {
		.url = cx->conf->sms_gateway, .content_type = "application/json; charset=utf-8", .body = { body, strlen(body) }, .headers = headers,
		.timeout_ms = (int)cx->conf->mail_timeout_ms, .max_bytes = SMS_ANSWER_MAX, .allow_private = true,
	};
	struct http_answer answer = { 0 };
	enum rc rc = http_post(cx->a, &call, &answer);

	*why = rc == RC_OK ? arena_printf(cx->a, "status %d", answer.status) : answer.why ? answer.why : "no answer";
	if (rc == RC_OK && answer.status >= 400 && answer.status < 500 && answer.status != 429)
		return RC_DENIED;
	return rc == RC_OK && answer.status < 300 ? RC_OK : RC_BUSY;
}


static enum rc note(struct tx *tx, void *arg)
{
	uint64_t n;

	return q_outbox_try_insert(tx, arg, &n);
}

/* A way that is not set up, or a person without that address: nothing to do. */
static enum rc send(struct cx *cx, const struct q_outbox_take *row, bool by_email, const char **why)
{
	struct q_message_send m;

	TRY(q_message_send(cx->db, cx->a, &(struct q_message_send_in){ .id = row->subject }, &m));
	const char *way = by_email ? cx->conf->mail_server : cx->conf->sms_gateway;
	*why = "not set up";
	if (!*way || !(by_email ? m.email : m.mobile))
		return RC_OK;
	struct message_facts facts = { m.event, m.number, m.subject, m.why, m.amount, m.deadline };
	struct message_text text = message_text(cx->a, m.language, cx->conf->platform_name, &facts);
	return by_email ? send_mail(cx, row, &m, &text, why) : send_sms(cx, row, &m, &text, why);
}

enum rc message_try(struct cx *cx, const struct q_outbox_take *row)
{
	bool by_email = str_eq(row->action, MESSAGE_BY_EMAIL), by_sms = str_eq(row->action, MESSAGE_BY_SMS);
	const char *why;

	if (!by_email && !by_sms) {
		enum rc rc = message_spread(cx, row->id, row->subject, (enum message_event)enum_of(&message_event_enum, row->action, strlen(row->action)));
		return rc == RC_CONFLICT ? RC_OK : rc;
	}
	enum rc rc = send(cx, row, by_email, &why);
	struct q_outbox_try_insert_in in = { .outbox = row->id, .try = row->tries, .begun_at = cx->now, .status = (uint64_t)rc_info[rc].http, .answer = why };
	TRY(db_tx(cx->db, cx->a, note, &in));
	log_event(rc == RC_OK ? 'I' : 'W', "message", LOG_STR("by", row->action), LOG_INT("id", row->subject), LOG_INT("try", row->tries), LOG_STR("answer", why));
	if (rc != RC_OK && rc != RC_DENIED && outbox_pause((int)row->tries))
		return RC_OK;	/* again at its next time */
	return outbox_end(cx, row->id, rc == RC_OK ? OUTBOX_DONE : OUTBOX_FAILED);
}
