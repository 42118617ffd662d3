#ifndef APP_PRODUCT_APPLY_H
#define APP_PRODUCT_APPLY_H
#include "app/work.h"
#include "domain/version.h"

/* A locked product and the version of it that is open or was refused (edit 0: none): the only writer of their states. */
struct product_now {
	uint64_t id, provider, version, edit, saves, agreement_version;
	enum product_state state;
	enum version_state edit_state;
	const char *name, *slug, *body;		/* body: of the version */
	bool secret;
};
/* RC_NOT_FOUND: not this organisation's, or (provider 0) there is none.  RC_CONFLICT: edit is set and not the open version any more. */
MUST_USE enum rc product_lock(struct work *w, uint64_t id, uint64_t provider, uint64_t edit, struct product_now *p);
/* Moves both by their machines and notes it in the audit log.  edit: the version that is open afterwards, 0: none. */
MUST_USE enum rc apply_product(struct work *w, struct product_now *p, enum product_event ev, uint64_t edit, const char *why);
#endif
