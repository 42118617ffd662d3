/* Payments that wait, and what is heard of them.
 *	notices CONFIG make N FILE               N orders with a payment under way; for each a line: number, transaction, fen, signed XML
 *	notices CONFIG bare|use N SECONDS FILE FROM    books those from line FROM on over N connections; prints how many, and seconds */
#include "notices.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "app/demo_rows.h"
#include "base/str.h"
#include "base/time.h"
#include "crypto/wxsign.h"
#include "db/admin.h"

enum { LINE = 4096, CONNECTIONS_MAX = 64, INDEX_FROM = 700000, AT_ORDER = 0, AT_PAYMENT = 4 };

static void must(enum rc rc, const char *what)
{
	if (rc != RC_OK) {
		fprintf(stderr, "notices: %s: %s\n", what, rc_info[rc].text);
		exit(1);
	}
}

/* -- making -------------------------------------------------------------------------------------------------------- */

struct making {
	struct cx *cx;
	struct demo_buyer *buyer;
	size_t buyers;
	struct demo_teller teller;
	struct demo_writer writer;
	FILE *to;
};

static void write_line(struct making *m, const char *number, const char *transaction, struct money amount)
{
	const struct config *c = m->cx->conf;
	char at[TIME_TEXT], sign[WXSIGN_SIZE];
	const char *fee = arena_printf(m->cx->a, "%lld", (long long)amount.fen);
	const struct pair f[] = {
		{ "appid", c->wechat_appid }, { "bank_type", "OTHERS" }, { "cash_fee", fee }, { "fee_type", "CNY" }, { "is_subscribe", "N" },
		{ "mch_id", c->wechat_mch_id }, { "nonce_str", transaction }, { "openid", "oUpF8uMuAJO_M2pxb1Q9zNjWeS6o" }, { "out_trade_no", number },
		{ "result_code", "SUCCESS" }, { "return_code", "SUCCESS" }, { "time_end", instant_compact(m->cx->now, at) }, { "total_fee", fee },
		{ "trade_type", "NATIVE" }, { "transaction_id", transaction },
	};
	size_t n = sizeof f / sizeof *f;

	fprintf(m->to, "%s\t%s\t%s\t<xml>", number, transaction, fee);
	for (size_t i = 0; i < n; i++)
		fprintf(m->to, "<%s><![CDATA[%s]]></%s>", f[i].name, f[i].value, f[i].name);
	fprintf(m->to, "<sign><![CDATA[%s]]></sign></xml>\n", wxsign(m->cx->a, WXSIGN_HMAC_SHA256, f, n, c->wechat_key, sign));
}

/* An order as the stories tell it, stopped at the moment of paying.  False: there is nothing to pay. */
static bool write_one(struct making *m, uint64_t i)
{
	struct demo_batch *b = m->writer.batch;
	struct demo_story s, told;

	demo_story(&m->teller, i, &told);
	if (!told.payable.fen)
		return false;
	s = (struct demo_story){
		.index = INDEX_FROM + i, .buyer = &m->buyer[i % m->buyers], .product = told.product, .plan = told.plan, .quantity = told.quantity,
		.duration = told.duration, .unit = told.unit, .price = told.price, .payable = told.payable, .kind = told.kind, .state = ORDER_TO_PAY,
		.placed = demo_time(instant_add(m->cx->now, -HOUR_US), INDEX_FROM + i), .deadline = instant_add(m->cx->now, DAY_US),
	};
	demo_write(&m->writer, &s);
	uint64_t order = demo_time_id(s.placed, s.index, AT_ORDER), payment = demo_time_id(s.placed, s.index, AT_PAYMENT);
	const char *number = arena_printf(m->cx->a, "PB%019llu", (unsigned long long)payment), *transaction = arena_printf(m->cx->a, "42%s", number + 2);
	*DEMO_ADD(b, payment) = (struct q_demo_payment_insert_in){
		.id = payment, .number = number, .org = s.buyer->id, .channel = CHANNEL_WECHAT, .state = PAYMENT_WAITING, .amount = s.payable,
		.sign_type = SIGN_HMAC_SHA256, .code_url = "", .created_at = s.placed, .deadline_at = s.deadline,
	};
	*DEMO_ADD(b, pays) = (struct q_demo_pays_insert_in){ payment, order, s.payable, fen(0) };
	write_line(m, number, transaction, s.payable);
	return true;
}

