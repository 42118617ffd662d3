#include "view/api.h"
#include "view/api_try.h"

#include "view/json.h"

VIEW_JSON(api_quota, API_QUOTA)
VIEW_JSON(api_panel, API_PANEL)
VIEW_JSON(api_key_show, API_KEY_SHOW)
VIEW_JSON(api_secret, API_SECRET)
VIEW_JSON(api_try_result, API_TRY_RESULT)
VIEW_JSON(api_try, API_TRY)
