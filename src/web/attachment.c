#include "web/attachment.h"

#include <inttypes.h>

#include "base/str.h"
#include "web/nav.h"
#include "web/page.h"

static const char *size_text(struct web *w, uint64_t size)
{
	struct arena *a = w->cx->a;
	uint64_t tenths = (size * 10 + (1 << 20) - 1) >> 20;

	if (size < 1 << 20)
		return MSG_FILL(a, w->cx->lang, MSG_attachment_size_kb, { "n", arena_printf(a, "%" PRIu64, (size + 1023) >> 10) });
	return MSG_FILL(a, w->cx->lang, MSG_attachment_size_mb, { "n", arena_printf(a, tenths % 10 ? "%" PRIu64 ".%" PRIu64 : "%" PRIu64, tenths / 10, tenths % 10) });
}

static const char *href(struct web *w, uint64_t id) { return arena_printf(w->cx->a, "%s/attachments/%" PRIu64, nav_home(w), id); }

static bool came_with(const struct web *w, const char *field, uint64_t id)
{
	uint64_t v;

	for (size_t i = 0; i < w->input.n; i++)
		if (str_eq(w->input.f[i].name, field) && str_u64(w->input.f[i].value, &v) && v == id)
			return true;
	return false;
}

static enum rc kept(struct web *w, struct view_attach *m)
{
	const struct actor *by = &w->cx->actor;
	struct q_attachment_draft_list *rows;
	size_t n;

	TRY(q_attachment_draft_list(w->cx->db, w->cx->a, &(struct q_attachment_draft_list_in){ by->person, by->org, w->cx->now }, &rows, &n));
	struct view_attach_file *to = ARENA_ARRAY(w->cx->a, struct view_attach_file, n);
	for (size_t i = 0; i < n; i++)
		if (came_with(w, m->name, rows[i].id))
			to[m->kept_n++] = (struct view_attach_file){ .id = arena_printf(w->cx->a, "%" PRIu64, rows[i].id), .name = rows[i].name,
				.size = size_text(w, rows[i].size), .href = href(w, rows[i].id) };
	m->kept = to;
	return RC_OK;
}

/* All that is wrong with it, a sentence for each file. */
static void wrong(struct web *w, struct view_attach *m)
{
	struct view_attach_error *to = ARENA_ARRAY(w->cx->a, struct view_attach_error, w->errors.n);

	for (size_t i = 0; i < w->errors.n; i++)
		if (w->errors.e[i].field && str_eq(w->errors.e[i].field, m->name)) {
			w->errors.e[i].label = MSG_attachment_label;
			to[m->errors_n++].text = page_error_text(w, &w->errors.e[i]);
		}
	m->errors = to;
}

enum rc attachment_field(struct web *w, const char *name, const struct view_attach **out)
{
	struct arena *a = w->cx->a;
	struct view_attach *m = ARENA_NEW(a, struct view_attach);
	size_t sent;

	*m = (struct view_attach){ .name = name, .label = msg_text(w->cx->lang, MSG_attachment_label), .accept = file_endings(a) };
	wrong(w, m);
	m->hint = MSG_FILL(a, w->cx->lang, MSG_attachment_hint, { "n", arena_printf(a, "%d", ATTACHMENT_MAX) }, { "size", size_text(w, ATTACHMENT_BYTES_MAX) });
	*out = m;
	return input_find(&w->input, name, &sent) ? kept(w, m) : RC_OK;
}

enum rc attachments_read(struct web *w, uint64_t delivery, struct attachments *out)
{
	struct q_attachment_list *rows;

	TRY(q_attachment_list(w->cx->db, w->cx->a, &(struct q_attachment_list_in){ delivery }, &rows, &out->n));
	out->rows = rows;
	return RC_OK;
}

const struct view_attachments *attachments_of(struct web *w, const struct attachments *all, enum attachment_owner kind, uint64_t id)
{
	struct view_attachments *m = ARENA_NEW(w->cx->a, struct view_attachments);
	struct view_attachment *to = ARENA_ARRAY(w->cx->a, struct view_attachment, all->n);

	for (size_t i = 0; i < all->n; i++) {
		const struct q_attachment_list *r = &all->rows[i];
		if (r->owner_kind == kind && r->owner_id == id)
			to[m->attachments_n++] = (struct view_attachment){ .name = r->name, .type = r->type, .size = r->size, .size_text = size_text(w, r->size), .href = href(w, r->id) };
	}
	m->attachments = to;
	return m;
}

struct sending { struct cx cx; struct attachment_out out; uint64_t at, size; };

static enum rc send(void *from, struct out *body, bool *last)
{
	struct sending *s = from;
	const uint8_t *p;
	size_t n;

	TRY(attachment_piece(&s->out, s->at, &p, &n));
	out_bytes(body, (const char *)p, n);
	s->at += n;
	*last = s->at >= s->size;
	return RC_OK;
}

/* To those concerned, and nobody else (DEL-12): the platform sees all of them. */
enum rc attachment_show(struct cx *cx, struct web *w)
{
	uint64_t id = web_param_id(w, "id"), org = cx->actor.org_kind == ORG_PLATFORM ? 0 : cx->actor.org;
	struct sending *s = ARENA_NEW(cx->a, struct sending);
	struct q_attachment_read r;

	TRY(q_attachment_read(cx->db, cx->a, &(struct q_attachment_read_in){ id, org, cx->actor.person }, &r));
	*s = (struct sending){ .cx = *cx, .size = r.size };
	s->out = (struct attachment_out){ &s->cx, id, 0, arena_alloc(cx->a, ATTACHMENT_PIECE), 0 };
	return web_pass(w, &(struct web_passed){ file_media(r.type), r.name, r.size, send, s });
}
