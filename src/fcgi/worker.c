#include "fcgi/worker.h"
#include "base/log.h"
#include "fcgi/master.h"

#include <assert.h>
#include <errno.h>
#include <fcgiapp.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <unistd.h>

extern char **environ;
static volatile sig_atomic_t stopping;

static void on_stop(int sig) { (void)sig; stopping = 1; }

/* The stop signals stay blocked except inside ppoll(): no system call of a handler is ever interrupted, and none is lost. */
static void signals(sigset_t *while_waiting)
{
	struct sigaction stop = { .sa_handler = on_stop }, ignore = { .sa_handler = SIG_IGN };
	sigset_t block;

	sigemptyset(&block);
	sigaddset(&block, SIGTERM);
	sigaddset(&block, SIGINT);
	sigprocmask(SIG_BLOCK, &block, while_waiting);
	sigdelset(while_waiting, SIGTERM);
	sigdelset(while_waiting, SIGINT);
	sigaction(SIGTERM, &stop, NULL);
	sigaction(SIGINT, &stop, NULL);
	sigaction(SIGPIPE, &ignore, NULL);
	sigaction(SIGHUP, &ignore, NULL);
}

static size_t read_fcgi(void *from, char *to, size_t n)
{
	int got = FCGX_GetStr(to, (int)n, from);

	return got < 0 ? 0 : (size_t)got;
}

static bool send_fcgi(void *to, const char *p, size_t n) { return FCGX_PutStr(p, (int)n, to) == (int)n; }

static bool serve(const struct fcgi_worker *w, struct req *r, struct answer *ans, struct out *wire, answer_send *send, void *to)
{
	out_reset(&ans->head);
	out_reset(&ans->body);
	ans->status = 0;
	ans->more = NULL;
	ans->done = NULL;
	w->handle(w->ctx, r, ans);
	assert(ans->status >= 200);
	return answer_deliver(ans, w->a, r->method == METHOD_HEAD, wire, send, to);
}

/* One accepted request.  The listening socket does not block, so another worker's accept costs a turn of the loop, not a stop signal. */
static bool accept_one(FCGX_Request *fr, const struct fcgi_worker *w, struct answer *ans, struct out *wire)
{
	size_t mark = arena_mark(w->a);

	if (FCGX_Accept_r(fr) < 0)
		return false;
	struct req *r = req_make(w->a, (const char *const *)fr->envp);
	r->read = read_fcgi;
	r->from = fr->in;
	if (serve(w, r, ans, wire, send_fcgi, fr->out))
		FCGX_Finish_r(fr);
	else
		FCGX_Free(fr, 1);	/* closed without an end: nginx does not pass it off as whole */
	arena_release(w->a, mark);
	return true;
}

static unsigned jitter(unsigned n)
{
	unsigned v = 0;

	if (getrandom(&v, sizeof v, 0) != sizeof v)
		abort();
	return n ? n + v % (n / 4 + 1) : 0;
}

static bool listening(void)
{
	int on = 0;
	socklen_t len = sizeof on;

	return !getsockopt(0, SOL_SOCKET, SO_ACCEPTCONN, &on, &len) && on;
}

/* Somebody waits to be accepted.  Stop signals are taken in here. */
static bool await(const struct fcgi_worker *w, const sigset_t *waiting)
{
	static const struct timespec at_once;
	struct pollfd p = { .fd = 0, .events = POLLIN };

	if (w->wait)
		w->wait(w->ctx, 0);
	return ppoll(&p, 1, w->wait ? &at_once : NULL, waiting) == 1;
}

int fcgi_work(const struct fcgi_worker *w)
{
	FCGX_Request fr;
	struct answer ans = { 0 };
	struct out wire = { 0 };
	sigset_t waiting;
	unsigned served = 0, last = jitter(w->retire);

	if (!listening() || FCGX_Init() || FCGX_InitRequest(&fr, 0, FCGI_FAIL_ACCEPT_ON_INTR))
		return 1;
	fcntl(0, F_SETFL, fcntl(0, F_GETFL) | O_NONBLOCK);
	signals(&waiting);
	master_tell_ready();
	while (!stopping && (!last || served < last))
		if (await(w, &waiting) && accept_one(&fr, w, &ans, &wire))
			served++;
	log_event('I', "worker_end", LOG_INT("served", served), LOG_STR("why", stopping ? "stop" : "retired"));
	FCGX_Free(&fr, 1);
	out_free(&ans.head);
	out_free(&ans.body);
	out_free(&wire);
	return 0;
}

static size_t read_stdin(void *from, char *to, size_t n) { return fread(to, 1, n, from); }
static bool send_stdout(void *to, const char *p, size_t n) { return fwrite(p, 1, n, to) == n; }

int fcgi_once(const struct fcgi_worker *w)
{
	struct answer ans = { 0 };
	struct out wire = { 0 };
	struct req *r = req_make(w->a, (const char *const *)environ);

	r->read = read_stdin;
	r->from = stdin;
	bool done = serve(w, r, &ans, &wire, send_stdout, stdout) && !fflush(stdout);
	out_free(&ans.head);
	out_free(&ans.body);
	out_free(&wire);
	return done ? 0 : 1;
}

void *fcgi_shared(size_t size)
{
	int fd = master_shared_fd();

	assert(size <= FCGI_SHARED_MAX);
	void *p = fd < 0 ? mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0)
			 : mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	if (p == MAP_FAILED)
		abort();
	return p;
}
