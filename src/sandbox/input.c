#include "sandbox/input.h"

#include <jansson.h>
#include <strings.h>

#include "base/str.h"

static void add(struct arena *a, struct input *in, const char *name, const char *value)
{
	if (!in->p)
		in->p = ARENA_ARRAY(a, struct pair, INPUT_MAX);
	if (name && value && in->n < INPUT_MAX)
		in->p[in->n++] = (struct pair){ name, value };
}

static const char *decoded(struct arena *a, const char *s, size_t n)
{
	size_t len;
	const char *text = url_decode(a, s, n, true, &len);

	return text && str_utf8(text, len) ? text : NULL;
}

void input_form(struct arena *a, const char *s, size_t n, struct input *in)
{
	const char *end = s + n;

	while (s < end) {
		const char *stop = memchr(s, '&', (size_t)(end - s));
		if (!stop)
			stop = end;
		const char *eq = memchr(s, '=', (size_t)(stop - s));
		if (eq)
			add(a, in, decoded(a, s, (size_t)(eq - s)), decoded(a, eq + 1, (size_t)(stop - eq - 1)));
		s = stop + 1;
	}
}

static const char *scalar(struct arena *a, const json_t *v)
{
	switch (json_typeof(v)) {
	case JSON_STRING:  return arena_strdup(a, json_string_value(v));
	case JSON_INTEGER: return arena_printf(a, "%" JSON_INTEGER_FORMAT, json_integer_value(v));
	case JSON_TRUE:	   return "true";
	case JSON_FALSE:   return "false";
	default:	   return NULL;
	}
}

static void add_members(struct arena *a, const char *prefix, json_t *o, struct input *in)
{
	const char *name;
	json_t *v;

	json_object_foreach(o, name, v)
		if (json_is_object(v) && !*prefix)
			add_members(a, arena_printf(a, "%s.", name), v, in);
		else
			add(a, in, arena_printf(a, "%s%s", prefix, name), scalar(a, v));
}

static enum rc read_json(struct arena *a, struct bytes body, struct input *in)
{
	json_t *root = json_loadb(body.p, body.n, JSON_REJECT_DUPLICATES, NULL);
	bool ok = json_is_object(root);

	if (ok)
		add_members(a, "", root, in);
	json_decref(root);
	return ok ? RC_OK : RC_MALFORMED;
}

static bool is_media(const char *type, const char *media)
{
	size_t n = strlen(media);

	return !strncasecmp(type, media, n) && (!type[n] || strchr("; \t", type[n]));
}

enum rc input_body(struct arena *a, struct req *r, struct input *in)
{
	TRY(req_body(r, a, INPUT_BODY_MAX));
	if (is_media(r->type, "application/json"))
		return read_json(a, r->body, in);
	if (r->body.n && !is_media(r->type, "application/x-www-form-urlencoded"))
		return RC_MEDIA;
	input_form(a, r->body.p, r->body.n, in);
	return RC_OK;
}

const char *input_text(const struct input *in, const char *name)
{
	const char *v = pair_value(in->p, in->n, name);

	return v ? v : "";
}

int64_t input_number(const struct input *in, const char *name, int64_t or)
{
	int64_t v;

	return str_i64(input_text(in, name), &v) ? v : or;
}
