#include "sandbox_unit.h"

static int status;

static const char *shown(void (*page)(struct visit *), const char *name, bool json, const char *form)
{
	struct answer ans = { 0 };
	struct bytes body = { form, strlen(form) };
	struct visit v = {
		.sb = sandbox_ready(),
		.r = sandbox_request(*form ? METHOD_POST : METHOD_GET, "application/x-www-form-urlencoded", body),
		.ans = &ans,
		.name = name,
		.lang = LANG_EN,
		.json = json,
	};

	page(&v);
	status = ans.status;
	const char *text = arena_dup(&unit_arena, ans.body.p, ans.body.n);
	out_free(&ans.head);
	out_free(&ans.body);
	return text;
}

static struct pay *new_payment(void) { return sandbox_order("http://127.0.0.1:1/"); }

TEST(page_waiting, "MON-10 a payment waits on the list until it is paid, with the way to its scan page")
{
	struct pay *p = new_payment();
	const char *link = arena_printf(&unit_arena, "href=\"/scan/%s\"", p->token);

	assert_non_null(strstr(shown(page_list, "", false, ""), link));
	assert_non_null(strstr(shown(page_list, "", true, ""), arena_printf(&unit_arena, "\"number\":\"%s\"", p->number)));
	const char *scan = shown(page_scan, p->token, false, "");
	assert_int_equal(status, 200);
	assert_non_null(strstr(scan, "¥1,280.00"));
	assert_non_null(strstr(scan, arena_printf(&unit_arena, "action=\"/scan/%s/pay\"", p->token)));
	assert_non_null(strstr(scan, arena_printf(&unit_arena, "action=\"/scan/%s/refuse\"", p->token)));
}

TEST(page_pays, "MON-10 the person pays with the fault that was chosen, once")
{
	struct pay *p = new_payment();

	shown(page_pay, p->token, false, "fault=lost");
	assert_int_equal(status, 303);
	assert_int_equal(p->state, PAY_SUCCESS);
	assert_int_equal(p->tell.fault, FAULT_lost);
	assert_null(strstr(shown(page_scan, p->token, false, ""), "/pay\""));
	shown(page_pay, p->token, true, "fault=lost");
	assert_int_equal(status, 409);
	shown(page_pay, "nobody", true, "fault=lost");
	assert_int_equal(status, 404);
	p = new_payment();
	shown(page_pay, p->token, true, "fault=strange");
	assert_int_equal(status, 422);
	shown(page_refuse, p->token, false, "x=1");
	assert_int_equal(p->state, PAY_PAYERROR);
}

TEST(page_faults, "MON-10 faults are chosen by a program too: for a payment before it is paid, for the gateway, for a provider")
{
	struct pay *p = new_payment();

	shown(page_fault, "", true, arena_printf(&unit_arena, "number=%s&fault=lost", p->number));
	assert_int_equal(status, 200);
	shown(page_pay, p->token, true, "x=1");
	assert_int_equal(p->tell.fault, FAULT_lost);
	shown(page_fault, "", true, "provider=demo&fault=error&times=3");
	assert_int_equal(sandbox.provider.fault.times, 3);
	shown(page_fault, "", true, "provider=demo&fault=none");
	assert_int_equal(sandbox.provider.fault.times, 0);
	shown(page_fault, "", true, "gateway=strange");
	assert_int_equal(status, 422);
	shown(page_fault, "", true, "number=P00000&fault=lost");
	assert_int_equal(status, 404);
	shown(page_fault, "", true, "provider=demo&fault=error&times=0");
	assert_int_equal(status, 422);
}

TEST(page_escapes, "MON-10 what a merchant calls his goods stays text on the page")
{
	struct pay *p = new_payment();

	PUT(p->body, "<script>alert(1)</script>");
	assert_non_null(strstr(shown(page_scan, p->token, false, ""), "&lt;script&gt;alert(1)&lt;/script&gt;"));
	assert_null(strstr(shown(page_list, "", true, ""), "<script>"));
}
