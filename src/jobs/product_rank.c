#include "app/product_index.h"
#include "domain/rank.h"
#include "jobs/jobs.h"
#include "q_search.h"

/* Sales move a product in the list by sales at once; where it stands in all the others is looked at here, some products at a time. */
enum { RANK_BATCH = 200 };

static enum rc index_one(struct tx *tx, void *arg)
{
	struct cx *cx = ((void **)arg)[0];
	const uint64_t *id = ((void **)arg)[1];

	return product_index(cx, tx, *id);
}

enum rc job_product_rank(struct cx *cx, bool *more)
{
	static uint64_t after;
	struct q_product_rank_list *rows;
	size_t n;

	TRY(q_product_rank_list(cx->db, cx->a, &(struct q_product_rank_list_in){ after, RANK_BATCH }, &rows, &n));
	*more = n == RANK_BATCH;
	for (size_t i = 0; i < n; i++) {
		size_t mark = arena_mark(cx->a);
		if (!rows[i].score || rows[i].score != rank_best(rows[i].deals, rows[i].rating_sum, rows[i].rating_n))
			TRY(db_tx(cx->db, cx->a, index_one, (void *[]){ cx, &rows[i].id }));
		arena_release(cx->a, mark);
	}
	after = *more ? rows[n - 1].id : 0;
	return RC_OK;
}
