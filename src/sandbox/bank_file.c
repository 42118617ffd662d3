#include "sandbox/bank_file.h"

#include <ctype.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/money.h"
#include "base/str.h"
#include "base/time.h"
#include "crypto/token.h"
#include "sandbox/bank_document.h"
#include "sandbox/bank_order.h"
#include "sandbox/sandbox.h"

enum { ANSWER_MS = 15000, ANSWER_BYTES = 4096, FETCH_MS = 1000 };

static const char *const fault_names[] = {
	NULL,
#define F(n) #n,
	BANK_FAULTS(F)
#undef F
};
const struct enum_def bank_fault_enum = { "bank_fault", fault_names, BANK_FAULT__MAX - 1 };

const char *bank_account_number(struct sandbox *sb, const char *bank)
{
	size_t n = strlen(bank);

	for (const char *s = sb->conf->bank_accounts; *s && n; s += strcspn(s, ", "), s += strspn(s, ", "))
		if (!strncmp(s, bank, n) && s[n] == '=')
			return arena_dup(sb->a, s + n + 1, strcspn(s + n + 1, ", "));
	return NULL;
}

const struct bank_file *bank_file_at(const struct banks *b, size_t i)
{
	return i < b->files_n && i < BANK_FILES_MAX ? &b->files[(b->files_n - 1 - i) % BANK_FILES_MAX] : NULL;
}

const struct bank_line *bank_line_at(const struct banks *b, size_t i)
{
	return i < b->lines_n && i < BANK_LINES_MAX ? &b->lines[(b->lines_n - 1 - i) % BANK_LINES_MAX] : NULL;
}

static struct bank_file *file_by_id(struct banks *b, const char *id)
{
	for (size_t i = 0; i < b->files_n && i < BANK_FILES_MAX; i++)
		if (str_eq(b->files[i].id, id))
			return &b->files[i];
	return NULL;
}

void bank_file_again(struct bank_file *f)
{
	f->fault = BANK_FAULT_none;
	f->state = BANK_FILE_WAITS;
	f->due_ms = sandbox_ms();
}

/* ---- what happens ---- */

/* ICBC20261121102304000123: the bank, the time, and what tells one from another. */
static const char *new_id(struct sandbox *sb, const char *bank, const char *prefix)
{
	char time[TIME_TEXT], *id = arena_printf(sb->a, "%s%s%s%06u", prefix, bank, instant_compact(clock_now(), time), token_below(1000000));

	for (char *p = id; *p; p++)
		*p = (char)toupper((unsigned char)*p);
	return id;
}

struct about { const char *text; uint64_t first; size_t n; };

static void file(struct sandbox *sb, const char *bank, enum bank_message kind, struct about about, enum bank_fault fault, bool pending)
{
	static const char *const prefixes[] = { [BANK_MESSAGE_NOTICE] = "N", [BANK_MESSAGE_STATEMENT] = "S", [BANK_MESSAGE_ANSWER] = "A" };
	int64_t now = sandbox_ms(), due = fault == BANK_FAULT_lost ? 0 : fault == BANK_FAULT_late ? notice_first_due(sb, FAULT_late, now) : now;

	HAPPEN(sb, "bank_file", bank, new_id(sb, bank, prefixes[kind]), sandbox_number(sb, kind), about.text, sandbox_number(sb, (int64_t)about.first),
	       sandbox_number(sb, (int64_t)about.n), bank_fault_enum.names[fault], pending ? "1" : "", sandbox_number(sb, clock_now().us), sandbox_number(sb, due));
}

/* The n entries that were booked last. */
static struct about last_lines(const struct sandbox *sb, const char *text, size_t n) { return (struct about){ text, sb->banks.lines_n - n, n }; }

static void book(struct sandbox *sb, const struct bank_payment *p, int64_t fen, enum bank_fault fault, bool reversal)
{
	char amount[MONEY_TEXT];
	int64_t size = (fen < 0 ? -fen : fen) + (fault == BANK_FAULT_amount);

	money_text((struct money){ size }, false, amount);
	HAPPEN(sb, "bank_line", p->bank, new_id(sb, p->bank, ""), p->number, p->name, p->account, p->text,
	       arena_printf(sb->a, "%s%s", amount, fault == BANK_FAULT_fraction ? "5" : ""), fault == BANK_FAULT_currency ? "USD" : "CNY",
	       sandbox_number(sb, fen < 0 ? -size : size), reversal ? "1" : "", sandbox_number(sb, clock_now().us));
}

enum rc bank_pay(struct sandbox *sb, const struct bank_payment *p, enum bank_fault fault)
{
	if (!bank_account_number(sb, p->bank))
		return RC_NOT_FOUND;
	if (p->fen <= 0 || p->fen > MONEY_MAX)
		return RC_INVALID;
	book(sb, p, p->fen, fault, false);
	file(sb, p->bank, BANK_MESSAGE_NOTICE, last_lines(sb, "", 1), fault, fault == BANK_FAULT_pending);
	return RC_OK;
}

