/* act CONFIG POOL: use cases without a web server, for the tests.  Reads one command a line, answers one line each: the
 * result code's name, then what the use case gave.  It connects as the pool's account, so that the grants are tested along.
 *	seal PRODUCT TOKEN			the token as product.webhook_secret holds it, in hex
 *	place ORG PERSON PLAN FEN KEY [CLAIM]	an order, one month, with a coupon
 *	claim ORG PERSON COUPON KEY
 *	start ORG PERSON ORDER KEY		its payment by WeChat
 *	pay ORG PERSON ORDERS VOUCHERS CARDS CHANNEL KEY	several orders: lists with commas, "-" is none; a voucher is ORDER:ID
 *	issue ORG KIND YUAN MINIMUM SCOPE REUSABLE	a voucher or card: its id
 *	case PERSON EVENT CASE NTH		approve, reject or withdraw what was proposed about it
 *	voucher_end ORG VOUCHER			the job: its time is over
 *	cancel ORG PERSON ORDER KEY
 *	expire NUMBER
 *	hear PAYMENT TRANSACTION FEN		the channel's word, its signature checked before
 *	ask PAYMENT				the question to the channel
 *	refund PAYMENT NUMBER TOTAL FEN		said to WeChat: what the channel makes of it
 *	refund_query NUMBER
 *	statement DAYS				WeChat's of the day so many days ago: its lines
 *	give_back BUYER ORDERS FEN,… TO	a refund of several orders; TO: policy, origin, balance or no_vouchers
 *	refund_go NUMBER			the job: tells its channel, or asks
 *	refund_said NUMBER VERDICT FEN		what is known for sure: done or refused
 *	send_back ID ORG FEN WHAT		money of a case, or of a payment (WHAT: withdrawal)
 *	withdraw ORG PERSON FEN PAYEE KEY	its number
 *	withdraw_cancel ORG PERSON NUMBER KEY
 *	withdraw_decide ORG PERSON NUMBER KEY WHAT	approve or refuse
 *	payouts ORG PERSON NUMBERS KEY BANK	a file of them: its number
 *	payouts_decide ORG PERSON FILE KEY WHAT	approve or discard
 *	payouts_said ORG PERSON FILE KEY WHAT	the bank's answer about all of it: done or refused
 *	step ORG PERSON DELIVERY KEY EVENT	a step of a delivery
 *	alarm ID				the job: a delivery whose alarm has gone off
 *	appeal ORG PERSON DELIVERY KEY GROUND
 *	appeal_decide ORG PERSON APPEAL KEY DECISION	a part is one yuan
 *	product ORG PERSON EVENT PRODUCT VERSION KEY	approve, refuse, revise, withdraw, submit, discard, delist or relist it */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "act_delivery.h"
#include "act_payout.h"
#include "act_refund.h"
#include "app/case.h"
#include "app/coupon.h"
#include "app/order.h"
#include "app/payment.h"
#include "app/product.h"
#include "app/voucher_issue.h"
#include "base/str.h"
#include "base/time.h"
#include "channel/bank_channel.h"
#include "channel/payout_file.h"
#include "channel/wechat_channel.h"
#include "crypto/hash.h"
#include "crypto/seal.h"
#include "main/program.h"

enum { WORDS_MAX = 9, LINE_MAX_BYTES = 4000 };

struct call { struct cx *cx; const char **w; size_t n; };

static uint64_t number(const char *s)
{
	uint64_t v;

	if (!str_u64(s, &v))
		exit(2);
	return v;
}

static void as_person(struct call *c, const char *key, const char *what)
{
	c->cx->actor = (struct actor){
		.person = number(c->w[2]), .org = number(c->w[1]), .name = "buyer", .address = "192.0.2.1",
	};
	c->cx->key = key;
	hash_sha256(what, strlen(what), c->cx->body_hash);
}

static enum rc seal(struct call *c, const char **said)
{
	struct seal_key key;
	struct out hex = { 0 };

	TRY(seal_key_from(c->cx->conf->platform_secret, &key));
	const char *use = arena_printf(c->cx->a, "webhook_secret:%s", c->w[1]);
	struct bytes closed = seal_close(c->cx->a, &key, use, c->w[2], strlen(c->w[2]));
	for (size_t i = 0; i < closed.n; i++)
		out_printf(&hex, "%02x", ((const unsigned char *)closed.p)[i]);
	*said = arena_dup(c->cx->a, hex.p, hex.n);
	out_free(&hex);
	return RC_OK;
}

