#ifndef XML_SCHEMA_VALUE_H
#define XML_SCHEMA_VALUE_H
#include "base/value.h"
#include "xml/schema_table.h"

/* Inside src/xml only. */

/* Without the white space at both ends, which belongs to text only; it is cut off in place. */
const char *schema_token(char *text);
/* Whether a text (for other types than text a token) is one of that type; NULL, or what is wrong. */
const char *schema_value_wrong(const struct schema *s, const struct schema_type *t, const char *text);
#endif
