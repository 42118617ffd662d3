#include "app/voucher_issue.h"

#include "app/ledger.h"
#include "base/csv.h"
#include "base/id.h"
#include "base/str.h"
#include "base/time.h"

enum { SCOPE_MAX = 600, NOTE_MAX = 200, DAYS_MAX = 3660 };

const char *const voucher_column_names[VOUCHER_COLUMNS] = { "org", "kind", "face", "minimum", "scope", "from", "to", "reusable", "note" };

static void bad(struct voucher_batch *b, const struct voucher_line *l, enum voucher_column c, const char *error)
{
	if (b->bad_n && b->bad[b->bad_n - 1].line == l->line)
		return;		/* what is wrong first */
	b->bad[b->bad_n++] = (struct voucher_bad){ l->line, c, error };
}

void voucher_read(struct arena *a, const char *csv, struct voucher_batch *b)
{
	struct csv r = { .at = csv };
	const char *field[VOUCHER_COLUMNS];
	size_t n;

	while ((n = csv_row(&r, a, field, VOUCHER_COLUMNS))) {
		if (!b->n && str_eq(str_lower(a, field[0]), voucher_column_names[0]))
			continue;
		struct voucher_line *l = &b->line[b->n];
		*l = (struct voucher_line){ .line = r.line, .fields = n };
		for (size_t i = 0; i < VOUCHER_COLUMNS; i++)
			l->text[i] = i < n ? str_trim(a, field[i]) : "";
		if (++b->n < VOUCHER_LINES_MAX)
			continue;
		if (csv_row(&r, a, field, VOUCHER_COLUMNS))
			bad(b, &(struct voucher_line){ .line = r.line }, VOUCHER_ORG, "voucher.bad_many");
		return;
	}
}

/* One of the words with | between. */
static bool is_one_of(const char *text, const char *words)
{
	size_t n = strlen(text);

	for (const char *s = words; *s; s += strcspn(s, "|"), s += *s == '|')
		if (n == strcspn(s, "|") && !memcmp(s, text, n))
			return true;
	return false;
}

static enum rc read_org(struct cx *cx, struct voucher_batch *b, const struct voucher_line *l, struct q_voucher_insert_in *v)
{
	struct q_voucher_org_in in = { .name = l->text[VOUCHER_ORG] };
	struct q_voucher_org *rows;
	size_t n;

	if (!str_u64(in.name, &in.id))
		in.id = 0;
	TRY(q_voucher_org(cx->db, cx->a, &in, &rows, &n));
	if (n != 1)
		bad(b, l, VOUCHER_ORG, n ? "voucher.bad_org_twice" : "voucher.bad_org");
	else
		v->org = rows->id;
	return RC_OK;
}

static void read_kind(struct cx *cx, struct voucher_batch *b, const struct voucher_line *l, struct q_voucher_insert_in *v)
{
	const char *kind = str_lower(cx->a, l->text[VOUCHER_KIND]), *again = str_lower(cx->a, l->text[VOUCHER_REUSABLE]);
	bool yes = is_one_of(again, "yes|y|true|1|是"), no = is_one_of(again, "no|n|false|0|否");

	v->kind = is_one_of(kind, "voucher|代金券") ? HOLDING_VOUCHER : is_one_of(kind, "card|储值卡") ? HOLDING_CARD : 0;
	if (!v->kind)
		bad(b, l, VOUCHER_KIND, "voucher.bad_kind");
	v->reusable = yes || v->kind == HOLDING_CARD;
	if ((*again && !yes && !no) || (no && v->kind == HOLDING_CARD))
		bad(b, l, VOUCHER_REUSABLE, no ? "voucher.bad_card" : "voucher.bad_reusable");
}

static void read_amounts(struct voucher_batch *b, const struct voucher_line *l, struct q_voucher_insert_in *v)
{
	const char *minimum = l->text[VOUCHER_MINIMUM];

	if (!money_parse(l->text[VOUCHER_FACE], &v->face) || !v->face.fen)
		bad(b, l, VOUCHER_FACE, "voucher.bad_face");
	if (*minimum && !money_parse(minimum, &v->minimum))
		bad(b, l, VOUCHER_MINIMUM, "voucher.bad_minimum");
}

/* A category's code or name, or a product's address name. */
static enum rc add_scope(struct cx *cx, const char *word, struct q_voucher_insert_in *v, bool *found)
{
	struct q_voucher_category *c;
	struct q_voucher_product *p;
	size_t n;

	TRY(q_voucher_category(cx->db, cx->a, &c, &n));
	*found = true;
	for (size_t i = 0; i < n; i++)
		if (str_eq(word, c[i].code) || str_eq(word, c[i].name_zh) || str_eq(word, c[i].name_en)) {
			v->categories = arena_printf(cx->a, "%s%s%s", v->categories, *v->categories ? "," : "", c[i].code);
			return RC_OK;
		}
	TRY(q_voucher_product(cx->db, cx->a, &(struct q_voucher_product_in){ .slug = word }, &p, &n));
	*found = n;
	if (n)
		v->products = arena_printf(cx->a, "%s%s%llu", v->products, *v->products ? "," : "", (unsigned long long)p->id);
	return RC_OK;
}

