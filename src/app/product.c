/* What a provider writes: a new product, a new version, its saves. */
#include "app/product.h"

#include "app/product_apply.h"
#include "app/product_live.h"
#include "base/id.h"
#include "base/str.h"
#include "crypto/hash.h"
#include "q_product_picture.h"
#include "q_product_version.h"

enum { DETAILS_MAX = 32 << 10, DETAIL_TEXT = 200 };

static const char *edit_page(struct work *w, uint64_t product) { return arena_printf(w->cx->a, "/provider/products/%llu/edit/basic", (unsigned long long)product); }

/* ---- a new one ---- */

struct creating { const struct product_new *in; bool *taken; };

static enum rc insert_version(struct work *w, uint64_t product, uint64_t version, enum version_state state, const char *body)
{
	uint64_t n;

	return q_version_insert(w->tx, &(struct q_version_insert_in){ product, version, state, body, w->cx->actor.person, w->cx->now }, &n);
}

static enum rc create(struct work *w, void *arg)
{
	const struct creating *c = arg;
	const struct product_new *in = c->in;
	uint64_t id = id_new(w->cx->now), n;
	struct doc_product d;
	const char *slug = in->slug ? in->slug : arena_printf(w->cx->a, "p%llx", (unsigned long long)id);
	enum rc rc = q_product_insert(w->tx, &(struct q_product_insert_in){ id, slug, w->cx->actor.org, in->category, in->name, in->delivery, w->cx->now }, &n);

	*c->taken = rc == RC_DUPLICATE;
	TRY(rc == RC_DUPLICATE ? RC_INVALID : rc);
	TRY(q_product_text_begin(w->tx, &(struct q_product_text_begin_in){ id }, &n));
	doc_blank(doc_product(), &d);
	d.name = in->name;
	d.category = in->category;
	d.delivery = in->delivery;
	TRY(insert_version(w, id, 1, VERSION_DRAFT, doc_write(w->cx->a, &d)));
	TRY(apply_product(w, &(struct product_now){ .id = id, .provider = w->cx->actor.org }, PRODUCT_EV_CREATE, 1, NULL));
	w->out = (struct outcome){ 201, edit_page(w, id), arena_printf(w->cx->a, "{\"id\":\"%llu\",\"slug\":\"%s\"}", (unsigned long long)id, slug) };
	return RC_OK;
}

/* Lower-case letters, digits and hyphens, as it stands in addresses. */
static bool slug_good(const char *s)
{
	size_t n = strlen(s);

	return n >= 3 && n <= 60 && str_all(s, "abcdefghijklmnopqrstuvwxyz0123456789-") && *s != '-' && s[n - 1] != '-';
}

enum rc product_create(struct cx *cx, const struct product_new *in, const char **at, const char **wrong, struct outcome *out)
{
	struct q_category_delivery policy;
	bool taken = false;

	*at = in->slug && !slug_good(in->slug) ? "slug" : NULL;
	*wrong = "product_new.slug_wrong";
	if (*at)
		return RC_INVALID;
	enum rc rc = q_category_delivery(cx->db, cx->a, &(struct q_category_delivery_in){ in->category }, &policy);
	*at = "category";
	*wrong = "field.choice";
	TRY(rc == RC_NOT_FOUND ? RC_INVALID : rc);
	rc = work_do(cx, create, &(struct creating){ in, &taken }, out);
	if (rc == RC_INVALID && taken) {
		*at = "slug";
		*wrong = "product_new.slug_taken";
	}
	return rc;
}

/* ---- a new version ---- */

/* The version that the next one begins from; what sells is kept as a version of its own when it came without one. */
static enum rc body_of_live(struct work *w, const struct product_now *p, const char **body)
{
	struct q_version_lock v;
	struct doc_product d;
	enum rc rc = q_version_lock(w->tx, w->cx->a, &(struct q_version_lock_in){ p->id, p->version }, &v);

