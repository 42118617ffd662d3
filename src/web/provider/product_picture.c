/* The pictures of a draft: sent one by one, known by their content, shown in their order: CAT-1. */
#include <inttypes.h>

#include "q_product_picture.h"
#include "web/provider/product.h"

FORM(product_upload_form, struct editing_in,
	INT(struct editing_in, version, .min = 1),
	INT(struct editing_in, saves),
	UPLOAD(struct editing_in, picture, .max = PICTURE_BYTES_MAX))

FORM(product_picture_form, struct editing_in,
	INT(struct editing_in, version, .min = 1),
	INT(struct editing_in, saves),
	INT(struct editing_in, first, .optional = true),
	INT(struct editing_in, remove, .optional = true))

static const char *const fields[] = { "pictures", NULL };

enum rc editing_add_pictures(struct cx *cx, struct web *w, const struct editing *e, struct view_product_edit *m)
{
	struct view_edit_picture *to = ARENA_ARRAY(cx->a, struct view_edit_picture, e->doc.pictures_n);
	struct view_field upload = web_field(w, &product_upload_form, "picture", MSG_product_edit_picture, NULL);
	struct q_picture_size_list *sizes;
	size_t n;

	TRY(q_picture_size_list(cx->db, cx->a, &(struct q_picture_size_list_in){ e->id }, &sizes, &n));
	for (size_t i = 0; i < e->doc.pictures_n; i++) {
		to[i].id = arena_printf(cx->a, "%" PRIu64, e->doc.pictures[i].id);
		to[i].src = arena_printf(cx->a, "/provider/pictures/%s", to[i].id);
		to[i].number = (int64_t)i + 1;
		for (size_t k = 0; k < n; k++)
			if (sizes[k].id == e->doc.pictures[i].id)
				to[i].size = arena_printf(cx->a, "%" PRIu64 " × %" PRIu64, sizes[k].width, sizes[k].height);
	}
	upload.hint = web_text(w, MSG_product_edit_picture_hint);
	m->pictures = to;
	m->pictures_n = e->doc.pictures_n;
	if (e->doc.pictures_n < (size_t)doc_find(doc_product(), "pictures")->most)
		m->upload = web_keep(w, upload);
	m->shows_pictures = true;
	return RC_OK;
}

static enum msg wrong_with(struct bytes b, struct picture *is)
{
	if (!picture_read(b.p, b.n, is))
		return MSG_product_edit_picture_kind;
	if (is->width < PICTURE_SIDE_MIN || is->height < PICTURE_SIDE_MIN || is->width > PICTURE_SIDE_MAX || is->height > PICTURE_SIDE_MAX)
		return MSG_product_edit_picture_size;
	return MSG_NONE;
}

static bool has(const struct doc_product *d, uint64_t id)
{
	for (size_t i = 0; i < d->pictures_n; i++)
		if (d->pictures[i].id == id)
			return true;
	return false;
}

/* The pictures with this one before all others, or behind them. */
static void put(struct arena *a, struct doc_product *d, uint64_t id, bool first)
{
	struct doc_picture *to = ARENA_ARRAY(a, struct doc_picture, d->pictures_n + 1);
	size_t n = 0;

	if (first)
		to[n++].id = id;
	for (size_t i = 0; i < d->pictures_n; i++)
		if (d->pictures[i].id != id)
			to[n++] = d->pictures[i];
	if (!first)
		to[n++].id = id;
	d->pictures = to;
	d->pictures_n = n;
}

static enum rc save(struct cx *cx, struct web *w, struct editing *e)
{
	return editing_save(cx, w, e, &(struct doc_form){ doc_product(), &e->doc, "", fields }, editing_href(cx, e, "/edit/pictures"));
}

enum rc product_upload_do(struct cx *cx, struct web *w)
{
	const struct editing_in *in = w->in;
	struct product_picture_new new = { .bytes = in->picture };
	struct editing e;
	bool unknown;

	TRY(editing_open(cx, w, &e));
	enum msg wrong = wrong_with(in->picture, &new.is);
	if (wrong)
		return web_refuse(w, "picture", wrong);
	TRY(product_picture_id(cx, e.id, in->picture, &new.id, &unknown));
	if (has(&e.doc, new.id))
		return web_refuse(w, "picture", MSG_product_edit_picture_twice);
	put(cx->a, &e.doc, new.id, false);
	e.picture = unknown ? &new : NULL;
	return save(cx, w, &e);
}

enum rc product_picture_do(struct cx *cx, struct web *w)
{
	const struct editing_in *in = w->in;
	uint64_t id = (uint64_t)(in->first ? in->first : in->remove);
	struct editing e;

	TRY(editing_open(cx, w, &e));
	if (!has(&e.doc, id))
		return RC_NOT_FOUND;
	put(cx->a, &e.doc, id, in->first);
	if (!in->first)
		e.doc.pictures_n--;
	return save(cx, w, &e);
}
