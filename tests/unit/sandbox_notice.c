#include <stdio.h>
#include <unistd.h>

#include "channel/wechat_notice.h"
#include "channel/wechat_refund_notice.h"
#include "sandbox_unit.h"
#include "server.h"

static bool pay_told(struct arena *a, struct bytes body)
{
	struct wechat_notice n;

	return wechat_notice_read(a, &merchant, "text/xml", body, &n) == RC_OK && n.total.fen == 128000;
}

static bool refund_told(struct arena *a, struct bytes body)
{
	struct wechat_refund_notice n;

	return wechat_refund_notice_read(a, &merchant, "text/xml", body, &n) == RC_OK && n.state == WECHAT_REFUND_SUCCESS;
}

/* 1 ms for each real second. */
bool sandbox_merchant(int fd, const char *request)
{
	static struct arena a;
	struct out o = { 0 };
	const char *text = strstr(request, "\r\n\r\n") + 4;
	struct bytes body = { text, strlen(text) };

	if (!a.base)
		arena_init(&a, ARENA_CAP);
	bool good = strstr(request, "POST /refund") ? refund_told(&a, body) : pay_told(&a, body);
	if (strstr(request, "POST /slow"))
		usleep(300000);
	wechat_notice_answer(&o, good && !strstr(request, "POST /no"));
	dprintf(fd, "HTTP/1.1 200 OK\r\nContent-Length: %zu\r\n\r\n%.*s", o.n, (int)o.n, o.p);
	out_free(&o);
	return true;
}

static struct pay *paid(const char *path, enum pay_fault fault)
{
	struct pay *p =
		sandbox_order(arena_printf(&unit_arena, "http://127.0.0.1:%d%s", server_start(sandbox_merchant), path));

	assert_int_equal(pay_accept(&sandbox, p, fault), RC_OK);
	return p;
}

static void run_ms(int ms)
{
	for (int64_t end = sandbox_ms() + ms; sandbox_ms() < end;)
		(void)http_many_wait(sandbox.calls, -1, notice_start_due(&sandbox, 10));
}

/* How many were sent for a payment, and how many of them acknowledged. */
static int sent(const struct pay *p, int *heard)
{
	const struct notice_sent *s;
	int n = 0;

	*heard = 0;
	for (size_t i = 0; (s = notice_at(&sandbox.notices, i)); i++)
		if (!strcmp(s->number, p->number)) {
			n++;
			*heard += s->heard;
		}
	return n;
}

static void expect(const struct pay *p, int n, int heard)
{
	int h;

	assert_int_equal(sent(p, &h), n);
	assert_int_equal(h, heard);
	assert_int_equal(p->tell.heard, heard > 0);
}

TEST(notice_once, "WXP-5 a notification that is acknowledged comes once, and is one that the platform accepts")
{
	struct pay *p = paid("/yes", FAULT_none);

	run_ms(150);
	expect(p, 1, 1);
	assert_int_equal(p->tell.due_ms, 0);
	notice_again(&p->tell);
	run_ms(100);
	expect(p, 2, 2);
}

/* The i-th last one sent for a payment. */
static const struct notice_sent *last(const struct pay *p, int i)
{
	const struct notice_sent *s;

	for (size_t k = 0; (s = notice_at(&sandbox.notices, k)); k++)
		if (!strcmp(s->number, p->number) && !i--)
			return s;
	return NULL;
}

TEST(notice_schedule, "WXP-5 without SUCCESS it comes again after 15s, 15s, 30s, 3m, then 10m, divided by the speed")
{
	struct pay *p = paid("/no", FAULT_none);
	static const int pauses[] = { 180, 30, 15, 15 };	/* before the last, the one before it, … */
	int64_t begin = sandbox_ms();

	while (p->tell.attempts < 5 && sandbox_ms() < begin + 5000)
		run_ms(5);
	expect(p, 5, 0);
	for (int i = 0; i < 4; i++)
		assert_true(last(p, i)->at_ms >= last(p, i + 1)->at_ms + last(p, i + 1)->took_ms + pauses[i]);
	assert_int_equal(p->tell.due_ms, last(p, 0)->at_ms + last(p, 0)->took_ms + 600);
}

TEST(notice_gives_up, "WXP-5 after the last pause nothing more comes")
{
	struct pay *p = paid("/no", FAULT_none);

	for (int i = 0; i < 16; i++) {
		notice_again(&p->tell);
		run_ms(20);
	}
	assert_true(p->tell.attempts >= 16);
	assert_int_equal(p->tell.due_ms, 0);
}

TEST(notice_faults, "MON-10 lost, twice, wrong amount, wrong signature, late")
{
	struct pay *lost = paid("/yes", FAULT_lost), *twice = paid("/yes", FAULT_twice),
		   *late = paid("/yes", FAULT_late);
	struct pay *amount = paid("/yes", FAULT_amount), *sign = paid("/yes", FAULT_signature);
	int heard;

	run_ms(300);
	expect(lost, 0, 0);
	expect(twice, 2, 2);
	expect(late, 0, 0);
	assert_true(sent(amount, &heard) > 2 && !heard);
	assert_true(sent(sign, &heard) > 2 && !heard);
	run_ms(800);
	expect(late, 1, 1);
	amount->tell.due_ms = sign->tell.due_ms = 0;
}

TEST(notice_ten, "MON-10 ten notifications are under way at the same moment")
{
	struct pay *p = paid("/slow", FAULT_ten);
	int most = 0;

	for (int i = 0; i < 100 && !p->tell.heard; i++) {
		run_ms(10);
		most = p->tell.flying > most ? p->tell.flying : most;
	}
	assert_int_equal(most, 10);
	expect(p, 10, 10);
	assert_int_equal(p->tell.attempts, 1);
}

TEST(notice_order, "MON-10 out of order: the earlier payment is announced after the later one")
{
	struct pay *first = paid("/yes", FAULT_order), *second;

	run_ms(100);
	expect(first, 0, 0);
	second = paid("/yes", FAULT_none);
	run_ms(150);
	expect(first, 1, 1);
	expect(second, 1, 1);
	assert_string_equal(notice_at(&sandbox.notices, 0)->number, first->number);
}

TEST(notice_nobody, "WXP-5 nobody there is no answer")
{
	struct pay *p = sandbox_order("http://127.0.0.1:1/");

	assert_int_equal(pay_accept(&sandbox, p, FAULT_none), RC_OK);
	run_ms(30);
	int heard;
	assert_true(sent(p, &heard) >= 1 && !heard);
	p->tell.due_ms = 0;
}
