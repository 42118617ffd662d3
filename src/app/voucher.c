#include "app/voucher.h"

#include "app/ledger.h"
#include "base/id.h"
#include "base/out.h"

enum account_kind voucher_account(enum voucher_kind k) { return k == HOLDING_CARD ? ACCOUNT_CARD : ACCOUNT_VOUCHER; }

/* What becomes worth something, or nothing, is the platform's to bear (MON-16); what is used or returned is booked with the order. */
static void book(struct work *w, const struct voucher_event *e)
{
	bool gives = e->kind == VOUCHER_EV_RESTORE, takes = e->kind == VOUCHER_EV_FORFEIT || e->kind == VOUCHER_EV_EXPIRE;
	struct posting p[] = {
		{ e->org, voucher_account(e->of), gives ? e->amount : money_neg(e->amount) },
		{ 0, ACCOUNT_PROMOTION, gives ? money_neg(e->amount) : e->amount },
	};

	if (gives || takes)
		ledger_post(w, gives ? JOURNAL_VOUCHER_ISSUE : JOURNAL_VOUCHER_EXPIRE, e->org, e->order, e->payment, p, 2);
}

enum rc voucher_move(struct work *w, struct voucher_event e)
{
	uint64_t n;

	if (!e.amount.fen)
		return RC_OK;
	struct voucher_change c = voucher_change(e.kind, e.amount);
	struct q_voucher_move_in move = {
		.id = e.voucher, .available = c.part[VOUCHER_AVAILABLE], .reserved = c.part[VOUCHER_RESERVED],
		.used = c.part[VOUCHER_USED], .expired = c.part[VOUCHER_GONE],
	};
	struct q_voucher_entry_insert_in entry = {
		.voucher = e.voucher, .id = id_new(w->cx->now), .kind = e.kind, .amount = e.amount, .order = e.order, .payment = e.payment,
	};
	TRY(q_voucher_move(w->tx, &move, &n));
	if (n != 1)
		return RC_CONFLICT;
	book(w, &e);
	return q_voucher_entry_insert(w->tx, &entry, 1);
}

enum rc voucher_reserve(struct work *w, uint64_t org, uint64_t payment, const struct parts_ask *ask, const struct parts *parts)
{
	struct q_payment_part_insert_in *rows = ARENA_ARRAY(w->cx->a, struct q_payment_part_insert_in, parts->n);

	for (size_t i = 0; i < parts->n; i++) {
		const struct part *p = &parts->part[i];
		const struct holding *h = &ask->holdings[p->holding];
		rows[i] = (struct q_payment_part_insert_in){ payment, ask->orders[p->order].id, h->id, p->amount, p->held };
		TRY(voucher_move(w, (struct voucher_event){ VOUCHER_EV_RESERVE, h->id, org, h->kind, p->held, rows[i].order, payment }));
	}
	return parts->n ? q_payment_part_insert(w->tx, rows, parts->n) : RC_OK;
}

enum rc voucher_release(struct work *w, uint64_t payment)
{
	struct q_payment_part_list *rows;
	size_t n;

	TRY(q_payment_part_list(tx_db(w->tx), w->cx->a, &(struct q_payment_part_list_in){ .payment = payment }, &rows, &n));
	for (size_t i = 0; i < n; i++)
		TRY(voucher_move(w, (struct voucher_event){ VOUCHER_EV_RELEASE, rows[i].voucher_id, rows[i].org_id, rows[i].kind, rows[i].held, rows[i].order_id, payment }));
	return RC_OK;
}

enum rc voucher_use(struct work *w, uint64_t payment, const struct q_payment_part_list *rows, size_t n)
{
	for (const struct q_payment_part_list *r = rows; r < rows + n; r++) {
		struct voucher_event e = { VOUCHER_EV_USE, r->voucher_id, r->org_id, r->kind, r->amount, r->order_id, payment };
		TRY(voucher_move(w, e));
		e.kind = VOUCHER_EV_FORFEIT;
		e.amount = money_sub(r->held, r->amount);
		TRY(voucher_move(w, e));
	}
	return RC_OK;
}

struct expiring { uint64_t org, id; };

static enum rc expire(struct work *w, void *arg)
{
	const struct expiring *x = arg;
	struct q_voucher_lock *v;
	struct q_voucher_lock_in in = { .org = x->org, .ids = arena_printf(w->cx->a, "[%llu]", (unsigned long long)x->id) };
	size_t n;

	TRY(q_voucher_lock(w->tx, w->cx->a, &in, &v, &n));
	if (!n || !v->available.fen || v->valid_to.us > w->cx->now.us)
		return RC_NOT_FOUND;
	work_audit(w, (struct event){ .kind = OBJECT_ORGANISATION, .object = x->org, .org = x->org, .name = "voucher_expire" });
	return voucher_move(w, (struct voucher_event){ .kind = VOUCHER_EV_EXPIRE, .voucher = x->id, .org = x->org, .of = v->kind, .amount = v->available });
}

enum rc voucher_expire(struct cx *cx, uint64_t org, uint64_t id)
{
	return work_do(cx, expire, &(struct expiring){ org, id }, NULL);
}
