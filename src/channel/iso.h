#ifndef CHANNEL_ISO_H
#define CHANNEL_ISO_H
#include "xml/schema.h"

/* What all documents of banks have in common (ISO-2). */
struct iso_source {
	struct bytes body;
	const char *const *keys;	/* files of the bank's public keys, one of which must have signed it.  NULL: it must not be signed */
	size_t keys_n;
};

/* What a document claims to be, before any of it is believed. */
enum iso_kind { ISO_UNKNOWN, ISO_CAMT_053, ISO_CAMT_054, ISO_PAIN_002 };
struct iso_look { enum iso_kind kind; bool is_signed; };
MUST_USE enum rc iso_look(struct bytes body, struct iso_look *out, struct schema_fault *fault);

/* A document that is ready to be read: with keys it is a tree whose signature was right and is gone.  Closed by the caller
 * when RC_OK. */
struct iso_document { struct schema_source source; struct xml_tree *tree; };
MUST_USE enum rc iso_open(struct arena *a, const struct iso_source *from, struct iso_document *d, struct schema_fault *fault);
void iso_close(struct iso_document *d);

/* Of texts that the schemas have accepted as ISODateTime and ISODate. */
struct instant iso_instant(const char *text);		/* in the platform's zone when it names none */
struct date iso_date(const char *text);			/* of an instant: the platform's day */
#endif
