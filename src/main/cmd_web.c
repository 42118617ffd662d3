#include "main/program.h"

#include <getopt.h>
#include <limits.h>
#include <stdio.h>
#include <unistd.h>

#include "base/str.h"
#include "channel/bank_channel.h"
#include "channel/payout_file.h"
#include "channel/wechat_channel.h"
#include "fcgi/master.h"
#include "fcgi/worker.h"
#include "web/dispatch.h"

enum { RETIRE = 20000, SECRET_MIN = 32 };
static const char help[] =
	"usage: yunshi web --pool POOL [--config FILE] --socket PATH --workers N\n"
	"       yunshi web --pool POOL [--config FILE]\n"
	"       yunshi web --pool POOL [--config FILE] --once\n"
	"Serves the pages of one pool by FastCGI: buyer (with the storefront), provider, operator or callback.\n"
	"  --socket PATH, --workers N   a master: listens there and keeps so many workers alive.  SIGHUP starts the program and its\n"
	"                               settings anew without losing a request, SIGTERM ends when the requests at hand are done\n"
	"  neither of them              one worker, on the socket that is its standard input\n"
	"  --once                       one request in the manner of CGI: environment and standard input to standard output\n";

struct words { const char *config, *pool, *socket; int64_t workers; bool once, help; };

static bool read_words(int argc, char **argv, struct words *w)
{
	static const struct option options[] = {
		{ "config", 1, NULL, 'c' }, { "pool", 1, NULL, 'p' }, { "socket", 1, NULL, 's' }, { "workers", 1, NULL, 'w' },
		{ "once", 0, NULL, '1' }, { "help", 0, NULL, 'h' }, { 0 },
	};

	for (int o; (o = getopt_long(argc, argv, "", options, NULL)) != -1; )
		switch (o) {
		case 'c': w->config = optarg; break;
		case 'p': w->pool = optarg; break;
		case 's': w->socket = optarg; break;
		case 'w': if (!str_i64(optarg, &w->workers) || w->workers < 1 || w->workers > FCGI_WORKERS_MAX) return false; break;
		case '1': w->once = true; break;
		case 'h': return w->help = true;
		default:  return false;
		}
	return optind == argc && w->pool && enum_of(&pool_enum, w->pool, strlen(w->pool)) && !w->socket == !w->workers && !(w->once && w->socket);
}

static bool open_program(struct program *p, const struct words *w)
{
	if (!program_open(p, w->config, w->pool))
		return false;
	if (strlen(p->conf.platform_secret) >= SECRET_MIN)
		return true;
	fprintf(stderr, "yunshi web: platform.secret needs at least %d characters\n", SECRET_MIN);
	return false;
}

static int work(const struct words *w)
{
	struct program p;
	struct web_app app = { .pool = (enum pool)enum_of(&pool_enum, w->pool, strlen(w->pool)) };

	if (!open_program(&p, w))
		return 1;
	app.a = &p.a;
	app.conf = &p.conf;
	app.db = p.db;
	app.router = router_of_pool(&p.a, app.pool);
	app.metrics = fcgi_shared(metrics_size());
	channel_register(CHANNEL_WECHAT, &channel_wechat);
	payout_format_register(&payout_iso);
	if (*p.conf.bank_accounts)
		channel_register(CHANNEL_B2B, &channel_bank);
	const struct fcgi_worker worker = { .a = &p.a, .handle = web_handle, .ctx = &app, .retire = RETIRE };
	int status = w->once ? fcgi_once(&worker) : fcgi_work(&worker);
	if (status)
		fputs("yunshi web: standard input is no listening socket\n", stderr);
	program_close(&p);
	return status;
}

/* Settings that are wrong are told at once, to the person who starts it; on a reload the old workers go on instead. */
static bool settings_fit(const struct words *w)
{
	struct program p;

	if (master_reloaded())
		return true;
	bool fit = open_program(&p, w);
	program_close(&p);
	return fit;
}

static int master(char **self, const struct words *w)
{
	char program[PATH_MAX];
	ssize_t n = readlink("/proc/self/exe", program, sizeof program - 1);
	const char *worker[] = { "yunshi", "web", "--pool", w->pool, w->config ? "--config" : NULL, w->config, NULL };

	if (n < 0 || !settings_fit(w))
		return 1;
	program[n] = 0;
	return fcgi_master(&(struct fcgi_master){ program, (const char *const *)self, worker, w->socket, (int)w->workers });
}

int cmd_web(int argc, char **argv)
{
	struct words w = { 0 };

	if (!read_words(argc, argv, &w))
		return fputs(help, stderr), 2;
	if (w.help)
		return fputs(help, stdout), 0;
	return w.socket ? master(argv - 1, &w) : work(&w);
}
