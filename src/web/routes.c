/* The whole surface of the platform, from the rows of routes_*.def. */
#include "web/routes.h"
#include "web/route.h"

#define GET(p, h, perm_, ...)     { .method = METHOD_GET, .pattern = p, .handle = h, .name = #h, .perm = perm_, ##__VA_ARGS__ },
#define QUERY(p, h, f, perm_, ...) { .method = METHOD_GET, .pattern = p, .handle = h, .name = #h, .form = &f, .perm = perm_, ##__VA_ARGS__ },
#define POST(p, h, f, perm_, ...) { .method = METHOD_POST, .pattern = p, .handle = h, .name = #h, .form = &f, .perm = perm_, ##__VA_ARGS__ },
#define RAW(m, p, h, ...)         { .method = METHOD_##m, .pattern = p, .handle = h, .name = #h, .raw = true, ##__VA_ARGS__ },

static const struct route common[] = {
#include "web/routes_common.def"
};
static const struct route storefront[] = {
#include "web/routes_storefront.def"
};
static const struct route buyer[] = {
#include "web/routes_buyer.def"
};
static const struct route provider[] = {
#include "web/routes_provider.def"
};
static const struct route operator[] = {
#include "web/routes_operator.def"
};
static const struct route callback[] = {
#include "web/routes_callback.def"
};

const struct enum_def pool_enum = { "pool", (const char *const[]){ "", "buyer", "provider", "operator", "callback" }, POOL__MAX - 1 };

#define TABLE(t) { t, sizeof t / sizeof *t }
struct router *router_of_pool(struct arena *a, enum pool p)
{
	static const struct route_table of[POOL__MAX][3] = {
		[POOL_BUYER] = { TABLE(common), TABLE(storefront), TABLE(buyer) },
		[POOL_PROVIDER] = { TABLE(common), TABLE(provider) },
		[POOL_OPERATOR] = { TABLE(common), TABLE(operator) },
		[POOL_CALLBACK] = { TABLE(common), TABLE(callback) },
	};

	return router_make(a, of[p], 3);
}
