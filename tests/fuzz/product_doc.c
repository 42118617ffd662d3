/* Any document of a product: what is read is written so that it is read the same, is checked without a fault, and does not differ from itself. */
#include "fuzz.h"

#include <assert.h>

#include "app/product_doc.h"
#include "base/str.h"

FUZZ(p, n)
{
	struct doc_problems problems = { 0 };
	struct doc_product a, b, none;
	struct doc_change *c;

	if (doc_read(&fuzz_arena, (const char *)p, n, &a) != RC_OK)
		return;
	const char *text = doc_write(&fuzz_arena, &a);
	assert(doc_read(&fuzz_arena, text, strlen(text), &b) == RC_OK);
	assert(str_eq(doc_write(&fuzz_arena, &b), text));
	doc_check(&fuzz_arena, &a, &problems);
	assert(problems.n <= DOC_PROBLEMS_MAX);
	for (size_t i = 0; i < problems.n; i++)
		assert(*problems.p[i].at && *problems.p[i].wrong);
	doc_blank(doc_product(), &none);
	doc_diff(&fuzz_arena, &none, &a, &c);
}
