#include "web/api_doc.h"

#include <jansson.h>

#include "base/str.h"

/* One reading: the first thing that does not fit makes all of it bad. */
struct reading {
	struct arena *a;
	bool bad;
};

static const char *text(struct reading *r, const json_t *o, const char *name, size_t max)
{
	const json_t *v = json_object_get(o, name);
	const char *s = json_string_value(v);

	if (!s || strlen(s) != json_string_length(v) || str_chars(s) > max || str_control(s, true)) {
		r->bad = true;
		return "";
	}
	return arena_strdup(r->a, s);
}

static int name_of(struct reading *r, const json_t *o, const char *name, const struct enum_def *def)
{
	const char *s = json_string_value(json_object_get(o, name));
	int v = s ? enum_of(def, s, strlen(s)) : 0;

	r->bad |= !v;
	return v;
}

/* A member that must be a list of at most max. */
static const json_t *list(struct reading *r, const json_t *o, const char *name, size_t max, size_t *n)
{
	const json_t *v = json_object_get(o, name);

	*n = json_array_size(v);
	if (!json_is_array(v) || *n > max) {
		r->bad = true;
		*n = 0;
	}
	return v;
}

/* By place, in the order in which they stand. */
static const struct view_api_parameter *parameters(struct reading *r, const json_t *call, size_t *n)
{
	const json_t *from = list(r, call, "parameters", API_PARAMETERS_MAX, n);
	struct view_api_parameter *p = ARENA_ARRAY(r->a, struct view_api_parameter, *n);
	size_t k = 0;

	for (int place = 1; place <= api_place_enum.n; place++)
		for (size_t i = 0; i < *n; i++) {
			const json_t *o = json_array_get(from, i);
			if (name_of(r, o, "place", &api_place_enum) != place)
				continue;
			p[k] = (struct view_api_parameter){
				.place = (enum api_place)place, .name = text(r, o, "name", API_NAME_MAX),
				.type = text(r, o, "type", API_TYPE_MAX), .required = json_is_true(json_object_get(o, "required")),
				.description = text(r, o, "description", API_TEXT_MAX),
				.first = !k || p[k - 1].place != (enum api_place)place,
			};
			k++;
		}
	*n = k;
	return p;
}

static const struct view_api_code *codes(struct reading *r, const json_t *call, size_t *n)
{
	const json_t *from = list(r, call, "codes", API_CODES_MAX, n);
	struct view_api_code *c = ARENA_ARRAY(r->a, struct view_api_code, *n);

	for (size_t i = 0; i < *n; i++) {
		const json_t *o = json_array_get(from, i);
		c[i] = (struct view_api_code){
			.code = text(r, o, "code", API_CODE_MAX), .message = text(r, o, "message", API_NAME_MAX),
			.description = text(r, o, "description", API_TEXT_MAX),
		};
	}
	return c;
}

static const struct view_api_sample *samples(struct reading *r, const json_t *call, size_t *n)
{
	const json_t *from = list(r, call, "samples", API_SAMPLES_MAX, n);
	struct view_api_sample *s = ARENA_ARRAY(r->a, struct view_api_sample, *n);

	for (size_t i = 0; i < *n; i++) {
		const json_t *o = json_array_get(from, i);
		s[i] = (struct view_api_sample){ text(r, o, "title", API_NAME_MAX), text(r, o, "text", API_SAMPLE_MAX) };
	}
	return s;
}

static struct view_api_call call_of(struct reading *r, const json_t *o)
{
	struct view_api_call c = {
		.name = text(r, o, "name", API_NAME_MAX),
		.method = (enum api_method)name_of(r, o, "method", &api_method_enum),
		.address = text(r, o, "address", API_ADDRESS_MAX), .returns = text(r, o, "returns", API_RETURNS_MAX),
		.description = text(r, o, "description", API_TEXT_MAX),
	};

	c.parameters = parameters(r, o, &c.parameters_n);
	c.codes = codes(r, o, &c.codes_n);
	c.samples = samples(r, o, &c.samples_n);
	return c;
}

enum rc api_doc_read(struct arena *a, const char *json, struct view_api_doc *out)
{
	struct reading r = { .a = a };

	*out = (struct view_api_doc){ 0 };
	if (!json || !*json)
		return RC_OK;
	json_t *doc = json_loads(json, JSON_REJECT_DUPLICATES, NULL);
	const json_t *from = list(&r, doc, "calls", API_CALLS_MAX, &out->calls_n);
	struct view_api_call *calls = ARENA_ARRAY(a, struct view_api_call, out->calls_n);
	for (size_t i = 0; i < out->calls_n; i++)
		calls[i] = call_of(&r, json_array_get(from, i));
	out->calls = calls;
	json_decref(doc);
	return r.bad ? RC_INVALID : RC_OK;
}
