#include "sandbox/page.h"

#include "base/str.h"
#include "base/time.h"
#include "sandbox/bill.h"
#include "sandbox/gateway.h"
#include "sandbox/sandbox.h"
#include "sandbox/show.h"
#include "tpl.h"

enum { SHOWN_MAX = 200, TIMES_MAX = 1000 };

static const uint16_t state_msg[PAY__MAX] = {
	[PAY_NOTPAY] = MSG_sandbox_state_notpay, [PAY_SUCCESS] = MSG_sandbox_state_success,
	[PAY_CLOSED] = MSG_sandbox_state_closed, [PAY_PAYERROR] = MSG_sandbox_state_payerror,
};
static const uint16_t provider_msg[PROVIDER_FAULT__MAX] = {
	[PROVIDER_FAULT_none] = MSG_sandbox_provider_none, [PROVIDER_FAULT_slow] = MSG_sandbox_provider_slow,
	[PROVIDER_FAULT_error] = MSG_sandbox_provider_error, [PROVIDER_FAULT_rubbish] = MSG_sandbox_provider_rubbish,
	[PROVIDER_FAULT_later] = MSG_sandbox_provider_later,
};

void page_problem(struct visit *v, enum rc rc)
{
	struct out *o = show_body(v, rc_info[rc].http);
	const struct view_problem m = { .title = msg_error(rc), .help = (enum msg)error_help_msg[rc] };

	if (v->json) {
		out_lit(o, "{\"code\":");
		out_json(o, rc_info[rc].name);
		out_lit(o, "}");
	} else {
		tpl_sandbox_problem(o, &m, show_frame(v, m.title));
	}
}

/* ---- payments ---- */

static const char *tone_of(enum pay_state s)
{
	return s == PAY_SUCCESS ? "ok" : s == PAY_NOTPAY ? "info" : s == PAY_PAYERROR ? "bad" : "";
}

static struct view_sandbox_pay pay_view(struct visit *v, const struct pay *p)
{
	return (struct view_sandbox_pay){
		.number = p->number,
		.subject = p->body,
		.total = { p->total },
		.state = pay_state_enum.names[p->state],
		.state_label = (enum msg)state_msg[p->state],
		.tone = tone_of(p->state),
		.open = pay_open(p),
		.scan_path = arena_printf(v->sb->a, "/scan/%s", p->token),
		.fault = p->tell.fault ? pay_fault_enum.names[p->tell.fault] : NULL,
		.fault_label = (enum msg)show_fault_msg[p->tell.fault],
		.attempts = p->tell.attempts,
		.heard = p->tell.heard,
		.created_at = p->created,
		.expires_at = p->expire,
		.paid_at = p->paid_at,
		.next_at = show_at(p->tell.due_ms),
		.transaction_id = *p->transaction_id ? p->transaction_id : NULL,
	};
}

/* At most the newest; `number` narrows it to one. */
void page_list(struct visit *v)
{
	struct view_sandbox_pay *waiting = ARENA_ARRAY(v->sb->a, struct view_sandbox_pay, SHOWN_MAX);
	struct view_sandbox_pay *others = ARENA_ARRAY(v->sb->a, struct view_sandbox_pay, SHOWN_MAX);
	struct view_sandbox_list m = { .waiting = waiting, .others = others };
	const char *number = input_text(&v->query, "number");
	const struct pay *p;

	for (size_t i = 0; (p = pay_at(&v->sb->pays, i)); i++) {
		if (*number && !str_eq(number, p->number))
			continue;
		if (pay_open(p) && m.waiting_n < SHOWN_MAX)
			waiting[m.waiting_n++] = pay_view(v, p);
		else if (!pay_open(p) && m.others_n < SHOWN_MAX)
			others[m.others_n++] = pay_view(v, p);
	}
	SHOW(v, list, payments, &m);
}

