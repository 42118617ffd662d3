#ifndef WEB_ROUTES_H
#define WEB_ROUTES_H
#include "web/route.h"

/* The handlers that the routes name, and their forms. */
#define GET(p, h, ...)      web_handler h;
#define QUERY(p, h, f, ...) web_handler h; extern const struct form f;
#define POST(p, h, f, ...)  web_handler h; extern const struct form f;
#define RAW(m, p, h, ...)   web_handler h;
#include "web/routes_common.def"
#include "web/routes_storefront.def"
#include "web/routes_buyer.def"
#include "web/routes_provider.def"
#include "web/routes_operator.def"
#include "web/routes_callback.def"
#undef GET
#undef QUERY
#undef POST
#undef RAW
#endif
