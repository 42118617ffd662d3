#include "sandbox/page.h"

#include <stdio.h>

#include "base/str.h"
#include "base/time.h"
#include "sandbox/gateway.h"
#include "sandbox/sandbox.h"
#include "tpl.h"
#include "view/page.h"
#include "view/sandbox.h"

enum { SHOWN_MAX = 200, TIMES_MAX = 1000 };

static const uint16_t state_msg[PAY__MAX] = {
	[PAY_NOTPAY] = MSG_sandbox_state_notpay, [PAY_SUCCESS] = MSG_sandbox_state_success,
	[PAY_CLOSED] = MSG_sandbox_state_closed, [PAY_PAYERROR] = MSG_sandbox_state_payerror,
};
static const uint16_t fault_msg[FAULT__MAX] = {
	[FAULT_none] = MSG_sandbox_fault_none,           [FAULT_late] = MSG_sandbox_fault_late,
	[FAULT_twice] = MSG_sandbox_fault_twice,         [FAULT_ten] = MSG_sandbox_fault_ten,
	[FAULT_lost] = MSG_sandbox_fault_lost,           [FAULT_amount] = MSG_sandbox_fault_amount,
	[FAULT_signature] = MSG_sandbox_fault_signature, [FAULT_order] = MSG_sandbox_fault_order,
};
static const uint16_t provider_msg[PROVIDER_FAULT__MAX] = {
	[PROVIDER_FAULT_none] = MSG_sandbox_provider_none, [PROVIDER_FAULT_slow] = MSG_sandbox_provider_slow,
	[PROVIDER_FAULT_error] = MSG_sandbox_provider_error, [PROVIDER_FAULT_rubbish] = MSG_sandbox_provider_rubbish,
	[PROVIDER_FAULT_later] = MSG_sandbox_provider_later,
};

/* ---- answers ---- */

static const char *say(const struct visit *v, enum msg id) { return msg_text(v->lang, id); }

static struct out *body(struct visit *v, int status)
{
	struct out *o = &v->ans->body;

	v->ans->status = status;
	out_str(&v->ans->head, v->json ? "Content-Type: application/json; charset=utf-8\r\n"
				       : "Content-Type: text/html; charset=utf-8\r\n");
	out_lit(&v->ans->head,
		"Cache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\nReferrer-Policy: same-origin\r\n"
		"Content-Security-Policy: default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
		"frame-ancestors 'none'; base-uri 'none'\r\n");
	o->lang = v->lang;
	return o;
}

static struct view_page *frame(struct visit *v, enum msg title)
{
	static const struct { enum msg label; const char *href;
	} pages[] = {
		{ MSG_sandbox_payments, "/" },
		{ MSG_sandbox_notices, "/notices" },
		{ MSG_sandbox_mail, "/mail" },
		{ MSG_sandbox_provider, "/provider" },
	};
	enum { N = sizeof pages / sizeof *pages };
	struct view_nav_item *nav = ARENA_ARRAY(v->sb->a, struct view_nav_item, N);
	struct view_page *page = ARENA_NEW(v->sb->a, struct view_page);

	for (size_t i = 0; i < N; i++)
		nav[i] = (struct view_nav_item){ .label = pages[i].label,
						 .href = pages[i].href,
						 .current = str_eq(pages[i].href, v->r->path) };
	*page = (struct view_page){ .title = title, .path = v->r->path, .portals = nav, .portals_n = N };
	return page;
}

/* A model as the page or the document that was asked for. */
#define SHOW(v, stem, title, model)                                                     \
	do {                                                                            \
		struct out *o_ = body((v), 200);                                        \
		if ((v)->json)                                                          \
			json_sandbox_##stem(o_, (model));                               \
		else                                                                    \
			tpl_sandbox_##stem(o_, (model), frame((v), MSG_sandbox_##title)); \
	} while (0)

void page_problem(struct visit *v, enum rc rc)
{
	struct out *o = body(v, rc_info[rc].http);
	const struct view_problem m = { .title = msg_error(rc), .help = (enum msg)error_help_msg[rc] };

	if (v->json) {
		out_lit(o, "{\"code\":");
		out_json(o, rc_info[rc].name);
		out_lit(o, "}");
	} else {
		tpl_sandbox_problem(o, &m, frame(v, m.title));
	}
}

static void see(struct visit *v, const char *path)
{
	if (v->json) {
		out_lit(body(v, 200), "{}");
		return;
	}
	v->ans->status = 303;
	out_lit(&v->ans->head, "Location: ");
	out_str(&v->ans->head, path);
	out_lit(&v->ans->head, "\r\n");
}

/* ---- payments ---- */

static const char *tone_of(enum pay_state s)
{
	return s == PAY_SUCCESS ? "ok" : s == PAY_NOTPAY ? "info" : s == PAY_PAYERROR ? "bad" : "";
}

static struct instant at_ms(int64_t ms) { return (struct instant){ ms * 1000 }; }

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
		.fault = p->fault ? pay_fault_enum.names[p->fault] : NULL,
		.fault_label = (enum msg)fault_msg[p->fault],
		.attempts = p->attempts,
		.heard = p->heard,
		.created_at = p->created,
		.expires_at = p->expire,
		.paid_at = p->paid_at,
		.next_at = at_ms(p->due_ms),
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

