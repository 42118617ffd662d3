/* A call of an API, tried from the page of its resource: DEL-13. */
#include "app/api_try.h"

#include <inttypes.h>
#include <jansson.h>
#include <strings.h>

#include "base/str.h"
#include "q_api.h"
#include "q_resource.h"
#include "view/api_try.h"
#include "web/api_doc.h"
#include "web/list.h"

enum { VALUE_MAX = 200, TRY_BODY_MAX = 8000 };

struct value_in { const char *value; };
FORM(api_try_value_form, struct value_in,
	TEXT(struct value_in, value, .max = VALUE_MAX, .optional = true))
struct api_try_in { struct items values; const char *body; };
FORM(api_try_form, struct api_try_in,
	ITEMS(struct api_try_in, values, api_try_value_form, .max = API_PARAMETERS_MAX),
	LINES(struct api_try_in, body, .max = TRY_BODY_MAX, .optional = true))
struct api_try_show_in { const char *of; };
FORM(api_try_show_form, struct api_try_show_in,
	TEXT(struct api_try_show_in, of, .optional = true))

/* A call of the document of what a resource calls, and what of it can be filled in. */
struct trying {
	struct q_resource_show r;
	struct view_api_doc doc;
	const struct view_api_call *call;
	const struct view_api_parameter *p[API_PARAMETERS_MAX];
	size_t n;
	bool body, body_required;
	const char *path;
};

