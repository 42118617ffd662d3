#include "xml/dsig.h"

#include "base/str.h"
#include "crypto/base64.h"
#include "crypto/hash.h"
#include "crypto/rsa.h"

#define DSIG DSIG_NS
#define EXCLUSIVE "http://www.w3.org/2001/10/xml-exc-c14n#"
#define ENVELOPED DSIG "enveloped-signature"
#define RSA_SHA256 "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"
#define DIGEST_SHA256 "http://www.w3.org/2001/04/xmlenc#sha256"

/* A Signature is read from left to right: each element is taken by its name, with at most the one attribute it must
 * have, and nothing may be left over.  The first thing that is not so stays in `why`. */
struct cursor {
	struct arena *a;
	struct xml_node *at;		/* the next element */
	struct xml_fault *fault;
};

static void wrong(struct cursor *c, const char *why, const struct xml_node *n)
{
	if (!c->fault->why)
		*c->fault = (struct xml_fault){ why, n ? xml_line(n) : 0 };
}

/* The next element, when it is that one; `attribute` (may be NULL) must have that value and is the only one. */
static struct xml_node *take(struct cursor *c, const char *name, const char *attribute, const char *value, const char *why)
{
	struct xml_node *n = c->at;
	const char *is = n && attribute ? xml_attribute(n, attribute) : NULL;

	if (!xml_is(n, DSIG, name) || xml_text_before(n) || xml_attributes(n) != (attribute ? 1 : 0) ||
	    (attribute && (!is || !str_eq(is, value)))) {
		wrong(c, why, n);
		return NULL;
	}
	c->at = xml_next(n);
	return n;
}

static struct cursor inside(const struct cursor *c, const struct xml_node *n)
{
	return (struct cursor){ c->a, n ? xml_first(n) : NULL, c->fault };
}

/* Nothing follows, neither an element nor text. */
static void end(struct cursor *c, const struct xml_node *parent)
{
	const struct xml_node *last = parent ? xml_first(parent) : NULL;

	while (last && xml_next(last))
		last = xml_next(last);
	if (c->at)
		wrong(c, "more in the signature than there may be", c->at);
	else if (last && xml_text_behind(last))
		wrong(c, "text in the signature", last);
}

/* An element that says only which algorithm it is. */
static void algorithm(struct cursor *c, const char *name, const char *uri, const char *why)
{
	const struct xml_node *n = take(c, name, "Algorithm", uri, why);

	if (n && !xml_blank(n))
		wrong(c, "a parameter of an algorithm", n);
}

static struct bytes base64_of(struct cursor *c, const char *name)
{
	const struct xml_node *n = take(c, name, NULL, NULL, name);
	const char *text = n ? xml_text(c->a, n) : NULL;
	struct bytes b = { 0 };

	if (n && (!text || !base64_bytes(c->a, text, &b)))
		wrong(c, "no Base64", n);
	return b;
}

static struct bytes reference(struct cursor *c)
{
	const struct xml_node *n = take(c, "Reference", "URI", "", "Reference"), *list;
	struct cursor in = inside(c, n), transforms;

	list = take(&in, "Transforms", NULL, NULL, "Transforms");
	transforms = inside(&in, list);
	algorithm(&transforms, "Transform", ENVELOPED, "first Transform");
	algorithm(&transforms, "Transform", EXCLUSIVE, "second Transform");
	end(&transforms, list);
	algorithm(&in, "DigestMethod", DIGEST_SHA256, "DigestMethod");
	struct bytes digest = base64_of(&in, "DigestValue");
	end(&in, n);
	return digest;
}

/* Names of keys say nothing that is used; keys and certificates have no place here. */
static void key_info(struct cursor *c)
{
	const struct xml_node *n;

	if (!c->at)
		return;
	n = take(c, "KeyInfo", NULL, NULL, "behind SignatureValue");
	struct cursor in = inside(c, n);
	const struct xml_node *name = take(&in, "KeyName", NULL, NULL, "a key in the document");
	if (name && !xml_text(c->a, name))
		wrong(c, "KeyName", name);
	end(&in, n);
}

struct signature {
	struct xml_node *all, *info;
	struct bytes digest, value;
};

static bool read_signature(struct arena *a, struct xml_node *root, struct signature *s, struct xml_fault *fault)
{
	struct cursor c = { a, xml_first(root), fault };

	*fault = (struct xml_fault){ 0 };
	if (xml_count(root, DSIG, "Signature") != 1) {
		wrong(&c, xml_count(root, DSIG, "Signature") ? "more than one Signature" : "no Signature", root);
		return false;
	}
	while (c.at && xml_next(c.at))
		c.at = xml_next(c.at);
	s->all = take(&c, "Signature", NULL, NULL, "the Signature is not the last child of the root, or has attributes");
	if (s->all && xml_text_behind(s->all))
		wrong(&c, "text behind the Signature", s->all);
	struct cursor in = inside(&c, s->all);
	s->info = take(&in, "SignedInfo", NULL, NULL, "SignedInfo");
	struct cursor info = inside(&in, s->info);
	algorithm(&info, "CanonicalizationMethod", EXCLUSIVE, "CanonicalizationMethod");
	algorithm(&info, "SignatureMethod", RSA_SHA256, "SignatureMethod");
	s->digest = reference(&info);
	end(&info, s->info);
	s->value = base64_of(&in, "SignatureValue");
	key_info(&in);
	end(&in, s->all);
	return !fault->why;
}

