#ifndef DOMAIN_PROOF_H
#define DOMAIN_PROOF_H
#include "domain/enums.h"

/* A bank's receipt that somebody sends (MON-11): known by its content, never by a name.  A picture must be whole (domain/picture.h); a PDF, which is
 * only ever saved and never shown by us, begins and ends as one.  False: neither. */
enum { PROOF_BYTES_MAX = 1 << 20 };
bool proof_read(const void *p, size_t n, enum proof_type *type);
#endif