static enum rc place(struct call *c, const char **said)
{
	struct order_item item = {
		.choice = {
			.plan = number(c->w[3]), .quantity = 1, .duration = 1, .duration_unit = UNIT_MONTH, .options = "",
			.coupon = c->n > 6 ? number(c->w[6]) : 0,
		},
		.seen = { (int64_t)number(c->w[4]) }, .product_agreement = 1,
	};
	struct order_place_in in = { .items = &item, .items_n = 1, .contact = "", .memo = "", .agreed = true, .platform_agreement = 1 };
	struct order_placed placed = { 0 };
	struct outcome out;

	as_person(c, c->w[5], "place");
	enum rc rc = order_place(c->cx, &in, &placed, &out);
	*said = rc == RC_OK ? out.location : placed.error ? placed.error : "";
	return rc;
}

static enum rc claim(struct call *c, const char **said)
{
	const char *error = NULL;
	struct outcome out;

	as_person(c, c->w[4], c->w[3]);
	enum rc rc = coupon_claim(c->cx, number(c->w[3]), &error, &out);
	*said = rc == RC_OK ? out.body : error ? error : "";
	return rc;
}

static enum rc start(struct call *c, const char **said)
{
	struct payment_wish wish = { .orders = &c->w[3], .orders_n = 1, .channel = CHANNEL_WECHAT };
	struct payment_refusal why = { 0 };
	struct outcome out = { 0 };

	as_person(c, c->w[4], c->w[3]);
	enum rc rc = payment_start(c->cx, &wish, &why, &out);
	*said = rc == RC_OK ? out.location : why.error ? why.error : "";
	return rc;
}

/* A list with commas between. */
static size_t list(struct cx *cx, const char *text, const char **to, size_t max)
{
	size_t n = 0;

	for (char *s = arena_strdup(cx->a, text), *rest = s; n < max && (s = strtok_r(rest, ",", &rest)); )
		if (!str_eq(s, "-"))
			to[n++] = s;
	return n;
}

static enum rc pay(struct call *c, const char **said)
{
	const char *orders[PAY_ORDERS_MAX + 1], *vouchers[PAY_ORDERS_MAX], *cards[HOLDINGS_MAX];
	struct payment_voucher picks[PAY_ORDERS_MAX];
	uint64_t ids[HOLDINGS_MAX];
	struct payment_wish wish = { .orders = orders, .vouchers = picks, .cards = ids };
	struct payment_refusal why = { 0 };
	struct outcome out = { 0 };

	as_person(c, c->w[7], c->w[3]);
	wish.orders_n = list(c->cx, c->w[3], orders, PAY_ORDERS_MAX + 1);
	wish.vouchers_n = list(c->cx, c->w[4], vouchers, PAY_ORDERS_MAX);
	wish.cards_n = list(c->cx, c->w[5], cards, HOLDINGS_MAX);
	wish.channel = (enum payment_channel)enum_of(&payment_channel_enum, c->w[6], strlen(c->w[6]));
	for (size_t i = 0; i < wish.vouchers_n; i++)
		picks[i] = (struct payment_voucher){ strtok(arena_strdup(c->cx->a, vouchers[i]), ":"), number(strchr(vouchers[i], ':') + 1) };
	for (size_t i = 0; i < wish.cards_n; i++)
		ids[i] = number(cards[i]);
	enum rc rc = payment_start(c->cx, &wish, &why, &out);
	*said = rc == RC_OK ? out.location : why.error ? why.error : why.orders ? "orders" : "";
	return rc;
}

static const char *text(const char *word) { return str_eq(word, "-") ? "" : word; }

static enum rc issue(struct call *c, const char **said)
{
	struct voucher_batch *b = ARENA_NEW(c->cx->a, struct voucher_batch);
	char to[TIME_TEXT];

	date_text((struct date){ date_of(c->cx->now).days + 300 }, to);
	b->line[b->n++] = (struct voucher_line){ 1, VOUCHER_COLUMNS, { c->w[1], c->w[2], c->w[3], text(c->w[4]), text(c->w[5]), "", to, text(c->w[6]), "" } };
	TRY(voucher_check(c->cx, b));
	*said = b->bad_n ? b->bad->error : "";
	enum rc rc = voucher_issue(c->cx, b, NULL);
	if (rc == RC_OK)
		*said = arena_printf(c->cx->a, "%llu", (unsigned long long)b->row[0].id);
	return rc;
}

