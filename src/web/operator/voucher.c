/* Vouchers and stored-value cards: issued by the platform, and what became of them (ORD-16). */
#include "app/voucher_issue.h"
#include "base/str.h"
#include "web/voucher.h"

enum { CSV_CHARS = 60000 };

struct voucher_desk_in { const char *q; int64_t issued; LIST_MEMBERS };
FORM(voucher_desk_form, struct voucher_desk_in,
	TEXT(struct voucher_desk_in, q, .max = 80, .optional = true),
	INT(struct voucher_desk_in, issued, .max = VOUCHER_LINES_MAX, .optional = true),
	LIST_ROWS(struct voucher_desk_in))

/* What is searched for is a number, or the name or id of an organisation. */
static enum rc search(struct cx *cx, const char *q, struct q_voucher_list_operator_in *ask)
{
	struct q_voucher_org_in in = { .name = q };
	struct q_voucher_org *org;
	size_t n;

	if (!q)
		return RC_OK;
	if (!str_u64(q, &in.id))
		in.id = 0;
	TRY(q_voucher_org(cx->db, cx->a, &in, &org, &n));
	if (n)
		ask->org = org->id;
	else
		ask->number = q;
	return RC_OK;
}

static enum rc find(struct cx *cx, const struct voucher_desk_in *in, struct view_voucher_list *m)
{
	size_t limit = list_limit(in->limit);
	struct q_voucher_list_operator_in ask = { .before = UINT64_MAX, .limit = (int32_t)limit + 1 };
	struct q_voucher_list_operator *r;

	TRY(search(cx, in->q, &ask));
	TRY(cursor_read(in->after, &ask.before, 1));
	TRY(q_voucher_list_operator(cx->db, cx->a, &ask, &r, &m->items_n));
	if (list_more(&m->items_n, limit))
		m->next = cursor_write(cx->a, &r[limit - 1].id, 1);
	struct view_voucher_item *v = ARENA_ARRAY(cx->a, struct view_voucher_item, m->items_n);
	for (size_t i = 0; i < m->items_n; i++) {
		v[i] = VOUCHER_ITEM_OF(cx, &r[i]);
		v[i].org_name = r[i].org_name;
		v[i].tone = tone_voucher(v[i].state);
	}
	m->items = v;
	return RC_OK;
}

static bool may_issue(const struct cx *cx)
{
	return permit_allows(PERM_VOUCHER_ISSUE, (enum org_kind)cx->actor.org_kind, cx->actor.roles);
}

enum rc voucher_desk(struct cx *cx, struct web *w)
{
	const struct voucher_desk_in *in = w->in;
	struct view_empty empty = { web_text(w, MSG_list_none), web_text(w, MSG_list_none_hint), NULL };
	struct view_voucher_list m = { .empty = &empty, .may_issue = may_issue(cx) };
	struct view_field q = list_search(w, "q", MSG_voucher_q, MSG_voucher_q_hint);
	struct view_notice issued = { .tone = "ok" };

	TRY(find(cx, in, &m));
	if (in->issued) {
		const char *n = arena_printf(cx->a, "%lld", (long long)in->issued);
		issued.text = MSG_FILL(cx->a, cx->lang, MSG_voucher_issued, { "n", n });
		w->page.notice = &issued;
	}
	m.filter = list_filter(w, &q, 1);
	m.pager = list_pager(w, m.items_n, m.next);
	w->page.title = MSG_voucher_title;
	CRUMBS(w, web_text(w, MSG_voucher_title), { web_text(w, MSG_nav_platform), "/ops" });
	return web_show(w, tpl_operator_voucher_list, json_voucher_list, &m);
}

enum rc voucher_desk_show(struct cx *cx, struct web *w)
{
	struct view_voucher_show m = { .desk = true };

	TRY(voucher_page(cx, web_param(w, "number"), 0, &m));
	w->page.title = (enum msg)voucher_kind_msg[m.voucher->kind];
	w->page.name = m.voucher->number;
	CRUMBS(w, m.voucher->number, { web_text(w, MSG_nav_platform), "/ops" },
	       { web_text(w, MSG_voucher_title), "/ops/vouchers" });
	return web_show(w, tpl_operator_voucher_show, json_voucher_show, &m);
}

/* -- issuing ------------------------------------------------------------------------------------------------------ */

struct voucher_issue_in {
	const char *org;
	enum voucher_kind kind;
	const char *face, *minimum, *scope, *from, *to;
	bool reusable;
	const char *note;
};
FORM(voucher_issue_form, struct voucher_issue_in,
	TEXT(struct voucher_issue_in, org, .max = 80),
	ENUM(struct voucher_issue_in, kind, voucher_kind),
	TEXT(struct voucher_issue_in, face, .max = 20),
	TEXT(struct voucher_issue_in, minimum, .max = 20, .optional = true),
	TEXT(struct voucher_issue_in, scope, .max = 600, .optional = true),
	TEXT(struct voucher_issue_in, from, .max = 10, .optional = true),
	TEXT(struct voucher_issue_in, to, .max = 10),
	CHECK(struct voucher_issue_in, reusable),
	TEXT(struct voucher_issue_in, note, .max = 200, .optional = true))
