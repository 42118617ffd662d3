#ifndef WEB_NAV_H
#define WEB_NAV_H
#include "web/web.h"

/* The way about: the navigation of the reader's console with its counts, and the portals at the top (nav.def). */
void nav_frame(struct web *w);
/* What waits at the desk; asked for once a request. */
MUST_USE enum rc nav_waiting(struct web *w, const struct q_desk_waiting **d);
/* The reader's organisation is a zone, and this belongs to the paying account above it (ACC-4). */
bool nav_of_payer(const struct web *w, enum perm p);
/* The address of the reader's console; "/" for a visitor. */
const char *nav_home(const struct web *w);
#endif
