#ifndef WEB_API_DOC_H
#define WEB_API_DOC_H
#include "base/arena.h"
#include "base/rc.h"
#include "view/api_doc.h"

/* The document of an API product as the store keeps it (CAT-15): what json_api_doc writes. */

enum {
	API_CALLS_MAX = 20,
	API_PARAMETERS_MAX = 60, API_CODES_MAX = 60, API_SAMPLES_MAX = 6,	/* of each call */
	API_NAME_MAX = 60, API_ADDRESS_MAX = 300, API_TYPE_MAX = 30, API_RETURNS_MAX = 20, API_CODE_MAX = 20,	/* characters */
	API_TEXT_MAX = 500, API_SAMPLE_MAX = 4000
};

/* NULL or "": no calls.  Parameters come by place.  RC_INVALID: not such a document. */
MUST_USE enum rc api_doc_read(struct arena *a, const char *json, struct view_api_doc *out);
#endif
