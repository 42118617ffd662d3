#include "channel/wechat_bill.h"

#include "base/str.h"
#include "base/time.h"
#include "channel/wechat_call.h"
#include "channel/wechat_field.h"
#include "http/http.h"

enum { LINE_BYTES = 16 << 10, COLUMNS_MAX = 64, BILL_MAX = 1 << 30, TIMEOUTS = 12 };

/* Columns that mean something here.  Those with a sum are amounts in yuan; `total` is its name among the sums. */
#define COLUMNS(C)                                      \
	C(TIME,      "交易时间",     NULL)              \
	C(MERCHANT,  "商户号",       NULL)              \
	C(TRANSACTION, "微信订单号", NULL)              \
	C(NUMBER,    "商户订单号",   NULL)              \
	C(STATE,     "交易状态",     NULL)              \
	C(CURRENCY,  "货币种类",     NULL)              \
	C(REFUND_ID, "微信退款单号", NULL)              \
	C(REFUND_NUMBER, "商户退款单号", NULL)          \
	C(REFUND_STATE, "退款状态",  NULL)              \
	C(SETTLED,   "应结订单金额", "应结订单总金额")  \
	C(OLD_TOTAL, "总金额",       "总交易额")        \
	C(ORDERED,   "订单金额",     "订单总金额")      \
	C(REFUNDED,  "退款金额",     "退款总金额")      \
	C(COUPONS,   "充值券退款金额", "充值券退款总金额") \
	C(ASKED,     "申请退款金额", "申请退款总金额")  \
	C(FEE,       "手续费",       "手续费总金额")
enum column {
#define C(n, name, total) COLUMN_##n,
	COLUMNS(C)
#undef C
	COLUMN_N
};
static const struct { const char *name, *total; } columns[] = {
#define C(n, name, total) { name, total },
	COLUMNS(C)
#undef C
};
#define COUNT "总交易单数"

enum place { AT_HEAD, AT_ROWS, AT_SUMS, AT_END, AT_REFUSAL };

struct wechat_bill {
	const struct wechat_conf *conf;
	struct arena *a;
	channel_line_fn *line;
	void *ctx;
	char day[TIME_TEXT];
	enum place place;
	enum rc rc;
	const char *why;
	char text[LINE_BYTES];		/* the line at hand */
	size_t n;
	/* where the value of a column stands; 0: the bill has no such column, else its place + 1 */
	size_t at[COLUMN_N], width;
	const char *value[COLUMNS_MAX];
	/* of the rows so far, in hundred-thousandths of a yuan */
	int64_t sum[COLUMN_N], rows;
	const char *sums[COLUMNS_MAX];
	size_t sums_n;
};

static bool refuse(struct wechat_bill *b, const char *why)
{
	if (b->rc == RC_OK) {
		b->rc = RC_MALFORMED;
		b->why = why;
	}
	return false;
}

/* ---- values ---- */

/* Yuan with at most five decimals, exactly: 0.00600 is 600. */
static bool yuan_read(const char *s, int64_t *v)
{
	bool minus = *s == '-';
	const char *whole = s + minus, *point = strchr(whole, '.');
	size_t n = point ? (size_t)(point - whole) : strlen(whole), places = point ? strlen(point + 1) : 0;
	char digits[24];

	if (!n || n > 11 || (n > 1 && *whole == '0') || (point && (!places || places > 5)))
		return false;
	memcpy(digits, whole, n);
	memset(digits + n, '0', 5);
	memcpy(digits + n, point ? point + 1 : "", places);
	digits[n + 5] = '\0';
	if (!str_all(digits, "0123456789") || !str_i64(digits, v))
		return false;
	*v = minus ? -*v : *v;
	return true;
}

enum { FEN = 1000 };	/* of the units above */

static const char *value(const struct wechat_bill *b, enum column c) { return b->at[c] ? b->value[b->at[c] - 1] : ""; }

/* Values of a line, each behind a backtick; a comma alone does not part them, so that goods may have one in their name. */
static size_t values_of(char *s, const char **to)
{
	size_t n = 0;

	if (*s++ != '`')
		return 0;
	for (char *next; n < COLUMNS_MAX; s = next + 2) {
		to[n++] = s;
		next = strstr(s, ",`");
		if (!next)
			return n;
		*next = '\0';
	}
	return 0;
}

static size_t names_of(char *s, const char **to)
{
	size_t n = 0;

	for (char *name; (name = strsep(&s, ",")); ) {
		if (n == COLUMNS_MAX)
			return 0;
		to[n++] = name;
	}
	return n;
}

/* ---- lines ---- */

static bool has_amounts(const struct wechat_bill *b)
{
	return (b->at[COLUMN_ORDERED] || b->at[COLUMN_SETTLED] || b->at[COLUMN_OLD_TOTAL]) && (b->at[COLUMN_ASKED] || b->at[COLUMN_REFUNDED]) &&
	       b->at[COLUMN_FEE];
}