/* Those that `yunshi demo` made for their number; they have nobody who signs in. */
static void find_buyers(struct making *m)
{
	const char **ids;

	must(db_column(m->cx->db, m->cx->a, "SELECT id FROM org WHERE kind = 'buyer' AND name LIKE '示例采购单位%'", &ids, &m->buyers), "buyers");
	if (!m->buyers)
		must(RC_NOT_FOUND, "buyers: load more than 2000 orders first");
	m->buyer = ARENA_ARRAY(m->cx->a, struct demo_buyer, m->buyers);
	for (size_t i = 0; i < m->buyers; i++) {
		uint64_t id = strtoull(ids[i], NULL, 10);
		m->buyer[i] = (struct demo_buyer){ .id = id, .payer = id, .person_name = "", .discount_pm = PER_MILLE };
	}
}

static void make(struct program *p, uint64_t n, const char *file)
{
	struct cx *cx = &p->cx;
	struct demo_catalog *catalog = ARENA_NEW(cx->a, struct demo_catalog);
	struct making m = { .cx = cx, .to = fopen(file, "w") };

	if (!m.to)
		must(RC_NOT_FOUND, file);
	must(demo_catalog(cx, program_data(cx->a, "demo"), catalog), "products");
	find_buyers(&m);
	m.teller = (struct demo_teller){
		.catalog = catalog, .buyers = m.buyer, .buyers_n = m.buyers, .known_n = 1, .seed = (uint64_t)cx->now.us, .orders = 2 * n,
		.from = instant_add(cx->now, -30 * DAY_US), .now = cx->now, .order_hours = 24,
	};
	m.writer = (struct demo_writer){ .cx = cx, .batch = ARENA_NEW(cx->a, struct demo_batch), .now = cx->now };
	size_t mark = arena_mark(cx->a);
	for (uint64_t i = 0, made = 0; made < n; i++) {
		made += write_one(&m, i);
		if (demo_batch_full(m.writer.batch) || made == n) {
			must(demo_batch_send(cx, m.writer.batch), "orders");
			arena_release(cx->a, mark);
		}
	}
	fclose(m.to);
}

/* -- booking ------------------------------------------------------------------------------------------------------- */

static double seconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static bool next_line(FILE *f, char line[LINE], struct waiting *w)
{
	char *rest = line, *fee;

	if (!fgets(line, LINE, f))
		return false;
	line[strcspn(line, "\n")] = '\0';
	w->number = strsep(&rest, "\t");
	w->transaction = strsep(&rest, "\t");
	fee = strsep(&rest, "\t");
	w->amount = fen(strtoll(fee, NULL, 10));
	w->xml = rest;
	return rest != NULL;
}

/* One connection: every n-th line from the from-th on, until the time is over.  Gives how many. */
static long book(const char *config, notice_fn *fn, long k, long n, double until, const char *file, long from)
{
	char line[LINE];
	struct waiting w;
	struct program p;
	long done = 0;
	FILE *f = fopen(file, "r");

	if (!f || !program_open(&p, config, "callback"))
		exit(1);
	size_t mark = arena_mark(&p.a);
	for (long i = 0; seconds() < until && next_line(f, line, &w); i++) {
		if (i < from || (i - from) % n != k)
			continue;
		program_now(&p);
		must(fn(&p.cx, &w), "booking");
		arena_release(&p.a, mark);
		done++;
	}
	fclose(f);
	program_close(&p);
	return done;
}

static void book_all(const char *config, notice_fn *fn, long n, double for_s, const char *file, long from)
{
	long *done = mmap(NULL, CONNECTIONS_MAX * sizeof *done, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0), all = 0, most = 0;
	double begun = seconds();

	for (long k = 0; k < n; k++)
		if (!fork()) {
			done[k] = book(config, fn, k, n, begun + for_s, file, from);
			exit(0);
		}
	while (wait(NULL) > 0)
		;
	for (long k = 0; k < n; k++) {
		all += done[k];
		most = done[k] > most ? done[k] : most;
	}
	printf("%ld %.3f %ld\n", all, seconds() - begun, from + most * n);
}

int main(int argc, char **argv)
{
	struct program p;

	if (argc == 5 && str_eq(argv[2], "make")) {
		if (!program_open(&p, argv[1], "admin"))
			return 1;
		make(&p, strtoull(argv[3], NULL, 10), argv[4]);
		program_close(&p);
		return 0;
	}
	if (argc != 7)
		return fputs("usage: notices CONFIG make N FILE | bare|use CONNECTIONS SECONDS FILE FROM\n", stderr), 2;
	book_all(argv[1], str_eq(argv[2], "bare") ? notice_bare : notice_use, strtol(argv[3], NULL, 10), strtod(argv[4], NULL), argv[5], strtol(argv[6], NULL, 10));
	return 0;
}
