/* Any body with files: fields lie in their bounds, and a picture is never larger than the file that it came in. */
#include "fuzz.h"

#include <assert.h>

#include "base/str.h"
#include "domain/picture.h"
#include "web/multipart.h"

FUZZ(p, n)
{
	struct input *in = ARENA_NEW(&fuzz_arena, struct input);
	struct picture is;
	size_t all = 0;

	if (picture_read(p, n, &is))
		assert(is.type && is.width && is.height && n >= 20);
	if (input_multipart(&fuzz_arena, "multipart/form-data; boundary=b", (const char *)p, n, in) != RC_OK)
		return;
	assert(in->n <= INPUT_FIELDS_MAX);
	for (size_t i = 0; i < in->n; i++) {
		assert(*in->f[i].name && (in->f[i].kind == INPUT_FORM || in->f[i].kind == INPUT_FILE) && !in->f[i].value[in->f[i].n]);
		all += in->f[i].n;
	}
	assert(all <= n);
}
