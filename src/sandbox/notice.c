#include "sandbox/notice.h"

#include <stdlib.h>

#include "base/beijing.h"
#include "base/str.h"
#include "base/time.h"
#include "crypto/token.h"
#include "crypto/wxcrypt.h"
#include "sandbox/sandbox.h"
#include "xml/flat.h"

enum { SECOND_MS = 1000, LATE_S = 900, ANSWER_MS = 5 * SECOND_MS, NONCE_BYTES = 16, COPIES = 10 };

/* Pauses between attempts (WXP-5), in seconds. */
static const int pauses[] = { 15, 15, 30, 180, 600, 1200, 1800, 1800, 1800, 3600, 10800, 10800, 10800, 21600, 21600 };
enum { PAUSES = sizeof pauses / sizeof *pauses };

const struct notice_sent *notice_at(const struct notices *ns, size_t i)
{
	return i < ns->n && i < NOTICES_MAX ? &ns->sent[(ns->n - 1 - i) % NOTICES_MAX] : NULL;
}

int64_t notice_first_due(const struct sandbox *sb, enum pay_fault fault, int64_t now_ms)
{
	switch (fault) {
	case FAULT_lost:  return 0;
	case FAULT_late:
	case FAULT_order: return now_ms + sandbox_scaled_ms(sb, LATE_S);
	default:	  return now_ms;
	}
}

int64_t notice_next_due(const struct sandbox *sb, int attempts, int64_t now_ms)
{
	return attempts <= PAUSES ? now_ms + sandbox_scaled_ms(sb, pauses[attempts - 1]) : 0;
}

void notice_again(struct telling *t) { t->due_ms = sandbox_ms(); }

/* ---- one notification ---- */

struct document { struct pair p[20]; size_t n; };

static void put(struct document *d, const char *name, const char *value)
{
	d->p[d->n++] = (struct pair){ name, value };
}

static struct bytes written(struct arena *a, const char *root, const struct document *d)
{
	struct out o = { 0 };

	xml_flat_write(&o, root, d->p, d->n);
	struct bytes b = { arena_dup(a, o.p, o.n), o.n };
	out_free(&o);
	return b;
}

static struct bytes pay_document(struct sandbox *sb, const struct pay *p)
{
	struct document d = { .n = 0 };
	struct arena *a = sb->a;
	const char *fee = sandbox_number(sb, p->total + (p->tell.fault == FAULT_amount));
	char *sign = arena_alloc(a, WXSIGN_SIZE);

	put(&d, "appid", sb->conf->wechat_appid);
	if (*p->attach)
		put(&d, "attach", p->attach);
	put(&d, "bank_type", "OTHERS");
	put(&d, "cash_fee", fee);
	put(&d, "fee_type", "CNY");
	put(&d, "is_subscribe", "N");
	put(&d, "mch_id", sb->conf->wechat_mch_id);
	put(&d, "nonce_str", token_hex(NONCE_BYTES, arena_alloc(a, 2 * NONCE_BYTES + 1)));
	put(&d, "openid", PAY_OPENID);
	put(&d, "out_trade_no", p->number);
	put(&d, "result_code", "SUCCESS");
	put(&d, "return_code", "SUCCESS");
	if (p->sign_type != WXSIGN_MD5)		/* the default needs no word */
		put(&d, "sign_type", wxsign_type_enum.names[p->sign_type]);
	put(&d, "time_end", beijing_text(p->paid_at, arena_alloc(a, BEIJING_SIZE)));
	put(&d, "total_fee", fee);
	put(&d, "trade_type", "NATIVE");
	put(&d, "transaction_id", p->transaction_id);
	wxsign(a, p->sign_type, d.p, d.n, sb->conf->wechat_key, sign);
	if (p->tell.fault == FAULT_signature)
		sign[0] = sign[0] == '0' ? '1' : '0';
	put(&d, "sign", sign);
	return written(a, "xml", &d);
}

