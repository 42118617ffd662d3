/* The secret that a product's system knows: set, replaced while the one before lives on, ended at once (PRV-4).  Not a part of a version. */
#include "app/product_secret.h"
#include "q_product_secret.h"
#include "web/provider/product.h"

struct secret_in { const char *secret; enum secret_grace grace; };
FORM(product_secret_form, struct secret_in,
	TEXT(struct secret_in, secret, .min = 8, .max = 100, .verbatim = true),
	ENUM(struct secret_in, grace, secret_grace, .optional = true))

static const struct view_field *secret_field(struct web *w)
{
	struct view_field f = web_field(w, &product_secret_form, "secret", MSG_product_secret_title, NULL);

	f.type = "password";
	f.value = "";		/* never sent back */
	f.autocomplete = "off";
	f.hint = web_text(w, MSG_product_secret_hint);
	return web_keep(w, f);
}

static const struct view_field *grace_field(struct web *w)
{
	struct view_field f = web_enum(w, &product_secret_form, "grace", MSG_product_secret_grace, FIELD_RADIO, secret_grace_msg, GRACE_DAY);

	f.hint = web_text(w, MSG_product_secret_grace_hint);
	return web_keep(w, f);
}

enum rc product_secret(struct cx *cx, struct web *w)
{
	struct q_product_secret_show p;
	struct editing e = { .id_text = web_param(w, "id") };

	TRY(q_product_secret_show(cx->db, cx->a, &(struct q_product_secret_show_in){ cx->actor.org, web_param_id(w, "id") }, &p));
	struct view_product_secret m = {
		.id = e.id_text, .name = p.name, .set = p.secret, .edited = p.edited, .secret = secret_field(w), .grace = p.secret ? grace_field(w) : NULL,
		.old_until = p.old_until.us > cx->now.us ? p.old_until : (struct instant){ 0 },
	};
	e.row.name = p.name;
	w->page.title = MSG_product_secret_title;
	w->page.name = p.name;
	editing_crumbs(cx, w, &e, web_text(w, MSG_product_secret_title));
	return web_show(w, tpl_provider_product_secret, json_product_secret, &m);
}

enum rc product_secret_do(struct cx *cx, struct web *w)
{
	const struct secret_in *in = w->in;
	struct outcome out;

	TRY(product_secret_set(cx, web_param_id(w, "id"), in->secret, in->grace, &out));
	return web_done(w, &out);
}

enum rc product_secret_end_do(struct cx *cx, struct web *w)
{
	struct outcome out;

	TRY(product_secret_end(cx, web_param_id(w, "id"), &out));
	return web_done(w, &out);
}
