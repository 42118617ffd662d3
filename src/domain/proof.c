#include "domain/proof.h"

#include <string.h>

#include "domain/picture.h"

enum { PDF_TAIL = 1024 };

/* "%PDF-" first, "%%EOF" among the last bytes. */
static bool is_pdf(const char *p, size_t n)
{
	size_t from = n > PDF_TAIL ? n - PDF_TAIL : 0;

	return n > 5 && !memcmp(p, "%PDF-", 5) && memmem(p + from, n - from, "%%EOF", 5);
}

bool proof_read(const void *p, size_t n, enum proof_type *type)
{
	struct picture is;

	if (n > PROOF_BYTES_MAX)
		return false;
	if (is_pdf(p, n))
		*type = PROOF_PDF;
	else if (picture_read(p, n, &is) && (is.type == PICTURE_PNG || is.type == PICTURE_JPEG))
		*type = is.type == PICTURE_PNG ? PROOF_PNG : PROOF_JPEG;
	else
		return false;
	return true;
}