/* A select with one option for each value of an enum. */
static struct view_field *choice(struct visit *v, const char *name, enum msg label, enum msg hint,
				 const struct enum_def *values, const uint16_t *labels, int chosen)
{
	struct view_field_option *options = ARENA_ARRAY(v->sb->a, struct view_field_option, (size_t)values->n);
	struct view_field *f = ARENA_NEW(v->sb->a, struct view_field);

	for (int i = 1; i <= values->n; i++)
		options[i - 1] = (struct view_field_option){ .value = values->names[i],
							     .label = say(v, (enum msg)labels[i]),
							     .chosen = i == chosen };
	*f = (struct view_field){ .control = FIELD_SELECT,
				  .id = name,
				  .name = name,
				  .label = say(v, label),
				  .hint = say(v, hint),
				  .options = options,
				  .options_n = (size_t)values->n };
	return f;
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
		.fault = choice(v, "fault", MSG_sandbox_fault, MSG_sandbox_fault_hint, &pay_fault_enum, fault_msg,
				p->fault ? (int)p->fault : FAULT_none),
	};
	SHOW(v, scan, wallet, &m);
}

static int value_of(const struct enum_def *values, const char *name) { return enum_of(values, name, strlen(name)); }

static void see_scan(struct visit *v, const struct pay *p, enum rc rc)
{
	if (rc == RC_OK)
		see(v, arena_printf(v->sb->a, "/scan/%s", p->token));
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
	if (*fault && !value_of(&pay_fault_enum, fault))
		page_problem(v, RC_INVALID);
	else
		see_scan(v, p,
			 pay_accept(v->sb, p, *fault ? (enum pay_fault)value_of(&pay_fault_enum, fault) : p->fault));
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
		notice_again(p);
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
				.fault_label = (enum msg)fault_msg[s->fault],
				.at = at_ms(s->at_ms),
				.took_ms = s->took_ms,
				.heard = s->heard,
				.said = s->said,
			};
	SHOW(v, notices, notices, &m);
}

/* ---- the sample provider ---- */

static struct view_field *text_field(struct visit *v, const char *name, enum msg label, enum msg hint, const char *type,
				     const char *value)
{
	struct view_field *f = ARENA_NEW(v->sb->a, struct view_field);

	*f = (struct view_field){ .control = FIELD_INPUT,
				  .type = type,
				  .id = name,
				  .name = name,
				  .label = say(v, label),
				  .hint = say(v, hint),
				  .value = value };
	return f;
}

void page_provider(struct visit *v)
{
	const struct provider *p = &v->sb->provider;
	struct view_sandbox_call *items = ARENA_ARRAY(v->sb->a, struct view_sandbox_call, SHOWN_MAX);
	struct view_sandbox_provider m = {
		.fault_path = "/fault",
		.items = items,
		.name = text_field(v, "provider", MSG_sandbox_provider_name, MSG_sandbox_provider_name_hint, "text",
				   p->fault.provider),
		.fault = choice(v, "fault", MSG_sandbox_provider_fault, MSG_NONE, &provider_fault_enum, provider_msg,
				p->fault.times > 0 ? (int)p->fault.kind : PROVIDER_FAULT_none),
		.times = text_field(v, "times", MSG_sandbox_times, MSG_NONE, "number",
				    sandbox_number(v->sb, p->fault.times > 0 ? p->fault.times : 1)),
	};
	const struct provider_call *c;

	for (size_t i = 0; m.items_n < SHOWN_MAX && (c = provider_call_at(p, i)); i++)
		items[m.items_n++] = (struct view_sandbox_call){ .at = at_ms(c->at_ms),
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

void page_mail(struct visit *v)
{
	struct view_sandbox_letter *items = ARENA_ARRAY(v->sb->a, struct view_sandbox_letter, SHOWN_MAX);
	struct view_sandbox_mail m = { .items = items };
	const char *to = input_text(&v->query, "to");
	const struct letter *x;

	for (size_t i = 0; m.items_n < SHOWN_MAX && (x = letter_at(&v->sb->mailbox, i)); i++)
		if (!*to || str_eq(to, x->to))
			items[m.items_n++] = (struct view_sandbox_letter){ .at = at_ms(x->at_ms), .by = x->by, .id = x->id, .to = x->to, .subject = x->subject,
									   .text = x->text, .copies = x->copies };
	SHOW(v, mail, mail, &m);
}

/* ---- faults ---- */

static enum rc set_fault(struct visit *v, const struct input *in)
{
	struct sandbox *sb = v->sb;
	int64_t times = input_number(in, "times", 1);
	const char *gateway = input_text(in, "gateway"), *number = input_text(in, "number"),
		   *fault = input_text(in, "fault");

	if (times < 1 || times > TIMES_MAX)
		return RC_INVALID;
	if (*gateway) {
		if (!value_of(&gateway_fault_enum, gateway))
			return RC_INVALID;
		gateway_fail((enum gateway_fault)value_of(&gateway_fault_enum, gateway), (int)times);
		return RC_OK;
	}
	if (*number) {
		struct pay *p = pay_by_number(&sb->pays, number);
		if (!p || !value_of(&pay_fault_enum, fault))
			return p ? RC_INVALID : RC_NOT_FOUND;
		p->fault = (enum pay_fault)value_of(&pay_fault_enum, fault);
		return RC_OK;
	}
	if (!value_of(&provider_fault_enum, fault))
		return RC_INVALID;
	provider_fail(&sb->provider, input_text(in, "provider"),
		      (enum provider_fault)value_of(&provider_fault_enum, fault), (int)times);
	return RC_OK;
}

void page_fault(struct visit *v)
{
	struct input in = { 0 };
	enum rc rc = input_body(v->sb->a, v->r, &in);

	if (rc == RC_OK)
		rc = set_fault(v, &in);
	if (rc == RC_OK)
		see(v, *input_text(&in, "number") ? "/" : "/provider");
	else
		page_problem(v, rc);
}
