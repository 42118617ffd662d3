/* yunshi-sandbox: the other side of every protocol, as one FastCGI worker under a master (MON-10). */
#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/log.h"
#include "base/str.h"
#include "fcgi/master.h"
#include "fcgi/worker.h"
#include "sandbox/api.h"
#include "sandbox/bank_call.h"
#include "sandbox/bank_page.h"
#include "sandbox/gateway.h"
#include "sandbox/page.h"
#include "sandbox/sandbox.h"

enum { WAIT_MS = 200, DONE = 0, FAILED = 1, USAGE = 2 };

/* ---- routes ---- */

static void order(struct visit *v) { gateway_order(v->sb, v->r, v->ans); }
static void query(struct visit *v) { gateway_query(v->sb, v->r, v->ans); }
static void close_order(struct visit *v) { gateway_close(v->sb, v->r, v->ans); }
static void refund(struct visit *v) { gateway_refund(v->sb, v->r, v->ans); }
static void refund_query(struct visit *v) { gateway_refund_query(v->sb, v->r, v->ans); }
static void bill(struct visit *v) { gateway_bill(v->sb, v->r, v->ans); }
static void provider(struct visit *v) { provider_serve(v->sb, v->name, v->r, &v->query, v->ans); }

static const struct route {
	enum method method;		/* METHOD_NONE: any */
	const char *path;		/* {} is one segment */
	void (*serve)(struct visit *v);
} routes[] = {
	{ METHOD_NONE, "/pay/unifiedorder", order },
	{ METHOD_NONE, "/pay/orderquery", query },
	{ METHOD_NONE, "/pay/closeorder", close_order },
	{ METHOD_NONE, "/secapi/pay/refund", refund },
	{ METHOD_NONE, "/pay/refundquery", refund_query },
	{ METHOD_NONE, "/pay/downloadbill", bill },
	{ METHOD_POST, "/provider/{}", provider },
	{ METHOD_GET, "/", page_list },
	{ METHOD_GET, "/scan/{}", page_scan },
	{ METHOD_POST, "/scan/{}/pay", page_pay },
	{ METHOD_POST, "/scan/{}/refuse", page_refuse },
	{ METHOD_POST, "/scan/{}/again", page_again },
	{ METHOD_GET, "/refunds", page_refunds },
	{ METHOD_POST, "/refunds/{}/success", page_refund_success },
	{ METHOD_POST, "/refunds/{}/change", page_refund_change },
	{ METHOD_POST, "/refunds/{}/close", page_refund_close },
	{ METHOD_POST, "/refunds/{}/again", page_refund_again },
	{ METHOD_GET, "/notices", page_notices },
	{ METHOD_GET, "/provider", page_provider },
	{ METHOD_POST, "/sms", mailbox_sms },
	{ METHOD_GET, "/mail", page_mail },
	{ METHOD_POST, "/fault", page_fault },
	{ METHOD_POST, "/bank/{}/pay", bank_page_come },
	{ METHOD_GET, "/b2b", bank_page_list },
	{ METHOD_GET, "/b2b/{}", bank_page_show },
	{ METHOD_POST, "/b2b/{}/make", bank_page_make },
	{ METHOD_POST, "/b2b/{}/check", bank_page_check },
	{ METHOD_POST, "/b2b/{}/refuse", bank_page_refuse },
	{ METHOD_POST, "/bank/{}/credit", bank_call_credit },
	{ METHOD_POST, "/bank/{}/orders", bank_call_order },
	{ METHOD_POST, "/bank/{}/statement", bank_call_statement },
	{ METHOD_GET, "/bank/{}/files", bank_call_files },
	{ METHOD_NONE, "/api/{}/v1/invoice", api_invoice },
	{ METHOD_GET, "/api/{}/v2/verify", api_verify },
	{ METHOD_GET, "/app/{}", page_app },
	{ METHOD_GET, "/app/{}/login", page_app },
};

/* NULL when the path is not of the pattern; else the segment, "" when there is none in it. */
static const char *match(struct arena *a, const char *pattern, const char *path)
{
	const char *hole = strstr(pattern, "{}");

	if (!hole)
		return str_eq(pattern, path) ? "" : NULL;
	size_t before = (size_t)(hole - pattern);
	if (strncmp(pattern, path, before))
		return NULL;
	size_t n = strcspn(path + before, "/");
	return n && n <= PROVIDER_NAME_MAX && str_eq(hole + 2, path + before + n) ? arena_dup(a, path + before, n)
										  : NULL;
}

static bool fits(enum method wanted, enum method is)
{
	return !wanted || wanted == is || (wanted == METHOD_GET && is == METHOD_HEAD);
}

static void serve(struct visit *v)
{
	bool there = false;

	if (v->r->rc != RC_OK) {
		page_problem(v, v->r->rc);
		return;
	}
	for (size_t i = 0; i < sizeof routes / sizeof *routes; i++) {
		const char *name = match(v->sb->a, routes[i].path, v->r->path);
		if (name && fits(routes[i].method, v->r->method)) {
			v->name = name;
			routes[i].serve(v);
			return;
		}
		there |= name != NULL;
	}
	page_problem(v, there ? RC_METHOD : RC_NOT_FOUND);
}