/* Not signed; what counts is encrypted (WXP-8). */
static struct bytes refund_document(struct sandbox *sb, const struct refund *x)
{
	struct document in = { .n = 0 }, d = { .n = 0 };
	struct arena *a = sb->a;
	const char *key = x->tell.fault == FAULT_signature ? "00000000000000000000000000000000" : sb->conf->wechat_key;

	put(&in, "out_refund_no", x->number);
	put(&in, "out_trade_no", x->payment);
	put(&in, "refund_account", "REFUND_SOURCE_UNSETTLED_FUNDS");
	put(&in, "refund_fee", sandbox_number(sb, x->amount + (x->tell.fault == FAULT_amount)));
	put(&in, "refund_id", x->refund_id);
	put(&in, "refund_recv_accout", REFUND_TO);
	put(&in, "refund_request_source", "API");
	put(&in, "refund_status", refund_is_enum.names[x->state]);
	put(&in, "settlement_refund_fee", sandbox_number(sb, x->amount));
	put(&in, "settlement_total_fee", sandbox_number(sb, x->total));
	if (x->state == REFUND_IS_SUCCESS)
		put(&in, "success_time", refund_time(sb, x->done_at));
	put(&in, "total_fee", sandbox_number(sb, x->total));
	put(&in, "transaction_id", x->transaction_id);
	struct bytes inner = written(a, "root", &in);
	put(&d, "return_code", "SUCCESS");
	put(&d, "appid", sb->conf->wechat_appid);
	put(&d, "mch_id", sb->conf->wechat_mch_id);
	put(&d, "nonce_str", token_hex(NONCE_BYTES, arena_alloc(a, 2 * NONCE_BYTES + 1)));
	put(&d, "req_info", wxcrypt_close(a, key, inner.p, inner.n));
	return written(a, "xml", &d);
}

/* Of the payment or the refund of that number. */
static struct telling *telling_of(struct sandbox *sb, const char *number)
{
	struct pay *p = pay_by_number(&sb->pays, number);
	struct refund *x = p ? NULL : refund_by_number(&sb->refunds, number);

	return p ? &p->tell : x ? &x->tell : NULL;
}

static struct bytes document_of(struct sandbox *sb, const char *number)
{
	const struct pay *p = pay_by_number(&sb->pays, number);

	return p ? pay_document(sb, p) : refund_document(sb, refund_by_number(&sb->refunds, number));
}

/* ---- what came back ---- */

static bool acknowledged(struct sandbox *sb, enum rc rc, const struct http_answer *answer, const char **said)
{
	struct xml_flat doc;

	*said = answer->why;
	if (rc != RC_OK)
		return false;
	*said = arena_printf(sb->a, "HTTP %d", answer->status);
	if (answer->status != 200 || xml_flat_read(sb->a, answer->body, answer->n, "xml", &doc) != RC_OK)
		return false;
	const char *code = pair_value(doc.fields, doc.n, "return_code"),
		   *message = pair_value(doc.fields, doc.n, "return_msg");
	*said = arena_printf(sb->a, "%s %s", code ? code : "-", message ? message : "");
	return code && str_eq(code, "SUCCESS");
}

static void on_answer(void *user, enum rc rc, const struct http_answer *answer)
{
	struct notice_flying f = *(struct notice_flying *)user;
	struct sandbox *sb = f.sb;
	size_t mark = arena_mark(sb->a);
	struct telling *t = telling_of(sb, f.number);
	const char *said;
	bool heard = acknowledged(sb, rc, answer, &said);

	((struct notice_flying *)user)->sb = NULL;
	if (t) {
		t->flying--;
		t->flying_heard |= heard;
		HAPPEN(sb, "notice", f.number, sandbox_number(sb, f.attempt), sandbox_number(sb, f.copy),
		       sandbox_number(sb, f.at_ms), sandbox_number(sb, sandbox_ms() - f.at_ms), heard ? "1" : "0", said,
		       t->flying ? "" : t->flying_heard ? "heard" : "unheard");
	}
	arena_release(sb->a, mark);
}

/* ---- the schedule ---- */

