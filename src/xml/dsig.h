#ifndef XML_DSIG_H
#define XML_DSIG_H
#include "xml/tree.h"

#define DSIG_NS "http://www.w3.org/2000/09/xmldsig#"

/* Enveloped XML signatures, exactly as ISO-2 has them: one Signature in the whole document, the last child of its root;
 * one Reference with URI ""; the transforms enveloped-signature, then exclusive canonicalisation; rsa-sha256 and sha256.
 * Everything else is refused before anything is computed.  The key is the caller's: a document that brings a key or a
 * certificate along is refused (KeyInfo may hold a KeyName, which is not looked at). */

/* Whether one of the keys (files of public keys, rsa.h) signed the document.  After RC_OK the Signature is gone from the
 * tree: what is left is exactly what was signed.  RC_DENIED: not signed, or not so; fault->why says what is wrong.  RC_NOT_FOUND: none of
 * the keys is there, or one is no key and might have been the right one: it is ours to put that in order. */
MUST_USE enum rc dsig_verify(struct arena *a, struct xml_tree *t, const char *const *keys, size_t keys_n,
			     struct xml_fault *fault);

/* Writes the document (without an XML declaration) with its signature.  It must not have one. */
MUST_USE enum rc dsig_sign(struct arena *a, struct bytes document, const char *private_pem, struct out *o);
#endif
