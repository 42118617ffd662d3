#include "domain/tag.h"

#include <string.h>

bool tag_key_good(const char *key)
{
	bool letter = false;

	for (const unsigned char *s = (const unsigned char *)key; *s; s++) {
		bool word = *s >= 0x80 || (*s >= '0' && *s <= '9') || (*s >= 'A' && *s <= 'Z') || (*s >= 'a' && *s <= 'z');
		letter |= word;
		if (!word && !strchr(" _-.:/@+", *s))
			return false;
	}
	return letter;
}
