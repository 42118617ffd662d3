#include "app/session.h"

#include "base/id.h"
#include "base/log.h"
#include "base/str.h"
#include "base/time.h"
#include "crypto/hash.h"
#include "crypto/password.h"
#include "q_session.h"

#define FAILURE_WINDOW_US (15 * MINUTE_US)
enum { WAIT_FIRST_S = 2, AGENT_MAX = 200 };

struct subjects { unsigned char account[32], address[32]; };

void session_hash(const char *token, unsigned char out[32]) { hash_sha256(token, strlen(token), out); }

int session_wait(uint64_t failures, int64_t since_us)
{
	if (failures < SESSION_FAILURES)
		return 0;
	uint64_t steps = failures - SESSION_FAILURES;
	int64_t wait = steps > 5 ? SESSION_WAIT_MAX_S : WAIT_FIRST_S << steps;
	int64_t left = (wait < SESSION_WAIT_MAX_S ? wait : SESSION_WAIT_MAX_S) - since_us / SECOND_US;

	return left > 0 ? (int)left : 0;
}

static void subjects_of(struct cx *cx, const char *login, struct subjects *s)
{
	const char *account = arena_printf(cx->a, "account:%s", str_lower(cx->a, login));
	const char *address = arena_printf(cx->a, "address:%s", cx->actor.address ? cx->actor.address : "");

	hash_sha256(account, strlen(account), s->account);
	hash_sha256(address, strlen(address), s->address);
}

static enum rc may_try(struct cx *cx, const struct subjects *s)
{
	struct q_throttle_show_in in = {
		.account = { s->account, sizeof s->account }, .address = { s->address, sizeof s->address },
		.since = instant_add(cx->now, -FAILURE_WINDOW_US),
	};
	struct q_throttle_show *rows;
	size_t n;

	TRY(q_throttle_show(cx->db, cx->a, &in, &rows, &n));
	for (size_t i = 0; i < n; i++)
		if (session_wait(rows[i].failures, cx->now.us - rows[i].last_at.us))
			return RC_TOO_MANY;
	return RC_OK;
}

static enum rc count_failure(struct work *w, void *arg)
{
	const struct subjects *s = arg;
	struct q_throttle_fail_in in = { .now = w->cx->now, .since = instant_add(w->cx->now, -FAILURE_WINDOW_US) };
	uint64_t n;

	in.subject = (struct bytes){ s->account, sizeof s->account };
	TRY(q_throttle_fail(w->tx, &in, &n));
	in.subject = (struct bytes){ s->address, sizeof s->address };
	return q_throttle_fail(w->tx, &in, &n);
}

/* Takes the same time whether there is such an account or not. */
static bool verify(struct cx *cx, const char *login, const char *password, struct q_person_by_login *person, enum rc *rc)
{
	*rc = q_person_by_login(cx->db, cx->a, &(struct q_person_by_login_in){ .login = str_lower(cx->a, login) }, person);
	if (*rc == RC_OK)
		return password_verify(person->password_hash, password);
	password_burn(password);
	return false;
}

struct beginning {
	const struct subjects *s;
	const struct q_person_by_login *person;
	const struct q_member_list *as;
	const char *password, *agent;
	uint64_t was;			/* the person whose session this one takes the place of */
	struct session_begun *out;
};

static enum rc rehash(struct work *w, const struct beginning *b)
{
	char hash[PASSWORD_HASH_SIZE];
	uint64_t n;

	if (!password_needs_rehash(b->person->password_hash))
		return RC_OK;
	TRY(password_hash(b->password, hash));
	return q_person_password(w->tx, &(struct q_person_password_in){ .person = b->person->id, .password_hash = hash }, &n);
}

static enum rc begin(struct work *w, void *arg)
{
	struct beginning *b = arg;
	struct cx *cx = w->cx;
	unsigned char hash[32];
	int64_t life = cx->conf->platform_session_hours * HOUR_US;
	uint64_t n, id = id_new(cx->now);

	session_hash(b->out->token, hash);
	struct q_session_insert_in in = {
		.token_hash = { hash, sizeof hash }, .id = id, .person = b->person->id, .org = b->as->org, .now = cx->now,
		.expires_at = instant_add(cx->now, life), .address = cx->actor.address ? cx->actor.address : "", .agent = b->agent,
	};
	TRY(q_throttle_clear(w->tx, &(struct q_throttle_clear_in){ { b->s->account, sizeof b->s->account } }, &n));
	TRY(rehash(w, b));
	TRY(q_session_insert(w->tx, &in, &n));
	if (b->out->before)
		TRY(q_session_delete(w->tx, &(struct q_session_delete_in){ .id = b->out->before, .person = b->was }, &n));
	work_audit(w, (struct event){ .kind = OBJECT_SESSION, .object = id, .org = b->as->org, .name = "sign_in" });
	return RC_OK;
}

