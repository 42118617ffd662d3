#include "app/org.h"

#include "q_org.h"

static const char *page_of(struct work *w, uint64_t org) { return arena_printf(w->cx->a, "/ops/organisations/%llu", (unsigned long long)org); }

static enum rc set(struct work *w, void *arg)
{
	const struct org_freeze *in = arg;
	struct q_org_lock was;
	uint64_t n;

	TRY(q_org_lock(w->tx, w->cx->a, &(struct q_org_lock_in){ in->org }, &was));
	if (was.kind == ORG_PLATFORM)
		return RC_DENIED;
	if (was.freeze_kind != in->seen || (!was.freeze_kind && !in->kind))
		return RC_CONFLICT;
	TRY(q_org_freeze(w->tx, &(struct q_org_freeze_in){ in->org, in->kind, in->kind ? in->reason : "" }, &n));
	work_audit(w, (struct event){
		.kind = OBJECT_ORGANISATION, .object = in->org, .org = in->org, .name = in->kind ? "freeze" : "unfreeze", .why = in->reason,
		.from = was.freeze_kind ? freeze_kind_enum.names[was.freeze_kind] : NULL,
		.to = in->kind ? freeze_kind_enum.names[in->kind] : NULL,
	});
	w->out.location = page_of(w, in->org);
	return RC_OK;
}

enum rc org_freeze(struct cx *cx, const struct org_freeze *in, struct outcome *out) { return work_do(cx, set, (void *)in, out); }

struct assigning { uint64_t org, manager; };

static enum rc is_manager(struct cx *cx, uint64_t person)
{
	struct q_org_managers *rows;
	size_t n;

	TRY(q_org_managers(cx->db, cx->a, &(struct q_org_managers_in){ SET_OF(ROLE_ACCOUNT_MANAGER) }, &rows, &n));
	for (size_t i = 0; i < n; i++)
		if (rows[i].id == person)
			return RC_OK;
	return RC_INVALID;
}

static enum rc assign(struct work *w, void *arg)
{
	const struct assigning *in = arg;
	struct q_org_lock was;
	uint64_t n;

	TRY(q_org_lock(w->tx, w->cx->a, &(struct q_org_lock_in){ in->org }, &was));
	if (was.kind != ORG_BUYER)
		return RC_DENIED;
	if (in->manager)
		TRY(is_manager(w->cx, in->manager));
	TRY(q_org_manager(w->tx, &(struct q_org_manager_in){ in->org, in->manager }, &n));
	work_audit(w, (struct event){
		.kind = OBJECT_ORGANISATION, .object = in->org, .org = in->org, .name = "account_manager",
		.details = arena_printf(w->cx->a, "{\"before\":\"%llu\",\"after\":\"%llu\"}", (unsigned long long)was.manager_id, (unsigned long long)in->manager),
	});
	w->out.location = page_of(w, in->org);
	return RC_OK;
}

enum rc org_assign(struct cx *cx, uint64_t org, uint64_t manager, struct outcome *out)
{
	return work_do(cx, assign, &(struct assigning){ org, manager }, out);
}
