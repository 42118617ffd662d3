#ifndef WEB_WEB_H
#define WEB_WEB_H
#include "base/cx.h"
#include "domain/permit.h"
#include "q_session.h"
#include "tpl.h"
#include "view/field.h"
#include "view/json.h"
#include "view/page.h"
#include "web/cookie.h"
#include "web/routes.h"

/* What a handler holds and calls.  The dispatcher (dispatch.h) has seen to session, permission, form token, a well-read form and
 * the idempotency key before it is called.  A handler reads by queries, writes by one use case of src/app/, and ends with one of
 *	return web_show(w, tpl_buyer_order_list, json_order_list, &model);
 *	return web_see(w, "/console/orders");
 *	return web_done(w, &outcome);
 *	return web_refuse(w, "coupon", MSG_coupon_used);	the form again, 422
 * or with the result code of what went wrong. */

struct outcome;
struct web_app;
struct q_desk_waiting;

struct web {
	struct cx *cx;
	const struct web_app *app;
	struct req *req;
	struct answer *ans;
	struct route_found found;
	const struct q_session_by_token *session;	/* NULL: a visitor */
	const char *cookie;		/* what form tokens are bound to: value of the session's or visitor's cookie; NULL: none yet */
	bool json;
	int status;			/* of the page to be shown; 0: 200 */
	struct input input;		/* the fields as they came */
	const void *in;			/* the route's form, read; NULL when it has none */
	struct form_errors errors;
	bool sandbox;			/* the answer is what somebody sent: no browser lets it act */
	struct view_page page;		/* the frame; handlers set title, crumbs, notice … */
	struct { enum cookie cookie; const char *value; } set[4];
	size_t set_n;
	const struct q_desk_waiting *waiting;	/* web/nav.h; NULL: not asked for yet */
	const char *form_action;	/* an origin that forms or their redirects may lead to besides our own */
};

/* A segment of the path by its name in the pattern. */
const char *web_param(const struct web *w, const char *name);
/* The same as an id; 0 when it is none, which no row has. */
uint64_t web_param_id(const struct web *w, const char *name);

/* Ends a GET: the model as a page or as JSON (IFC-1). */
#define web_show(w, tpl, json_fn, model) \
	({ struct out *o_ = web_begin(w); (w)->json ? json_fn(o_, (model)) : tpl(o_, (model), &(w)->page); RC_OK; })
struct out *web_begin(struct web *w);
/* Ends a change: 303 there, or 200 with the address as JSON.  An address of ours, or https. */
enum rc web_see(struct web *w, const char *location) MUST_USE;
/* Ends a change by its outcome (app/work.h): 303, or its status, Location and body as JSON. */
enum rc web_done(struct web *w, const struct outcome *out) MUST_USE;
/* Notes what is wrong with a field (NULL: with the whole), always RC_INVALID.  Use cases name messages by key: msg_of(error). */
enum rc web_refuse(struct web *w, const char *field, enum msg why);
/* Ends a GET, also a RAW one: bytes to be shown. */
enum rc web_file(struct web *w, const char *type, struct bytes b) MUST_USE;
/* Ends a GET: a text that is saved as a file of that name (letters, digits, - and .). */
enum rc web_download(struct web *w, const char *type, const char *name, const char *text) MUST_USE;
/* The same for one that is too long to be held: more() makes it piece by piece (fcgi/req.h). */
enum rc web_stream(struct web *w, const char *type, const char *name, enum rc (*more)(void *, struct out *, bool *), void *from) MUST_USE;
/* The same for a file that somebody sent, of that size and under any name. */
struct web_passed { const char *type, *name; uint64_t size; enum rc (*more)(void *, struct out *, bool *); void *from; };
enum rc web_pass(struct web *w, const struct web_passed *file) MUST_USE;
/* Ends a RAW route. */
enum rc web_raw(struct web *w, int status, const char *type, const char *text) MUST_USE;

/* A row of a form for part/field: name, kind, limits, what was typed (else `value`, else ""), and what is wrong with it. */
struct view_field web_field(struct web *w, const struct form *f, const char *name, enum msg label, const char *value);
/* The same of the n-th item of such a form, counted from 1. */
struct view_field web_item_field(struct web *w, const struct form *f, size_t n, const char *name, enum msg label, const char *value);
/* The same for an ENUM, with its labels (X_msg): a select, or FIELD_RADIO.  value: chosen when nothing was typed; an optional field can be left empty. */
struct view_field web_enum(struct web *w, const struct form *f, const char *name, enum msg label, enum field_control control,
		const uint16_t *labels, int value);
/* A field in the arena, for a model that points to it. */
const struct view_field *web_keep(struct web *w, struct view_field f);
/* One address back into the platform, from a field that came from outside: a path of ours, else `otherwise`. */
const char *web_back(const struct web *w, const char *field, const char *otherwise);

/* Cookies of the answer, also when it becomes an error.  An empty value ends the cookie. */
void web_cookie(struct web *w, enum cookie c, const char *value);
#endif
