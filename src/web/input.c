#include "web/input.h"
#include "base/str.h"
#include "fcgi/req.h"

#include <jansson.h>

enum rc input_add(struct input *in, struct input_field f)
{
	size_t n = strlen(f.name);

	if (in->n == INPUT_FIELDS_MAX || n == 0 || n > INPUT_NAME_MAX || !str_utf8(f.name, n) || str_control(f.name, false))
		return RC_MALFORMED;
	in->f[in->n++] = f;
	return RC_OK;
}

/* Radio buttons that stand for one choice have a name of their own: options:disk=d40 is the item disk=d40 of the list options. */
static void fold_item(struct arena *a, struct input_field *f)
{
	size_t n = strcspn(f->name, ":");

	if (!n || !f->name[n] || strlen(f->value) != f->n)
		return;
	f->value = arena_printf(a, "%s=%s", f->name + n + 1, f->value);
	f->n = strlen(f->value);
	f->name = arena_dup(a, f->name, n);
}

static enum rc add_pair(struct arena *a, const char *s, size_t n, struct input *in)
{
	const char *eq = memchr(s, '=', n);
	size_t name_n = eq ? (size_t)(eq - s) : n, got = 0;
	struct input_field f = { .kind = INPUT_FORM };

	f.name = url_decode(a, s, name_n, true, &got);
	if (!f.name || strlen(f.name) != got)
		return RC_MALFORMED;
	f.value = eq ? url_decode(a, eq + 1, n - name_n - 1, true, &f.n) : "";
	if (!f.value)
		return RC_MALFORMED;
	fold_item(a, &f);
	return input_add(in, f);
}

enum rc input_urlencoded(struct arena *a, const char *s, size_t n, struct input *in)
{
	while (n) {
		const char *amp = memchr(s, '&', n);
		size_t len = amp ? (size_t)(amp - s) : n;
		if (len)
			TRY(add_pair(a, s, len, in));
		s += len + (amp != NULL);
		n -= len + (amp != NULL);
	}
	return RC_OK;
}

static struct input_field json_field(struct arena *a, const char *name, const char *dot, const json_t *v)
{
	struct input_field f = { .name = arena_printf(a, "%s%s", name, dot), .value = "", .kind = INPUT_ODD };

	if (json_is_string(v)) {
		f.kind = INPUT_STRING;
		f.value = arena_dup(a, json_string_value(v), json_string_length(v));
	} else if (json_is_integer(v)) {
		f.kind = INPUT_NUMBER;
		f.value = arena_printf(a, "%" JSON_INTEGER_FORMAT, json_integer_value(v));
	} else if (json_is_boolean(v)) {
		f.kind = INPUT_BOOL;
		f.value = json_is_true(v) ? "1" : "";
	}
	f.n = strlen(f.value);
	return f;
}

static enum rc json_member(struct arena *a, const char *name, const char *dot, const json_t *v, struct input *in)
{
	if (json_is_null(v))
		return RC_OK;
	if (!json_is_array(v))
		return input_add(in, json_field(a, name, dot, v));
	for (size_t i = 0; i < json_array_size(v); i++)
		TRY(input_add(in, json_field(a, name, dot, json_array_get(v, i))));
	return RC_OK;
}

/* A list of objects: the members of the first by their names, those of the second as name.2 (form.h, ITEMS). */
static enum rc json_items(struct arena *a, json_t *list, struct input *in)
{
	const char *name;
	json_t *v;

	for (size_t i = 0; i < json_array_size(list); i++) {
		const char *dot = i ? arena_printf(a, ".%zu", i + 1) : "";
		json_object_foreach(json_array_get(list, i), name, v)
			TRY(json_member(a, name, dot, v, in));
	}
	return RC_OK;
}

enum rc input_json(struct arena *a, const char *s, size_t n, struct input *in)
{
	json_t *o = json_loadb(s, n, JSON_REJECT_DUPLICATES, NULL), *v;
	const char *name;
	enum rc rc = json_is_object(o) ? RC_OK : RC_MALFORMED;

	if (rc == RC_OK)
		json_object_foreach(o, name, v)
			if (rc == RC_OK)
				rc = json_is_object(json_array_get(v, 0)) ? json_items(a, v, in) : json_member(a, name, "", v, in);
	json_decref(o);
	return rc;
}

const struct input_field *input_find(const struct input *in, const char *name, size_t *count)
{
	const struct input_field *first = NULL;

	*count = 0;
	for (size_t i = 0; i < in->n; i++)
		if (str_eq(in->f[i].name, name)) {
			first = first ? first : &in->f[i];
			++*count;
		}
	return first;
}

const char *input_text(const struct input *in, const char *name, size_t max)
{
	size_t count;
	const struct input_field *f = input_find(in, name, &count);
	bool text = count == 1 && (f->kind == INPUT_FORM || f->kind == INPUT_STRING);

	return text && f->n <= max && str_utf8(f->value, f->n) && !str_control(f->value, false) ? f->value : NULL;
}
