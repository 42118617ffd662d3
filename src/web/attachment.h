#ifndef WEB_ATTACHMENT_H
#define WEB_ATTACHMENT_H
#include "app/attachment.h"
#include "view/attachment.h"
#include "web/web.h"

/* Files of a step (DEL-12) on its pages. */

/* The field of a form that takes them, for part/attach: drafts that came with the form before it was refused, and why others did not. */
MUST_USE enum rc attachment_field(struct web *w, const char *name, const struct view_attach **out);

/* All files of a delivery, read once for its page; and those of a step of it, for part/attachments.  Who shows them has looked who reads. */
struct attachments { const struct q_attachment_list *rows; size_t n; };
MUST_USE enum rc attachments_read(struct web *w, uint64_t delivery, struct attachments *out);
const struct view_attachments *attachments_of(struct web *w, const struct attachments *all, enum attachment_owner kind, uint64_t id);
#endif
