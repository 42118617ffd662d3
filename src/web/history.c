#include "web/history.h"

#include "base/id.h"
#include "view/phrase.h"

enum rc history_of(struct cx *cx, uint64_t object, history_title *title, const struct view_timeline **t)
{
	struct view_timeline *line = ARENA_NEW(cx->a, struct view_timeline);
	struct q_audit_history *e;
	size_t n;

	TRY(q_audit_history(cx->db, cx->a, &(struct q_audit_history_in){ .object = object }, &e, &n));
	struct view_moment *m = ARENA_ARRAY(cx->a, struct view_moment, n);
	for (size_t i = 0; i < n; i++)
		m[n - 1 - i] = (struct view_moment){
			.at = id_instant(e[i].id), .title = title(cx, &e[i]), .who = phrase_actor(cx->lang, e[i].actor_name),
			.note = phrase_why(cx->lang, e[i].why), .current = i == n - 1,
		};
	*line = (struct view_timeline){ m, n };
	*t = line;
	return RC_OK;
}
