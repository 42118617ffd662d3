/* The naive floor that the product's own pages are measured against (doc/performance.md): "my orders" as one would write it by hand for
 * libfcgi and MariaDB, without a framework, templates, typed values, forms or a log.
 *	FLOOR_PASSWORD=… floor SOCKET WORKERS DATABASE_SOCKET USER naive|same
 * naive: four statements (session; person; 20 orders with their line and product; a count) on tables laid out as they come to mind,
 *        which tests/bench/run.mjs makes: bench_order and bench_line, primary key id.
 * same:  the two statements of the product's page, on the product's tables. */
#include <fcgiapp.h>
#include <mysql.h>
#include <openssl/sha.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <time.h>
#include <unistd.h>

enum { ROWS = 20, COLUMNS = 24, TEXT = 400, PAGE = 1 << 16, ZONE_S = 8 * 3600, TOKEN_MAX = 100 };

/* -- output -------------------------------------------------------------------------------------------------------- */

static char page[PAGE];
static size_t page_n;

static void put(const char *s)
{
	size_t n = strlen(s);

	if (n < PAGE - page_n) {
		memcpy(page + page_n, s, n);
		page_n += n;
	}
}

static void put_text(const char *s)
{
	for (; *s; s++)
		switch (*s) {
		case '&': put("&amp;"); break;
		case '<': put("&lt;"); break;
		case '>': put("&gt;"); break;
		case '"': put("&quot;"); break;
		default:
			if (page_n < PAGE)
				page[page_n++] = *s;
		}
}

static void put_num(long long v)
{
	char s[32];

	snprintf(s, sizeof s, "%lld", v);
	put(s);
}

static void put_yuan(long long fen)
{
	char s[32];

	snprintf(s, sizeof s, "%lld.%02lld", fen / 100, fen % 100);
	put(s);
}

static void put_time(const MYSQL_TIME *t)
{
	struct tm tm = { .tm_year = (int)t->year - 1900, .tm_mon = (int)t->month - 1, .tm_mday = (int)t->day, .tm_hour = (int)t->hour, .tm_min = (int)t->minute,
			 .tm_sec = (int)t->second };
	time_t at = timegm(&tm) + ZONE_S;
	char s[32];

	gmtime_r(&at, &tm);
	strftime(s, sizeof s, "%Y-%m-%d %H:%M:%S", &tm);
	put(s);
}

/* -- statements ---------------------------------------------------------------------------------------------------- */

struct statement {
	MYSQL_STMT *s;
	MYSQL_BIND in[4], out[COLUMNS];
	unsigned long len[COLUMNS], in_len[4];
	my_bool null[COLUMNS];
	char text[COLUMNS][TEXT];
	MYSQL_TIME time[COLUMNS];
	long long num[COLUMNS], in_num[4];
	unsigned columns, ins;
};

static void die(const char *what, const char *why)
{
	fprintf(stderr, "floor: %s: %s\n", what, why);
	exit(1);
}

/* kinds: one letter for each column: n number, t text, d time; in: n number, b bytes. */
static void prepare(MYSQL *c, struct statement *st, const char *sql, const char *in, const char *kinds, void *bytes, unsigned long bytes_n)
{
	st->s = mysql_stmt_init(c);
	if (!st->s || mysql_stmt_prepare(st->s, sql, strlen(sql)))
		die(sql, mysql_error(c));
	st->ins = (unsigned)strlen(in);
	for (unsigned i = 0; i < st->ins; i++)
		st->in[i] = in[i] == 'n' ? (MYSQL_BIND){ .buffer_type = MYSQL_TYPE_LONGLONG, .buffer = &st->in_num[i] }
					 : (MYSQL_BIND){ .buffer_type = MYSQL_TYPE_BLOB, .buffer = bytes, .buffer_length = bytes_n, .length = &st->in_len[i] };
	for (unsigned i = 0; i < st->ins; i++)
		st->in_len[i] = bytes_n;
	st->columns = (unsigned)strlen(kinds);
	for (unsigned i = 0; i < st->columns; i++) {
		st->out[i] = kinds[i] == 'n' ? (MYSQL_BIND){ .buffer_type = MYSQL_TYPE_LONGLONG, .buffer = &st->num[i] }
			   : kinds[i] == 'd' ? (MYSQL_BIND){ .buffer_type = MYSQL_TYPE_DATETIME, .buffer = &st->time[i] }
					     : (MYSQL_BIND){ .buffer_type = MYSQL_TYPE_STRING, .buffer = st->text[i], .buffer_length = TEXT - 1 };
		st->out[i].length = &st->len[i];
		st->out[i].is_null = &st->null[i];
	}
	if ((st->ins && mysql_stmt_bind_param(st->s, st->in)) || mysql_stmt_bind_result(st->s, st->out))
		die(sql, mysql_stmt_error(st->s));
}

static void run(struct statement *st)
{
	if (mysql_stmt_execute(st->s) || mysql_stmt_store_result(st->s))
		die("execute", mysql_stmt_error(st->s));
}

