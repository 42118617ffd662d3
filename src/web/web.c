#include "web/web.h"
#include "app/work.h"
#include "base/money.h"
#include "base/str.h"
#include "file/file.h"
#include "web/page.h"

#include <assert.h>

const char *web_param(const struct web *w, const char *name)
{
	for (size_t i = 0; i < w->found.n; i++)
		if (str_eq(w->found.param[i].name, name))
			return w->found.param[i].value;
	assert(!"the route has no such parameter");
	return NULL;
}

uint64_t web_param_id(const struct web *w, const char *name)
{
	const char *s = web_param(w, name);
	uint64_t id;

	return *s != '0' && str_u64(s, &id) ? id : 0;
}

static void head(struct web *w, int status, const char *name, const char *value)
{
	w->ans->status = status;
	out_str(&w->ans->head, name);
	out_lit(&w->ans->head, ": ");
	out_str(&w->ans->head, value);
	out_lit(&w->ans->head, "\r\n");
}

struct out *web_begin(struct web *w)
{
	out_reset(&w->ans->body);
	w->ans->body.lang = w->cx->lang;
	head(w, w->status ? w->status : 200, "Content-Type", w->json ? "application/json" : "text/html; charset=utf-8");
	if (!w->json)
		page_frame(w);
	return &w->ans->body;
}

static enum rc changed(struct web *w, int status, const char *location, const char *body)
{
	assert(!str_control(location, false) && (*location == '/' || str_prefix(location, "http")));
	head(w, w->json ? status : 303, "Location", location);
	if (!w->json)
		return RC_OK;
	head(w, status, "Content-Type", "application/json");
	if (body) {
		out_str(&w->ans->body, body);
		return RC_OK;
	}
	out_lit(&w->ans->body, "{\"location\":");
	out_json(&w->ans->body, location);
	out_lit(&w->ans->body, "}");
	return RC_OK;
}

enum rc web_see(struct web *w, const char *location) { return changed(w, 200, location, NULL); }
enum rc web_done(struct web *w, const struct outcome *out) { return changed(w, out->status, out->location, out->body); }

enum rc web_refuse(struct web *w, const char *field, enum msg why)
{
	form_refuse(&w->errors, field, why, 0);
	return RC_INVALID;
}

enum rc web_raw(struct web *w, int status, const char *type, const char *text)
{
	head(w, status, "Content-Type", type);
	out_str(&w->ans->body, text);
	return RC_OK;
}

enum rc web_file(struct web *w, const char *type, struct bytes b)
{
	head(w, 200, "Content-Type", type);
	out_bytes(&w->ans->body, b.p, b.n);
	return RC_OK;
}

enum rc web_download(struct web *w, const char *type, const char *name, const char *text)
{
	head(w, 200, "Content-Disposition", arena_printf(w->cx->a, "attachment; filename=\"%s\"", name));
	return web_raw(w, 200, type, text);
}

enum rc web_stream(struct web *w, const char *type, const char *name, enum rc (*more)(void *, struct out *, bool *), void *from)
{
	w->ans->more = more;
	w->ans->from = from;
	return web_download(w, type, name, "");
}

enum rc web_pass(struct web *w, const struct web_passed *file)
{
	struct arena *a = w->cx->a;

	w->sandbox = true;
	w->ans->more = file->more;
	w->ans->from = file->from;
	head(w, 200, "Content-Disposition", file_disposition(a, file->name));
	head(w, 200, "Content-Length", arena_printf(a, "%llu", (unsigned long long)file->size));
	return web_raw(w, 200, file->type, "");
}

const char *web_back(const struct web *w, const char *field, const char *otherwise)
{
	const char *s = input_text(&w->input, field, URI_MAX);

	return s && s[0] == '/' && s[1] != '/' && !strchr(s, '\\') ? s : otherwise;
}

void web_cookie(struct web *w, enum cookie c, const char *value)
{
	assert(w->set_n < sizeof w->set / sizeof *w->set);
	w->set[w->set_n].cookie = c;
	w->set[w->set_n++].value = value;
}

