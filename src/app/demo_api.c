#include "app/api.h"
#include "app/demo_api.h"
#include "base/time.h"
#include "q_demo.h"

enum { DAYS = 28, WEEK = 7, USED_PART = 7, USED_OF = 11 };

/* Fewer calls at weekends, and more as time goes on. */
static uint64_t weight(struct date day, int nth)
{
	return (day.days + 4) % WEEK >= 1 && (day.days + 4) % WEEK <= 5 ? 20 + (uint64_t)nth : 4;
}

static enum rc put_days(struct work *w, uint64_t buyer, const struct q_demo_api_quota_list *q, uint64_t used)
{
	struct q_demo_api_day_put_in rows[DAYS];
	struct date today = date_of(w->cx->now), begun = date_of(q->begin_at);
	int n = today.days - begun.days < DAYS ? today.days - begun.days : DAYS;
	uint64_t sum = 0, given = 0;

	for (int i = 0; i < n; i++)
		sum += weight((struct date){ today.days - n + i }, i);
	for (int i = 0; i < n; i++) {
		struct date day = { today.days - n + i };
		uint64_t calls = i == n - 1 ? used - given : used * weight(day, i) / sum;
		rows[i] = (struct q_demo_api_day_put_in){ buyer, q->product_id, day, calls };
		given += calls;
	}
	return n ? q_demo_api_day_put(w->tx, rows, (size_t)n) : RC_OK;
}

/* The quota that ends first of each product is used in part. */
static enum rc put_used(struct work *w, void *arg)
{
	uint64_t buyer = *(const uint64_t *)arg, used, n;
	struct q_demo_api_quota_list *q;
	size_t rows;

	TRY(q_demo_api_quota_list(tx_db(w->tx), w->cx->a, &(struct q_demo_api_quota_list_in){ buyer }, &q, &rows));
	for (size_t i = 0; i < rows; i++) {
		TRY(api_key_first(w, q[i].resource_id));
		if ((i && q[i].product_id == q[i - 1].product_id) || date_of(q[i].begin_at).days >= date_of(w->cx->now).days)
			continue;
		used = q[i].total * USED_PART / USED_OF;
		TRY(q_demo_api_use(w->tx, &(struct q_demo_api_use_in){ q[i].resource_id, used }, &n));
		TRY(put_days(w, buyer, &q[i], used));
	}
	return RC_OK;
}

static enum rc put_quotas(struct work *w, void *arg)
{
	uint64_t n;

	(void)arg;
	return q_demo_api_quota_put(w->tx, &n);
}

enum rc demo_api_quotas(struct cx *cx) { return work_do(cx, put_quotas, NULL, NULL); }
enum rc demo_api_calls(struct cx *cx, uint64_t buyer) { return work_do(cx, put_used, &buyer, NULL); }
