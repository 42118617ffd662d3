#include "web/buyer/api.h"

#include <inttypes.h>

#include "app/api.h"
#include "base/out.h"
#include "base/str.h"
#include "base/time.h"
#include "q_api.h"
#include "q_resource.h"
#include "web/api_doc.h"
#include "web/chart.h"
#include "web/list.h"

enum { CHART_DAYS = 30, LABEL_EVERY = 5 };

/* ---- what there is ---- */

static void add_state(struct cx *cx, const struct q_api_quota_list *r, struct view_api_quota *q)
{
	bool begun = r->begin_at.us <= cx->now.us, over = r->end_at.us <= cx->now.us;

	q->open = r->open && begun && !over;
	q->state = !r->open ? MSG_api_quota_closed : over ? MSG_api_quota_over : !begun ? MSG_api_quota_later : r->used < r->total ? MSG_api_quota_open : MSG_api_quota_used_up;
	q->tone = q->open && r->used < r->total ? "ok" : r->open && !begun ? "info" : "off";
}

static enum rc add_quotas(struct cx *cx, uint64_t resource, uint64_t product, struct view_api_panel *m)
{
	struct q_api_quota_list *r;

	TRY(q_api_quota_list(cx->db, cx->a, &(struct q_api_quota_list_in){ cx->actor.org, product }, &r, &m->quotas_n));
	struct view_api_quota *q = ARENA_ARRAY(cx->a, struct view_api_quota, m->quotas_n);
	for (size_t i = 0; i < m->quotas_n; i++) {
		q[i] = (struct view_api_quota){
			.resource_id = arena_printf(cx->a, "%" PRIu64, r[i].resource_id), .name = r[i].name, .plan_name = r[i].plan_name, .begin_at = r[i].begin_at,
			.end_at = r[i].end_at, .total = r[i].total, .used = r[i].used, .own = r[i].resource_id == resource,
		};
		add_state(cx, &r[i], &q[i]);
		m->total += q[i].open ? r[i].total : 0;
		m->used += q[i].open ? r[i].used : 0;
	}
	m->quotas = q;
	return RC_OK;
}

static enum rc add_chart(struct cx *cx, struct web *w, uint64_t product, struct view_api_panel *m)
{
	struct date today = date_of(cx->now), first = { today.days - CHART_DAYS + 1 };
	struct chart_amount a[CHART_DAYS];
	struct q_api_day_list *r;
	char text[TIME_TEXT];
	size_t n, k = 0;

	TRY(q_api_day_list(cx->db, cx->a, &(struct q_api_day_list_in){ cx->actor.org, product, first }, &r, &n));
	for (int i = 0; i < CHART_DAYS; i++) {
		struct date day = { first.days + i };
		a[i] = (struct chart_amount){ .label = arena_strdup(cx->a, date_text(day, text) + strlen("2026-")), .quiet = (CHART_DAYS - 1 - i) % LABEL_EVERY };
		if (k < n && r[k].day.days == day.days)
			a[i].amount.fen = r[k++].calls;
	}
	m->chart = chart_counts(cx, web_text(w, MSG_api_panel_chart), a, CHART_DAYS);
	return RC_OK;
}

/* {"image":"…","url":"…"} of the parameters that stand in the body. */
static const char *sample_body(struct cx *cx, const struct view_api_call *c)
{
	struct out o = { 0 };
	bool any = false;

	out_lit(&o, "{");
	for (size_t i = 0; i < c->parameters_n; i++)
		if (c->parameters[i].place == API_BODY) {
			out_str(&o, any ? "," : "");
			out_json(&o, c->parameters[i].name);
			out_lit(&o, ":\"…\"");
			any = true;
		}
	out_lit(&o, "}");
	const char *text = arena_dup(cx->a, o.p, o.n);
	out_free(&o);
	return text;
}

/* Between single quotes of a shell: nothing that a provider wrote ends them. */
static const char *quoted(struct cx *cx, const char *text)
{
	struct out o = { 0 };

	for (; *text; text++)
		out_bytes(&o, *text == '\'' ? "'\\''" : text, *text == '\'' ? 4 : 1);
	const char *safe = arena_dup(cx->a, o.p, o.n);
	out_free(&o);
	return safe;
}

/* With the parameters that must stand in the query. */
static const char *sample_address(struct cx *cx, const struct view_api_call *c)
{
	const char *address = c->address;

	for (size_t i = 0; i < c->parameters_n; i++)
		if (c->parameters[i].place == API_QUERY && c->parameters[i].required)
			address = arena_printf(cx->a, "%s%c%s=…", address, strchr(address, '?') ? '&' : '?', c->parameters[i].name);
	return address;
}