static struct notice_flying *free_place(struct notices *ns)
{
	for (size_t i = 0; i < NOTICES_FLYING_MAX; i++)
		if (!ns->flying[i].sb)
			return &ns->flying[i];
	return NULL;
}

static void send_copy(struct sandbox *sb, struct telling *t, const char *number, int copy)
{
	struct notice_flying *f = free_place(&sb->notices);
	struct http_call call = { .url = t->url,
				  .content_type = "text/xml",
				  .timeout_ms = ANSWER_MS,
				  .max_bytes = XML_BODY_MAX,
				  .allow_private = sb->conf->platform_development };

	if (!f)
		return;
	*f = (struct notice_flying){ .sb = sb, .attempt = t->attempts + 1, .copy = copy, .at_ms = sandbox_ms() };
	PUT(f->number, number);
	call.body = document_of(sb, number);
	t->flying++;
	http_many_start(sb->calls, &call, on_answer, f);
}

static void attempt(struct sandbox *sb, struct telling *t, const char *number)
{
	size_t mark = arena_mark(sb->a);
	int copies = t->fault == FAULT_ten ? COPIES : 1;

	t->flying_heard = false;
	for (int i = 1; i <= copies; i++)
		send_copy(sb, t, number, i);
	/* with no place free for a single copy it stays due */
	if (t->flying)
		t->due_ms = 0;
	arena_release(sb->a, mark);
}

/* Starts it when it is due; *next: the earliest of those that are due later. */
static void attempt_due(struct sandbox *sb, struct telling *t, const char *number, int64_t now, int64_t *next)
{
	if (t->due_ms && t->due_ms <= now && !t->flying)
		attempt(sb, t, number);
	if (t->due_ms && t->due_ms < *next)
		*next = t->due_ms;
}

int notice_start_due(struct sandbox *sb, int most)
{
	int64_t now = sandbox_ms(), next = now + most;
	struct refund *x;
	struct pay *p;

	for (size_t i = 0; (p = pay_at(&sb->pays, i)); i++)
		attempt_due(sb, &p->tell, p->number, now, &next);
	for (size_t i = 0; (x = refund_at(&sb->refunds, i)); i++)
		attempt_due(sb, &x->tell, x->number, now, &next);
	return next > now ? (int)(next - now) : 1;
}

/* A payment whose notification was held back follows that of one that was paid later. */
static void release_held(struct sandbox *sb, const struct pay *after)
{
	struct pay *p;

	for (size_t i = 0; (p = pay_at(&sb->pays, i)); i++)
		if (p->tell.fault == FAULT_order && !p->tell.attempts && p->tell.due_ms && p->paid_at.us < after->paid_at.us)
			p->tell.due_ms = 1;
}

/* The attempt is over: when is the next? */
static void attempt_over(struct sandbox *sb, struct telling *t, bool heard, int64_t now_ms)
{
	t->attempts++;
	t->heard |= heard;
	if (heard)
		t->due_ms = t->fault == FAULT_twice && t->attempts == 1 ? now_ms : 0;
	else
		t->due_ms = notice_next_due(sb, t->attempts, now_ms);
}

void notice_apply(struct sandbox *sb, const char *const *t)
{
	struct notices *ns = &sb->notices;
	struct telling *of = telling_of(sb, t[0]);
	const struct pay *p = pay_by_number(&sb->pays, t[0]);
	struct notice_sent *s = &ns->sent[ns->n++ % NOTICES_MAX];

	*s = (struct notice_sent){ .attempt = atoi(t[1]),
				   .copy = atoi(t[2]),
				   .at_ms = atoll(t[3]),
				   .took_ms = atoll(t[4]),
				   .heard = *t[5] == '1',
				   .fault = of && of->fault ? of->fault : FAULT_none };
	PUT(s->number, t[0]);
	PUT(s->said, t[6]);
	if (of && *t[7])
		attempt_over(sb, of, str_eq(t[7], "heard"), s->at_ms + s->took_ms);
	if (p && *t[7])
		release_held(sb, p);
}
