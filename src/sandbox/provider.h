#ifndef SANDBOX_PROVIDER_H
#define SANDBOX_PROVIDER_H
#include "base/value.h"
#include "fcgi/req.h"
#include "sandbox/input.h"

struct sandbox;

/* A sample provider's system, in the dialect `tencent` (PRV-2). */

#define PROVIDER_FAULTS(F)                                                      \
	F(none)                                                                 \
	F(slow)		/* the answer trickles in, a few bytes a second */      \
	F(error)	/* status 500 */                                        \
	F(rubbish)	/* no JSON */                                           \
	F(later)	/* createInstance: signId "0", the instance comes later */
enum provider_fault {
	PROVIDER_FAULT_UNSET,
#define F(n) PROVIDER_FAULT_##n,
	PROVIDER_FAULTS(F)
#undef F
	PROVIDER_FAULT__MAX
};
extern const struct enum_def provider_fault_enum;

enum {
	INSTANCES_MAX = 4096,
	PROVIDER_CALLS_MAX = 2048,
	PROVIDER_NAME_MAX = 31,
	SIGN_ID_MAX = 11,
	PROVIDER_BODY_MAX = 1000
};

struct instance {
	char provider[PROVIDER_NAME_MAX + 1], order[65], sign_id[SIGN_ID_MAX + 1];
	char product[256], spec[256], account[65], until[24];
	bool expired, gone;
};

/* A call that came in, for the page. */
struct provider_call {
	int64_t at_ms;
	char provider[PROVIDER_NAME_MAX + 1], action[32], event[24], verdict[64], body[PROVIDER_BODY_MAX + 1];
};

struct provider {
	struct instance instances[INSTANCES_MAX];
	struct provider_call calls[PROVIDER_CALLS_MAX];
	uint64_t instances_n, calls_n;
	/* for the next `times` calls to any provider of that name ("" is any) */
	struct { char provider[PROVIDER_NAME_MAX + 1]; enum provider_fault kind; int times; } fault;
};

const struct provider_call *provider_call_at(const struct provider *p, size_t i);
struct instance *provider_instance(struct provider *p, const char *sign_id);
void provider_fail(struct provider *p, const char *name, enum provider_fault fault, int times);

/* POST /provider/{name}?signature=…&timestamp=…&eventId=… */
void provider_serve(struct sandbox *sb, const char *name, struct req *r, const struct input *query, struct answer *ans);

/* Events: called, created, renewed, ended_instance. */
void provider_apply_called(struct sandbox *sb, const char *const *t);
void provider_apply_created(struct sandbox *sb, const char *const *t);
void provider_apply_renewed(struct sandbox *sb, const char *const *t);
void provider_apply_ended(struct sandbox *sb, const char *const *t);
#endif
