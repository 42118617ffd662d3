#ifndef SANDBOX_BANK_DOCUMENT_H
#define SANDBOX_BANK_DOCUMENT_H
#include "base/out.h"
#include "base/rc.h"

struct sandbox;
struct bank_file;

/* The document of a file, signed, with the fault that it has.  RC_NOT_FOUND, RC_MALFORMED: the bank has no good key. */
MUST_USE enum rc bank_document(struct sandbox *sb, const struct bank_file *f, struct out *o);
#endif