static enum rc decide_case(struct call *c, const char **said)
{
	uint64_t id = number(c->w[3]), nth = number(c->w[4]);
	const char *error = NULL;

	c->cx->actor = (struct actor){ .person = number(c->w[1]), .org = 1, .name = "finance", .address = "192.0.2.1" };
	enum rc rc = str_eq(c->w[2], "approve") ? case_approve(c->cx, id, nth, &error, NULL) :
		     str_eq(c->w[2], "reject") ? case_reject(c->cx, id, nth, "no", NULL) : case_withdraw(c->cx, id, nth, NULL);
	*said = error ? error : "";
	return rc;
}

static enum rc voucher_end(struct call *c, const char **said)
{
	*said = "";
	return voucher_expire(c->cx, number(c->w[1]), number(c->w[2]));
}

static enum rc cancel(struct call *c, const char **said)
{
	struct outcome out = { 0 };

	as_person(c, c->w[4], c->w[3]);
	enum rc rc = order_cancel(c->cx, c->w[3], "changed my mind", &out);
	*said = rc == RC_OK ? out.location : "";
	return rc;
}

static enum rc expire(struct call *c, const char **said)
{
	*said = "";
	return order_expire(c->cx, c->w[1]);
}

static enum rc product(struct call *c, const char **said)
{
	uint64_t id = number(c->w[4]), version = number(c->w[5]);
	struct doc_problems problems;
	struct outcome out = { .location = "" };
	const char *event = c->w[3];
	enum rc rc = RC_INVALID;

	as_person(c, c->w[6], event);
	if (str_eq(event, "approve"))
		rc = product_approve(c->cx, id, version, NULL, &out);
	else if (str_eq(event, "refuse"))
		rc = product_refuse(c->cx, id, version, "not yet", &out);
	else if (str_eq(event, "withdraw"))
		rc = product_withdraw(c->cx, id, version, &out);
	else if (str_eq(event, "revise"))
		rc = product_revise(c->cx, id, &out);
	else if (str_eq(event, "submit"))
		rc = product_submit(c->cx, id, version, &problems, &out);
	else if (str_eq(event, "discard"))
		rc = product_discard(c->cx, id, version, &out);
	else if (str_eq(event, "delist"))
		rc = product_delist(c->cx, id, "", &out);
	else if (str_eq(event, "relist"))
		rc = product_relist(c->cx, id, &out);
	*said = rc == RC_OK ? out.location : "";
	return rc;
}

static enum rc hear(struct call *c, const char **said)
{
	struct channel_said word = {
		.verdict = CHANNEL_SAYS_PAID, .channel = CHANNEL_WECHAT, .number = c->w[1], .transaction_id = c->w[2],
		.amount = { (int64_t)number(c->w[3]) },
		.paid_at = c->cx->now, .source = NOTICE_NOTIFICATION, .raw = { "<xml/>", 6 },
	};
	struct payment_result result = { 0 };
	enum rc rc = payment_heard(c->cx, &word, &result);

	*said = result.outcome ? notice_outcome_enum.names[result.outcome] : "";
	return rc;
}

static enum rc ask(struct call *c, const char **said)
{
	*said = "";
	return payment_ask(c->cx, c->w[1]);
}

static void tell_refund(struct call *c, const struct channel_refund_said *r, const char **said)
{
	static const char *const verdicts[] = { "-", "done", "pending", "refused", "not_there", "nothing" };

	*said = arena_printf(c->cx->a, "%s %lld %s", verdicts[r->verdict], (long long)r->amount.fen, r->why ? r->why : "-");
}

static enum rc refund(struct call *c, const char **said)
{
	struct channel_refund in = {
		.payment_number = c->w[1], .number = c->w[2], .total = { (int64_t)number(c->w[3]) }, .amount = { (int64_t)number(c->w[4]) }, .reason = "测试",
		.now = c->cx->now,
	};
	struct channel_refund_said r = { 0 };
	enum rc rc = channel_wechat.refund(c->cx, &in, &r);

	tell_refund(c, &r, said);
	return rc;
}

static enum rc refund_query(struct call *c, const char **said)
{
	struct channel_refund_said r = { 0 };
	enum rc rc = channel_wechat.query_refund(c->cx, &(struct channel_refund){ .number = c->w[1], .now = c->cx->now }, &r);

	tell_refund(c, &r, said);
	return rc;
}

static enum rc one_line(void *ctx, const struct channel_line *l)
{
	out_printf(ctx, " %s%s:%lld:%lld", l->refund ? "-" : "", l->number, (long long)l->amount.fen, (long long)l->fee.fen);
	return RC_OK;
}

