#include "view/components.h"

#include "web/web.h"

/* Every part in every state, for those who build pages: in development only. */
enum rc components_show(struct cx *cx, struct web *w)
{
	if (!cx->conf->platform_development)
		return RC_NOT_FOUND;
	w->page.title = MSG_components_title;
	return web_show(w, tpl_storefront_components, json_components, &components);
}
