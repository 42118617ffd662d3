#include "app/order_batch.h"

#include "crypto/hash.h"
#include "q_order_list.h"

struct hiding { const char *number, *event; bool hidden; };

static enum rc hide(struct work *w, void *arg)
{
	const struct hiding *h = arg;
	uint64_t buyer = w->cx->actor.org, n;
	struct q_order_lock o;

	TRY(q_order_lock(w->tx, w->cx->a, &(struct q_order_lock_in){ .buyer = buyer, .number = h->number }, &o));
	if (!machine_final(&order_machine, (int)o.state))
		return RC_CONFLICT;
	TRY(q_order_list_hide(w->tx, &(struct q_order_list_hide_in){ .buyer = buyer, .id = o.id, .hidden = h->hidden }, &n));
	if (!n)
		return RC_CONFLICT;
	TRY(work_count_order(w, buyer, h->hidden ? o.state : 0, h->hidden ? 0 : o.state));
	work_audit(w, (struct event){ .kind = OBJECT_ORDER, .object = o.id, .org = buyer, .name = h->event });
	w->out.location = h->hidden ? "/console/orders" : arena_printf(w->cx->a, "/console/orders/%s", o.number);
	return RC_OK;
}

enum rc order_delete(struct cx *cx, const char *number, const char *why, struct outcome *out)
{
	(void)why;
	return work_do(cx, hide, &(struct hiding){ number, "hide", true }, out);
}

enum rc order_restore(struct cx *cx, const char *number, const char *why, struct outcome *out)
{
	(void)why;
	return work_do(cx, hide, &(struct hiding){ number, "restore", false }, out);
}

/* The key of one of them, made of the key of all. */
static const char *key_of(struct cx *cx, const char *key, const char *number)
{
	const char *text = arena_printf(cx->a, "%s %s", key, number);

	return hash_sha256_hex(text, strlen(text), arena_alloc(cx->a, 2 * SHA256_SIZE + 1));
}

enum rc order_each(struct cx *cx, const char *const *numbers, size_t n, order_deed *deed, const char *why)
{
	const char *key = cx->key;
	struct outcome out;
	enum rc rc = RC_OK;

	for (size_t i = 0; i < n && rc == RC_OK; i++) {
		cx->key = key ? key_of(cx, key, numbers[i]) : NULL;
		rc = deed(cx, numbers[i], why, &out);
		rc = rc == RC_CONFLICT || rc == RC_NOT_FOUND ? RC_OK : rc;
	}
	cx->key = key;
	return rc;
}
