/* All life cycles against what the rules allow: every state × event × actor × combination of guards. */
#include <stdio.h>

#include "domain/appeal.h"
#include "domain/case.h"
#include "domain/delivery.h"
#include "domain/order.h"
#include "domain/outbox.h"
#include "domain/payment.h"
#include "domain/payout.h"
#include "domain/payout_batch.h"
#include "domain/product.h"
#include "domain/remit_claim.h"
#include "domain/refund.h"
#include "domain/resource.h"
#include "domain/gift.h"
#include "domain/version.h"
#include "domain/withdrawal.h"
#include "unit.h"

/* The moves of the rules, nothing more and nothing less; "-" = not there yet. */
static const struct life {
	const struct machine *m;
	int first;	/* the state a life begins in; 0: rows say */
	const char *moves;
} lives[] = {
	{ &order_machine, 0,
	  " ->to_confirm ->in_review ->to_pay ->processing ->refunding "
	  "to_confirm>in_review to_confirm>to_pay to_confirm>processing to_confirm>cancelled "
	  "in_review>to_pay in_review>processing in_review>refunding in_review>cancelled "
	  "to_pay>processing to_pay>cancelled processing>completed processing>cancelled refunding>completed refunding>cancelled " },
	{ &payment_machine, PAYMENT_CREATED,
	  " created>waiting created>succeeded created>unknown created>failed created>closed created>expired "
	  "waiting>succeeded waiting>unknown waiting>failed waiting>closed waiting>expired "
	  "unknown>waiting unknown>succeeded unknown>failed unknown>closed unknown>expired " },
	{ &resource_machine, RESOURCE_PROVISIONING,
	  " provisioning>in_use provisioning>failed provisioning>refunded in_use>in_use in_use>expired in_use>released in_use>refunded "
	  "expired>in_use expired>released expired>refunded " },
	{ &delivery_machine, 0,
	  " ->awaiting_requirement ->in_implementation awaiting_requirement>awaiting_requirement awaiting_requirement>awaiting_confirmation "
	  "awaiting_requirement>completed awaiting_requirement>closed awaiting_confirmation>awaiting_requirement awaiting_confirmation>awaiting_confirmation "
	  "awaiting_confirmation>in_implementation awaiting_confirmation>completed awaiting_confirmation>closed in_implementation>in_implementation "
	  "in_implementation>awaiting_acceptance in_implementation>completed in_implementation>closed awaiting_acceptance>in_implementation "
	  "awaiting_acceptance>awaiting_acceptance awaiting_acceptance>completed awaiting_acceptance>closed " },
	{ &appeal_machine, 0,
	  " ->open open>asked open>decided open>withdrawn asked>asked asked>answered asked>decided asked>withdrawn "
	  "answered>asked answered>decided answered>withdrawn " },
	{ &outbox_machine, OUTBOX_WAITING, " waiting>done waiting>waiting waiting>failed failed>waiting " },
	{ &refund_machine, 0,
	  " ->waiting waiting>sent waiting>unknown waiting>done waiting>refused waiting>stopped "
	  "unknown>sent unknown>done unknown>refused unknown>stopped sent>done sent>refused "
	  "stopped>sent stopped>done stopped>refused stopped>unknown " },
	{ &product_machine, 0,
	  " ->draft draft>submitted submitted>draft submitted>listed submitted>refused refused>draft "
	  "listed>listed listed>delisted delisted>delisted delisted>listed " },
	{ &gift_machine, 0, " ->proposed proposed>granted proposed>refused " },
	{ &case_machine, CASE_OPEN, " open>proposed open>settled proposed>settled proposed>open " },
	{ &version_machine, 0,
	  " ->draft draft>submitted draft>withdrawn submitted>withdrawn submitted>published submitted>refused refused>refused " },
	{ &withdrawal_machine, WITHDRAWAL_REQUESTED,
	  " requested>under_way requested>refused requested>cancelled under_way>done under_way>refused " },
	{ &payout_machine, PAYOUT_WAITING, " waiting>filed filed>waiting filed>sent sent>done sent>refused " },
	{ &payout_batch_machine, BATCH_PROPOSED, " proposed>approved proposed>discarded approved>closed " },
	{ &remit_claim_machine, CLAIM_OPEN, " open>proposed open>refused open>withdrawn proposed>accepted proposed>open " },
};
enum { LIVES = sizeof lives / sizeof *lives };

static const char *state_name(const struct machine *m, int s) { return s ? m->states->names[s] : "-"; }

