#include "app/user.h"

#include "base/id.h"
#include "base/str.h"
#include "crypto/password.h"
#include "domain/permit.h"
#include "q_session.h"

/* The most used ones of 8 characters and more; a longer list may stand in its place, sorted or not. */
static const char *const common[] = {
	"password", "12345678", "123456789", "1234567890", "qwertyui", "qwerty123", "iloveyou", "11111111", "00000000", "88888888", "66666666",
	"password1", "password123", "passw0rd", "abc12345", "abcd1234", "a1234567", "a12345678", "1q2w3e4r", "1qaz2wsx", "qazwsxedc", "zaq12wsx",
	"asdfghjkl", "sunshine", "princess", "football", "baseball", "superman", "trustno1", "welcome1", "admin123", "administrator", "letmein1",
	"woaini1314", "5201314520", "147258369", "123123123", "987654321", "87654321", "12341234", "123qweasd", "qwertyuiop", "asdf1234", "changeme",
};

const char *user_password_bad(const char *password)
{
	size_t n = strlen(password);

	if (!str_utf8(password, n) || str_control(password, false))
		return "the password has characters that cannot be typed";
	if (str_chars(password) < PASSWORD_CHARS_MIN || str_chars(password) > PASSWORD_CHARS_MAX)
		return "a password has 8 to 128 characters";
	for (size_t i = 0; i < sizeof common / sizeof *common; i++)
		if (str_eq(password, common[i]))
			return "this password is one of the most common ones";
	return NULL;
}

uint32_t user_roles_read(const char *roles, enum org_kind kind)
{
	uint32_t set = 0;

	while (*roles) {
		size_t n = strcspn(roles, ",");
		int role = enum_of(&role_enum, roles, n);
		if (!role || !(permit_roles(kind) & SET_OF(role)))
			return 0;
		set |= SET_OF(role);
		roles += n + (roles[n] == ',');
	}
	return set;
}

/* Logins must not be taken for e-mail addresses or mobile numbers of others. */
static bool login_ok(const char *s)
{
	return strlen(s) >= 2 && strlen(s) <= 60 && str_utf8(s, strlen(s)) && !str_control(s, false) && !strpbrk(s, " @") && s[strspn(s, "0123456789")];
}

static enum rc refuse(const char **why, const char *text)
{
	*why = text;
	return RC_INVALID;
}

struct making { const struct user_new *in; uint32_t roles; const char *hash; };

static enum rc create(struct work *w, void *arg)
{
	const struct making *m = arg;
	const struct user_new *in = m->in;
	uint64_t id = id_new(w->cx->now), n;
	struct q_person_insert_in person = {
		.id = id, .user_name = str_lower(w->cx->a, in->login), .email = in->email ? str_lower(w->cx->a, in->email) : NULL, .mobile = in->mobile,
		.name = in->name, .password_hash = m->hash, .now = w->cx->now,
	};

	TRY(q_person_insert(w->tx, &person, &n));
	TRY(q_member_set(w->tx, &(struct q_member_set_in){ .person = id, .org = in->org, .roles = m->roles }, &n));
	work_audit(w, (struct event){ .kind = OBJECT_PERSON, .object = id, .org = in->org, .name = "create", .details = arena_printf(w->cx->a, "{\"roles\":%u}", m->roles) });
	return RC_OK;
}

static enum rc roles_for(struct cx *cx, uint64_t org, const char *roles, uint32_t *set, const char **why)
{
	struct q_org_show row;

	if (q_org_show(cx->db, cx->a, &(struct q_org_show_in){ .id = org }, &row) != RC_OK)
		return refuse(why, "there is no such organisation");
	*set = user_roles_read(roles, row.kind);
	return *set ? RC_OK : refuse(why, "a role is unknown, or means nothing in this kind of organisation");
}

enum rc user_create(struct cx *cx, const struct user_new *in, const char **why)
{
	struct making m = { .in = in };
	char hash[PASSWORD_HASH_SIZE];

