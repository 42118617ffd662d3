#include "view/api.h"

#include "view/json.h"

VIEW_JSON(api_quota, API_QUOTA)
VIEW_JSON(api_panel, API_PANEL)
VIEW_JSON(api_key_show, API_KEY_SHOW)
VIEW_JSON(api_secret, API_SECRET)