/* The document without its Signature has the digest that was signed. */
static bool digest_right(const struct xml_node *root, const struct signature *s)
{
	unsigned char digest[SHA256_SIZE];
	struct out o = { 0 };
	bool right = xml_canonical(root, s->all, &o);

	hash_sha256(o.p, o.n, digest);
	out_free(&o);
	return right && s->digest.n == sizeof digest && hash_equal(digest, s->digest.p, sizeof digest);
}

/* RC_OK when one of the keys is the one.  A key that should be there and is not may be the one: then nobody knows. */
static enum rc signed_by(const struct signature *s, const char *const *keys, size_t n)
{
	struct out o = { 0 };
	enum rc all = RC_NOT_FOUND, rc = RC_NOT_FOUND;
	bool right = xml_canonical(s->info, NULL, &o), broken = false;

	for (size_t i = 0; i < n && right && rc != RC_OK; i++) {
		rc = rsa_verify(keys[i], (struct bytes){ o.p, o.n }, s->value);
		broken |= rc == RC_MALFORMED;
		all = rc == RC_NOT_FOUND ? all : rc;
	}
	out_free(&o);
	if (!right)
		return RC_DENIED;
	return broken && all != RC_OK ? RC_NOT_FOUND : all;
}

enum rc dsig_verify(struct arena *a, struct xml_tree *t, const char *const *keys, size_t keys_n, struct xml_fault *fault)
{
	struct xml_node *root = xml_root(t);
	struct signature s;

	if (!read_signature(a, root, &s, fault))
		return RC_DENIED;
	fault->line = xml_line(s.all);
	enum rc rc = signed_by(&s, keys, keys_n);
	if (rc == RC_OK && !digest_right(root, &s))
		rc = RC_DENIED;
	fault->why = rc == RC_OK ? NULL : rc == RC_DENIED ? "wrong signature" : "no key to check the signature with";
	if (rc == RC_OK)
		xml_remove(s.all);
	return rc;
}

/* SignedInfo in its canonical form. */
static const char *signed_info(struct arena *a, const char *digest)
{
	return arena_printf(a,
			    "<SignedInfo xmlns=\"" DSIG "\"><CanonicalizationMethod Algorithm=\"" EXCLUSIVE "\"></CanonicalizationMethod>"
			    "<SignatureMethod Algorithm=\"" RSA_SHA256 "\"></SignatureMethod><Reference URI=\"\"><Transforms>"
			    "<Transform Algorithm=\"" ENVELOPED "\"></Transform><Transform Algorithm=\"" EXCLUSIVE "\"></Transform></Transforms>"
			    "<DigestMethod Algorithm=\"" DIGEST_SHA256 "\"></DigestMethod><DigestValue>%s</DigestValue></Reference></SignedInfo>",
			    digest);
}

static enum rc document_digest(struct arena *a, struct bytes document, const char **base64)
{
	unsigned char digest[SHA256_SIZE];
	struct xml_fault fault;
	struct xml_tree *t;
	struct out o = { 0 };

	TRY(xml_tree_read(document, &t, &fault));
	bool good = xml_canonical(xml_root(t), NULL, &o);
	xml_tree_free(t);
	hash_sha256(o.p, o.n, digest);
	out_free(&o);
	*base64 = base64_text(a, digest, sizeof digest);
	return good ? RC_OK : RC_MALFORMED;
}

enum rc dsig_sign(struct arena *a, struct bytes document, const char *private_pem, struct out *o)
{
	const char *digest, *s = document.p;
	struct bytes value;
	size_t end_tag = document.n;

	TRY(document_digest(a, document, &digest));
	const char *info = signed_info(a, digest);
	TRY(rsa_sign(a, private_pem, (struct bytes){ info, strlen(info) }, &value));
	while (strncmp(s + --end_tag, "</", 2))
		;
	out_bytes(o, s, end_tag);
	out_lit(o, "<Signature xmlns=\"" DSIG "\">");
	out_str(o, info);
	out_lit(o, "<SignatureValue>");
	out_str(o, base64_text(a, value.p, value.n));
	out_lit(o, "</SignatureValue></Signature>");
	out_bytes(o, s + end_tag, document.n - end_tag);
	return RC_OK;
}