static void keep_lang(struct visit *v, const char *lang)
{
	out_lit(&v->ans->head, "Set-Cookie: sandbox_lang=");
	out_str(&v->ans->head, str_prefix(lang, "en") ? "en" : "zh-CN");
	out_lit(&v->ans->head, "; Path=/; HttpOnly; SameSite=Lax\r\n");
}

/* ?lang= (which is kept in a cookie), then that cookie, then what the browser asks for, then Chinese. */
static enum lang lang_of(struct visit *v)
{
	static const char kept[] = "sandbox_lang=";
	const char *said = input_text(&v->query, "lang"), *cookie = req_env(v->r, "HTTP_COOKIE");

	if (*said)
		keep_lang(v, said);
	else if (cookie && (cookie = strstr(cookie, kept)))
		said = cookie + sizeof kept - 1;
	else
		said = req_env(v->r, "HTTP_ACCEPT_LANGUAGE");
	return said && str_prefix(said, "en") ? LANG_EN : LANG_ZH_CN;
}

/* ---- the worker ---- */

static struct sandbox sandbox;
static struct arena arena;
static struct config conf;

/* Only when the first request or turn of the loop comes: until then a former worker may still write the journal. */
static void open_once(void)
{
	static bool open;

	if (open)
		return;
	open = true;
	if (!sandbox_open(&sandbox, &conf, &arena)) {
		log_event('E', "journal", LOG_STR("folder", conf.sandbox_folder), LOG_STR("why", strerror(errno)));
		exit(FAILED);
	}
}

static void handle(void *ctx, struct req *r, struct answer *ans)
{
	const char *accept = req_env(r, "HTTP_ACCEPT");
	struct visit v = { .sb = &sandbox, .r = r, .ans = ans, .json = accept && strstr(accept, "application/json") };

	(void)ctx;
	open_once();
	config_clock(&conf);
	input_form(&arena, r->query, strlen(r->query), &v.query);
	v.lang = lang_of(&v);
	serve(&v);
	log_event('I', "request", LOG_STR("id", r->id), LOG_STR("method", r->method_text), LOG_STR("path", r->path),
		  LOG_INT("status", ans->status));
}

static void wait_for(void *ctx, int fd)
{
	(void)ctx;
	open_once();
	config_clock(&conf);
	mailbox_turn(&sandbox);
	refund_turn(&sandbox);
	(void)http_many_wait(sandbox.calls, fd, bank_turn(&sandbox, notice_start_due(&sandbox, WAIT_MS)));
}

/* ---- the program ---- */

static int usage(int status)
{
	fprintf(status ? stderr : stdout,
		"usage: yunshi-sandbox [--config FILE] --socket PATH\n"
		"  plays the payment platform and a provider's system for demonstration and tests\n"
		"\n"
		"  --config FILE  the platform's settings (YUNSHI_CONFIG)\n"
		"  --socket PATH  unix socket for the web server (FastCGI)\n"
		"  --version      prints the version\n"
		"  --help         prints this\n");
	return status;
}

static int run_master(char **argv, const char *config, const char *socket)
{
	static char self[4096];
	const char *const worker[] = { argv[0], "--worker", *config ? "--config" : NULL, config, NULL };
	ssize_t n = readlink("/proc/self/exe", self, sizeof self - 1);

	if (n < 0)
		return FAILED;
	self[n] = '\0';
	const struct fcgi_master m = {
		.program = self, .self = (const char *const *)argv, .worker = worker, .socket = socket, .workers = 1
	};
	return fcgi_master(&m);
}

int main(int argc, char **argv)
{
	static const struct option options[] = {
		{ "config", required_argument, NULL, 'c' }, { "socket", required_argument, NULL, 's' },
		{ "worker", no_argument, NULL, 'w' },       { "help", no_argument, NULL, 'h' },
		{ "version", no_argument, NULL, 'v' },      { 0 },
	};
	const char *config = getenv("YUNSHI_CONFIG"), *socket = NULL, *why;
	bool worker = false;

	for (int c; (c = getopt_long(argc, argv, "", options, NULL)) != -1;)
		switch (c) {
		case 'c': config = optarg; break;
		case 's': socket = optarg; break;
		case 'w': worker = true; break;
		case 'h': return usage(DONE);
		case 'v': puts("yunshi-sandbox " VERSION); return DONE;
		default:  return usage(USAGE);
		}
	if (optind < argc || worker == !!socket)
		return usage(USAGE);
	arena_init(&arena, ARENA_CAP);
	if (!config_read(&arena, config, &conf, &why) || !config_apply(&conf, &why)) {
		fprintf(stderr, "yunshi-sandbox: %s\n", why);
		return FAILED;
	}
	if (socket)
		return run_master(argv, config ? config : "", socket);
	const struct fcgi_worker w = { .a = &arena, .handle = handle, .wait = wait_for };
	return fcgi_work(&w);
}