	*body = v.body;
	if (rc != RC_NOT_FOUND)
		return rc;
	TRY(product_live_read(tx_db(w->tx), w->cx->a, p->id, &d));
	*body = doc_write(w->cx->a, &d);
	return insert_version(w, p->id, p->version, VERSION_PUBLISHED, *body);
}

static enum rc begin_version(struct work *w, const struct product_now *p, const char *body, uint64_t *version)
{
	struct q_version_last last;

	TRY(q_version_last(w->tx, w->cx->a, &(struct q_version_last_in){ p->id }, &last));
	*version = last.version + 1;
	return insert_version(w, p->id, *version, VERSION_DRAFT, body);
}

static enum rc revise(struct work *w, void *arg)
{
	const uint64_t *id = arg;
	struct product_now p;
	uint64_t version;

	TRY(product_lock(w, *id, w->cx->actor.org, 0, &p));
	if (version_is_open(p.edit_state))
		return RC_CONFLICT;
	const char *body = p.body;
	if (!body)
		TRY(body_of_live(w, &p, &body));
	TRY(begin_version(w, &p, body, &version));
	w->out = (struct outcome){ 201, edit_page(w, *id), NULL };
	return apply_product(w, &p, PRODUCT_EV_REVISE, version, NULL);
}

enum rc product_revise(struct cx *cx, uint64_t product, struct outcome *out) { return work_do(cx, revise, &product, out); }

struct withdrawing { uint64_t product, version; };

static enum rc withdraw(struct work *w, void *arg)
{
	const struct withdrawing *x = arg;
	struct product_now p;
	uint64_t version;

	TRY(product_lock(w, x->product, w->cx->actor.org, x->version, &p));
	if (p.edit_state != VERSION_SUBMITTED)
		return RC_CONFLICT;
	TRY(begin_version(w, &p, p.body, &version));
	w->out.location = edit_page(w, p.id);
	return apply_product(w, &p, PRODUCT_EV_WITHDRAW, version, NULL);
}

enum rc product_withdraw(struct cx *cx, uint64_t product, uint64_t version, struct outcome *out)
{
	return work_do(cx, withdraw, &(struct withdrawing){ product, version }, out);
}

/* ---- a save ---- */

/* No longer than fits a line of the log. */
static void write_short(struct out *o, struct arena *a, const struct doc_field *f, const void *row)
{
	const char *s = row && doc_is_text(f) ? doc_text(f, row) : "";
	size_t n = strlen(s);

	if (!row)
		out_lit(o, "null");
	else if (n <= DETAIL_TEXT)
		doc_write_value(o, f, row);
	else {
		for (n = DETAIL_TEXT; (s[n] & 0xc0) == 0x80; n--)
			;
		out_json(o, arena_printf(a, "%.*s…", (int)n, s));
	}
}

static void write_where(struct out *o, struct arena *a, const struct doc_in *in, const char **path)
{
	if (!in)
		return;
	write_where(o, a, in->up, path);
	*path = arena_printf(a, "%s%s %s.", *path, in->list->name, doc_title(a, in->list->of(), in->row));
}

/* What the save changed, for the audit log: before and after (ACC-14). */
static const char *details(struct arena *a, const struct doc_product *was, const struct doc_product *now)
{
	struct doc_change *c;
	size_t n = doc_diff(a, was, now, &c);
	struct out o = { 0 };

	out_lit(&o, "[");
	for (size_t i = 0; i < n && o.n < DETAILS_MAX; i++) {
		const char *path = "";
		write_where(&o, a, c[i].in, &path);
		out_str(&o, i ? ",[" : "[");
		out_json(&o, c[i].kind == CHANGE_ROW ? path : arena_printf(a, "%s%s", path, c[i].field->name));
		if (c[i].kind == CHANGE_VALUE) {
			out_lit(&o, ",");
			write_short(&o, a, c[i].field, c[i].before);
			out_lit(&o, ",");
			write_short(&o, a, c[i].field, c[i].after);
		} else {
			out_str(&o, c[i].kind == CHANGE_ORDER ? ",\"order\"" : c[i].after ? ",\"new\"" : ",\"gone\"");
		}
		out_lit(&o, "]");
	}
	out_lit(&o, "]");
	const char *text = n ? arena_dup(a, o.p, o.n) : NULL;
	out_free(&o);
	return text;
}

