#ifndef SANDBOX_UNIT_H
#define SANDBOX_UNIT_H
#include "channel/wechat.h"
#include "sandbox/page.h"
#include "sandbox/sandbox.h"
#include "unit.h"

/* One sandbox without a journal for all tests of the program, and the merchant that it knows. */
extern struct sandbox sandbox;
extern struct wechat_conf merchant;
struct sandbox *sandbox_ready(void);

/* A request as it would come through FastCGI. */
struct req *sandbox_request(enum method method, const char *type, struct bytes body);
/* What the gateway answers. */
struct bytes sandbox_posted(void (*serve)(struct sandbox *, struct req *, struct answer *), struct bytes body);

/* The merchant's server (server_start): says yes or no by the address, and checks notifications as the platform does. */
bool sandbox_merchant(int fd, const char *request);

/* A new payment, ordered by the merchant at that address. */
struct pay *sandbox_order(const char *notify_url);
#endif