static const struct form_row *row_of(const struct form *f, const char *name)
{
	for (size_t i = 0; i < f->n; i++)
		if (str_eq(f->fields[i].name, name))
			return &f->fields[i];
	assert(!"the form has no such field");
	return NULL;
}

static enum field_control control_of(const struct form_row *r)
{
	switch (r->type) {
	case FORM_LINES: return FIELD_AREA;
	case FORM_ENUM:  return FIELD_SELECT;
	case FORM_CHECK: return FIELD_CHECK;
	default:         return FIELD_INPUT;
	}
}

/* What was typed comes back as it was, as far as it is text that a page can hold. */
static const char *typed(const struct web *w, const char *name)
{
	size_t count;
	const struct input_field *f = input_find(&w->input, name, &count);

	return f && f->kind != INPUT_FILE && str_utf8(f->value, f->n) && !str_control(f->value, true) ? f->value : NULL;
}

/* A box that is not ticked sends nothing: whether it was left empty shows by the fields beside it. */
static bool was_sent(const struct web *w, const struct form *f)
{
	size_t count;

	for (size_t i = 0; i < f->n; i++)
		if (input_find(&w->input, f->fields[i].name, &count))
			return true;
	return false;
}

struct view_field web_field(struct web *w, const struct form *form, const char *name, enum msg label, const char *value)
{
	return web_item_field(w, form, 1, name, label, value);
}

struct view_field web_item_field(struct web *w, const struct form *form, size_t n, const char *field, enum msg label, const char *value)
{
	const struct form_row *r = row_of(form, field);
	const char *name = form_name(w->cx->a, field, n), *text = typed(w, name);
	struct view_field f = { .control = control_of(r), .id = name, .name = name, .label = msg_text(w->cx->lang, label), .required = !r->optional };

	f.value = text ? text : value ? value : "";
	if (r->type == FORM_CHECK) {
		f.checked = was_sent(w, form) ? text && *text && !str_eq(text, "0") : value && *value;
		f.value = "1";
	}
	if (r->type == FORM_TEXT || r->type == FORM_LINES)
		f.max_length = r->max ? r->max : r->type == FORM_TEXT ? TEXT_MAX : LINES_MAX;
	if (r->type == FORM_DATE)
		f.type = "date";
	if (r->type == FORM_FILE)
		f.type = "file";
	if (r->type == FORM_INT || r->type == FORM_MONEY || r->type == FORM_PERCENT)
		f.inputmode = r->type == FORM_INT ? "numeric" : "decimal";
	for (size_t i = 0; i < w->errors.n; i++)
		if (w->errors.e[i].field && str_eq(w->errors.e[i].field, name)) {
			if (!f.error)
				f.error = page_error_text(w, &w->errors.e[i]);
			w->errors.e[i].label = label;
		}
	return f;
}

struct view_field web_enum(struct web *w, const struct form *form, const char *name, enum msg label, enum field_control control,
		const uint16_t *labels, int value)
{
	const struct form_row *r = row_of(form, name);
	struct view_field f = web_field(w, form, name, label, value ? r->def->names[value] : NULL);
	bool empty = r->optional && control == FIELD_SELECT;
	struct view_field_option *o = ARENA_ARRAY(w->cx->a, struct view_field_option, (size_t)r->def->n + empty);

	if (empty)
		o[0] = (struct view_field_option){ .value = "", .label = "—", .chosen = !*f.value };
	for (int i = 1; i <= r->def->n; i++)
		o[i - !empty] = (struct view_field_option){
			.value = r->def->names[i], .label = msg_text(w->cx->lang, (enum msg)labels[i]), .chosen = str_eq(f.value, r->def->names[i]),
		};
	f.control = control;
	f.options = o;
	f.options_n = (size_t)r->def->n + empty;
	return f;
}

const struct view_field *web_keep(struct web *w, struct view_field f)
{
	struct view_field *to = ARENA_NEW(w->cx->a, struct view_field);

	*to = f;
	return to;
}