static bool fetch(struct statement *st)
{
	int end = mysql_stmt_fetch(st->s);

	if (end && end != MYSQL_DATA_TRUNCATED)
		return false;
	for (unsigned i = 0; i < st->columns; i++)
		st->text[i][st->null[i] || st->len[i] >= TEXT ? 0 : st->len[i]] = '\0';
	return true;
}

/* -- the page ------------------------------------------------------------------------------------------------------ */

static struct statement session, person, list, badge;
static unsigned char token_hash[SHA256_DIGEST_LENGTH];
static bool naive;

#define NAIVE_LIST \
	"SELECT o.id, o.number, o.state, p.name, o.plan_name, o.provider_name, o.unit, o.quantity, l.amount, o.payable, o.created_at, o.deadline_at" \
	" FROM bench_order o JOIN bench_line l ON l.order_id = o.id JOIN product p ON p.id = o.product_id" \
	" WHERE o.buyer_id = ? AND o.id < ? ORDER BY o.id DESC LIMIT 20"
#define SAME_SESSION \
	"SELECT s.id AS session_id, s.created_at, s.seen_at, s.expires_at, p.id AS person, p.name AS person_name, p.language," \
	" o.id AS org, o.kind AS org_kind, o.name AS org_name, o.freeze_kind, m.roles," \
	" c.to_confirm, c.in_review, c.to_pay, c.processing, c.refunding, c.completed, c.cancelled, c.resources" \
	" FROM session s JOIN person p ON p.id = s.person_id JOIN member m ON m.person_id = s.person_id AND m.org_id = s.org_id" \
	" JOIN org o ON o.id = s.org_id JOIN org_counter c ON c.org_id = s.org_id WHERE s.token_hash = ?"
#define SAME_LIST \
	"SELECT o.id, o.number, o.state, o.product_name, o.plan_name, o.provider_name, o.unit, o.quantity, o.list_total, o.payable, o.created_at, o.deadline_at," \
	" o.kind, o.duration, o.duration_unit FROM orders o" \
	" WHERE o.buyer_id = ? AND o.id >= ? AND o.id < ? AND o.hidden_at IS NULL ORDER BY o.id DESC LIMIT 21"
enum { TO_PAY = 14, PERSON_NAME = 5, ORG = 7, ORG_NAME = 9 };	/* columns of SAME_SESSION */

static void prepare_all(MYSQL *c)
{
	if (naive) {
		prepare(c, &session, "SELECT person_id, org_id, expires_at FROM session WHERE token_hash = ?", "b", "nnd", token_hash, sizeof token_hash);
		prepare(c, &person, "SELECT p.name, o.name, m.roles FROM person p JOIN member m ON m.person_id = p.id JOIN org o ON o.id = m.org_id WHERE p.id = ? AND o.id = ?",
			"nn", "ttn", NULL, 0);
		prepare(c, &list, NAIVE_LIST, "nn", "ntttttt" "nnn" "dd", NULL, 0);
		prepare(c, &badge, "SELECT COUNT(*) FROM bench_order WHERE buyer_id = ? AND state = 'to_pay'", "n", "n", NULL, 0);
	} else {
		prepare(c, &session, SAME_SESSION, "b", "ndddntt" "nttt" "n" "nnnnnnnn", token_hash, sizeof token_hash);
		prepare(c, &list, SAME_LIST, "nnn", "ntttttt" "nnn" "dd" "tnt", NULL, 0);
	}
}

static void put_row(void)
{
	put("<tr class=\"order\"><td class=\"order-number\"><a class=\"no\" href=\"/console/orders/");
	put_text(list.text[1]);
	put("\">");
	put_text(list.text[1]);
	put("</a><time datetime=\"");
	put_time(&list.time[10]);
	put("\">");
	put_time(&list.time[10]);
	put("</time></td><td class=\"order-product\"><strong>");
	put_text(list.text[3]);
	put("</strong><span class=\"mute\">");
	put_text(list.text[4]);
	put("</span><span class=\"mute\">");
	put_text(list.text[5]);
	put("</span></td><td class=\"num\">");
	put_num(list.num[7]);
	put(" ");
	put_text(list.text[6]);
	put("</td><td class=\"num\">");
	put_yuan(list.num[8]);
	put("</td><td class=\"num\"><strong>");
	put_yuan(list.num[9]);
	put("</strong></td><td class=\"state\"><span class=\"dot dot-");
	put_text(list.text[2]);
	put("\"></span><span class=\"state-word\">");
	put_text(list.text[2]);
	put("</span>");
	if (!list.null[11]) {
		put("<span class=\"mute\">支付截止 <time>");
		put_time(&list.time[11]);
		put("</time></span>");
	}
	put("</td><td class=\"actions\"><ul class=\"links\"><li><a href=\"/console/orders/");
	put_text(list.text[1]);
	put("\">查看详情</a></li><li><a href=\"/console/orders/");
	put_text(list.text[1]);
	put("/pay\">支付</a></li><li><a href=\"/console/orders/");
	put_text(list.text[1]);
	put("/cancel\">取消订单</a></li></ul></td></tr>\n");
}

