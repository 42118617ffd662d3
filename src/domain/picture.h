#ifndef DOMAIN_PICTURE_H
#define DOMAIN_PICTURE_H
#include "domain/enums.h"

/* Pictures that somebody sends (CAT-1): known by their content, never by a name or what was said of them.  The file must be one whole
 * picture from its first byte to its last, so that nothing else rides in it. */
enum { PICTURE_BYTES_MAX = 1 << 20, PICTURE_SIDE_MIN = 64, PICTURE_SIDE_MAX = 4096 };
struct picture {
	enum picture_type type;
	uint32_t width, height;
};

/* False: not a whole PNG, JPEG or WebP picture that stands still. */
bool picture_read(const void *p, size_t n, struct picture *out);
#endif