static bool head(struct wechat_bill *b, char *s)
{
	const char *name[COLUMNS_MAX];

	b->width = names_of(s, name);
	for (size_t i = 0; i < b->width; i++)
		for (int c = 0; c < COLUMN_N; c++)
			if (str_eq(name[i], columns[c].name)) {
				if (b->at[c])
					return refuse(b, "a column stands twice in the head");
				b->at[c] = i + 1;
			}
	for (int c = 0; c <= COLUMN_REFUND_NUMBER; c++)
		if (!b->at[c])
			return refuse(b, "a column is missing in the head");
	b->place = AT_ROWS;
	return has_amounts(b) || refuse(b, "the head has no amounts");
}

static bool add_up(struct wechat_bill *b)
{
	int64_t v;

	for (int c = 0; c < COLUMN_N; c++) {
		if (!b->at[c] || !columns[c].total)
			continue;
		if (!yuan_read(value(b, (enum column)c), &v) || __builtin_add_overflow(b->sum[c], v, &b->sum[c]))
			return refuse(b, "an amount is no amount");
	}
	b->rows++;
	return true;
}

static bool amounts_of(const struct wechat_bill *b, struct channel_line *l)
{
	enum column c = !l->refund ? b->at[COLUMN_ORDERED] ? COLUMN_ORDERED : b->at[COLUMN_OLD_TOTAL] ? COLUMN_OLD_TOTAL : COLUMN_SETTLED :
		b->at[COLUMN_ASKED] ? COLUMN_ASKED : COLUMN_REFUNDED;
	int64_t amount, fee;

	if (!yuan_read(value(b, c), &amount) || !yuan_read(value(b, COLUMN_FEE), &fee))
		return false;
	fee = l->refund ? -fee : fee;
	l->amount = fen(amount / FEN);
	l->fee = fen((fee + FEN / 2) / FEN);
	return amount > 0 && amount % FEN == 0 && fee >= 0;
}

static bool number_fits(const char *s) { return strlen(s) <= 64 && !str_control(s, false); }

/* A refund that was refused there brought nothing back: it counts among the sums and is no line. */
static bool give(struct wechat_bill *b, const struct channel_line *l)
{
	if (l->refund && str_eq(value(b, COLUMN_REFUND_STATE), "FAIL"))
		return true;
	b->rc = b->line(b->ctx, l);
	b->why = "the line was not taken";
	return b->rc == RC_OK;
}

static bool row(struct wechat_bill *b, char *s)
{
	struct channel_line l = { 0 };

	if (values_of(s, b->value) != b->width)
		return refuse(b, "a line has not as many values as the head");
	const char *state = value(b, COLUMN_STATE), *time = value(b, COLUMN_TIME);
	l.refund = str_eq(state, "REFUND") || str_eq(state, "REVOKED");
	if (!l.refund && !str_eq(state, "SUCCESS"))
		return refuse(b, "a line of an unknown state");
	l.transaction_id = value(b, l.refund ? COLUMN_REFUND_ID : COLUMN_TRANSACTION);
	l.number = value(b, l.refund ? COLUMN_REFUND_NUMBER : COLUMN_NUMBER);
	if (!str_eq(value(b, COLUMN_MERCHANT), b->conf->mch_id))
		return refuse(b, "a line of another merchant");
	if (!str_eq(value(b, COLUMN_CURRENCY), "CNY"))
		return refuse(b, "a line in another currency");
	if (strncmp(time, b->day, strlen(b->day)) || !wechat_time_read(time, &l.at))
		return refuse(b, "a line of another day");
	if (!wechat_transaction_ok(l.transaction_id) || !number_fits(l.number))
		return refuse(b, "a line without a number");
	if (!amounts_of(b, &l))
		return refuse(b, "a line whose amount is none");
	return add_up(b) && give(b, &l);
}

static bool sums_head(struct wechat_bill *b, char *s)
{
	b->sums_n = names_of(arena_strdup(b->a, s), b->sums);
	b->place = AT_SUMS;
	return b->sums_n && str_eq(b->sums[0], COUNT) ? true : refuse(b, "the names of the sums are not known");
}

static bool sum_agrees(const struct wechat_bill *b, const char *name, const char *text, bool seen[COLUMN_N])
{
	int64_t v;

	if (str_eq(name, COUNT))
		return str_i64(text, &v) && v == b->rows;
	for (int c = 0; c < COLUMN_N; c++)
		if (columns[c].total && b->at[c] && str_eq(name, columns[c].total)) {
			seen[c] = true;
			return yuan_read(text, &v) && v == b->sum[c];
		}
	return true;
}

static bool sums(struct wechat_bill *b, char *s)
{
	bool seen[COLUMN_N] = { 0 };

	b->place = AT_END;
	if (values_of(s, b->value) != b->sums_n)
		return refuse(b, "the line of sums has not as many values as its names");
	for (size_t i = 0; i < b->sums_n; i++)
		if (!sum_agrees(b, b->sums[i], b->value[i], seen))
			return refuse(b, "a sum does not agree with the lines");
	for (int c = 0; c < COLUMN_N; c++)
		if (columns[c].total && b->at[c] && !seen[c])
			return refuse(b, "a sum is missing");
	return true;
}

