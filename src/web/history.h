#ifndef WEB_HISTORY_H
#define WEB_HISTORY_H
#include "q_audit.h"
#include "web/web.h"

/* What happened to an object: its rows of the audit log as a timeline, the newest on top. */

/* What an entry is called; NULL: it is not shown. */
typedef const char *history_title(struct cx *cx, const struct q_audit_latest *e);
MUST_USE enum rc history_of(struct cx *cx, uint64_t object, history_title *title, const struct view_timeline **t);
#endif