/* What stands in lists before anything is listed. */
static enum rc show_face(struct work *w, const struct product_now *p, const struct doc_product *d)
{
	uint64_t n;

	if (p->version || !*d->name || !*d->category || !d->delivery)
		return RC_OK;
	return q_product_face(w->tx, &(struct q_product_face_in){ p->id, d->name, d->summary, d->category, d->delivery }, &n);
}

static struct q_picture_find_in like(uint64_t product, struct bytes b, unsigned char hash[32])
{
	hash_sha256(b.p, b.n, hash);
	return (struct q_picture_find_in){ product, { hash, 32 } };
}

enum rc product_picture_id(struct cx *cx, uint64_t product, struct bytes bytes, uint64_t *id, bool *unknown)
{
	unsigned char hash[32];
	struct q_picture_find_in in = like(product, bytes, hash);
	struct q_picture_find *row;
	size_t n;

	TRY(q_picture_find(cx->db, cx->a, &in, &row, &n));
	*unknown = !n;
	*id = n ? row->id : id_new(cx->now);
	return RC_OK;
}

static enum rc keep_picture(struct work *w, const struct product_save_in *in, struct product_saved *saved)
{
	const struct product_picture_new *p = in->picture;
	struct q_picture_count c;
	unsigned char hash[32];
	uint64_t n;

	TRY(q_picture_count(tx_db(w->tx), w->cx->a, &(struct q_picture_count_in){ in->product }, &c));
	saved->too_many = c.n >= PRODUCT_PICTURES_MAX;
	if (saved->too_many)
		return RC_INVALID;
	struct q_picture_find_in key = like(in->product, p->bytes, hash);
	return q_picture_insert(w->tx, &(struct q_picture_insert_in){ p->id, in->product, key.hash, p->is.type, p->is.width, p->is.height, p->bytes, w->cx->now }, &n);
}

struct saving { const struct product_save_in *in; struct product_saved *saved; };

static enum rc save(struct work *w, void *arg)
{
	const struct saving *s = arg;
	const struct product_save_in *in = s->in;
	const char *body = doc_write(w->cx->a, in->doc);
	struct product_now p;
	struct doc_product was;
	uint64_t n;

	TRY(product_lock(w, in->product, w->cx->actor.org, in->version, &p));
	if (p.edit_state != VERSION_DRAFT)
		return RC_CONFLICT;
	s->saved->stale = p.saves != in->saves;
	if (s->saved->stale)
		return RC_INVALID;
	TRY(doc_read(w->cx->a, p.body, strlen(p.body), &was));
	TRY(q_version_save(w->tx, &(struct q_version_save_in){ in->product, in->version, in->saves, body, w->cx->actor.person, w->cx->now }, &n));
	if (n != 1)
		return RC_CONFLICT;
	TRY(show_face(w, &p, in->doc));
	if (in->picture)
		TRY(keep_picture(w, in, s->saved));
	work_audit(w, (struct event){ .kind = OBJECT_PRODUCT, .object = p.id, .org = p.provider, .name = "save", .details = details(w->cx->a, &was, in->doc) });
	w->out.location = in->location;
	return RC_OK;
}

static bool any_wrong(const struct doc_problems *p)
{
	for (size_t i = 0; i < p->n; i++)
		if (!p->p[i].missing)
			return true;
	return false;
}

enum rc product_save(struct cx *cx, const struct product_save_in *in, struct product_saved *saved, struct outcome *out)
{
	*saved = (struct product_saved){ 0 };
	TRY(product_missing(cx, in->product, in->doc, true, &saved->problems));
	if (any_wrong(&saved->problems))
		return RC_INVALID;
	return work_do(cx, save, &(struct saving){ in, saved }, out);
}
