#include "view/components.h"

#include "web/attachment.h"

/* Every part in every state, for those who build pages: in development only.  Its form of files takes what is sent, and leaves it to be swept. */
struct components_in { const char *note; struct ids files; };
FORM(components_form, struct components_in,
	TEXT(struct components_in, note),
	IDS(struct components_in, files, .max = ATTACHMENT_MAX))

enum rc components_show(struct cx *cx, struct web *w)
{
	struct view_components m = components;
	struct view_field note = web_field(w, &components_form, "note", MSG_components_details, NULL);

	if (!cx->conf->platform_development)
		return RC_NOT_FOUND;
	w->page.title = MSG_components_title;
	m.note = &note;
	TRY(attachment_field(w, "files", &m.files));
	return web_show(w, tpl_storefront_components, json_components, &m);
}

enum rc components_files(struct cx *cx, struct web *w)
{
	if (!cx->conf->platform_development)
		return RC_NOT_FOUND;
	return web_see(w, "/console/components");
}