struct voucher_import_in { const char *csv; };
FORM(voucher_import_form, struct voucher_import_in,
	LINES(struct voucher_import_in, csv, .max = CSV_CHARS))

static struct view_field field(struct web *w, enum voucher_column c, enum msg label, enum msg hint, const char *type)
{
	struct view_field f = c == VOUCHER_KIND ?
		web_enum(w, &voucher_issue_form, "kind", label, FIELD_RADIO, voucher_kind_msg, HOLDING_VOUCHER) :
		web_field(w, &voucher_issue_form, voucher_column_names[c], label, NULL);

	if (hint)
		f.hint = web_text(w, hint);
	if (type)
		f.type = type;
	return f;
}

enum rc voucher_new(struct cx *cx, struct web *w)
{
	struct view_field *f = ARENA_ARRAY(cx->a, struct view_field, VOUCHER_COLUMNS);
	struct view_field csv = web_field(w, &voucher_import_form, "csv", MSG_voucher_csv, NULL);
	struct view_voucher_new m = { f, VOUCHER_COLUMNS, &csv };

	f[VOUCHER_ORG] = field(w, VOUCHER_ORG, MSG_voucher_org, MSG_voucher_org_hint, NULL);
	f[VOUCHER_KIND] = field(w, VOUCHER_KIND, MSG_voucher_kind, MSG_NONE, NULL);
	f[VOUCHER_FACE] = field(w, VOUCHER_FACE, MSG_voucher_face, MSG_NONE, NULL);
	f[VOUCHER_MINIMUM] = field(w, VOUCHER_MINIMUM, MSG_voucher_minimum, MSG_voucher_minimum_hint, NULL);
	f[VOUCHER_SCOPE] = field(w, VOUCHER_SCOPE, MSG_voucher_scope, MSG_voucher_scope_hint, NULL);
	f[VOUCHER_FROM] = field(w, VOUCHER_FROM, MSG_voucher_from, MSG_voucher_from_hint, "date");
	f[VOUCHER_TO] = field(w, VOUCHER_TO, MSG_voucher_to, MSG_NONE, "date");
	f[VOUCHER_REUSABLE] = field(w, VOUCHER_REUSABLE, MSG_voucher_reusable, MSG_voucher_reusable_hint, NULL);
	f[VOUCHER_NOTE] = field(w, VOUCHER_NOTE, MSG_voucher_note, MSG_voucher_note_hint, NULL);
	f[VOUCHER_FACE].inputmode = f[VOUCHER_MINIMUM].inputmode = "decimal";
	csv.hint = web_text(w, MSG_voucher_csv_hint);
	csv.wide = true;
	w->page.title = MSG_voucher_new;
	CRUMBS(w, web_text(w, MSG_voucher_new), { web_text(w, MSG_nav_platform), "/ops" },
	       { web_text(w, MSG_voucher_title), "/ops/vouchers" });
	return web_show(w, tpl_operator_voucher_new, json_voucher_new, &m);
}

enum rc voucher_issue_do(struct cx *cx, struct web *w)
{
	const struct voucher_issue_in *in = w->in;
	struct voucher_batch *b = ARENA_NEW(cx->a, struct voucher_batch);
	struct outcome out;

	b->line[0] = (struct voucher_line){ 1, VOUCHER_COLUMNS, {
		in->org, voucher_kind_enum.names[in->kind], in->face, in->minimum ? in->minimum : "",
		in->scope ? in->scope : "", in->from ? in->from : "", in->to,
		in->reusable || in->kind == HOLDING_CARD ? "yes" : "no", in->note ? in->note : "",
	} };
	b->n = 1;
	TRY(voucher_check(cx, b));
	if (b->bad_n)
		return web_refuse(w, voucher_column_names[b->bad->column], msg_of(b->bad->error));
	TRY(voucher_issue(cx, b, &out));
	return web_done(w, &out);
}

enum rc voucher_import_do(struct cx *cx, struct web *w)
{
	const struct voucher_import_in *in = w->in;
	struct voucher_batch *b = ARENA_NEW(cx->a, struct voucher_batch);
	struct outcome out;

	voucher_read(cx->a, in->csv, b);
	TRY(voucher_check(cx, b));
	for (size_t i = 0; i < b->bad_n; i++)
		form_refuse_line(&w->errors, "csv", msg_of(b->bad[i].error), b->bad[i].line);
	if (b->bad_n)
		return RC_INVALID;
	if (!b->n)
		return web_refuse(w, "csv", MSG_voucher_nothing);
	TRY(voucher_issue(cx, b, &out));
	return web_done(w, &out);
}
