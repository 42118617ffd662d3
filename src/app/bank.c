#include "app/bank.h"

#include "base/time.h"
#include "domain/order.h"
#include "q_bank.h"

const char *bank_account(struct arena *a, const struct config *conf, enum bank_code bank)
{
	const char *code = enum_name(&bank_code_enum, (int)bank);
	size_t n = strlen(code);

	for (const char *s = conf->bank_accounts; *s; s += strcspn(s, ", "), s += strspn(s, ", "))
		if (n && !strncmp(s, code, n) && s[n] == '=')
			return arena_dup(a, s + n + 1, strcspn(s + n + 1, ", "));
	return NULL;
}

struct instant bank_deadline(const struct config *conf, struct instant deadline, struct instant first)
{
	struct instant end = instant_add(first.us ? first : deadline, conf->bank_pay_days * DAY_US);

	return end.us > deadline.us ? end : deadline;
}

static enum rc move(struct work *w, uint64_t buyer, uint64_t order, struct instant first, struct instant deadline)
{
	uint64_t n;

	return q_order_deadline(w->tx, &(struct q_order_deadline_in){ .buyer = buyer, .id = order, .first = first, .deadline = deadline }, &n);
}

enum rc bank_extend(struct work *w, const struct order_now *o, struct instant first)
{
	return move(w, o->buyer, o->id, first.us ? first : o->deadline, bank_deadline(w->cx->conf, o->deadline, first));
}

enum rc bank_extension_ends(struct work *w, uint64_t payment)
{
	struct instant fresh = order_deadline(ORDER_TO_PAY, w->cx->now, (int)w->cx->conf->platform_order_hours);
	struct q_order_extended *o;
	size_t n;

	TRY(q_order_extended(w->tx, w->cx->a, &(struct q_order_extended_in){ .payment = payment }, &o, &n));
	for (size_t i = 0; i < n; i++) {
		struct instant end = fresh.us < o[i].deadline_at.us ? fresh : o[i].deadline_at;
		TRY(move(w, o[i].buyer_id, o[i].id, o[i].first_deadline, end.us > o[i].first_deadline.us ? end : o[i].first_deadline));
	}
	return RC_OK;
}