/* What is kept of the browser's name: the beginning, cut between characters. */
static const char *agent_of(struct cx *cx, const char *agent)
{
	size_t n = agent ? strnlen(agent, AGENT_MAX) : 0;

	while (n && !str_utf8(agent, n))
		n--;
	return arena_dup(cx->a, agent ? agent : "", n);
}

enum rc session_begin(struct cx *cx, const char *login, const char *password, const char *agent, struct session_begun *out)
{
	struct subjects s;
	struct q_person_by_login person;
	struct q_member_list *as;
	uint64_t was = cx->actor.person;
	size_t n;
	enum rc rc;

	cx->key = NULL;		/* a key belongs to a person, who is not known yet; a second session does no harm */
	subjects_of(cx, login, &s);
	TRY(may_try(cx, &s));
	if (!verify(cx, login, password, &person, &rc)) {
		if (rc != RC_OK && rc != RC_NOT_FOUND)
			return rc;
		log_event('W', "sign_in_failed", LOG_STR("request", cx->request_id), LOG_STR("address", cx->actor.address));
		TRY(work_do(cx, count_failure, &s, NULL));
		return RC_DENIED;
	}
	TRY(q_member_list(cx->db, cx->a, &(struct q_member_list_in){ .person = person.id }, &as, &n));
	if (!n)
		return RC_DENIED;
	token_new(out->token);
	out->person = person.id;
	out->org = as->org;
	out->org_kind = as->kind;
	out->language = person.language;
	cx->actor.person = person.id;
	cx->actor.org = as->org;
	cx->actor.name = person.name;
	return work_do(cx, begin, &(struct beginning){ &s, &person, as, password, agent_of(cx, agent), was, out }, NULL);
}

static enum rc end(struct work *w, void *arg)
{
	const uint64_t *id = arg;
	uint64_t n;

	TRY(q_session_delete(w->tx, &(struct q_session_delete_in){ .id = *id, .person = w->cx->actor.person }, &n));
	if (!n)
		return RC_NOT_FOUND;
	work_audit(w, (struct event){ .kind = OBJECT_SESSION, .object = *id, .org = w->cx->actor.org, .name = "sign_out" });
	return RC_OK;
}

enum rc session_end(struct cx *cx, uint64_t id) { return work_do(cx, end, &id, NULL); }

static enum rc end_others(struct work *w, void *arg)
{
	const uint64_t *keep = arg;
	uint64_t n;

	TRY(q_session_delete_others(w->tx, &(struct q_session_delete_others_in){ .id = *keep, .person = w->cx->actor.person }, &n));
	work_audit(w, (struct event){ .kind = OBJECT_SESSION, .object = *keep, .org = w->cx->actor.org, .name = "sign_out_others" });
	return RC_OK;
}

enum rc session_end_others(struct cx *cx, uint64_t keep) { return work_do(cx, end_others, &keep, NULL); }

struct switching { uint64_t id, org; };

static enum rc switch_org(struct work *w, void *arg)
{
	const struct switching *s = arg;
	struct cx *cx = w->cx;
	struct q_member_list *as;
	size_t n, i = 0;
	uint64_t changed;

	TRY(q_member_list(tx_db(w->tx), cx->a, &(struct q_member_list_in){ .person = cx->actor.person }, &as, &n));
	while (i < n && as[i].org != s->org)
		i++;
	if (i == n)
		return RC_NOT_FOUND;
	TRY(q_session_org(w->tx, &(struct q_session_org_in){ .id = s->id, .person = cx->actor.person, .org = s->org }, &changed));
	work_audit(w, (struct event){ .kind = OBJECT_SESSION, .object = s->id, .org = s->org, .name = "switch_organisation" });
	return RC_OK;
}

enum rc session_switch(struct cx *cx, uint64_t id, uint64_t org) { return work_do(cx, switch_org, &(struct switching){ id, org }, NULL); }

static enum rc set_language(struct work *w, void *arg)
{
	const enum lang *language = arg;
	uint64_t n;

	return q_person_language(w->tx, &(struct q_person_language_in){ .person = w->cx->actor.person, .language = *language }, &n);
}

enum rc session_language(struct cx *cx, enum lang language) { return work_do(cx, set_language, &language, NULL); }

static enum rc touch(struct tx *tx, void *arg)
{
	uint64_t n;

	return q_session_touch(tx, arg, &n);
}

enum rc session_touch(struct cx *cx, const char *token)
{
	unsigned char hash[32];

	session_hash(token, hash);
	return db_tx(cx->db, cx->a, touch, &(struct q_session_touch_in){ .token_hash = { hash, sizeof hash }, .now = cx->now });
}
