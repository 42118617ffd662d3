#include "act_refund.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "app/refund.h"
#include "base/str.h"
#include "q_order.h"
#include "q_refund.h"

/* ---- the channel ---- */

static const char *folder;

static const char *path(struct arena *a, const char *name) { return arena_printf(a, "%s/%s", folder, name); }

static const char *get(struct arena *a, const char *name)
{
	char text[40] = "";
	FILE *f = fopen(path(a, name), "re");

	if (f) {
		text[fread(text, 1, sizeof text - 1, f)] = 0;
		fclose(f);
	}
	return f ? arena_strdup(a, text) : NULL;
}

static void put(struct arena *a, const char *name, const char *mode, const char *text)
{
	FILE *f = fopen(path(a, name), mode);

	if (!f || fputs(text, f) < 0 || fclose(f))
		exit(2);
}

static enum rc tell(struct cx *cx, const struct channel_refund *in, struct channel_refund_said *out)
{
	const char *how = get(cx->a, "how");

	how = how ? how : "";
	put(cx->a, "calls", "ae", arena_printf(cx->a, "tell %s %lld of %lld\n", in->number, (long long)in->amount.fen, (long long)in->total.fen));
	if (str_eq(how, "busy"))
		return RC_BUSY;
	if (str_eq(how, "refused")) {
		out->why = "USER_ACCOUNT_ABNORMAL";
		return RC_CONFLICT;
	}
	if (!get(cx->a, in->number))
		put(cx->a, in->number, "we", "pending");
	out->refund_id = arena_printf(cx->a, "50%s", in->number + 1);
	return str_eq(how, "lost") ? RC_BUSY : RC_OK;
}

static enum rc ask(struct cx *cx, const struct channel_refund *in, struct channel_refund_said *out)
{
	const char *how = get(cx->a, "how"), *state = get(cx->a, in->number);

	*out = (struct channel_refund_said){ .verdict = REFUND_SAYS_NOTHING, .number = in->number };
	put(cx->a, "calls", "ae", arena_printf(cx->a, "ask %s\n", in->number));
	if (how && str_eq(how, "silent"))
		return RC_OK;
	if (!state)
		out->verdict = REFUND_SAYS_NOT_THERE;
	else if (str_eq(state, "pending"))
		out->verdict = REFUND_SAYS_PENDING;
	else if (str_eq(state, "done"))
		*out = (struct channel_refund_said){ .verdict = REFUND_SAYS_DONE, .number = in->number, .refund_id = "50001", .amount = { in->amount.fen - (how && str_eq(how, "short")) }, .done_at = cx->now };
	else
		*out = (struct channel_refund_said){ .verdict = REFUND_SAYS_REFUSED, .number = in->number, .why = "REFUNDCLOSE" };
	return RC_OK;
}

const struct channel *act_refund_channel(const struct channel *c)
{
	static struct channel fake;

	folder = getenv("YUNSHI_ACT_REFUNDS");
	if (!folder)
		return c;
	fake = *c;
	fake.refund = tell;
	fake.query_refund = ask;
	return &fake;
}

/* ---- commands ---- */

static uint64_t word_number(const char *s)
{
	uint64_t v;

	if (!str_u64(s, &v))
		exit(2);
	return v;
}

struct giving { const char **w, **said; };

/* give_back BUYER ORDER,… FEN,… origin|balance|policy|no_vouchers */
static enum rc give_back(struct work *w, void *arg)
{
	struct giving *g = arg;
	struct order_now orders[REFUND_ORDERS_MAX];
	struct refund_order rows[REFUND_ORDERS_MAX];
	struct refund_ask ask = { .orders = rows, .by = ACTOR_SYSTEM, .why = "as asked" };
	char *numbers = arena_strdup(w->cx->a, g->w[2]), *amounts = arena_strdup(w->cx->a, g->w[3]), *n, *fen;

	ask.to = str_eq(g->w[4], "origin") ? REFUND_TO_ORIGIN : str_eq(g->w[4], "balance") ? REFUND_TO_BALANCE : 0;
	ask.no_vouchers = str_eq(g->w[4], "no_vouchers");
	while ((n = strsep(&numbers, ",")) && (fen = strsep(&amounts, ","))) {
		struct q_order_lock o;
		TRY(q_order_lock(w->tx, w->cx->a, &(struct q_order_lock_in){ .buyer = word_number(g->w[1]), .number = n }, &o));
		orders[ask.n] = ORDER_NOW(&o);
		rows[ask.n] = (struct refund_order){ .order = &orders[ask.n], .amount = { strtoll(fen, NULL, 10) } };
		ask.n++;
	}
	struct refund_begun begun;
	TRY(refund_begin(w, &ask, &begun));
	*g->said = begun.number;
	return RC_OK;
}

enum rc act_give_back(struct cx *cx, const char **w, const char **said) { return work_do(cx, give_back, &(struct giving){ w, said }, NULL); }

/* refund_go NUMBER: the job's next call, due now */
enum rc act_refund(struct cx *cx, const char **w, const char **said)
{
	struct q_refund_find f;

	*said = "";
	TRY(q_refund_find(cx->db, cx->a, &(struct q_refund_find_in){ .number = w[1] }, &f));
	TRY(refund_hint(cx, w[1]));
	cx->now.us++;
	return refund_go(cx, f.id);
}

/* refund_said NUMBER done|refused FEN */
enum rc act_refund_said(struct cx *cx, const char **w, const char **said)
{
	bool done = str_eq(w[2], "done");
	struct channel_refund_said word = {
		.verdict = done ? REFUND_SAYS_DONE : REFUND_SAYS_REFUSED, .number = w[1], .refund_id = "50002", .amount = { (int64_t)word_number(w[3]) },
		.done_at = cx->now, .why = done ? NULL : "CHANGE",
	};

	*said = "";
	return refund_heard(cx, &word);
}

/* send_back CASE BUYER|0 FEN; send_back PAYMENT BUYER FEN withdrawal */
static enum rc send_back(struct work *w, void *arg)
{
	struct giving *g = arg;
	bool withdrawal = str_eq(g->w[4], "withdrawal");
	struct refund_way way = {
		.cause = withdrawal ? REFUND_OF_WITHDRAWAL : REFUND_OF_CASE, .cause_id = word_number(g->w[1]), .payment = withdrawal ? word_number(g->w[1]) : 0,
		.org = word_number(g->w[2]), .amount = { strtoll(g->w[3], NULL, 10) }, .by = ACTOR_PERSON, .why = "sent back",
	};
	struct refund_sent sent;

	TRY(refund_out(w, &way, &sent));
	*g->said = sent.number;
	return RC_OK;
}

enum rc act_send_back(struct cx *cx, const char **w, const char **said) { return work_do(cx, send_back, &(struct giving){ w, said }, NULL); }
