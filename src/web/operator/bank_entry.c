/* What banks announced: found, and looked at with its document (MON-11, ISO-5). */
#include <inttypes.h>

#include "base/str.h"
#include "q_bank.h"
#include "view/bank_entry.h"
#include "web/list.h"

static const char *tone_of(enum bank_entry_state s) { return s == ENTRY_MATCHED ? "ok" : s == ENTRY_UNMATCHED ? "warn" : "info"; }
static const char *id_text(struct cx *cx, uint64_t id) { return id ? arena_printf(cx->a, "%" PRIu64, id) : NULL; }

#define ITEM_OF(cx, r) \
	((struct view_bank_entry_item){ .id = id_text((cx), (r)->id), .bank = (r)->bank, .account = (r)->account, .reference = (r)->reference, .day = (r)->day, \
		.direction = (r)->direction, .reversal = (r)->reversal, .amount = (r)->amount, .amount_text = (r)->amount_text, .currency = (r)->currency, \
		.party_name = (r)->party_name, .state = (r)->state, .match = (r)->match_kind, .number = *(r)->match_number ? (r)->match_number : NULL, \
		.outcome = (r)->outcome, .org = id_text((cx), (r)->org_id), .org_name = (r)->org_name, .case_id = id_text((cx), (r)->case_id), .tone = tone_of((r)->state) })

struct bank_entry_list_in { enum bank_entry_state state; enum bank_code bank; struct date day; struct money amount; const char *q; LIST_MEMBERS };
FORM(bank_entry_list_form, struct bank_entry_list_in,
	ENUM(struct bank_entry_list_in, state, bank_entry_state, .optional = true),
	ENUM(struct bank_entry_list_in, bank, bank_code, .optional = true),
	DATE(struct bank_entry_list_in, day, .optional = true),
	MONEY(struct bank_entry_list_in, amount, .optional = true),
	TEXT(struct bank_entry_list_in, q, .max = 40, .optional = true),
	LIST_ROWS(struct bank_entry_list_in))

static enum rc find(struct cx *cx, const struct bank_entry_list_in *in, struct view_bank_entry_list *m)
{
	size_t limit = list_limit(in->limit);
	struct q_bank_entry_list_in ask = {
		.before = UINT64_MAX, .limit = (int32_t)limit + 1, .state = in->state, .bank = in->bank, .day = in->day, .amount = (uint64_t)in->amount.fen,
		.number = in->q && *in->q ? in->q : NULL,
	};
	struct q_bank_entry_list *r;

	TRY(cursor_read(in->after, &ask.before, 1));
	TRY(q_bank_entry_list(cx->db, cx->a, &ask, &r, &m->items_n));
	if (list_more(&m->items_n, limit))
		m->next = cursor_write(cx->a, &r[limit - 1].id, 1);
	struct view_bank_entry_item *v = ARENA_ARRAY(cx->a, struct view_bank_entry_item, m->items_n);
	for (size_t i = 0; i < m->items_n; i++)
		v[i] = ITEM_OF(cx, &r[i]);
	m->items = v;
	return RC_OK;
}

enum rc bank_entry_list(struct cx *cx, struct web *w)
{
	const struct bank_entry_list_in *in = w->in;
	struct view_empty empty = { web_text(w, MSG_bank_entry_none), web_text(w, MSG_bank_entry_none_hint), NULL };
	struct view_bank_entry_list m = { .empty = &empty };
	struct view_field filters[] = {
		list_choice(w, "bank", MSG_bank_entry_bank, &bank_code_enum, bank_code_msg, (int)in->bank),
		web_field(w, &bank_entry_list_form, "day", MSG_bank_entry_day, NULL),
		web_field(w, &bank_entry_list_form, "amount", MSG_order_show_amount, NULL),
		list_search(w, "q", MSG_bank_entry_q, MSG_bank_entry_q_hint),
	};

	filters[1].type = "date";
	TRY(find(cx, in, &m));
	m.tabs = LIST_TABS(w, "state", MSG_order_list_state, MSG_bank_entry_all, bank_entry_state, in->state);
	m.filter = list_filter(w, filters, sizeof filters / sizeof *filters);
	m.pager = list_pager(w, m.items_n, m.next);
	w->page.title = MSG_bank_entry_title;
	CRUMBS(w, web_text(w, MSG_bank_entry_title), { web_text(w, MSG_nav_platform), "/ops" });
	return web_show(w, tpl_operator_bank_entry_list, json_bank_entry_list, &m);
}

/* The page of what it was matched to; a payment has none of its own here: its orders stand below. */
static const char *href_of(struct cx *cx, enum bank_match kind, const char *number)
{
	switch (kind) {
	case MATCH_REFUND:     return arena_printf(cx->a, "/ops/finance/refunds/%s", number);
	case MATCH_WITHDRAWAL: return arena_printf(cx->a, "/ops/finance/withdrawals/%s", number);
	case MATCH_PAYMENT: case MATCH_TOPUP: case MATCH_ORGANISATION: break;
	}
	return NULL;
}

static enum rc add_match(struct cx *cx, const struct q_bank_entry_show *e, struct view_bank_entry_show *m)
{
	struct q_bank_entry_claim_id c = { 0 };
	struct q_bank_entry_order_list *r;

	enum rc rc = q_bank_entry_claim_id(cx->db, cx->a, &(struct q_bank_entry_claim_id_in){ e->account, e->reference }, &c);
	if (rc != RC_OK && rc != RC_NOT_FOUND)
		return rc;
	m->claim_id = id_text(cx, c.claim_id);
	m->href = href_of(cx, e->match_kind, e->match_number);
	TRY(q_bank_entry_order_list(cx->db, cx->a, &(struct q_bank_entry_order_list_in){ e->match_number }, &r, &m->orders_n));
	struct view_bank_entry_order *v = ARENA_ARRAY(cx->a, struct view_bank_entry_order, m->orders_n);
	for (size_t i = 0; i < m->orders_n; i++)
		v[i] = (struct view_bank_entry_order){ r[i].number, r[i].product_name, r[i].state, r[i].payable };
	m->orders = v;
	return RC_OK;
}

enum rc bank_entry_show(struct cx *cx, struct web *w)
{
	struct q_bank_entry_show e;

	TRY(q_bank_entry_show(cx->db, cx->a, &(struct q_bank_entry_show_in){ web_param_id(w, "id") }, &e));
	const struct view_bank_entry_item item = ITEM_OF(cx, &e);
	struct view_bank_entry_show m = {
		.entry = &item, .end_to_end = e.end_to_end, .structured = e.structured, .remittance = e.remittance, .party_account = e.party_account,
		.party_bank = e.party_bank, .heard_at = e.heard_at, .message_id = e.message_id, .kind = e.kind, .source = e.source, .received_at = e.received_at,
		.document = e.raw.n ? arena_dup(cx->a, e.raw.p, e.raw.n) : NULL,
	};

	TRY(add_match(cx, &e, &m));
	w->page.title = MSG_bank_entry_one;
	w->page.name = e.reference;
	CRUMBS(w, e.reference, { web_text(w, MSG_nav_platform), "/ops" }, { web_text(w, MSG_bank_entry_title), "/ops/finance/remittances" });
	return web_show(w, tpl_operator_bank_entry_show, json_bank_entry_show, &m);
}
