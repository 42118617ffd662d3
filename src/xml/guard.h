#ifndef XML_GUARD_H
#define XML_GUARD_H
#include "base/value.h"

/* What every reader of documents from outside looks at before it parses one.  Inside src/xml only. */

/* NULL, or what is wrong: bytes that are no UTF-8, or a declaration of another encoding. */
const char *xml_encoding_wrong(const char *s, size_t n);
/* XML's white space only. */
bool xml_all_space(const char *s, size_t n);

/* Only the core parser, without a network, conversion of encodings, entity or DTD loading, recovery, or lifted limits. */
#define XML_GUARDED (XML_PARSE_NONET | XML_PARSE_IGNORE_ENC | XML_PARSE_NOERROR | XML_PARSE_NOWARNING)
#endif