/* Where " from>to " stands in the rules, or NULL. */
static const char *rule(const struct life *l, int from, int to)
{
	char pair[100];

	snprintf(pair, sizeof pair, " %s>%s ", state_name(l->m, from), state_name(l->m, to));
	return strstr(l->moves, pair);
}

static void step_everywhere(const struct life *l, int state, int event, bool seen[16][16])
{
	const struct machine *m = l->m;
	struct move out;

	for (uint32_t holds = 0; holds < UINT32_C(1) << m->guard_n; holds++)
		for (int who = 1; who <= actor_kind_n; who++) {
			enum rc rc = machine_step(m, state, event, (enum actor_kind)who, holds, &out);
			if (!set_has(m->rules[event].actors, who))
				assert_int_equal(rc, RC_DENIED);
			else if (rc != RC_OK)
				assert_int_equal(rc, RC_CONFLICT);
			else {
				if (!rule(l, state, out.to))
					fail_msg("%s: %s>%s", m->states->name, state_name(m, state), state_name(m, out.to));
				seen[state][out.to] = true;
			}
		}
}

static int pairs(const char *moves)
{
	int n = 0;

	for (; *moves; moves++)
		n += *moves == '>';
	return n;
}

TEST(machine_moves, "ORD-2 MON-4 DEL-4 PRV-5 the moves of the rules are possible, and no other")
{
	for (const struct life *l = lives; l < lives + LIVES; l++) {
		bool seen[16][16] = { 0 };
		int n = 0;
		for (int s = 0; s <= l->m->states->n; s++)
			for (int e = 1; e <= l->m->events->n; e++)
				step_everywhere(l, s, e, seen);
		for (int s = 0; s < 16; s++)
			for (int t = 0; t < 16; t++)
				n += seen[s][t];
		assert_int_equal(n, pairs(l->moves));
	}
}

TEST(machine_rows_used, "machines: every state is reached, every event and guard is used, persons need a permission")
{
	for (const struct life *l = lives; l < lives + LIVES; l++) {
		const struct machine *m = l->m;
		uint32_t reached = l->first ? SET_OF(l->first) : 0, caused = 0, asked = 0;
		for (const struct move_row *r = m->rows; r < m->rows + m->n; r++) {
			reached |= SET_OF(r->to);
			caused |= SET_OF(r->event);
			asked |= UINT32_C(1) << r->guard;
		}
		assert_int_equal(reached, SET_OF(m->states->n + 1) - 1);
		assert_int_equal(caused, SET_OF(m->events->n + 1) - 1);
		assert_int_equal(asked, (UINT32_C(1) << m->guard_n) - 1);
		for (int e = 1; e <= m->events->n; e++) {
			assert_true(m->rules[e].actors);
			assert_int_equal(set_has(m->rules[e].actors, ACTOR_PERSON), m->rules[e].perm != PERM_NONE);
			assert_true(m->rules[e].perm == PERM_NONE || perm_info[m->rules[e].perm].changes);
		}
	}
}

static uint32_t final_states(const struct machine *m)
{
	uint32_t set = 0;

	for (int s = 1; s <= m->states->n; s++)
		if (machine_final(m, s))
			set |= SET_OF(s);
	return set;
}

TEST(machine_finals, "ORD-2 MON-4 the final states, from which nothing moves")
{
	assert_int_equal(final_states(&order_machine), SET_OF(ORDER_COMPLETED) | SET_OF(ORDER_CANCELLED));
	assert_int_equal(final_states(&payment_machine), SET_OF(PAYMENT_SUCCEEDED) | SET_OF(PAYMENT_FAILED) | SET_OF(PAYMENT_CLOSED) | SET_OF(PAYMENT_EXPIRED));
	assert_int_equal(final_states(&resource_machine), SET_OF(RESOURCE_RELEASED) | SET_OF(RESOURCE_REFUNDED) | SET_OF(RESOURCE_FAILED));
	assert_int_equal(final_states(&outbox_machine), SET_OF(OUTBOX_DONE));
	assert_int_equal(final_states(&refund_machine), SET_OF(REFUND_DONE) | SET_OF(REFUND_REFUSED));
}

TEST(machine_doc, "doc/states.md shows the rows of the machines")
{
	static char doc[64 << 10];
	FILE *f = fopen(STATES_DOC, "re");

	assert_non_null(f);
	doc[fread(doc, 1, sizeof doc - 1, f)] = 0;
	fclose(f);
	for (const struct life *l = lives; l < lives + LIVES; l++) {
		struct out o = { 0 };
		machine_table(l->m, &o);
		out_bytes(&o, "", 1);
		if (!strstr(doc, o.p))
			fail_msg("%s: the table should be\n%s", l->m->states->name, o.p);
		out_free(&o);
	}
}
