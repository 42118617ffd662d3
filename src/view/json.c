#include "view/json.h"

#include <assert.h>

#include "base/time.h"

void json_key(struct out *o, const char *name)
{
	assert(o->n);
	if (o->p[o->n - 1] != '{')
		out_lit(o, ",");
	out_lit(o, "\"");
	out_str(o, name);
	out_lit(o, "\":");
}

void json_bool(struct out *o, bool v) { out_str(o, v ? "true" : "false"); }
void json_money(struct out *o, struct money m) { out_i64(o, m.fen); }
void json_instant(struct out *o, struct instant t) { out_json(o, t.us ? instant_rfc3339(t, (char[TIME_TEXT]){ 0 }) : NULL); }
void json_date(struct out *o, struct date d) { out_json(o, d.days ? date_text(d, (char[TIME_TEXT]){ 0 }) : NULL); }
void json_msg(struct out *o, enum msg id) { out_json(o, id ? msg_text(o->lang, id) : NULL); }
void json_json(struct out *o, struct json_doc d) { out_str(o, d.text ? d.text : "null"); }

void json_code(struct out *o, const struct enum_def *d, int v)
{
	assert(v >= 0 && v <= d->n);
	out_json(o, v ? enum_name(d, v) : NULL);
}