void bank_order_done(struct sandbox *sb, const char *bank, const char *order, const struct bank_payment *p, size_t n, enum bank_fault fault)
{
	size_t paid = 0;

	for (size_t i = 0; i < n; i++) {
		size_t digits = strlen(p[i].account);
		bool closed = digits >= 4 && str_eq(p[i].account + digits - 4, "0000");
		HAPPEN(sb, "bank_transfer", bank, order, p[i].number, closed ? "AC01" : fault == BANK_FAULT_refused ? "AM04" : "");
		if (!closed && fault != BANK_FAULT_refused) {
			book(sb, &p[i], -p[i].fen, fault, false);
			paid++;
		}
	}
	file(sb, bank, BANK_MESSAGE_ANSWER, (struct about){ order, sb->banks.transfers_n - n, n }, BANK_FAULT_none, false);
	if (paid)
		file(sb, bank, BANK_MESSAGE_NOTICE, last_lines(sb, order, paid), fault, fault == BANK_FAULT_pending);
}

enum rc bank_statement(struct sandbox *sb, const char *bank, struct date day)
{
	char text[TIME_TEXT];

	if (!bank_account_number(sb, bank))
		return RC_NOT_FOUND;
	file(sb, bank, BANK_MESSAGE_STATEMENT, (struct about){ .text = date_text(day, text) }, BANK_FAULT_none, false);
	return RC_OK;
}

/* A payment that is taken back is an entry of its own. */
static void take_back(struct sandbox *sb, const struct bank_file *f)
{
	for (size_t i = 0; i < f->n; i++) {
		struct bank_line l = sb->banks.lines[(f->first + i) % BANK_LINES_MAX];
		const struct bank_payment back = { l.bank, l.number, l.name, l.account, l.text, l.fen };
		book(sb, &back, -l.fen, BANK_FAULT_none, true);
	}
	file(sb, f->bank, BANK_MESSAGE_NOTICE, last_lines(sb, f->about, f->n), BANK_FAULT_none, false);
}

/* What a document that was heard of has as its sequel. */
static void follow(struct sandbox *sb, const struct bank_file *f)
{
	struct bank_file was = *f;

	if (was.state != BANK_FILE_HEARD || was.kind != BANK_MESSAGE_NOTICE)
		return;
	if (was.pending)
		file(sb, was.bank, BANK_MESSAGE_NOTICE, (struct about){ was.about, was.first, was.n }, BANK_FAULT_none, false);
	else if (was.fault == BANK_FAULT_reversal)
		take_back(sb, &was);
}

/* ---- sending ---- */

struct call { struct sandbox *sb; char id[36]; };

static void sent(struct sandbox *sb, const char *id, const char *outcome, const char *said)
{
	HAPPEN(sb, "bank_sent", id, outcome, said, sandbox_number(sb, sandbox_ms()));
	const struct bank_file *f = file_by_id(&sb->banks, id);
	if (f)
		follow(sb, f);
}

static void on_answer(void *user, enum rc rc, const struct http_answer *answer)
{
	struct call call = *(struct call *)user;
	size_t mark = arena_mark(call.sb->a);
	bool came = rc == RC_OK;
	size_t n = came ? strcspn(answer->body, "\n") : 0;

	free(user);
	sent(call.sb, call.id, !came ? "unheard" : answer->status / 100 == 2 ? "heard" : answer->status / 100 == 4 ? "refused" : "unheard",
	     came ? arena_printf(call.sb->a, "%d %.*s", answer->status, (int)n, answer->body) : answer->why);
	arena_release(call.sb->a, mark);
}

static void post(struct sandbox *sb, struct bank_file *f, const struct out *o)
{
	struct call *c = calloc(1, sizeof *c);
	const struct http_call call = { .url = arena_printf(sb->a, "%s/callback/bank?bank=%s", sb->conf->platform_base_url, f->bank),
					.content_type = "application/xml",
					.body = { o->p, o->n },
					.timeout_ms = ANSWER_MS,
					.max_bytes = ANSWER_BYTES,
					.allow_private = sb->conf->platform_development };

	if (!c)
		abort();
	c->sb = sb;
	PUT(c->id, f->id);
	f->flying = true;
	http_many_start(sb->calls, &call, on_answer, c);
}

/* Under a name that begins with a dot until all of it is there. */
static bool put_down(struct sandbox *sb, const struct bank_file *f, const struct out *o)
{
	const char *folder = arena_printf(sb->a, "%s/%s", sb->conf->bank_spool, f->bank), *in = arena_printf(sb->a, "%s/in", folder),
		   *name = arena_printf(sb->a, "%s/.%s.xml", in, f->id);

	(void)mkdir(folder, 0770);	/* the platform may have made them */
	(void)mkdir(in, 0770);
	int fd = open(name, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0660);
	bool good = fd >= 0 && write(fd, o->p, o->n) == (ssize_t)o->n && !fsync(fd);
	if (fd >= 0)
		close(fd);
	return good && !rename(name, arena_printf(sb->a, "%s/%s.xml", in, f->id));
}

