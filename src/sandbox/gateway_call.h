#ifndef SANDBOX_GATEWAY_CALL_H
#define SANDBOX_GATEWAY_CALL_H
#include "crypto/wxsign.h"
#include "sandbox/sandbox.h"
#include "xml/flat.h"

/* One call of the gateway: what was asked, and the answer as it grows. */
enum { GATEWAY_FIELDS_MAX = 120 };
struct gateway_call {
	struct sandbox *sb;
	struct xml_flat in;
	enum wxsign_type type;
	struct pair out[GATEWAY_FIELDS_MAX];
	size_t n;
	struct out *text;		/* an answer that is no document: a bill */
};

void gateway_put(struct gateway_call *c, const char *name, const char *value);
/* The field of the n-th of several. */
void gateway_put_nth(struct gateway_call *c, const char *name, size_t n, const char *value);
const char *gateway_asked(const struct gateway_call *c, const char *name);
/* A business error: signed. */
void gateway_refuse(struct gateway_call *c, const char *code, const char *text);
void gateway_done(struct gateway_call *c);

typedef void gateway_operation(struct gateway_call *c);
void gateway_serve(struct sandbox *sb, struct req *r, struct answer *ans, const char *name, gateway_operation *op);
#endif
