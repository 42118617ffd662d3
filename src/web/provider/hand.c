/* What a provider's people deliver, and its application information, which they fill in: DEL-1, DEL-3. */
#include "app/hand.h"

#include <inttypes.h>

#include "app/resource_enter.h"
#include "base/str.h"
#include "q_hand.h"
#include "view/hand.h"
#include "view/phrase.h"
#include "web/list.h"

struct hand_list_in { enum resource_state state; LIST_MEMBERS };
FORM(hand_list_form, struct hand_list_in,
	ENUM(struct hand_list_in, state, resource_state, .optional = true),
	LIST_ROWS(struct hand_list_in))

struct extra_in { const char *name, *value; bool secret; };
FORM(hand_extra_form, struct extra_in,
	TEXT(struct extra_in, name, .max = 60, .optional = true),
	TEXT(struct extra_in, value, .max = RESOURCE_VALUE_MAX, .optional = true),
	CHECK(struct extra_in, secret))
struct hand_in { const char *website, *auth_url, *account, *password; struct items extras; };
FORM(hand_form, struct hand_in,
	TEXT(struct hand_in, website, .max = 300, .optional = true),
	TEXT(struct hand_in, auth_url, .max = 300, .optional = true),
	TEXT(struct hand_in, account, .max = 100, .optional = true),
	TEXT(struct hand_in, password, .max = 200, .optional = true, .verbatim = true),
	ITEMS(struct hand_in, extras, hand_extra_form, .max = HAND_EXTRA_MAX))

/* The fields that have a place of their own. */
static const struct { const char *name; enum msg label; bool secret; } known[] = {
	{ "website", MSG_resource_field_website, false }, { "auth_url", MSG_resource_field_auth_url, false },
	{ "account", MSG_resource_field_account, false }, { "password", MSG_resource_field_password, true },
};
enum { KNOWN = sizeof known / sizeof *known, EMPTY_ROWS = 2 };

static bool is_known(const char *name)
{
	for (size_t i = 0; i < KNOWN; i++)
		if (str_eq(known[i].name, name))
			return true;
	return false;
}

/* ---- pages ---- */

#define HAND_OF(cx, i, r) { \
	.id = arena_printf((cx)->a, "%" PRIu64, (i)), .state = (r)->state, .name = (r)->name, .buyer_name = (r)->buyer_name, .order_number = (r)->order_number, \
	.delivery_number = (r)->delivery_number, .created_at = (r)->created_at, .tone = tone_resource((r)->state), \
	.summary = arena_printf((cx)->a, "%s · %s · %" PRIu64 " %s", (r)->product_name, (r)->plan_name, (r)->quantity, (r)->unit) }

static enum rc add_rows(struct cx *cx, const struct hand_list_in *in, struct view_hand_list *m)
{
	size_t limit = list_limit(in->limit);
	struct q_hand_list_in ask = { .provider = cx->actor.org, .state = in->state, .before = UINT64_MAX, .limit = (int32_t)limit + 1 };
	struct q_hand_list *r;

	TRY(cursor_read(in->after, &ask.before, 1));
	TRY(q_hand_list(cx->db, cx->a, &ask, &r, &m->items_n));
	if (list_more(&m->items_n, limit))
		m->next = cursor_write(cx->a, &r[limit - 1].id, 1);
	struct view_hand_item *items = ARENA_ARRAY(cx->a, struct view_hand_item, m->items_n);
	for (size_t i = 0; i < m->items_n; i++)
		items[i] = (struct view_hand_item)HAND_OF(cx, r[i].id, &r[i]);
	m->items = items;
	return RC_OK;
}

enum rc hand_list(struct cx *cx, struct web *w)
{
	const struct hand_list_in *in = w->in;
	struct view_hand_list m = { 0 };

	TRY(add_rows(cx, in, &m));
	m.tabs = LIST_TABS(w, "state", MSG_order_list_state, MSG_list_all, resource_state, in->state);
	m.pager = list_pager(w, m.items_n, m.next);
	m.empty = list_empty(w, in->state, MSG_hand_empty, MSG_hand_empty_hint, (struct view_link){ 0 });
	w->page.title = MSG_hand_title;
	CRUMBS(w, web_text(w, MSG_hand_title), { web_text(w, MSG_nav_provider), "/provider" });
	return web_show(w, tpl_provider_hand_list, json_hand_list, &m);
}

static const struct q_resource_field_list *field_named(const struct q_resource_field_list *there, size_t n, const char *name)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(there[i].name, name))
			return &there[i];
	return NULL;
}

/* A secret is never sent back: left empty it stays. */
static struct view_field hide(struct web *w, struct view_field f, bool there)
{
	f.value = "";
	f.autocomplete = "off";
	if (there)
		f.placeholder = web_text(w, MSG_hand_kept);
	return f;
}

static void add_known(struct web *w, const struct q_resource_field_list *there, size_t n, struct view_hand_show *m)
{
	struct view_field *f = ARENA_ARRAY(w->cx->a, struct view_field, KNOWN);

	for (size_t i = 0; i < KNOWN; i++) {
		const struct q_resource_field_list *is = field_named(there, n, known[i].name);
		f[i] = web_field(w, &hand_form, known[i].name, known[i].label, is ? is->value : NULL);
		if (!known[i].secret)
			continue;
		f[i] = hide(w, f[i], is);
		f[i].type = "password";
	}
	m->fields = f;
	m->fields_n = KNOWN;
}