/* A call that can be pasted: it signs itself. */
static const char *sample(struct cx *cx, const struct view_api_panel *m)
{
	const struct view_api_call *c = m->doc->calls_n ? m->doc->calls : NULL;
	const char *method = c ? msg_text(LANG_EN, (enum msg)api_method_msg[c->method]) : "GET";
	const char *body = "";

	if (c && c->method != API_GET && c->method != API_DELETE)
		body = arena_printf(cx->a, " \\\n  -H 'Content-Type: application/json' -d '%s'", quoted(cx, sample_body(cx, c)));
	return arena_printf(cx->a,
		"secretId='%s'\nsecretKey='…'\n"
		"date=$(LC_ALL=C date -u '+%%a, %%d %%b %%Y %%H:%%M:%%S GMT')\nnonce=$(openssl rand -hex 8)\n"
		"sign=$(printf 'x-date: %%s\\nx-nonce: %%s' \"$date\" \"$nonce\" | openssl dgst -sha256 -hmac \"$secretKey\" -binary | base64)\n"
		"curl -X %s '%s' \\\n  -H \"x-date: $date\" -H \"x-nonce: $nonce\" \\\n"
		"  -H \"Authorization: hmac id=\\\"$secretId\\\", algorithm=\\\"hmac-sha256\\\", headers=\\\"x-date x-nonce\\\", signature=\\\"$sign\\\"\"%s",
		m->secret_id ? m->secret_id : "…", method, c ? quoted(cx, sample_address(cx, c)) : "https://…", body);
}

static enum rc add_key(struct cx *cx, uint64_t product, struct view_api_panel *m)
{
	struct view_api_doc *doc = ARENA_NEW(cx->a, struct view_api_doc);
	struct q_api_show k;

	TRY(q_api_show(cx->db, cx->a, &(struct q_api_show_in){ cx->actor.org, product }, &k));
	m->secret_id = k.secret_id;
	m->made_at = k.made_at;
	m->old_until = k.old_until.us > cx->now.us ? k.old_until : (struct instant){ 0 };
	TRY(api_doc_read(cx->a, k.api_doc, doc));
	m->doc = doc;
	m->sample = sample(cx, m);
	return RC_OK;
}

enum rc api_panel(struct cx *cx, struct web *w, uint64_t resource, uint64_t product, const struct view_api_panel **out)
{
	struct view_api_panel *m = ARENA_NEW(cx->a, struct view_api_panel);

	m->resource_id = arena_printf(cx->a, "%" PRIu64, resource);
	m->may_key = permit_allows(PERM_RESOURCE_SECRET, (enum org_kind)cx->actor.org_kind, cx->actor.roles);
	TRY(add_quotas(cx, resource, product, m));
	TRY(add_key(cx, product, m));
	m->may_try = m->may_key && m->doc->calls_n;
	TRY(add_chart(cx, w, product, m));
	*out = m;
	return RC_OK;
}

/* ---- its key ---- */

struct api_key_in { int64_t hours; bool confirm; };
FORM(api_replace_form, struct api_key_in,
	INT(struct api_key_in, hours, .max = API_GRACE_HOURS_MAX),
	CHECK(struct api_key_in, confirm))
FORM(api_reveal_form, struct api_key_in,
	CHECK(struct api_key_in, confirm, .must = MSG_api_key_confirm_needed))

static enum rc resource_of(struct cx *cx, const struct web *w, struct q_resource_show *r)
{
	TRY(q_resource_show(cx->db, cx->a, &(struct q_resource_show_in){ .buyer = cx->actor.org, .id = web_param_id(w, "id") }, r));
	return r->api ? RC_OK : RC_NOT_FOUND;
}

static void crumbs(struct web *w, const struct q_resource_show *r, enum msg title)
{
	w->page.title = title;
	CRUMBS(w, web_text(w, title), { web_text(w, MSG_resource_list_title), "/console/resources" },
		{ r->name, arena_printf(w->cx->a, "/console/resources/%" PRIu64, r->id) });
}

/* GET /console/resources/{id}/key: shown and replaced, each with its confirmation. */
enum rc api_key_show(struct cx *cx, struct web *w)
{
	struct q_resource_show r;
	struct q_api_show k;

	TRY(resource_of(cx, w, &r));
	TRY(q_api_show(cx->db, cx->a, &(struct q_api_show_in){ cx->actor.org, r.product_id }, &k));
	struct view_field confirm = web_field(w, &api_reveal_form, "confirm", MSG_api_key_confirm, NULL);
	struct view_field hours = web_field(w, &api_replace_form, "hours", MSG_api_key_hours, arena_printf(cx->a, "%d", API_GRACE_HOURS));
	hours.hint = web_text(w, MSG_api_key_hours_hint);
	struct view_api_key_show m = {
		.resource_id = arena_printf(cx->a, "%" PRIu64, r.id), .secret_id = k.secret_id, .made_at = k.made_at,
		.old_until = k.old_until.us > cx->now.us ? k.old_until : (struct instant){ 0 }, .confirm = &confirm, .hours = &hours,
	};
	crumbs(w, &r, MSG_api_key_title);
	return web_show(w, tpl_buyer_api_key, json_api_key_show, &m);
}

enum rc api_reveal_do(struct cx *cx, struct web *w)
{
	struct q_resource_show r;
	struct q_api_show k;
	struct view_api_secret m = { 0 };

	TRY(resource_of(cx, w, &r));
	TRY(api_key_reveal(cx, r.id, &m.secret_key));
	TRY(q_api_show(cx->db, cx->a, &(struct q_api_show_in){ cx->actor.org, r.product_id }, &k));
	m.resource_id = arena_printf(cx->a, "%" PRIu64, r.id);
	m.secret_id = k.secret_id;
	crumbs(w, &r, MSG_api_secret_title);
	return web_show(w, tpl_buyer_api_secret, json_api_secret, &m);
}

enum rc api_replace_do(struct cx *cx, struct web *w)
{
	const struct api_key_in *in = w->in;
	struct outcome out;

	TRY(api_key_replace(cx, web_param_id(w, "id"), in->hours, &out));
	return web_done(w, &out);
}
