#include "sandbox/bank_call.h"

#include "base/money.h"
#include "base/str.h"
#include "base/time.h"
#include "sandbox/page.h"
#include "sandbox/sandbox.h"

enum { SHOWN_MAX = 500 };

static struct out *json(struct visit *v, int status)
{
	v->ans->status = status;
	out_lit(&v->ans->head, "Content-Type: application/json; charset=utf-8\r\nCache-Control: no-store\r\n");
	return &v->ans->body;
}

static void done(struct visit *v, enum rc rc, const char *why)
{
	struct out *o = json(v, rc_info[rc].http);

	out_lit(o, "{\"code\":");
	out_json(o, rc_info[rc].name);
	out_lit(o, ",\"why\":");
	out_json(o, why);
	out_lit(o, "}");
}

/* 0: no such fault. */
static enum bank_fault fault_of(const struct input *in)
{
	const char *name = input_text(in, "fault");

	return *name ? (enum bank_fault)enum_of(&bank_fault_enum, name, strlen(name)) : BANK_FAULT_none;
}

void bank_call_credit(struct visit *v)
{
	struct input in = { 0 };
	enum rc rc = input_body(v->sb->a, v->r, &in);
	const struct bank_payment p = { v->name, input_text(&in, "number"), input_text(&in, "name"), input_text(&in, "account"),
					input_text(&in, "text"), input_number(&in, "fen", 0) };

	if (rc == RC_OK)
		rc = fault_of(&in) ? bank_pay(v->sb, &p, fault_of(&in)) : RC_INVALID;
	done(v, rc, NULL);
}

void bank_call_order(struct visit *v)
{
	const char *why = NULL;
	enum rc rc = fault_of(&v->query) ? req_body(v->r, v->sb->a, BANK_ORDER_MAX) : RC_INVALID;

	if (rc == RC_OK)
		rc = bank_order_take(v->sb, v->name, v->r->body, fault_of(&v->query), &why);
	done(v, rc, why);
}

void bank_call_statement(struct visit *v)
{
	struct input in = { 0 };
	struct date day = date_of(clock_now());
	enum rc rc = input_body(v->sb->a, v->r, &in);
	const char *said = input_text(&in, "day");

	if (rc == RC_OK && *said && !date_parse(said, &day))
		rc = RC_INVALID;
	done(v, rc == RC_OK ? bank_statement(v->sb, v->name, day) : rc, NULL);
}

static void member(struct out *o, const char *name, const char *text)
{
	out_printf(o, ",\"%s\":", name);
	out_json(o, text);
}

static void file(struct out *o, const struct bank_file *f)
{
	static const char *const kinds[] = { [BANK_MESSAGE_NOTICE] = "camt.054", [BANK_MESSAGE_STATEMENT] = "camt.053", [BANK_MESSAGE_ANSWER] = "pain.002" };
	static const char *const states[] = { "waits", "heard", "refused" };

	out_lit(o, "{\"id\":");
	out_json(o, f->id);
	member(o, "kind", kinds[f->kind]);
	member(o, "about", f->about);
	member(o, "state", states[f->state]);
	member(o, "fault", bank_fault_enum.names[f->fault]);
	member(o, "said", f->said);
	out_printf(o, ",\"entries\":%zu,\"attempts\":%d}", f->n, f->attempts);
}

static void line(struct out *o, const struct bank_line *l)
{
	char when[TIME_TEXT];

	out_lit(o, "{\"reference\":");
	out_json(o, l->reference);
	member(o, "number", l->number);
	member(o, "amount", l->amount);
	member(o, "currency", l->currency);
	member(o, "text", l->text);
	member(o, "name", l->name);
	member(o, "account", l->account);
	member(o, "at", instant_rfc3339(l->at, when));
	out_printf(o, ",\"fen\":%lld,\"reversal\":%s}", (long long)l->fen, l->reversal ? "true" : "false");
}

void bank_call_files(struct visit *v)
{
	const struct bank_file *f;
	const struct bank_line *l;
	size_t n = 0;

	if (!bank_account_number(v->sb, v->name)) {
		done(v, RC_NOT_FOUND, NULL);
		return;
	}
	struct out *o = json(v, 200);
	out_lit(o, "{\"files\":[");
	for (size_t i = 0; n < SHOWN_MAX && (f = bank_file_at(&v->sb->banks, i)); i++)
		if (str_eq(f->bank, v->name)) {
			out_str(o, n++ ? "," : "");
			file(o, f);
		}
	out_lit(o, "],\"entries\":[");
	n = 0;
	for (size_t i = 0; n < SHOWN_MAX && (l = bank_line_at(&v->sb->banks, i)); i++)
		if (str_eq(l->bank, v->name)) {
			out_str(o, n++ ? "," : "");
			line(o, l);
		}
	out_lit(o, "]}");
}
