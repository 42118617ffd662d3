/* A provider's answer, in each dialect: whatever it says, one verdict, and fields that fit where they are stored. */
#include "fuzz.h"

#include <assert.h>
#include <string.h>

#include "base/str.h"
#include "channel/koogallery.h"
#include "channel/tencent.h"

static void look(dialect_read *read, const uint8_t *p, size_t n)
{
	struct provision_answer a = { 0 };

	read(&fuzz_arena, (const char *)p, n, &a);
	assert(a.verdict >= PROVISION_DONE && a.verdict <= PROVISION_REFUSED && a.why);
	assert((read != tencent_create_read && read != koogallery_created_read) || a.verdict != PROVISION_DONE || a.delivered.sign_id);
	assert(a.delivered.fields_n <= RESOURCE_FIELDS_MAX);
	assert(!a.delivered.sign_id || strlen(a.delivered.sign_id) <= PROVISION_SIGN_ID_MAX);
	for (size_t i = 0; i < a.delivered.fields_n; i++) {
		const struct resource_field *f = &a.delivered.fields[i];
		assert(strlen(f->name) <= 60 && strlen(f->value) <= RESOURCE_VALUE_MAX);
		assert(str_utf8(f->value, strlen(f->value)) && !str_control(f->value, false));
	}
}

FUZZ(p, n)
{
	static dialect_read *const reads[] = { tencent_create_read, tencent_change_read, koogallery_created_read, koogallery_info_read, koogallery_change_read };

	for (size_t i = 0; i < sizeof reads / sizeof *reads; i++)
		look(reads[i], p, n);
}
