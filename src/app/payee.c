/* Bank accounts in an organisation's own name, for withdrawals (MON-12). */
#include "app/withdrawal.h"
#include "base/id.h"
#include "q_withdrawal.h"

static const char PAGE[] = "/console/withdrawals/accounts";

const char *payee_digits(struct arena *a, const char *text)
{
	char *to = arena_strdup(a, text);
	size_t n = 0;

	for (const char *s = text; *s; s++)
		if (*s >= '0' && *s <= '9')
			to[n++] = *s;
		else if (*s != ' ' && *s != '-')
			return NULL;
	to[n] = 0;
	return n >= PAYEE_DIGITS_MIN && n <= PAYEE_DIGITS_MAX ? to : NULL;
}

struct adding { const struct payee_account *payee; const char **error; };

static enum rc refuse(const struct adding *k, const char *error)
{
	*k->error = error;
	return RC_INVALID;
}

static enum rc add(struct work *w, void *arg)
{
	const struct adding *k = arg;
	const char *digits = payee_digits(w->cx->a, k->payee->account);
	uint64_t n, org = w->cx->actor.org;
	struct q_withdrawal_org own;
	struct q_payee_count there;

	if (!digits)
		return refuse(k, "payee.account_wrong");
	TRY(q_withdrawal_org(tx_db(w->tx), w->cx->a, &(struct q_withdrawal_org_in){ org }, &own));
	TRY(q_payee_count(tx_db(w->tx), w->cx->a, &(struct q_payee_count_in){ org }, &there));
	if (there.n >= PAYEES_MAX)
		return refuse(k, "payee.too_many");
	struct q_payee_insert_in in = {
		.org = org, .id = id_new(w->cx->now), .name = own.name, .bank = k->payee->bank, .branch = k->payee->branch, .account = digits,
		.first = !there.n, .now = w->cx->now,
	};
	enum rc rc = q_payee_insert(w->tx, &in, &n);
	if (rc == RC_DUPLICATE)
		return refuse(k, "payee.twice");
	TRY(rc);
	work_audit(w, (struct event){
		.kind = OBJECT_ORGANISATION, .object = org, .org = org, .name = "payee_add",
		.details = arena_printf(w->cx->a, "{\"bank\":\"%s\",\"account\":\"%s\"}", bank_code_enum.names[in.bank], digits),
	});
	w->out = (struct outcome){ 201, PAGE, NULL };
	return RC_OK;
}

enum rc payee_add(struct cx *cx, const struct payee_account *p, const char **error, struct outcome *out) { return work_do(cx, add, &(struct adding){ p, error }, out); }

struct changing { uint64_t id; bool remove; };

static enum rc change(struct work *w, void *arg)
{
	const struct changing *c = arg;
	uint64_t n, org = w->cx->actor.org;
	struct q_payee_one was;

	TRY(q_payee_one(tx_db(w->tx), w->cx->a, &(struct q_payee_one_in){ org, c->id }, &was));
	TRY(c->remove ? q_payee_remove(w->tx, &(struct q_payee_remove_in){ org, c->id }, &n) : q_payee_default(w->tx, &(struct q_payee_default_in){ org, c->id }, &n));
	work_audit(w, (struct event){
		.kind = OBJECT_ORGANISATION, .object = org, .org = org, .name = c->remove ? "payee_remove" : "payee_default",
		.details = arena_printf(w->cx->a, "{\"bank\":\"%s\",\"account\":\"%s\"}", bank_code_enum.names[was.bank], was.account),
	});
	w->out.location = PAGE;
	return RC_OK;
}

enum rc payee_default(struct cx *cx, uint64_t id, struct outcome *out) { return work_do(cx, change, &(struct changing){ id, false }, out); }
enum rc payee_remove(struct cx *cx, uint64_t id, struct outcome *out) { return work_do(cx, change, &(struct changing){ id, true }, out); }
