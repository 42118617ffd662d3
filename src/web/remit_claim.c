#include "web/remit_claim.h"

#include <inttypes.h>

#include "web/history.h"

static const char *tone_remit_claim(enum remit_claim_state s)
{
	switch (s) {
	case CLAIM_OPEN:      return "warn";
	case CLAIM_PROPOSED:  return "info";
	case CLAIM_ACCEPTED:  return "ok";
	case CLAIM_REFUSED:   return "bad";
	case CLAIM_WITHDRAWN: return "";
	}
	return "";
}

/* Of a row of the list, or of the one that is shown. */
#define ITEM_OF(cx, r) \
	((struct view_remit_claim_item){ .id = arena_printf((cx)->a, "%" PRIu64, (r)->id), .state = (r)->state, .amount = (r)->amount, .paid_on = (r)->paid_on, \
		.payer_name = (r)->payer_name, .org_name = (r)->org_name, .created_at = (r)->created_at, .tone = tone_remit_claim((r)->state) })

enum rc remit_claim_rows(struct cx *cx, struct web *w, struct q_remit_claim_list_in ask, const char *after, int64_t asked, struct view_remit_claim_list *m)
{
	size_t limit = list_limit(asked);
	struct q_remit_claim_list *r;

	ask.before = UINT64_MAX;
	ask.limit = (int32_t)limit + 1;
	TRY(cursor_read(after, &ask.before, 1));
	TRY(q_remit_claim_list(cx->db, cx->a, &ask, &r, &m->items_n));
	if (list_more(&m->items_n, limit))
		m->next = cursor_write(cx->a, &r[limit - 1].id, 1);
	struct view_remit_claim_item *v = ARENA_ARRAY(cx->a, struct view_remit_claim_item, m->items_n);
	for (size_t i = 0; i < m->items_n; i++)
		v[i] = ITEM_OF(cx, &r[i]);
	m->items = v;
	m->pager = list_pager(w, m->items_n, m->next);
	return RC_OK;
}

struct view_remit_entry remit_entry_of(struct cx *cx, const struct q_remit_entry_show *e)
{
	return (struct view_remit_entry){
		.id = arena_printf(cx->a, "%" PRIu64, e->id), .bank = e->bank, .reference = e->reference, .day = e->day, .amount = e->amount,
		.party_name = e->party_name, .party_account = e->party_account, .remittance = e->remittance,
	};
}

static enum rc add_entry(struct cx *cx, uint64_t id, struct view_remit_claim_show *m)
{
	struct view_remit_entry *v = ARENA_NEW(cx->a, struct view_remit_entry);
	struct q_remit_entry_show e;

	if (!id)
		return RC_OK;
	TRY(q_remit_entry_show(cx->db, cx->a, &(struct q_remit_entry_show_in){ id }, &e));
	*v = remit_entry_of(cx, &e);
	m->entry = v;
	return RC_OK;
}

static const char *event_title(struct cx *cx, const struct q_audit_latest *e)
{
	int to = e->to_state ? enum_of(&remit_claim_state_enum, e->to_state, strlen(e->to_state)) : 0;

	return to ? msg_text(cx->lang, (enum msg)remit_claim_state_msg[to]) : NULL;
}

enum rc remit_claim_view(struct cx *cx, struct web *w, uint64_t org, struct q_remit_claim_show *row, struct view_remit_claim_show *m)
{
	struct view_remit_claim_item *item = ARENA_NEW(cx->a, struct view_remit_claim_item);

	TRY(q_remit_claim_show(cx->db, cx->a, &(struct q_remit_claim_show_in){ web_param_id(w, "id"), org }, row));
	*item = ITEM_OF(cx, row);
	*m = (struct view_remit_claim_show){
		.claim = item, .payer_account = row->payer_account, .note = row->note, .proof_type = row->proof_type,
		.proof = arena_printf(cx->a, "%s/proof", w->req->path), .proposed_name = row->proposed_name, .decided_name = row->decided_name,
		.decided_at = row->decided_at, .reason = row->reason, .payment_number = row->payment_number,
	};
	TRY(add_entry(cx, row->entry, m));
	w->page.title = MSG_remit_claim_one;
	w->page.name = item->id;
	return history_of(cx, row->id, event_title, &m->history);
}

static enum rc all_of_it(void *from, struct out *o, bool *last)
{
	const struct q_remit_claim_proof *r = from;

	out_bytes(o, r->proof.p, r->proof.n);
	*last = true;
	return RC_OK;
}

enum rc remit_claim_file(struct cx *cx, struct web *w, uint64_t org)
{
	struct q_remit_claim_proof *r = ARENA_NEW(cx->a, struct q_remit_claim_proof);

	TRY(q_remit_claim_proof(cx->db, cx->a, &(struct q_remit_claim_proof_in){ web_param_id(w, "id"), org }, r));
	if (r->type == PROOF_PDF)
		return web_stream(w, "application/pdf", "receipt.pdf", all_of_it, r);
	return web_file(w, r->type == PROOF_PNG ? "image/png" : "image/jpeg", r->proof);
}
