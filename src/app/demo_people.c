#include "app/demo_catalog.h"
#include "base/str.h"
#include "crypto/password.h"
#include "db/db.h"
#include "q_demo.h"

#define DEMO_PASSWORD "Yunshi-demo-1"	/* IFC-12 */

enum { MEMBERS_MAX = 4, AGREED_DISCOUNT_PM = 950 };

struct person {
	struct q_demo_person_put_in in;
	struct q_demo_member_put_in member[MEMBERS_MAX];
	size_t members;
};

static int enum_value(const struct enum_def *d, const char *name)
{
	int v = enum_of(d, name, strlen(name));

	if (!v)
		demo_bad(d->name, name);
	return v;
}

static enum rc put_org(struct tx *tx, void *arg)
{
	const struct q_demo_org_put_in *in = arg;

	TRY(q_demo_org_put(tx, in, NULL));
	return q_demo_counter_put(tx, &(struct q_demo_counter_put_in){ in->id }, NULL);
}

/* The first buyer has an agreed discount, so that one is seen. */
static enum rc take_org(struct demo_catalog *c, const struct demo_record *r)
{
	struct demo_org *o = &c->org[c->orgs];
	const char *paying = demo_field(r, "paying");

	if (c->orgs == DEMO_ORGS_MAX)
		demo_bad("too many organisations", r->field->value);
	*o = (struct demo_org){
		.code = r->field->value, .name = demo_field(r, "name"), .phone = demo_field(r, "phone"), .email = demo_field(r, "email"),
		.kind = (enum org_kind)enum_value(&org_kind_enum, demo_field(r, "kind")), .id = demo_id(c, "org:", r->field->value),
		.paying = *paying ? demo_org_of(c, paying)->id : 0,
		.discount_pm = str_eq(demo_field(r, "discount"), "agreed") ? AGREED_DISCOUNT_PM : PER_MILLE,
	};
	struct q_demo_org_put_in in = {
		.id = o->id, .kind = o->kind, .name = o->name, .paying = o->paying, .phone = o->phone, .email = o->email,
		.discount_pm = o->discount_pm, .now = c->begun,
	};
	c->orgs++;
	return db_tx(c->cx->db, c->cx->a, put_org, &in);
}

static enum rc put_person(struct tx *tx, void *arg)
{
	const struct person *p = arg;

	TRY(q_demo_person_put(tx, &p->in, NULL));
	for (size_t i = 0; i < p->members; i++)
		TRY(q_demo_member_put(tx, &p->member[i], NULL));
	return RC_OK;
}

/* "org role role …" */
static void take_member(struct demo_catalog *c, struct person *p, char *words)
{
	struct demo_org *o = (struct demo_org *)demo_org_of(c, demo_cut(&words, " "));
	uint64_t roles = 0;

	for (char *role; (role = demo_cut(&words, " ")); )
		roles |= SET_OF(enum_value(&role_enum, role));
	if (!o->person) {
		o->person = p->in.id;
		o->person_name = p->in.name;
	}
	p->member[p->members++] = (struct q_demo_member_put_in){ .email = p->in.email, .org = o->id, .roles = roles };
}

static enum rc take_person(struct demo_catalog *c, const struct demo_record *r)
{
	char hash[PASSWORD_HASH_SIZE];
	struct person p = { .in = {
		.id = demo_id(c, "person:", r->field->value), .user_name = demo_field(r, "user_name"), .email = r->field->value,
		.mobile = demo_field(r, "mobile"), .name = demo_field(r, "name"), .now = c->begun,
	} };

	TRY(password_hash(DEMO_PASSWORD, hash));
	p.in.password_hash = hash;
	for (size_t i = 0; i < r->n; i++)
		if (str_eq(r->field[i].name, "member") && p.members < MEMBERS_MAX)
			take_member(c, &p, arena_strdup(c->cx->a, r->field[i].value));
	c->persons++;
	return db_tx(c->cx->db, c->cx->a, put_person, &p);
}

enum rc demo_people(struct demo_catalog *c)
{
	struct demo_reader r;
	struct demo_record rec;

	if (!demo_read(&r, c->cx->a, demo_path(c, "org")))
		return RC_NOT_FOUND;
	while (demo_next(&r, &rec))
		TRY(take_org(c, &rec));
	if (!demo_read(&r, c->cx->a, demo_path(c, "person")))
		return RC_NOT_FOUND;
	while (demo_next(&r, &rec))
		TRY(take_person(c, &rec));
	return RC_OK;
}
