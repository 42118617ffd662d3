#include "web/buyer/order_find.h"

#include <stdlib.h>

#include "base/id.h"
#include "base/str.h"
#include "db/db.h"

static void add(struct order_finder *f, struct id_range all, struct order_source s)
{
	s.ids = range_both(s.ids, all);
	if (s.ids.from < s.ids.to)
		f->source[f->n++] = s;
}

static enum rc add_names(struct cx *cx, const char *q, struct id_range all, struct order_finder *f)
{
	struct q_order_list_plans *plans;
	struct q_order_list_named *named;
	struct q_order_list_plans_in by_plan = { cx->actor.org, list_like(cx->a, q), ORDER_PLANS_MAX + 1 };
	struct q_order_list_named_in by_name = { cx->actor.org, list_like(cx->a, q) + 1, ORDER_NAMED_MAX };
	size_t n;

	TRY(q_order_list_plans(cx->db, cx->a, &by_plan, &plans, &n));
	f->crowded = list_more(&n, ORDER_PLANS_MAX);
	for (size_t i = 0; i < n; i++)
		add(f, all, (struct order_source){ .ids = all, .plan = plans[i].plan_id });
	TRY(q_order_list_named(cx->db, cx->a, &by_name, &named, &n));
	for (size_t i = 0; i < n; i++)
		add(f, all, (struct order_source){ .ids = { named[i].id, named[i].id + 1 } });
	return RC_OK;
}

/* Digits: the beginning of a number, a whole one, the id of a resource, or of who created it.  far: where the whole ones may be. */
static enum rc add_numbers(struct cx *cx, const char *q, struct id_range all, struct id_range far, struct order_finder *f)
{
	struct q_order_list_about_in about = { .buyer = cx->actor.org, .number = q, .limit = ORDER_NAMED_MAX };
	struct q_order_list_about *rows;
	struct id_range ids;
	size_t n;

	if (strlen(q) < NUMBER_LEN && order_number_ids(q, &ids))
		add(f, all, (struct order_source){ .ids = ids });
	if (str_u64(q, &about.resource) && about.resource)
		add(f, all, (struct order_source){ .ids = all, .creator = about.resource });
	TRY(q_order_list_about(cx->db, cx->a, &about, &rows, &n));
	for (size_t i = 0; i < n; i++)
		add(f, far, (struct order_source){ .ids = { rows[i].id, rows[i].id + 1 } });
	return RC_OK;
}

enum rc order_find(struct cx *cx, const struct order_list_in *in, struct id_range ids, bool hidden, struct order_finder *f)
{
	*f = (struct order_finder){ .ask = {
		.buyer = cx->actor.org, .hidden = hidden, .state = in->state, .kind = in->kind, .term = in->term,
		.category = in->category && *in->category ? in->category : NULL,
	} };
	if (!in->q || !*in->q) {
		add(f, ids, (struct order_source){ .ids = ids });
		return RC_OK;
	}
	if (str_digits(in->q, 1, NUMBER_LEN))
		TRY(add_numbers(cx, in->q, ids, in->range ? ids : (struct id_range){ 0, ids.to }, f));
	return add_names(cx, in->q, ids, f);
}

static int newer(const void *a, const void *b)
{
	const struct q_order_list *x = a, *y = b;

	return x->id < y->id ? 1 : x->id > y->id ? -1 : 0;
}

/* Several sources may know the same order. */
static size_t unique(struct q_order_list *r, size_t n)
{
	size_t kept = 0;

	qsort(r, n, sizeof *r, newer);
	for (size_t i = 0; i < n; i++)
		if (!kept || r[kept - 1].id != r[i].id)
			r[kept++] = r[i];
	return kept;
}

enum rc order_found(struct cx *cx, const struct order_finder *f, uint64_t before, size_t limit, struct q_order_list **rows,
		size_t *n)
{
	struct q_order_list *all = ARENA_ARRAY(cx->a, struct q_order_list, f->n * limit), *some;
	struct q_order_list_in ask = f->ask;
	size_t found;

	*n = 0;
	ask.limit = (int32_t)limit;
	for (size_t i = 0; i < f->n; i++) {
		const struct order_source *s = &f->source[i];
		ask.from_id = s->ids.from;
		ask.to_id = s->ids.to < before ? s->ids.to : before;
		ask.plan = s->plan;
		ask.creator = s->creator;
		TRY(q_order_list(cx->db, cx->a, &ask, &some, &found));
		memcpy(all + *n, some, found * sizeof *some);
		*n += found;
	}
	*n = f->n > 1 ? unique(all, *n) : *n;
	*n = *n > limit ? limit : *n;
	*rows = all;
	return RC_OK;
}
