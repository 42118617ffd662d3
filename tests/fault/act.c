/* act CONFIG POOL: use cases without a web server, for the tests.  Reads one command a line, answers one line each: the
 * result code's name, then what the use case gave.  It connects as the pool's account, so that the grants are tested along.
 *	seal PRODUCT TOKEN			the token as product.webhook_secret holds it, in hex
 *	place ORG PERSON PLAN FEN KEY		an order, one month
 *	start ORG PERSON ORDER KEY		its payment by WeChat
 *	cancel ORG PERSON ORDER KEY
 *	expire NUMBER
 *	hear PAYMENT TRANSACTION FEN		the channel's word, its signature checked before
 *	ask PAYMENT				the question to the channel */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "app/order.h"
#include "app/payment.h"
#include "base/str.h"
#include "base/time.h"
#include "channel/wechat_channel.h"
#include "crypto/hash.h"
#include "crypto/seal.h"
#include "main/program.h"

enum { WORDS_MAX = 8, LINE_MAX_BYTES = 400 };

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

static enum rc start(struct call *c, const char **said)
{
	struct outcome out = { 0 };

	as_person(c, c->w[4], c->w[3]);
	enum rc rc = payment_start(c->cx, c->w[3], CHANNEL_WECHAT, &out);
	*said = rc == RC_OK ? out.location : "";
	return rc;
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

static const struct command {
	const char *name;
	size_t words;
	enum rc (*run)(struct call *c, const char **said);
} commands[] = {
	{ "seal", 3, seal },	 { "place", 6, place }, { "start", 5, start }, { "cancel", 5, cancel },
	{ "expire", 2, expire }, { "hear", 4, hear },	{ "ask", 2, ask },
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
	channel_register(CHANNEL_WECHAT, &channel_wechat);
	setvbuf(stdout, NULL, _IOLBF, 0);
	size_t mark = arena_mark(&p.a);
	while (fgets(line, sizeof line, stdin)) {
		arena_release(&p.a, mark);
		answer(&p, line);
	}
	program_close(&p);
	return 0;
}
