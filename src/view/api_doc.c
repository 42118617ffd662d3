#include "view/api_doc.h"

#include "view/json.h"

VIEW_JSON(api_parameter, API_PARAMETER)
VIEW_JSON(api_code, API_CODE)
VIEW_JSON(api_sample, API_SAMPLE)
VIEW_JSON(api_call, API_CALL)
VIEW_JSON(api_doc, API_DOC)
