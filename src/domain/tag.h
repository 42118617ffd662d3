#ifndef DOMAIN_TAG_H
#define DOMAIN_TAG_H
#include <stdbool.h>

/* What buyers call their resources (CAT-14): a name, and keys with values.  Lengths in characters. */
enum { RESOURCE_NAME_MAX = 60, TAG_KEY_MAX = 40, TAG_VALUE_MAX = 80, TAGS_MAX = 10 };

/* Letters of any script, digits, blanks, and _ - . : / @ +  (the text is clean and not longer than a key). */
bool tag_key_good(const char *key);
#endif
