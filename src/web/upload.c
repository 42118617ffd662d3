#include "web/upload.h"

#include <inttypes.h>

#include "app/attachment.h"
#include "base/str.h"
#include "crypto/hash.h"
#include "web/change.h"
#include "web/multipart.h"

struct uploading {
	struct web *w;
	struct attachment_in *in;	/* NULL: none, or one that is passed over */
	size_t mark;			/* of the arena: what one file needs is free for the next */
	const char *field, *name;
	size_t files;
	bool permitted;
};

static bool takes_files(const struct form *f, const char *field)
{
	for (size_t i = 0; i < f->n; i++)
		if (f->fields[i].type == FORM_IDS && str_eq(f->fields[i].name, field))
			return true;
	return false;
}

static void refuse(struct uploading *u, enum file_problem problem)
{
	form_refuse_about(&u->w->errors, u->field, (enum msg)file_problem_msg[problem], u->name);
}

/* A field where nothing was chosen comes as a file without a name. */
static enum rc begin(void *to, const char *field, const char *name)
{
	struct uploading *u = to;
	struct web *w = u->w;

	if (!u->permitted)
		TRY(change_token(w));
	u->permitted = true;
	if (!takes_files(w->found.route->form, field))
		return RC_MALFORMED;
	u->in = NULL;
	u->field = field;
	u->name = *name ? file_name_safe(w->cx->a, name) : "";
	u->mark = arena_mark(w->cx->a);
	if (!*name)
		return RC_OK;
	if (++u->files <= ATTACHMENT_MAX)
		return attachment_begin(w->cx, name, &u->in);
	refuse(u, FILE_TOO_MANY);
	return RC_OK;
}

static enum rc add(void *to, const char *p, size_t n)
{
	struct uploading *u = to;

	return u->in ? attachment_add(u->in, p, n) : RC_OK;
}

static enum rc end(void *to)
{
	struct uploading *u = to;
	struct web *w = u->w;
	struct attachment_taken t;

	if (!u->in)
		return RC_OK;
	enum rc rc = attachment_end(u->in, &t);
	u->in = NULL;
	arena_release(w->cx->a, u->mark);
	TRY(rc);
	if (t.problem) {
		refuse(u, t.problem);
		return RC_OK;
	}
	const char *id = arena_printf(w->cx->a, "%" PRIu64, t.id), *hash = hash_hex(t.hash, sizeof t.hash, arena_alloc(w->cx->a, 2 * SHA256_SIZE + 1));
	return input_add(&w->input, (struct input_field){ .name = u->field, .value = id, .n = strlen(id), .kind = INPUT_FORM,
		.wish = arena_printf(w->cx->a, "%s %s", hash, u->name) });
}

enum rc upload_read(struct web *w)
{
	struct uploading u = { .w = w };
	const struct req *r = w->req;

	if (r->length > FILES_BODY_MAX)
		return RC_TOO_LARGE;
	enum rc rc = multipart_read(w->cx->a, r->type, &(struct multipart_source){ r->read, r->from, r->length },
		&(struct multipart_files){ begin, add, end, &u }, &w->input);
	if (u.in)
		attachment_drop(u.in);
	return rc;
}