static enum rc read_scope(struct cx *cx, struct voucher_batch *b, const struct voucher_line *l, struct q_voucher_insert_in *v)
{
	v->categories = v->products = "";
	for (const char *s = l->text[VOUCHER_SCOPE]; *s; s += strcspn(s, ";"), s += *s == ';') {
		const char *word = str_trim(cx->a, arena_dup(cx->a, s, strcspn(s, ";")));
		bool found;
		TRY(add_scope(cx, word, v, &found));
		if (!found)
			bad(b, l, VOUCHER_SCOPE, "voucher.bad_scope");
	}
	if (strlen(v->categories) > SCOPE_MAX || strlen(v->products) > SCOPE_MAX)
		bad(b, l, VOUCHER_SCOPE, "voucher.bad_scope_long");
	return RC_OK;
}

static void read_dates(struct cx *cx, struct voucher_batch *b, const struct voucher_line *l, struct q_voucher_insert_in *v)
{
	struct date from = date_of(cx->now), to, today = from;

	if (*l->text[VOUCHER_FROM] && !date_parse(l->text[VOUCHER_FROM], &from))
		bad(b, l, VOUCHER_FROM, "voucher.bad_date");
	else if (!date_parse(l->text[VOUCHER_TO], &to))
		bad(b, l, VOUCHER_TO, "voucher.bad_date");
	else if (to.days < from.days || to.days < today.days)
		bad(b, l, VOUCHER_TO, to.days < from.days ? "voucher.bad_reversed" : "voucher.bad_past");
	else if (to.days - from.days > DAYS_MAX)
		bad(b, l, VOUCHER_TO, "voucher.bad_long");
	else {
		v->from_at = date_begin(from);
		v->to_at = date_begin((struct date){ to.days + 1 });
	}
}

static enum rc check_line(struct cx *cx, struct voucher_batch *b, size_t i)
{
	const struct voucher_line *l = &b->line[i];
	struct q_voucher_insert_in *v = &b->row[i];

	*v = (struct q_voucher_insert_in){ .note = l->text[VOUCHER_NOTE] };
	if (l->fields > VOUCHER_COLUMNS)
		bad(b, l, VOUCHER_NOTE, "voucher.bad_columns");
	TRY(read_org(cx, b, l, v));
	read_kind(cx, b, l, v);
	read_amounts(b, l, v);
	TRY(read_scope(cx, b, l, v));
	read_dates(cx, b, l, v);
	if (!str_utf8(v->note, strlen(v->note)) || str_chars(v->note) > NOTE_MAX)
		bad(b, l, VOUCHER_NOTE, "voucher.bad_note");
	return RC_OK;
}

enum rc voucher_check(struct cx *cx, struct voucher_batch *b)
{
	for (size_t i = 0; i < b->n; i++)
		TRY(check_line(cx, b, i));
	return RC_OK;
}

static void note(struct work *w, const struct q_voucher_insert_in *v)
{
	struct posting p[] = { { 0, ACCOUNT_PROMOTION, money_neg(v->face) }, { v->org, voucher_account(v->kind), v->face } };

	ledger_post(w, JOURNAL_VOUCHER_ISSUE, v->org, 0, 0, p, 2);
	work_audit(w, (struct event){
		.kind = OBJECT_ORGANISATION, .object = v->org, .org = v->org, .name = "voucher_issue",
		.details = arena_printf(w->cx->a, "{\"number\":\"%s\",\"kind\":\"%s\",\"face\":%lld}", v->number, voucher_kind_enum.names[v->kind], (long long)v->face.fen),
	});
}

static enum rc issue(struct work *w, void *arg)
{
	struct voucher_batch *b = arg;
	struct q_voucher_entry_insert_in *entries = ARENA_ARRAY(w->cx->a, struct q_voucher_entry_insert_in, b->n);

	for (size_t i = 0; i < b->n; i++) {
		struct q_voucher_insert_in *v = &b->row[i];
		v->id = id_new(w->cx->now);
		v->number = number_prefixed(w->cx->a, v->kind == HOLDING_CARD ? 'C' : 'V', w->cx->now);
		v->now = w->cx->now;
		entries[i] = (struct q_voucher_entry_insert_in){ .voucher = v->id, .id = id_new(w->cx->now), .kind = VOUCHER_EV_ISSUE, .amount = v->face };
		note(w, v);
	}
	enum rc rc = q_voucher_insert(w->tx, b->row, b->n);
	TRY(rc == RC_DUPLICATE ? RC_BUSY : rc);	/* a number is taken: everything again, with others */
	w->out = (struct outcome){ 201, arena_printf(w->cx->a, "/ops/vouchers?issued=%zu", b->n), NULL };
	return q_voucher_entry_insert(w->tx, entries, b->n);
}

enum rc voucher_issue(struct cx *cx, struct voucher_batch *b, struct outcome *out)
{
	return b->n && !b->bad_n ? work_do(cx, issue, b, out) : RC_INVALID;
}
