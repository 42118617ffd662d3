/* Pictures of products: to everybody what sells, to its provider his own, to approvers what they decide on (CAT-1, CAT-9). */
#include "q_product_picture.h"
#include "web/web.h"

static enum rc show(struct web *w, enum picture_type type, struct bytes b)
{
	return web_file(w, arena_printf(w->cx->a, "image/%s", picture_type_enum.names[type]), b);
}

static enum rc any(struct cx *cx, struct web *w, uint64_t provider)
{
	struct q_picture_any r;

	TRY(q_picture_any(cx->db, cx->a, &(struct q_picture_any_in){ .id = web_param_id(w, "id"), .provider = provider }, &r));
	return show(w, r.type, r.bytes);
}

enum rc picture_public(struct cx *cx, struct web *w)
{
	struct q_picture_public r;

	TRY(q_picture_public(cx->db, cx->a, &(struct q_picture_public_in){ web_param_id(w, "id") }, &r));
	return show(w, r.type, r.bytes);
}

enum rc picture_own(struct cx *cx, struct web *w) { return any(cx, w, cx->actor.org); }
enum rc picture_review(struct cx *cx, struct web *w) { return any(cx, w, 0); }
