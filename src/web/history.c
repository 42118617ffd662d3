#include "web/history.h"

#include "base/id.h"
#include "view/phrase.h"

enum rc history_of(struct cx *cx, uint64_t object, history_title *title, const struct view_timeline **t)
{
	struct view_timeline *line = ARENA_NEW(cx->a, struct view_timeline);
	struct q_audit_latest *e;
	size_t n, shown = 0;

	TRY(q_audit_latest(cx->db, cx->a, &(struct q_audit_latest_in){ .object = object }, &e, &n));
	struct view_moment *m = ARENA_ARRAY(cx->a, struct view_moment, n);
	for (size_t i = 0; i < n; i++) {
		const char *what = title(cx, &e[i]);
		if (!what)
			continue;
		m[shown] = (struct view_moment){
			.at = id_instant(e[i].id), .title = what, .who = phrase_actor(cx->lang, e[i].actor_name),
			.note = phrase_why(cx->lang, e[i].why), .current = !shown,
		};
		shown++;
	}
	*line = (struct view_timeline){ m, shown };
	*t = line;
	return RC_OK;
}
