#include "sandbox/show.h"

#include "base/str.h"
#include "sandbox/sandbox.h"
#include "tpl.h"

const uint16_t show_fault_msg[FAULT__MAX] = {
	[FAULT_none] = MSG_sandbox_fault_none,           [FAULT_late] = MSG_sandbox_fault_late,
	[FAULT_twice] = MSG_sandbox_fault_twice,         [FAULT_ten] = MSG_sandbox_fault_ten,
	[FAULT_lost] = MSG_sandbox_fault_lost,           [FAULT_amount] = MSG_sandbox_fault_amount,
	[FAULT_signature] = MSG_sandbox_fault_signature, [FAULT_order] = MSG_sandbox_fault_order,
};
const char *show_text(const struct visit *v, enum msg id) { return msg_text(v->lang, id); }

struct out *show_body(struct visit *v, int status)
{
	struct out *o = &v->ans->body;

	v->ans->status = status;
	out_str(&v->ans->head, v->json ? "Content-Type: application/json; charset=utf-8\r\n"
				       : "Content-Type: text/html; charset=utf-8\r\n");
	out_lit(&v->ans->head,
		"Cache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\nReferrer-Policy: same-origin\r\n"
		"Content-Security-Policy: default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
		"frame-ancestors 'none'; base-uri 'none'\r\n");
	o->lang = v->lang;
	return o;
}

struct view_page *show_frame(struct visit *v, enum msg title)
{
	static const struct { enum msg label; const char *href;
	} pages[] = {
		{ MSG_sandbox_payments, "/" },
		{ MSG_sandbox_banks, "/b2b" },
		{ MSG_sandbox_refunds, "/refunds" },
		{ MSG_sandbox_notices, "/notices" },
		{ MSG_sandbox_mail, "/mail" },
		{ MSG_sandbox_provider, "/provider" },
	};
	enum { N = sizeof pages / sizeof *pages };
	struct view_nav_item *nav = ARENA_ARRAY(v->sb->a, struct view_nav_item, N);
	struct view_page *page = ARENA_NEW(v->sb->a, struct view_page);

	for (size_t i = 0; i < N; i++)
		nav[i] = (struct view_nav_item){ .label = pages[i].label,
						 .href = pages[i].href,
						 .current = str_eq(pages[i].href, v->r->path) };
	*page = (struct view_page){ .title = title, .path = v->r->path, .portals = nav, .portals_n = N };
	return page;
}

void show_see(struct visit *v, const char *path)
{
	if (v->json) {
		out_lit(show_body(v, 200), "{}");
		return;
	}
	v->ans->status = 303;
	out_lit(&v->ans->head, "Location: ");
	out_str(&v->ans->head, path);
	out_lit(&v->ans->head, "\r\n");
}

/* A select with one option for each value of an enum. */
struct view_field *show_choice(struct visit *v, const char *name, enum msg label, enum msg hint,
				 const struct enum_def *values, const uint16_t *labels, int chosen)
{
	struct view_field_option *options = ARENA_ARRAY(v->sb->a, struct view_field_option, (size_t)values->n);
	struct view_field *f = ARENA_NEW(v->sb->a, struct view_field);

	for (int i = 1; i <= values->n; i++)
		options[i - 1] = (struct view_field_option){ .value = values->names[i],
							     .label = show_text(v, (enum msg)labels[i]),
							     .chosen = i == chosen };
	*f = (struct view_field){ .control = FIELD_SELECT,
				  .id = name,
				  .name = name,
				  .label = show_text(v, label),
				  .hint = show_text(v, hint),
				  .options = options,
				  .options_n = (size_t)values->n };
	return f;
}

struct view_field *show_field(struct visit *v, const char *name, enum msg label, enum msg hint, const char *type,
				     const char *value)
{
	struct view_field *f = ARENA_NEW(v->sb->a, struct view_field);

	*f = (struct view_field){ .control = FIELD_INPUT,
				  .type = type,
				  .id = name,
				  .name = name,
				  .label = show_text(v, label),
				  .hint = show_text(v, hint),
				  .value = value };
	return f;
}
