#ifndef WEB_ROUTE_H
#define WEB_ROUTE_H
#include "domain/permit.h"
#include "fcgi/req.h"
#include "web/form.h"

struct cx;
struct web;
typedef enum rc web_handler(struct cx *cx, struct web *w) MUST_USE;

/* One row of routes_*.def:
 *	GET(pattern, handler, permission, …)		.cache: seconds for visitors
 *	QUERY(pattern, handler, form, permission, …)	a GET whose query is a form
 *	POST(pattern, handler, form, permission, …)	.page: the GET handler that shows the form again when it is refused
 *							.files = true: its rows IDS may be files (web/upload.h)
 *	RAW(method, pattern, handler, …)		no session, language, token or form: callbacks, probes
 * A segment {name} of a pattern matches any one segment; a literal segment goes before it. */
struct route {
	enum method method;
	const char *pattern;
	web_handler *handle;
	const char *name;
	const struct form *form;	/* NULL: takes no fields */
	enum perm perm;
	web_handler *page;		/* when not said: of the same pattern, else of the pattern without its last segment */
	int cache;			/* a page that is the same for all visitors: how long it may be kept; 0: never */
	size_t body_max;		/* 0: BODY_MAX */
	bool files;			/* a body of files is taken apart as it comes: web/upload.h */
	bool raw;
	bool no_token;			/* no form token: harmless changes from pages that are the same for all visitors */
	const struct route *again;	/* the row of .page; set by router_make */
	int id;				/* 1 … in the router, for the counters */
};
enum { BODY_MAX = 1 << 20, BANK_BODY_MAX = 2 << 20, PICTURE_BODY_MAX = BODY_MAX + (16 << 10), ROUTE_PARAMS = 6, ROUTES_MAX = 512 };
struct route_table { const struct route *rows; size_t n; };

struct param { const char *name, *value; };
struct route_found {
	const struct route *route;	/* NULL: no such address, or not with this method */
	const char *allow;		/* methods of the address, "GET, HEAD, POST"; NULL: no such address */
	struct param param[ROUTE_PARAMS];
	size_t n;
};

struct router;
/* Two rows of one address and method, or a POST with a form and no page, are a mistake of ours: aborts. */
struct router *router_make(struct arena *a, const struct route_table *tables, size_t n);
/* HEAD finds the row of GET. */
void router_find(const struct router *r, struct arena *a, enum method m, const char *path, struct route_found *out);
size_t router_count(const struct router *r);
const struct route *router_row(const struct router *r, size_t i);

enum pool { POOL_BUYER = 1, POOL_PROVIDER, POOL_OPERATOR, POOL_CALLBACK, POOL__MAX };
extern const struct enum_def pool_enum;
/* The tables that a pool serves. */
struct router *router_of_pool(struct arena *a, enum pool p);
#endif
