#include "sandbox/pay.h"

#include <stdlib.h>

#include "base/str.h"
#include "base/time.h"
#include "crypto/token.h"
#include "sandbox/sandbox.h"

static const char *const state_names[] = {
	NULL,
#define S(n) #n,
	PAY_STATES(S)
#undef S
};
const struct enum_def pay_state_enum = { "pay_state", state_names, PAY__MAX - 1 };

static const char *const fault_names[] = {
	NULL,
#define F(n) #n,
	PAY_FAULTS(F)
#undef F
};
const struct enum_def pay_fault_enum = { "pay_fault", fault_names, FAULT__MAX - 1 };

struct pay *pay_at(struct pays *ps, size_t i)
{
	return i < ps->n && i < PAYS_MAX ? &ps->all[(ps->n - 1 - i) % PAYS_MAX] : NULL;
}

static struct pay *pay_by(struct pays *ps, size_t member, const char *text)
{
	struct pay *p;

	for (size_t i = 0; *text && (p = pay_at(ps, i)); i++)
		if (str_eq((const char *)p + member, text))
			return p;
	return NULL;
}

struct pay *pay_by_number(struct pays *ps, const char *number)
{
	return pay_by(ps, offsetof(struct pay, number), number);
}
struct pay *pay_by_token(struct pays *ps, const char *token) { return pay_by(ps, offsetof(struct pay, token), token); }
struct pay *pay_by_transaction(struct pays *ps, const char *id)
{
	return pay_by(ps, offsetof(struct pay, transaction_id), id);
}

bool pay_open(const struct pay *p)
{
	return p->state == PAY_NOTPAY && (!p->expire.us || clock_now().us < p->expire.us);
}

/* 28 digits that begin like real ones: 42000, the day, and what tells them apart. */
static const char *transaction_new(struct sandbox *sb, struct instant now)
{
	char day[TIME_TEXT];

	instant_compact(now, day);
	day[8] = '\0';
	return arena_printf(sb->a, "4200%06u%s%010u", token_below(1000000), day, token_below(1000000000));
}

enum rc pay_accept(struct sandbox *sb, struct pay *p, enum pay_fault fault)
{
	struct instant now = clock_now();

	if (!pay_open(p))
		return RC_CONFLICT;
	HAPPEN(sb, "paid", p->number, transaction_new(sb, now), sandbox_number(sb, now.us),
	       sandbox_number(sb, sandbox_ms()), pay_fault_enum.names[fault ? fault : FAULT_none]);
	return RC_OK;
}

enum rc pay_refuse(struct sandbox *sb, struct pay *p)
{
	if (!pay_open(p))
		return RC_CONFLICT;
	HAPPEN(sb, "ended", p->number, "PAYERROR");
	return RC_OK;
}

void pay_close(struct sandbox *sb, struct pay *p) { HAPPEN(sb, "ended", p->number, "CLOSED"); }

/* ---- events ---- */

static int64_t number(const char *s) { return strtoll(s, NULL, 10); }

void pay_apply_order(struct sandbox *sb, const char *const *t)
{
	struct pay *p = &sb->pays.all[sb->pays.n++ % PAYS_MAX];

	*p = (struct pay){ .state = PAY_NOTPAY, .sign_type = (enum wxsign_type)number(t[8]), .total = number(t[9]),
			   .created = { number(t[10]) }, .expire = { number(t[11]) } };
	PUT(p->token, t[0]);
	PUT(p->prepay_id, t[1]);
	PUT(p->number, t[2]);
	PUT(p->body, t[3]);
	PUT(p->product_id, t[4]);
	PUT(p->client_ip, t[5]);
	PUT(p->tell.url, t[6]);
	PUT(p->attach, t[7]);
}

void pay_apply_paid(struct sandbox *sb, const char *const *t)
{
	struct pay *p = pay_by_number(&sb->pays, t[0]);

	if (!p)
		return;
	p->state = PAY_SUCCESS;
	PUT(p->transaction_id, t[1]);
	p->paid_at = (struct instant){ number(t[2]) };
	p->tell.fault = (enum pay_fault)enum_of(&pay_fault_enum, t[4], strlen(t[4]));
	p->tell.due_ms = notice_first_due(sb, p->tell.fault, number(t[3]));
}

void pay_apply_ended(struct sandbox *sb, const char *const *t)
{
	struct pay *p = pay_by_number(&sb->pays, t[0]);

	if (p)
		p->state = (enum pay_state)enum_of(&pay_state_enum, t[1], strlen(t[1]));
}
