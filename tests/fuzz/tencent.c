/* A provider's answer: whatever it says, one verdict, and fields that fit where they are stored. */
#include "fuzz.h"

#include <assert.h>
#include <string.h>

#include "base/str.h"
#include "channel/tencent.h"

FUZZ(p, n)
{
	struct tencent_answer a = { 0 };

	tencent_create_read(&fuzz_arena, (const char *)p, n, &a);
	assert(a.verdict >= TENCENT_DONE && a.verdict <= TENCENT_REFUSED && a.why);
	assert((a.verdict == TENCENT_DONE) == (a.delivered.sign_id != NULL));
	assert(a.delivered.fields_n <= RESOURCE_FIELDS_MAX);
	assert(!a.delivered.sign_id || strlen(a.delivered.sign_id) <= TENCENT_SIGN_ID_MAX);
	for (size_t i = 0; i < a.delivered.fields_n; i++) {
		const struct resource_field *f = &a.delivered.fields[i];
		assert(strlen(f->name) <= 60 && strlen(f->value) <= RESOURCE_VALUE_MAX);
		assert(str_utf8(f->value, strlen(f->value)) && !str_control(f->value, false));
	}
}
