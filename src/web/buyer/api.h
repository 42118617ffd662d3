#ifndef WEB_BUYER_API_H
#define WEB_BUYER_API_H
#include "view/api.h"
#include "web/web.h"

/* What the page of a resource shows when it calls an API (DEL-13). */
MUST_USE enum rc api_panel(struct cx *cx, struct web *w, uint64_t resource, uint64_t product, const struct view_api_panel **out);
#endif