/* A header that the provider may name: not one of ours, of the connection, or no name at all. */
static bool header_good(const char *name)
{
	static const char *const ours[] = { "authorization", "x-date", "x-nonce", "host", "connection", "content-length", "content-type", "transfer-encoding", "expect", "te",
		"trailer", "upgrade", "cookie", "proxy-authorization" };

	for (size_t i = 0; i < sizeof ours / sizeof *ours; i++)
		if (!strcasecmp(name, ours[i]))
			return false;
	return str_all(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_");
}

static const char *placeholder(struct cx *cx, const char *address, const struct view_api_parameter *p)
{
	return strstr(address, arena_printf(cx->a, "{%s}", p->name));
}

static void sort_out(struct cx *cx, struct trying *t)
{
	const struct view_api_call *c = t->call;

	t->body = c->method != API_GET && c->method != API_DELETE;
	for (size_t i = 0; i < c->parameters_n; i++) {
		const struct view_api_parameter *p = &c->parameters[i];
		if (p->place == API_BODY)
			t->body_required |= t->body && p->required;
		else if (p->place == API_HEADER ? header_good(p->name) : p->place == API_QUERY || placeholder(cx, c->address, p))
			t->p[t->n++] = p;
	}
}

static enum rc open_call(struct cx *cx, const struct web *w, struct trying *t)
{
	struct q_api_show k;
	uint64_t nth = web_param_id(w, "call");

	*t = (struct trying){ 0 };
	TRY(q_resource_show(cx->db, cx->a, &(struct q_resource_show_in){ .buyer = cx->actor.org, .id = web_param_id(w, "id") }, &t->r));
	if (!t->r.api)
		return RC_NOT_FOUND;
	TRY(q_api_show(cx->db, cx->a, &(struct q_api_show_in){ cx->actor.org, t->r.product_id }, &k));
	TRY(api_doc_read(cx->a, k.api_doc, &t->doc));
	if (!nth || nth > t->doc.calls_n)
		return RC_NOT_FOUND;
	t->call = &t->doc.calls[nth - 1];
	t->path = arena_printf(cx->a, "/console/resources/%" PRIu64 "/try/%" PRIu64, t->r.id, nth);
	sort_out(cx, t);
	return RC_OK;
}

/* ---- the page ---- */

static const char *request_of(struct cx *cx, const struct q_api_try_show *r)
{
	return arena_printf(cx->a, "%s %s\n%s%s%s%s", msg_text(LANG_EN, (enum msg)api_method_msg[r->method]), r->url, r->added, r->headers, *r->body ? "\n" : "", r->body);
}

static const struct view_api_try_result *result_of(struct cx *cx, const struct q_api_try_show *r)
{
	struct view_api_try_result *m = ARENA_NEW(cx->a, struct view_api_try_result);

	*m = (struct view_api_try_result){
		.request = request_of(cx, r), .asked_at = r->asked_at, .status = (int64_t)r->status, .type = r->type, .answer = r->answer, .cut = r->cut,
		.took_ms = (int64_t)r->took_ms, .taken = r->taken, .left = r->left_n,
		.open = r->state == API_TRY_WAITING || r->state == API_TRY_CALLING,
	};
	m->empty = r->answer && !*r->answer;
	m->tone = m->open ? "info" : r->state == API_TRY_ANSWERED && r->status / 100 == 2 ? "ok" : "bad";
	return m;
}

/* The n-th line of what was typed; the last is the body, which may have more. */
static const char *typed_line(struct arena *a, const char **rest)
{
	const char *end = strchr(*rest, '\n'), *line = *rest;

	if (!end)
		return "";
	*rest = end + 1;
	return arena_dup(a, line, (size_t)(end - line));
}

/* {"image":"","url":""} of the parameters that stand in the body. */
static const char *empty_body(struct cx *cx, const struct view_api_call *c)
{
	struct out o = { 0 };

	for (size_t i = 0; i < c->parameters_n; i++)
		if (c->parameters[i].place == API_BODY) {
			out_str(&o, o.n ? ",\n  " : "{\n  ");
			out_json(&o, c->parameters[i].name);
			out_lit(&o, ": \"\"");
		}
	if (o.n)
		out_lit(&o, "\n}");
	const char *text = arena_dup(cx->a, o.p, o.n);
	out_free(&o);
	return text;
}

static void add_fields(struct cx *cx, struct web *w, const struct trying *t, const struct q_api_try_show *before, struct view_api_try *m)
{
	struct view_field *f = ARENA_ARRAY(cx->a, struct view_field, t->n), body;
	const char *rest = before ? before->typed : "";

	for (size_t i = 0; i < t->n; i++) {
		f[i] = web_item_field(w, &api_try_value_form, i + 1, "value", MSG_NONE, typed_line(cx->a, &rest));
		f[i].label = arena_printf(cx->a, "%s · %s", t->p[i]->name, msg_text(cx->lang, (enum msg)api_place_msg[t->p[i]->place]));
		f[i].hint = t->p[i]->description;
		f[i].required = t->p[i]->required;
	}
	m->fields = f;
	m->fields_n = t->n;
	if (!t->body)
		return;
	body = web_field(w, &api_try_form, "body", MSG_api_try_body, before ? before->body : empty_body(cx, t->call));
	body.hint = web_text(w, MSG_api_try_body_hint);
	body.wide = true;
	m->body = web_keep(w, body);
}

static const struct view_tabs *calls_of(struct cx *cx, struct web *w, const struct trying *t)
{
	struct view_tab *tab = ARENA_ARRAY(cx->a, struct view_tab, t->doc.calls_n);
	struct view_tabs *m = ARENA_NEW(cx->a, struct view_tabs);

	for (size_t i = 0; i < t->doc.calls_n; i++)
		tab[i] = (struct view_tab){
			.label = t->doc.calls[i].name, .href = arena_printf(cx->a, "/console/resources/%" PRIu64 "/try/%zu", t->r.id, i + 1), .current = &t->doc.calls[i] == t->call,
		};
	*m = (struct view_tabs){ .label = web_text(w, MSG_api_try_calls), .items = tab, .items_n = t->doc.calls_n };
	return m;
}

/* GET /console/resources/{id}/try/{call}?of=…: the form, and above it one call that was made. */
enum rc api_try_show(struct cx *cx, struct web *w)
{
	const struct api_try_show_in *in = w->in;
	struct q_api_try_show before = { 0 };
	struct trying t;
	uint64_t of = 0;

	TRY(open_call(cx, w, &t));
	struct view_api_try m = {
		.resource_id = arena_printf(cx->a, "%" PRIu64, t.r.id), .name = t.call->name, .method = t.call->method, .address = t.call->address, .path = t.path,
	};
	if (in->of) {
		if (!str_u64(in->of, &of))
			return RC_NOT_FOUND;
		TRY(q_api_try_show(cx->db, cx->a, &(struct q_api_try_show_in){ cx->actor.org, t.r.id, of }, &before));
		m.of = in->of;
		m.state = before.state;
		m.result = result_of(cx, &before);
	}
	m.calls = t.doc.calls_n > 1 ? calls_of(cx, w, &t) : NULL;
	add_fields(cx, w, &t, of ? &before : NULL, &m);
	w->page.title = MSG_api_try_title;
	CRUMBS(w, web_text(w, MSG_api_try_title), { web_text(w, MSG_resource_list_title), "/console/resources" },
		{ t.r.name, arena_printf(cx->a, "/console/resources/%" PRIu64, t.r.id) });
	return web_show(w, tpl_buyer_api_try, json_api_try, &m);
}

/* ---- the call ---- */

static bool json_good(const char *text)
{
	json_t *v = json_loads(text, JSON_DECODE_ANY, NULL);

	json_decref(v);
	return v;
}

static bool is_ascii(const char *s)
{
	while (*s && !(*s & 0x80))
		s++;
	return !*s;
}

static enum msg wrong(const struct view_api_parameter *p, const char *value)
{
	if (!*value)
		return p->required ? MSG_field_required : MSG_NONE;
	if (p->place == API_HEADER)
		return is_ascii(value) ? MSG_NONE : MSG_api_try_header;
	return p->place == API_PATH && (str_eq(value, ".") || str_eq(value, "..")) ? MSG_api_try_path : MSG_NONE;
}

static const char *encoded(struct cx *cx, const char *value)
{
	struct out o = { 0 };

	out_url(&o, value);
	const char *text = arena_dup(cx->a, o.p, o.n);
	out_free(&o);
	return text;
}

static void put(struct cx *cx, struct api_try *a, const struct view_api_parameter *p, const char *value)
{
	const char *at, *name;

	a->typed = arena_printf(cx->a, "%s%s\n", a->typed, value);
	if (p->place == API_HEADER) {
		a->added = *value ? arena_printf(cx->a, "%s%s: %s\n", a->added, p->name, value) : a->added;
	} else if (p->place == API_PATH) {
		name = arena_printf(cx->a, "{%s}", p->name);
		if ((at = strstr(a->url, name)))
			a->url = arena_printf(cx->a, "%.*s%s%s", (int)(at - a->url), a->url, encoded(cx, value), at + strlen(name));
	} else if (*value) {
		a->url = arena_printf(cx->a, "%s%c%s=%s", a->url, strchr(a->url, '?') ? '&' : '?', encoded(cx, p->name), encoded(cx, value));
	}
}

static enum rc fill(struct cx *cx, struct web *w, const struct trying *t, struct api_try *a)
{
	const struct api_try_in *in = w->in;
	const struct value_in *values = in->values.v;

	a->url = t->call->address;
	a->added = a->typed = "";
	a->body = t->body && in->body ? in->body : "";
	for (size_t i = 0; i < t->n; i++) {
		const char *value = i < in->values.n && values[i].value ? values[i].value : "";
		enum msg msg = wrong(t->p[i], value);
		if (msg)
			form_refuse_about(&w->errors, form_name(cx->a, "value", i + 1), msg, t->p[i]->name);
		put(cx, a, t->p[i], value);
	}
	if (*a->body ? !json_good(a->body) : t->body_required)
		web_refuse(w, "body", *a->body ? MSG_api_try_json : MSG_field_required);
	if (!w->errors.n && (strlen(a->url) > API_TRY_URL_MAX || strlen(a->added) > API_TRY_URL_MAX))
		web_refuse(w, NULL, MSG_api_try_too_long);
	return w->errors.n ? RC_INVALID : RC_OK;
}

enum rc api_try_do(struct cx *cx, struct web *w)
{
	struct outcome out;
	struct trying t;

	TRY(open_call(cx, w, &t));
	struct api_try a = { .resource = t.r.id, .method = t.call->method, .page = arena_printf(cx->a, "%s?of=", t.path) };
	TRY(fill(cx, w, &t, &a));
	enum rc rc = api_try_ask(cx, &a, &out);
	if (rc == RC_TOO_MANY)
		return web_refuse(w, NULL, MSG_api_try_too_many);
	TRY(rc);
	return web_done(w, &out);
}
