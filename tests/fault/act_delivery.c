#include "act_delivery.h"

#include <stdlib.h>
#include <string.h>

#include "app/appeal.h"
#include "base/money.h"
#include "base/str.h"

static int named(const struct enum_def *e, const char *name) { return enum_of(e, name, strlen(name)); }

/* ORG PERSON DELIVERY KEY EVENT */
enum rc act_step(struct cx *cx, const char **w, const char **said)
{
	struct delivery_act act = { .number = w[3], .event = (enum delivery_event)named(&delivery_event_enum, w[5]), .page = "", .said = { .text = "done" } };
	struct outcome out;

	*said = "";
	return delivery_act(cx, &act, &out);
}

/* ID */
enum rc act_alarm(struct cx *cx, const char **w, const char **said)
{
	uint64_t id;

	*said = "";
	if (!str_u64(w[1], &id))
		exit(2);
	return delivery_alarm(cx, id);
}

/* ORG PERSON DELIVERY KEY GROUND */
enum rc act_appeal(struct cx *cx, const char **w, const char **said)
{
	struct appeal_by by = { .delivery = w[3], .page = "", .said = { .text = "too late" } };
	struct outcome out;

	*said = "";
	return appeal_open(cx, &by, (enum delivery_ground)named(&delivery_ground_enum, w[5]), &out);
}

/* ORG PERSON APPEAL KEY DECISION */
enum rc act_appeal_decide(struct cx *cx, const char **w, const char **said)
{
	struct appeal_verdict v = { .decision = (enum appeal_decision)named(&appeal_decision_enum, w[5]), .amount = fen(100), .why = "so it is" };
	struct money left;
	struct outcome out;

	*said = "";
	return appeal_decide(cx, w[3], &v, &left, &out);
}