static void put_frame(const char *who, const char *org, long long to_pay)
{
	put("Content-Type: text/html; charset=utf-8\r\nCache-Control: no-store\r\n\r\n<!DOCTYPE html>\n<html lang=\"zh-CN\"><head><meta charset=\"utf-8\"><title>我的订单</title>"
	    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><link rel=\"stylesheet\" href=\"/static/console.css\"></head><body>"
	    "<a class=\"skip\" href=\"#main\">跳到正文</a><header class=\"top\"><a class=\"brand\" href=\"/\">云市场</a><nav aria-label=\"主导航\"><ul>"
	    "<li><a href=\"/products\">全部商品</a></li><li><a href=\"/console\" aria-current=\"page\">控制台</a></li></ul></nav><span class=\"who\">");
	put_text(who);
	put("</span><span class=\"org\">");
	put_text(org);
	put("</span></header><nav class=\"side\"><ul>");
	for (int i = 0; i < 14; i++)
		put("<li><a href=\"/console/orders\"><svg class=\"i\"><use href=\"/static/icons.svg#order\"/></svg>费用与订单</a></li>");
	put("<li><a href=\"/console/orders?state=to_pay\">待支付订单 <span class=\"badge\">");
	put_num(to_pay);
	put("</span></a></li></ul></nav><main id=\"main\"><h1>我的订单</h1><form class=\"filters\" method=\"get\"><label>订单号 <input name=\"q\"></label>"
	    "<label>创建时间 <select name=\"range\"><option value=\"half\">近六个月</option><option value=\"year\">今年</option></select></label>"
	    "<button>查询</button><a href=\"/console/orders\">重置</a></form><table class=\"list\"><thead><tr><th>订单号</th><th>商品</th><th>数量</th>"
	    "<th>原价</th><th>应付</th><th>状态</th><th>操作</th></tr></thead><tbody>\n");
}

static void answer_naive(void)
{
	run(&session);
	if (!fetch(&session))
		die("session", "not there");
	person.in_num[0] = session.num[0];
	person.in_num[1] = list.in_num[0] = badge.in_num[0] = session.num[1];
	mysql_stmt_free_result(session.s);
	run(&person);
	fetch(&person);
	run(&badge);
	fetch(&badge);
	put_frame(person.text[0], person.text[1], badge.num[0]);
	mysql_stmt_free_result(person.s);
	mysql_stmt_free_result(badge.s);
}

static void answer_same(void)
{
	run(&session);
	if (!fetch(&session))
		die("session", "not there");
	list.in_num[0] = session.num[ORG];
	list.in_num[2] = INT64_MAX;
	put_frame(session.text[PERSON_NAME], session.text[ORG_NAME], session.num[TO_PAY]);
	mysql_stmt_free_result(session.s);
}

static void answer(FCGX_Request *r)
{
	const char *cookie = FCGX_GetParam("HTTP_COOKIE", r->envp), *at = cookie ? strstr(cookie, "yunshi=") : NULL;
	char token[TOKEN_MAX] = "";

	if (at)
		snprintf(token, sizeof token, "%.*s", (int)strcspn(at + 7, ";"), at + 7);
	SHA256((unsigned char *)token, strlen(token), token_hash);
	page_n = 0;
	if (naive)
		answer_naive();
	else
		answer_same();
	list.in_num[1] = naive ? INT64_MAX : 1;
	run(&list);
	for (int i = 0; i < ROWS && fetch(&list); i++)
		put_row();
	mysql_stmt_free_result(list.s);
	put("</tbody></table><nav class=\"pager\"><a href=\"/console/orders?after=next\">下一页</a></nav></main></body></html>\n");
	FCGX_PutStr(page, (int)page_n, r->out);
}

static void serve(int listening, char **argv)
{
	MYSQL *c = mysql_init(NULL);
	FCGX_Request r;

	if (!c || !mysql_real_connect(c, NULL, argv[4], getenv("FLOOR_PASSWORD"), "yunshi", 0, argv[3], 0))
		die("connect", mysql_error(c));
	mysql_set_character_set(c, "utf8mb4");
	prepare_all(c);
	FCGX_InitRequest(&r, listening, 0);
	while (FCGX_Accept_r(&r) == 0) {
		answer(&r);
		FCGX_Finish_r(&r);
	}
}

int main(int argc, char **argv)
{
	if (argc != 6)
		die("usage", "floor SOCKET WORKERS DATABASE_SOCKET USER naive|same");
	naive = !strcmp(argv[5], "naive");
	FCGX_Init();
	int listening = FCGX_OpenSocket(argv[1], 100);
	if (listening < 0)
		die(argv[1], "cannot be opened");
	for (int i = 1; i < atoi(argv[2]); i++)
		if (!fork()) {
			prctl(PR_SET_PDEATHSIG, SIGTERM);	/* the first one's end is the end of all */
			break;
		}
	serve(listening, argv);
	return 0;
}