static enum rc statement(struct call *c, const char **said)
{
	struct out lines = { 0 };
	struct date day = { date_of(c->cx->now).days - (int32_t)number(c->w[1]) };
	enum rc rc = channel_wechat.statement(c->cx, day, one_line, &lines);

	*said = arena_dup(c->cx->a, lines.p, lines.n);
	out_free(&lines);
	return rc;
}
static enum rc give_back(struct call *c, const char **said) { return act_give_back(c->cx, c->w, said); }
static enum rc refund_go_now(struct call *c, const char **said) { return act_refund(c->cx, c->w, said); }
static enum rc refund_said(struct call *c, const char **said) { return act_refund_said(c->cx, c->w, said); }
static enum rc send_back(struct call *c, const char **said) { return act_send_back(c->cx, c->w, said); }

static enum rc withdraw(struct call *c, const char **said)
{
	as_person(c, c->w[5], c->w[3]);
	return act_withdraw(c->cx, c->w, said);
}

/* Those whose line is ORG PERSON WHAT KEY …. */
#define BY_PERSON(name) static enum rc name(struct call *c, const char **said) { as_person(c, c->w[4], c->w[3]); return act_##name(c->cx, c->w, said); }
BY_PERSON(withdraw_cancel)
BY_PERSON(withdraw_decide)
BY_PERSON(payouts)
BY_PERSON(payouts_decide)
BY_PERSON(payouts_said)
BY_PERSON(step)
BY_PERSON(appeal)
BY_PERSON(appeal_decide)
static enum rc alarm_now(struct call *c, const char **said) { return act_alarm(c->cx, c->w, said); }

static const struct command {
	const char *name;
	size_t words;
	enum rc (*run)(struct call *c, const char **said);
} commands[] = {
	{ "seal", 3, seal },	 { "place", 6, place }, { "place", 7, place }, { "claim", 5, claim }, { "start", 5, start }, { "pay", 8, pay },
	{ "issue", 7, issue },	 { "case", 5, decide_case }, { "voucher_end", 3, voucher_end }, { "cancel", 5, cancel },
	{ "expire", 2, expire }, { "hear", 4, hear },	{ "ask", 2, ask }, { "product", 7, product },
	{ "refund", 5, refund }, { "refund_query", 2, refund_query }, { "statement", 2, statement },
	{ "give_back", 5, give_back }, { "refund_go", 2, refund_go_now }, { "refund_said", 4, refund_said }, { "send_back", 5, send_back },
	{ "withdraw", 6, withdraw }, { "withdraw_cancel", 5, withdraw_cancel }, { "withdraw_decide", 6, withdraw_decide },
	{ "step", 6, step }, { "alarm", 2, alarm_now }, { "appeal", 6, appeal }, { "appeal_decide", 6, appeal_decide },
	{ "payouts", 6, payouts }, { "payouts_decide", 6, payouts_decide }, { "payouts_said", 6, payouts_said },
};

static void answer(struct program *p, char *line)
{
	const char *w[WORDS_MAX], *said = "";
	struct call c = { .cx = &p->cx, .w = w };
	char *rest = NULL;

	program_now(p);
	p->cx.actor = (struct actor){ .name = "system" };
	p->cx.key = NULL;
	for (char *word = strtok_r(line, " \n", &rest); word && c.n < WORDS_MAX; word = strtok_r(NULL, " \n", &rest))
		w[c.n++] = word;
	for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
		if (c.n == commands[i].words && str_eq(w[0], commands[i].name)) {
			enum rc rc = commands[i].run(&c, &said);
			printf("%s %s\n", rc_info[rc].name, said);
			return;
		}
	exit(2);
}

int main(int argc, char **argv)
{
	char line[LINE_MAX_BYTES];
	struct program p;

	if (argc != 3 || !program_open(&p, argv[1], argv[2]))
		return 2;
	channel_register(CHANNEL_WECHAT, act_refund_channel(&channel_wechat));
	if (*p.conf.bank_accounts)
		channel_register(CHANNEL_B2B, &channel_bank);
	payout_format_register(&payout_iso);
	setvbuf(stdout, NULL, _IOLBF, 0);
	size_t mark = arena_mark(&p.a);
	while (fgets(line, sizeof line, stdin)) {
		arena_release(&p.a, mark);
		answer(&p, line);
	}
	program_close(&p);
	return 0;
}
