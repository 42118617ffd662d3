/* base: money, time, text, ids, settings, escapers. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/config.h"
#include "base/csv.h"
#include "base/id.h"
#include "base/money.h"
#include "base/out.h"
#include "base/str.h"
#include "base/time.h"

static struct arena A;

static void money_reads(void **s)
{
	static const struct { const char *in; int64_t fen; } good[] = {
		{ "0", 0 }, { "12", 1200 }, { "12.3", 1230 }, { "12.30", 1230 }, { "0.01", 1 }, { "10000000000000", 1000000000000000 },
	};
	static const char *const bad[] = { "", "-1", "+1.5", ".5", "1.", "1.005", "1e3", " 1", "1 ", "1,000", "10000000000000.01", "99999999999999999999", "0x10", "１" };
	struct money m;

	(void)s;
	for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
		assert_true(money_parse(good[i].in, &m));
		assert_int_equal(m.fen, good[i].fen);
	}
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		assert_false(money_parse(bad[i], &m));
}

static void money_prints(void **s)
{
	char b[MONEY_TEXT];

	(void)s;
	assert_string_equal(money_text(fen(128000), true, b), "1,280.00");
	assert_string_equal(money_text(fen(-100000001), true, b), "-1,000,000.01");
	assert_string_equal(money_text(fen(100), false, b), "1.00");
	assert_string_equal(money_text(fen(7), true, b), "0.07");
	assert_string_equal(money_text(fen(MONEY_MAX), false, b), "10000000000000.00");
}

static void money_rounds(void **s)
{
	struct money m;

	(void)s;
	assert_true(money_ratio(fen(5), 1, 2, &m));
	assert_int_equal(m.fen, 3);
	assert_true(money_ratio(fen(-5), 1, 2, &m));
	assert_int_equal(m.fen, -3);
	assert_true(money_ratio(fen(100), 1, 3, &m));
	assert_int_equal(m.fen, 33);
	assert_true(money_ratio(fen(200), 1, 3, &m));
	assert_int_equal(m.fen, 67);
	assert_false(money_ratio(fen(MONEY_MAX), 2, 1, &m));
}

static void money_splits(void **s)
{
	(void)s;
	srand(7);
	for (int round = 0; round < 10000; round++) {
		int64_t w[30], sum = 0;
		struct money parts[30], total = fen(rand() % 1000000 - 300000);
		size_t n = 1 + (size_t)rand() % 30;
		for (size_t i = 0; i < n; i++)
			w[i] = rand() % 1000;
		w[0]++;
		money_split(total, w, n, parts);
		for (size_t i = 0; i < n; i++) {
			sum += parts[i].fen;
			assert_true(w[i] || parts[i].fen == 0);
		}
		assert_int_equal(sum, total.fen);
	}
}

static void civil_round_trip(void **s)
{
	char b[TIME_TEXT];
	struct date d;

	(void)s;
	assert_true(time_zone_set("Asia/Shanghai"));
	for (int32_t day = 1; day < 60000; day++) {
		struct civil c = date_civil((struct date){ day });
		assert_int_equal(date_make(c.year, c.month, c.day).days, day);
	}
	assert_string_equal(instant_text((struct instant){ 1700000000 * SECOND_US }, b), "2023-11-15 06:13:20");
	assert_string_equal(instant_rfc3339((struct instant){ 1700000000 * SECOND_US + 5 }, b), "2023-11-14T22:13:20.000005Z");
	assert_int_equal(date_of((struct instant){ 1700000000 * SECOND_US }).days, date_make(2023, 11, 15).days);
	assert_int_equal(date_begin(date_make(2023, 11, 15)).us, (1700000000 - 22400) * SECOND_US);
	assert_true(date_parse("2028-02-29", &d));
	assert_false(date_parse("2027-02-29", &d));
	assert_false(date_parse("2027-2-9", &d));
	assert_false(date_parse("2027-13-01", &d));
	assert_false(date_parse("2027-00-10", &d));
	assert_false(time_zone_set("Mars/Olympus"));
}

static void numbers_sort(void **s)
{
	struct instant t = { 1795236184123456 };
	const char *last = "";
	uint64_t id = 0;

	(void)s;
	for (int i = 0; i < 1000; i++) {
		const char *n = number_new(&A, t);
		assert_int_equal(strlen(n), NUMBER_LEN);
		assert_true(str_digits(n, NUMBER_LEN, NUMBER_LEN));
		assert_true(strcmp(n, last) > 0);
		last = n;
		uint64_t next = id_new(t);
		assert_true(next > id);
		assert_true(id_instant(next).us - t.us < 1000);
		id = next;
		t.us += 100;
	}
}

static void utf8_is_strict(void **s)
{
	static const char *const bad[] = { "\xc0\xaf", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\x80", "\xe4\xb8", "a\xff", "\xe0\x80\xaf", "\xf0\x80\x80\xaf" };

	(void)s;
	assert_true(str_utf8("云市场 é 𝄞", strlen("云市场 é 𝄞")));
	assert_false(str_utf8("a\0b", 3));
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		assert_false(str_utf8(bad[i], strlen(bad[i])));
	assert_int_equal(str_chars("云市场a"), 4);
	assert_string_equal(str_trim(&A, "  　 云 市\u00a0 "), "云 市");
	assert_string_equal(str_trim(&A, " 　"), "");
	assert_true(str_control("a\nb", false));
	assert_false(str_control("a\nb", true));
	assert_true(str_control("a\xc2\x85", true));
}

static void escapers(void **s)
{
	struct out o = { 0 };

	(void)s;
	out_text(&o, "<a b=\"c\">&'");
	out_lit(&o, "|");
	out_url(&o, "a b/云&");
	out_lit(&o, "|");
	out_href(&o, "javascript:alert(1)");
	out_href(&o, "//evil");
	out_href(&o, "/\\evil");
	out_href(&o, "/ok?a=1&b=2");
	out_lit(&o, "|");
	out_json(&o, "</script>\"\\\n云");
	out_lit(&o, "|");
	out_i64(&o, INT64_MIN);
	out_bytes(&o, "", 1);
	assert_string_equal(o.p, "&lt;a b=&quot;c&quot;&gt;&amp;&#39;|a%20b%2F%E4%BA%91%26|#refused#refused#refused/ok?a=1&amp;b=2|"
			    "\"\\u003c/script\\u003e\\\"\\\\\\u000a云\"|-9223372036854775808");
	out_free(&o);
}

static bool config_of(const char *text, mode_t mode, const char **why, struct config *c)
{
	char path[] = "/tmp/ys-conf-XXXXXX", secret[] = "/tmp/ys-secret-XXXXXX";
	int f = mkstemp(path), g = mkstemp(secret);

	const char *at = strstr(text, "%s");
	dprintf(f, "%.*s%s%s", at ? (int)(at - text) : (int)strlen(text), text, at ? secret : "", at ? at + 2 : "");
	dprintf(g, "s3cret\nmore\n");
	fchmod(g, mode);
	close(f);
	close(g);
	bool ok = config_read(&A, path, c, why);
	unlink(path);
	unlink(secret);
	return ok;
}

static void settings_are_checked(void **s)
{
	static const struct { const char *text, *says; } bad[] = {
		{ "[platform]\ncolour = red\n", ":2: platform.colour is not a setting" },
		{ "[database]\nport = 0\n", ":2: database.port is out of range" },
		{ "[database]\nport = x\n", ":2: database.port is not a whole number" },
		{ "[platform]\n\ndevelopment = maybe\n", ":3: platform.development is neither yes nor no" },
		{ "[wechat]\nkey = abc\n", ":2: wechat.key is a secret" },
		{ "[wechat]\nkey_file = /nonexistent\n", ":2: wechat.key names a file" },
		{ "rubbish\n", ":1: is neither" },
	};
	struct config c;
	const char *why;

	(void)s;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		assert_false(config_of(bad[i].text, 0600, &why, &c));
		if (!strstr(why, bad[i].says) && !strstr(why, "key_file"))
			fail_msg("%s", why);
	}
	assert_true(config_of("[wechat]\nkey_file = %s\n[platform]\nname = 云\n", 0400, &why, &c));
	assert_string_equal(c.wechat_key, "s3cret");
	assert_int_equal(c.platform_order_hours, 24);
	assert_false(config_of("[wechat]\nkey_file = %s\n", 0644, &why, &c));
	setenv("YUNSHI_DATABASE_PORT", "33", 1);
	assert_true(config_of("[database]\nport = 44\n", 0600, &why, &c));
	assert_int_equal(c.database_port, 33);
	setenv("YUNSHI_DATABASE_PORT", "-1", 1);
	assert_false(config_of("\n", 0600, &why, &c));
	unsetenv("YUNSHI_DATABASE_PORT");
}

static void tables_are_read(void **s)
{
	static const char text[] = "\xef\xbb\xbf" "a,b,c\r\n\r\n\"x, y\",\"say \"\"yes\"\"\",\"two\nlines\"\n1,,\n,\n\"open";
	static const struct { size_t line, n; const char *field[3]; } rows[] = {
		{ 1, 3, { "a", "b", "c" } }, { 3, 3, { "x, y", "say \"yes\"", "two\nlines" } }, { 5, 3, { "1", "", "" } }, { 6, 2, { "", "" } }, { 7, 1, { "open" } },
	};
	struct csv r = { .at = text };
	const char *field[3];

	(void)s;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		assert_int_equal(csv_row(&r, &A, field, 3), rows[i].n);
		assert_int_equal(r.line, rows[i].line);
		for (size_t f = 0; f < rows[i].n; f++)
			assert_string_equal(field[f], rows[i].field[f]);
	}
	assert_int_equal(csv_row(&r, &A, field, 3), 0);
	r = (struct csv){ .at = "1,2,3,4" };
	assert_int_equal(csv_row(&r, &A, field, 1), 4);
	assert_string_equal(field[0], "1");
}

static void tables_are_written(void **s)
{
	static const char *const texts[] = { "plain", "a,b", "say \"yes\"", "two\nlines", "", "云" };
	struct out o = { 0 };
	const char *field[6];

	(void)s;
	for (size_t i = 0; i < 6; i++)
		csv_field(&o, !i, texts[i]);
	csv_end(&o);
	csv_field(&o, true, "=1+1");
	out_bytes(&o, "", 1);
	struct csv r = { .at = o.p };
	assert_int_equal(csv_row(&r, &A, field, 6), 6);
	for (size_t i = 0; i < 6; i++)
		assert_string_equal(field[i], texts[i]);
	assert_int_equal(csv_row(&r, &A, field, 6), 1);
	assert_string_equal(field[0], "'=1+1");
	out_free(&o);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		{ "NUM-1 yuan text becomes exact fen or is refused", money_reads, NULL, NULL, NULL },
		{ "NUM-1 fen print with grouping and sign", money_prints, NULL, NULL, NULL },
		{ "NUM-2 a ratio rounds half away from zero, once", money_rounds, NULL, NULL, NULL },
		{ "NUM-2 parts of a split sum to the whole", money_splits, NULL, NULL, NULL },
		{ "NUM-3 civil time of the platform's zone and back", civil_round_trip, NULL, NULL, NULL },
		{ "ORD-3 numbers have 20 digits and sort by creation", numbers_sort, NULL, NULL, NULL },
		{ "text: UTF-8 is strict, blanks and controls are known", utf8_is_strict, NULL, NULL, NULL },
		{ "each escaper fits its place", escapers, NULL, NULL, NULL },
		{ "text: a table is read row by row, quoted or not, and says on which line", tables_are_read, NULL, NULL, NULL },
		{ "text: a table that was written is read as it was; no field is a formula", tables_are_written, NULL, NULL, NULL },
		{ "IFC-9 settings: unknown and bad ones are refused with file and line", settings_are_checked, NULL, NULL, NULL },
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	arena_init(&A, ARENA_CAP);
	return cmocka_run_group_tests_name("base", tests, NULL, NULL);
}