void page_scan(struct visit *v)
{
	const struct pay *p = pay_by_token(&v->sb->pays, v->name);

	if (!p) {
		page_problem(v, RC_NOT_FOUND);
		return;
	}
	const struct view_sandbox_pay payment = pay_view(v, p);
	const struct view_sandbox_scan m = {
		.payment = &payment,
		.pay_path = arena_printf(v->sb->a, "/scan/%s/pay", p->token),
		.refuse_path = arena_printf(v->sb->a, "/scan/%s/refuse", p->token),
		.again_path = arena_printf(v->sb->a, "/scan/%s/again", p->token),
		.fault = show_choice(v, "fault", MSG_sandbox_fault, MSG_sandbox_fault_hint, &pay_fault_enum, show_fault_msg,
				p->tell.fault ? (int)p->tell.fault : FAULT_none),
	};
	SHOW(v, scan, wallet, &m);
}

static void see_scan(struct visit *v, const struct pay *p, enum rc rc)
{
	if (rc == RC_OK)
		show_see(v, arena_printf(v->sb->a, "/scan/%s", p->token));
	else
		page_problem(v, rc);
}

/* The payment of the address, and the form that came with it. */
static struct pay *decided(struct visit *v, struct input *in)
{
	struct pay *p = pay_by_token(&v->sb->pays, v->name);
	enum rc rc = p ? input_body(v->sb->a, v->r, in) : RC_NOT_FOUND;

	if (rc == RC_OK)
		return p;
	page_problem(v, rc);
	return NULL;
}

void page_pay(struct visit *v)
{
	struct input in = { 0 };
	struct pay *p = decided(v, &in);
	const char *fault = input_text(&in, "fault");

	if (!p)
		return;
	if (*fault && !show_value(&pay_fault_enum, fault))
		page_problem(v, RC_INVALID);
	else
		see_scan(v, p,
			 pay_accept(v->sb, p, *fault ? (enum pay_fault)show_value(&pay_fault_enum, fault) : p->tell.fault));
}

void page_refuse(struct visit *v)
{
	struct input in = { 0 };
	struct pay *p = decided(v, &in);

	if (p)
		see_scan(v, p, pay_refuse(v->sb, p));
}

void page_again(struct visit *v)
{
	struct input in = { 0 };
	struct pay *p = decided(v, &in);

	if (p && p->state == PAY_SUCCESS)
		notice_again(&p->tell);
	if (p)
		see_scan(v, p, p->state == PAY_SUCCESS ? RC_OK : RC_CONFLICT);
}

void page_notices(struct visit *v)
{
	struct view_sandbox_sent *items = ARENA_ARRAY(v->sb->a, struct view_sandbox_sent, SHOWN_MAX);
	struct view_sandbox_notices m = { .items = items };
	const char *number = input_text(&v->query, "number");
	const struct notice_sent *s;

	for (size_t i = 0; m.items_n < SHOWN_MAX && (s = notice_at(&v->sb->notices, i)); i++)
		if (!*number || str_eq(number, s->number))
			items[m.items_n++] = (struct view_sandbox_sent){
				.number = s->number,
				.attempt = s->attempt,
				.copy = s->copy,
				.fault = pay_fault_enum.names[s->fault],
				.fault_label = (enum msg)show_fault_msg[s->fault],
				.at = show_at(s->at_ms),
				.took_ms = s->took_ms,
				.heard = s->heard,
				.said = s->said,
			};
	SHOW(v, notices, notices, &m);
}

/* ---- the sample provider ---- */

void page_provider(struct visit *v)
{
	const struct provider *p = &v->sb->provider;
	struct view_sandbox_call *items = ARENA_ARRAY(v->sb->a, struct view_sandbox_call, SHOWN_MAX);
	struct view_sandbox_provider m = {
		.fault_path = "/fault",
		.items = items,
		.name = show_field(v, "provider", MSG_sandbox_provider_name, MSG_sandbox_provider_name_hint, "text",
				   p->fault.provider),
		.fault = show_choice(v, "fault", MSG_sandbox_provider_fault, MSG_NONE, &provider_fault_enum, provider_msg,
				p->fault.times > 0 ? (int)p->fault.kind : PROVIDER_FAULT_none),
		.times = show_field(v, "times", MSG_sandbox_times, MSG_NONE, "number",
				    sandbox_number(v->sb, p->fault.times > 0 ? p->fault.times : 1)),
	};
	const struct provider_call *c;

	for (size_t i = 0; m.items_n < SHOWN_MAX && (c = provider_call_at(p, i)); i++)
		items[m.items_n++] = (struct view_sandbox_call){ .at = show_at(c->at_ms),
								 .provider = c->provider,
								 .action = c->action,
								 .event = c->event,
								 .verdict = c->verdict,
								 .tone = str_eq(c->verdict, "done") ? "ok" : "warn",
								 .body = c->body };
	SHOW(v, provider, provider, &m);
}