static void send_file(struct sandbox *sb, struct bank_file *f)
{
	size_t mark = arena_mark(sb->a);
	struct out o = { 0 };
	enum rc rc = bank_document(sb, f, &o);

	if (rc != RC_OK)
		sent(sb, f->id, "refused", "no key to sign with");
	else if (f->kind == BANK_MESSAGE_NOTICE)
		post(sb, f, &o);
	else if (*sb->conf->bank_spool && put_down(sb, f, &o))
		sent(sb, f->id, "heard", "spool");
	else
		sent(sb, f->id, "unheard", "the folder bank.spool cannot be written");
	out_free(&o);
	arena_release(sb->a, mark);
}

/* Each day that is over has a statement when something was booked on it. */
static void close_days(struct sandbox *sb)
{
	const struct bank_line *l;
	const struct bank_file *f;
	struct date today = date_of(clock_now());
	char day[TIME_TEXT];

	if (sb->banks.closed.days == today.days)
		return;
	sb->banks.closed = today;
	for (size_t i = 0; (l = bank_line_at(&sb->banks, i)); i++) {
		if (date_of(l->at).days >= today.days)
			continue;
		date_text(date_of(l->at), day);
		for (size_t j = 0; (f = bank_file_at(&sb->banks, j)); j++)
			if (f->kind == BANK_MESSAGE_STATEMENT && str_eq(f->bank, l->bank) && str_eq(f->about, day) && date_of(f->made).days > date_of(l->at).days)
				break;
		if (!f && bank_statement(sb, l->bank, date_of(l->at)) != RC_OK)
			return;
	}
}

int bank_turn(struct sandbox *sb, int most)
{
	int64_t now = sandbox_ms(), next = now + most;
	struct banks *b = &sb->banks;

	if (now - b->looked_ms >= FETCH_MS) {
		size_t mark = arena_mark(sb->a);
		b->looked_ms = now;
		bank_fetch_orders(sb);
		close_days(sb);
		arena_release(sb->a, mark);
	}
	for (size_t i = 0; i < b->files_n && i < BANK_FILES_MAX; i++) {
		struct bank_file *f = &b->files[i];
		if (f->due_ms && f->due_ms <= now && !f->flying)
			send_file(sb, f);
		if (f->due_ms && !f->flying && f->due_ms < next)
			next = f->due_ms;
	}
	return next > now ? (int)(next - now) : 1;
}

/* ---- events ---- */

static int64_t number(const char *s) { return strtoll(s, NULL, 10); }

void bank_apply_line(struct sandbox *sb, const char *const *t)
{
	struct bank_line *l = &sb->banks.lines[sb->banks.lines_n++ % BANK_LINES_MAX];

	*l = (struct bank_line){ .fen = number(t[8]), .reversal = *t[9] == '1', .at = { number(t[10]) } };
	PUT(l->bank, t[0]);
	PUT(l->reference, t[1]);
	PUT(l->number, t[2]);
	PUT(l->name, t[3]);
	PUT(l->account, t[4]);
	PUT(l->text, t[5]);
	PUT(l->amount, t[6]);
	PUT(l->currency, t[7]);
}

void bank_apply_transfer(struct sandbox *sb, const char *const *t)
{
	struct bank_transfer *x = &sb->banks.transfers[sb->banks.transfers_n++ % BANK_TRANSFERS_MAX];

	PUT(x->bank, t[0]);
	PUT(x->order, t[1]);
	PUT(x->number, t[2]);
	PUT(x->reason, t[3]);
}

void bank_apply_file(struct sandbox *sb, const char *const *t)
{
	struct banks *b = &sb->banks;
	struct bank_file *f = &b->files[b->files_n++ % BANK_FILES_MAX];

	*f = (struct bank_file){ .kind = (enum bank_message)number(t[2]), .first = (uint64_t)number(t[4]), .n = (size_t)number(t[5]),
				 .fault = (enum bank_fault)enum_of(&bank_fault_enum, t[6], strlen(t[6])), .pending = *t[7] == '1', .made = { number(t[8]) },
				 .due_ms = number(t[9]) };
	PUT(f->bank, t[0]);
	PUT(f->id, t[1]);
	PUT(f->about, t[3]);
}

void bank_apply_sent(struct sandbox *sb, const char *const *t)
{
	struct bank_file *f = file_by_id(&sb->banks, t[0]);
	int64_t now = number(t[3]);

	if (!f)
		return;
	f->flying = false;
	f->attempts++;
	PUT(f->said, t[2]);
	f->due_ms = 0;
	if (str_eq(t[1], "heard")) {
		f->state = BANK_FILE_HEARD;
		if (f->fault == BANK_FAULT_twice && f->attempts == 1)
			f->due_ms = now;
	} else if (str_eq(t[1], "refused")) {
		f->state = BANK_FILE_REFUSED;
	} else {
		f->due_ms = notice_next_due(sb, f->attempts, now);
	}
}