static bool line(struct wechat_bill *b)
{
	char *s = b->text;

	s[b->n] = '\0';
	if (!str_utf8(s, b->n))
		return refuse(b, "not UTF-8");
	switch (b->place) {
	case AT_HEAD: return head(b, s);
	case AT_ROWS: return str_prefix(s, COUNT) ? sums_head(b, s) : row(b, s);
	case AT_SUMS: return sums(b, s);
	default:      return refuse(b, "something follows the sums");
	}
}

/* ---- bytes ---- */

/* The mark of UTF-8 may stand at the very beginning; what begins with < is a refusal, in XML. */
static bool begins(struct wechat_bill *b)
{
	static const char mark[] = "\xef\xbb\xbf";

	if (b->n == 1 && b->text[0] == '<')
		b->place = AT_REFUSAL;
	if (b->n == 3 && !memcmp(b->text, mark, 3))
		b->n = 0;
	return b->place == AT_REFUSAL;
}

static bool byte(struct wechat_bill *b, char c)
{
	if (b->n == LINE_BYTES - 1)
		return refuse(b, "a line is too long");
	b->text[b->n++] = c;
	if (b->place == AT_REFUSAL || (b->place == AT_HEAD && begins(b)) || c != '\n')
		return true;
	b->n--;
	if (!b->n || b->text[--b->n] != '\r')
		return refuse(b, "a line does not end with CRLF");
	bool going = line(b);
	b->n = 0;
	return going;
}

bool wechat_bill_piece(void *bill, const char *p, size_t n)
{
	struct wechat_bill *b = bill;

	for (size_t i = 0; i < n && b->rc == RC_OK; i++)
		if (!byte(b, p[i]))
			return false;
	return b->rc == RC_OK;
}

struct wechat_bill *wechat_bill_open(struct arena *a, const struct wechat_conf *c, struct date day, channel_line_fn *line_fn, void *ctx)
{
	struct wechat_bill *b = ARENA_NEW(a, struct wechat_bill);

	b->conf = c;
	b->a = a;
	b->line = line_fn;
	b->ctx = ctx;
	date_text(day, b->day);
	return b;
}

/* Not signed: a hint that there is none (yet), and no more. */
static enum rc refusal(struct wechat_bill *b, const char **why)
{
	struct xml_flat doc;

	if (xml_flat_read(b->a, b->text, b->n, "xml", &doc) != RC_OK) {
		*why = "neither a bill nor a refusal";
		return RC_MALFORMED;
	}
	const char *code = wechat_text(&doc, "error_code");
	*why = arena_printf(b->a, "%s %s", code, wechat_text(&doc, "return_msg"));
	return str_eq(code, "20002") ? RC_NOT_FOUND : RC_BUSY;
}

enum rc wechat_bill_close(struct wechat_bill *b, const char **why)
{
	if (b->rc == RC_OK && b->place == AT_REFUSAL)
		return refusal(b, why);
	if (b->rc == RC_OK && b->n)
		(void)line(b);
	if (b->rc == RC_OK && b->place != AT_END)
		(void)refuse(b, "it ends before its sums");
	*why = b->rc == RC_OK ? NULL : b->why;
	return b->rc;
}

/* ---- the call ---- */

enum rc wechat_bill_write(struct arena *a, const struct wechat_conf *c, struct date day, struct bytes *xml)
{
	struct wechat_request r = { .n = 0 };
	struct civil d = date_civil(day);

	wechat_put(&r, "bill_date", arena_printf(a, "%04d%02d%02d", d.year, d.month, d.day));
	wechat_put(&r, "bill_type", "ALL");
	return wechat_request_write(a, c, &r, xml);
}

enum rc wechat_bill(struct arena *a, const struct wechat_conf *c, struct date day, channel_line_fn *line_fn, void *ctx, const char **why)
{
	struct wechat_bill *b = wechat_bill_open(a, c, day, line_fn, ctx);
	struct http_answer got;
	struct http_call http = {
		.url = arena_printf(a, "%s/pay/downloadbill", c->gateway),
		.content_type = "text/xml; charset=utf-8",
		.ca_file = c->ca_file,
		.timeout_ms = TIMEOUTS * c->timeout_ms,
		.max_bytes = BILL_MAX,
		.allow_private = c->allow_private,
		.piece = wechat_bill_piece,
		.to = b,
	};

	TRY(wechat_bill_write(a, c, day, &http.body));
	enum rc rc = http_send(a, &http, &got);
	if (rc == RC_OK && got.status == 200)
		return wechat_bill_close(b, why);
	if (rc == RC_OK)
		*why = arena_printf(a, "HTTP status %d", got.status);
	else
		*why = b->rc == RC_OK ? got.why : b->why;
	return rc == RC_OK || b->rc == RC_OK ? RC_BUSY : b->rc;
}