void page_app(struct visit *v)
{
	const struct instance *x = provider_instance(&v->sb->provider, v->name);

	if (!x) {
		page_problem(v, RC_NOT_FOUND);
		return;
	}
	const struct view_sandbox_app m = { .sign_id = x->sign_id,
					    .product = x->product,
					    .spec = x->spec,
					    .until = x->until,
					    .expired = x->expired,
					    .gone = x->gone,
					    .user = arena_printf(v->sb->a, "admin-%s", x->sign_id) };
	SHOW(v, app, app_top, &m);
}

static struct view_sandbox_letter letter_view(const struct letter *x)
{
	return (struct view_sandbox_letter){
		.at = show_at(x->at_ms), .by = x->by, .id = x->id, .to = x->to, .subject = x->subject, .text = x->text, .copies = x->copies,
		.mail = *x->subject, .again = x->copies > 1,
	};
}

void page_mail(struct visit *v)
{
	struct view_sandbox_letter *items = ARENA_ARRAY(v->sb->a, struct view_sandbox_letter, SHOWN_MAX);
	struct view_sandbox_mail m = { .items = items };
	const char *to = input_text(&v->query, "to");
	const struct letter *x;

	for (size_t i = 0; m.items_n < SHOWN_MAX && (x = letter_at(&v->sb->mailbox, i)); i++)
		if (!*to || str_eq(to, x->to))
			items[m.items_n++] = letter_view(x);
	m.to = to;
	SHOW(v, mail, mail, &m);
}

/* ---- faults ---- */

/* The value of an enum that this field names; 0: a wrong one. */
static int named(const struct input *in, const char *field, const struct enum_def *values) { return show_value(values, input_text(in, field)); }

static enum rc set_payment_fault(struct visit *v, const struct input *in)
{
	struct pay *p = pay_by_number(&v->sb->pays, input_text(in, "number"));
	int fault = named(in, "fault", &pay_fault_enum);

	if (!p || !fault)
		return p ? RC_INVALID : RC_NOT_FOUND;
	p->tell.fault = (enum pay_fault)fault;
	return RC_OK;
}

static enum rc set_refund_fault(struct visit *v, const struct input *in, int times)
{
	int plan = named(in, "refund", &refund_plan_enum), fault = named(in, "fault", &pay_fault_enum);

	if (!plan || (!fault && *input_text(in, "fault")))
		return RC_INVALID;
	refund_plan(&v->sb->refunds, (enum refund_plan)plan, (enum pay_fault)fault, times);
	return RC_OK;
}

static enum rc set_fault(struct visit *v, const struct input *in)
{
	int64_t times = input_number(in, "times", 1);
	int gateway = named(in, "gateway", &gateway_fault_enum), bill = named(in, "bill", &bill_fault_enum),
	    provider = named(in, "fault", &provider_fault_enum);

	if (times < 1 || times > TIMES_MAX)
		return RC_INVALID;
	if (*input_text(in, "number"))
		return set_payment_fault(v, in);
	if (*input_text(in, "refund"))
		return set_refund_fault(v, in, (int)times);
	if (gateway)
		gateway_fail((enum gateway_fault)gateway, input_text(in, "call"), (int)times);
	else if (bill)
		bill_fail((enum bill_fault)bill, (int)times);
	else if (!*input_text(in, "gateway") && !*input_text(in, "bill") && provider)
		provider_fail(&v->sb->provider, input_text(in, "provider"), (enum provider_fault)provider, (int)times);
	else
		return RC_INVALID;
	return RC_OK;
}

void page_fault(struct visit *v)
{
	struct input in = { 0 };
	enum rc rc = input_body(v->sb->a, v->r, &in);

	if (rc == RC_OK)
		rc = set_fault(v, &in);
	if (rc == RC_OK)
		show_see(v, *input_text(&in, "number") ? "/" : *input_text(&in, "refund") ? "/refunds" : "/provider");
	else
		page_problem(v, rc);
}