static struct view_hand_row row_of(struct web *w, size_t i, const struct q_resource_field_list *is)
{
	bool sealed = is && is->sealed.n;
	struct view_field name = web_item_field(w, &hand_extra_form, i, "name", MSG_hand_name, is ? is->name : NULL);
	struct view_field value = web_item_field(w, &hand_extra_form, i, "value", MSG_hand_value, is ? is->value : NULL);
	struct view_field secret = web_item_field(w, &hand_extra_form, i, "secret", MSG_hand_secret, sealed ? "1" : NULL);

	if (secret.checked)
		value = hide(w, value, sealed);
	return (struct view_hand_row){ web_keep(w, name), web_keep(w, value), web_keep(w, secret) };
}

static void add_extras(struct web *w, const struct q_resource_field_list *there, size_t n, struct view_hand_show *m)
{
	struct view_hand_row *rows = ARENA_ARRAY(w->cx->a, struct view_hand_row, HAND_EXTRA_MAX);
	size_t shown = 0;

	for (size_t i = 0; i < n && shown < HAND_EXTRA_MAX; i++)
		if (!is_known(there[i].name)) {
			rows[shown] = row_of(w, shown + 1, &there[i]);
			shown++;
		}
	for (size_t i = 0; i < EMPTY_ROWS && shown < HAND_EXTRA_MAX; i++) {
		rows[shown] = row_of(w, shown + 1, NULL);
		shown++;
	}
	m->rows = rows;
	m->rows_n = shown;
}

enum rc hand_show(struct cx *cx, struct web *w)
{
	struct q_hand_show r;
	struct q_resource_field_list *there;
	struct view_hand_show m = { 0 };
	uint64_t id = web_param_id(w, "id");
	size_t n;

	TRY(q_hand_show(cx->db, cx->a, &(struct q_hand_show_in){ cx->actor.org, id }, &r));
	TRY(q_resource_field_list(cx->db, cx->a, &(struct q_resource_field_list_in){ .resource = id }, &there, &n));
	struct view_hand_item is = HAND_OF(cx, id, &r);
	is.begin_at = r.begin_at;
	is.end_at = r.end_at;
	m.is = &is;
	m.held = r.held;
	m.open = !r.held && (r.state == RESOURCE_PROVISIONING || r.state == RESOURCE_IN_USE || r.state == RESOURCE_EXPIRED)
		 && permit_allows(PERM_PORTAL_DELIVER, (enum org_kind)cx->actor.org_kind, cx->actor.roles);
	m.hands_over = r.state == RESOURCE_PROVISIONING && !r.delivery_number;
	add_known(w, there, n, &m);
	add_extras(w, there, n, &m);
	w->page.title = MSG_hand_title;
	w->page.name = r.name;
	CRUMBS(w, r.name, { web_text(w, MSG_nav_provider), "/provider" }, { web_text(w, MSG_hand_title), "/provider/resources" });
	return web_show(w, tpl_provider_hand_show, json_hand_show, &m);
}

/* ---- filling in ---- */

static void check_address(struct web *w, const char *name, const char *address)
{
	if (address && !entry_origin(w->cx->a, address, w->cx->conf->platform_development))
		web_refuse(w, name, MSG_product_doc_url_wrong);
}

static void check_extra(struct web *w, const struct extra_in *rows, size_t i)
{
	const struct extra_in *x = &rows[i];

	if (!x->name && x->value)
		web_refuse(w, form_name(w->cx->a, "name", i + 1), MSG_field_required);
	if (x->name && !x->value && !x->secret)
		web_refuse(w, form_name(w->cx->a, "value", i + 1), MSG_field_required);
	if (x->name && is_known(x->name))
		web_refuse(w, form_name(w->cx->a, "name", i + 1), MSG_hand_twice);
	for (size_t k = 0; k < i; k++)
		if (x->name && rows[k].name && str_eq(rows[k].name, x->name))
			web_refuse(w, form_name(w->cx->a, "name", i + 1), MSG_hand_twice);
}

static size_t fields_of(const struct hand_in *in, struct resource_field *to)
{
	const char *const values[KNOWN] = { in->website, in->auth_url, in->account, in->password };
	const struct extra_in *extra = in->extras.v;
	size_t n = 0;

	for (size_t i = 0; i < KNOWN; i++)
		if (values[i] || known[i].secret)
			to[n++] = (struct resource_field){ known[i].name, values[i], known[i].secret };
	for (size_t i = 0; i < in->extras.n; i++)
		if (extra[i].name)
			to[n++] = (struct resource_field){ extra[i].name, extra[i].value, extra[i].secret };
	return n;
}

enum rc hand_fill_do(struct cx *cx, struct web *w)
{
	const struct hand_in *in = w->in;
	struct resource_field fields[KNOWN + HAND_EXTRA_MAX];
	struct outcome out;

	check_address(w, "website", in->website);
	check_address(w, "auth_url", in->auth_url);
	for (size_t i = 0; i < in->extras.n; i++)
		check_extra(w, in->extras.v, i);
	if (w->errors.n)
		return RC_INVALID;
	TRY(hand_fill(cx, &(struct hand_fill){ .id = web_param_id(w, "id"), .fields = fields, .n = fields_of(in, fields) }, &out));
	return web_done(w, &out);
}