	if (!login_ok(in->login))
		return refuse(why, "a login has 2 to 60 characters, not only digits, and no space or @");
	if ((*why = user_password_bad(in->password)))
		return RC_INVALID;
	TRY(roles_for(cx, in->org, in->roles, &m.roles, why));
	TRY(password_hash(in->password, hash));
	m.hash = hash;
	enum rc rc = work_do(cx, create, &m, NULL);
	return rc == RC_CONFLICT ? refuse(why, "this login, e-mail or mobile number is taken") : rc;
}

struct setting { uint64_t person, org; uint32_t roles; const char *hash; };

static enum rc set_roles(struct work *w, void *arg)
{
	const struct setting *s = arg;
	uint64_t n;

	TRY(q_member_set(w->tx, &(struct q_member_set_in){ .person = s->person, .org = s->org, .roles = s->roles }, &n));
	work_audit(w, (struct event){ .kind = OBJECT_PERSON, .object = s->person, .org = s->org, .name = "roles", .details = arena_printf(w->cx->a, "{\"roles\":%u}", s->roles) });
	return RC_OK;
}

static enum rc person_of(struct cx *cx, const char *login, struct q_person_by_login *p, const char **why)
{
	enum rc rc = q_person_by_login(cx->db, cx->a, &(struct q_person_by_login_in){ .login = str_lower(cx->a, login) }, p);

	return rc == RC_NOT_FOUND ? refuse(why, "there is no such person") : rc;
}

enum rc user_roles(struct cx *cx, const char *login, uint64_t org, const char *roles, const char **why)
{
	struct q_person_by_login p;
	struct setting s = { .org = org };

	TRY(person_of(cx, login, &p, why));
	TRY(roles_for(cx, org, roles, &s.roles, why));
	s.person = p.id;
	return work_do(cx, set_roles, &s, NULL);
}

static enum rc reset(struct work *w, void *arg)
{
	const struct setting *s = arg;
	uint64_t n;

	TRY(q_person_password(w->tx, &(struct q_person_password_in){ .person = s->person, .password_hash = s->hash }, &n));
	TRY(q_session_delete_others(w->tx, &(struct q_session_delete_others_in){ .id = 0, .person = s->person }, &n));
	work_audit(w, (struct event){ .kind = OBJECT_PERSON, .object = s->person, .name = "reset_password" });
	return RC_OK;
}

enum rc user_reset(struct cx *cx, const char *login, const char *password, const char **why)
{
	struct q_person_by_login p;
	char hash[PASSWORD_HASH_SIZE];

	TRY(person_of(cx, login, &p, why));
	if ((*why = user_password_bad(password)))
		return RC_INVALID;
	TRY(password_hash(password, hash));
	return work_do(cx, reset, &(struct setting){ .person = p.id, .hash = hash }, NULL);
}

struct founding { uint64_t id; enum org_kind kind; const char *name; };

static enum rc found(struct work *w, void *arg)
{
	const struct founding *f = arg;
	struct q_org_insert_in in = { .id = f->id, .kind = f->kind, .name = f->name, .phone = "", .email = "", .now = w->cx->now };
	uint64_t n;

	TRY(q_org_insert(w->tx, &in, &n));
	TRY(q_org_counter_insert(w->tx, &(struct q_org_counter_insert_in){ .org = f->id }, &n));
	work_audit(w, (struct event){ .kind = OBJECT_ORGANISATION, .object = f->id, .org = f->id, .name = "create" });
	return RC_OK;
}

enum rc user_org(struct cx *cx, const char *kind, const char *name, uint64_t *id, const char **why)
{
	struct founding f = { .id = id_new(cx->now), .kind = enum_of(&org_kind_enum, kind, strlen(kind)), .name = name };

	if (!f.kind)
		return refuse(why, "the kind is buyer, provider or platform");
	if (!*name || !str_utf8(name, strlen(name)) || str_chars(name) > 80)
		return refuse(why, "a name has 1 to 80 characters");
	*id = f.id;
	return work_do(cx, found, &f, NULL);
}
