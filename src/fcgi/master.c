#include "fcgi/master.h"
#include "base/log.h"
#include "base/str.h"
#include "fcgi/worker.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* What a master leaves to the program that it becomes: environment, not arguments, so that `ps` shows what a person started. */
#define ENV_SOCKET  "FCGI_MASTER_SOCKET"
#define ENV_OLD     "FCGI_MASTER_OLD"
#define ENV_SHARED  "FCGI_MASTER_SHARED"
#define ENV_PID     "FCGI_MASTER_PID"

enum { PAUSE_FIRST = 100, PAUSE_MAX = 1000, STEADY = 10000, GRACE = 30000, BACKLOG = 511, OLD_MAX = 2 * FCGI_WORKERS_MAX, SHARED_AT = 3 };
#define SIG_READY (SIGRTMIN + 1)

struct worker {
	pid_t pid;			/* 0: not running */
	bool ready;
	int64_t born, due;		/* ms; due: when it is started next */
	int64_t pause;
};
struct master {
	const struct fcgi_master *conf;
	int fd, shared;
	struct worker w[FCGI_WORKERS_MAX];
	pid_t old[OLD_MAX];		/* of before the reload: they serve until the new ones do */
	int old_n;
	bool reload, stop;
	int64_t kill_at;		/* when those told to end are killed; 0: none was told */
};

static int64_t now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static int env_int(const char *name)
{
	const char *s = getenv(name);
	int64_t v;

	return s && str_i64(s, &v) && v >= 0 && v <= INT32_MAX ? (int)v : -1;
}

static void env_set_int(const char *name, int v)
{
	char b[16];

	snprintf(b, sizeof b, "%d", v);
	setenv(name, b, 1);
}

void master_tell_ready(void)
{
	if (env_int(ENV_PID) == (int)getppid())
		sigqueue(getppid(), SIG_READY, (union sigval){ 0 });
}

int master_shared_fd(void) { return env_int(ENV_PID) == (int)getppid() ? env_int(ENV_SHARED) : -1; }

/* A socket file that nobody listens on is a left-over of a killed master; one that somebody answers is not ours to take. */
static bool stale(const struct sockaddr_un *at)
{
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	bool refused = connect(fd, (const struct sockaddr *)at, sizeof *at) && (errno == ECONNREFUSED || errno == ENOENT);

	close(fd);
	return refused;
}

static int bind_socket(const char *path)
{
	struct sockaddr_un at = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);

	if (fd < 0 || strlen(path) >= sizeof at.sun_path || (memcpy(at.sun_path, path, strlen(path) + 1), !stale(&at))) {
		errno = fd < 0 ? errno : EADDRINUSE;
		return -1;
	}
	unlink(path);
	mode_t mask = umask(0117);
	int failed = bind(fd, (struct sockaddr *)&at, sizeof at) || listen(fd, BACKLOG);
	umask(mask);
	return failed ? -1 : fd;
}

static void worker_exec(const struct master *m, pid_t parent)
{
	sigset_t none;

	prctl(PR_SET_PDEATHSIG, SIGTERM);
	if (getppid() != parent)
		_exit(0);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	if (dup2(m->fd, 0) != 0 || dup2(m->shared, SHARED_AT) != SHARED_AT || fcntl(0, F_SETFD, 0) || fcntl(SHARED_AT, F_SETFD, 0))
		_exit(1);
	env_set_int(ENV_SHARED, SHARED_AT);
	env_set_int(ENV_PID, (int)parent);
	execv(m->conf->program, (char *const *)m->conf->worker);
	log_event('E', "worker_exec", LOG_STR("program", m->conf->program), LOG_STR("error", strerror(errno)));
	_exit(1);
}

static void worker_start(struct master *m, struct worker *w)
{
	pid_t parent = getpid(), pid = fork();

	if (pid == 0)
		worker_exec(m, parent);
	w->born = now_ms();
	w->ready = false;
	w->pid = pid > 0 ? pid : 0;
	w->due = w->born + PAUSE_MAX;	/* only reached when fork failed */
}

/* Retired workers are replaced at once; one that fails young waits longer each time, up to PAUSE_MAX. */
static void worker_ended(struct worker *w, int status)
{
	bool well = WIFEXITED(status) && WEXITSTATUS(status) == 0;
	int64_t now = now_ms();

	if (well || now - w->born > STEADY)
		w->pause = 0;
	else
		w->pause = !w->pause ? PAUSE_FIRST : w->pause * 2 < PAUSE_MAX ? w->pause * 2 : PAUSE_MAX;
	if (!well)
		log_event('E', "worker_died", LOG_INT("pid", w->pid), LOG_INT("signal", WIFSIGNALED(status) ? WTERMSIG(status) : 0),
			  LOG_INT("status", WIFEXITED(status) ? WEXITSTATUS(status) : 0), LOG_INT("pause_ms", w->pause));
	w->pid = 0;
	w->ready = false;
	w->due = now + w->pause;
}

static void reap(struct master *m)
{
	int status;
	pid_t pid;

	while ((pid = waitpid(-1, &status, WNOHANG)) > 0) {
		for (int i = 0; i < m->conf->workers; i++)
			if (m->w[i].pid == pid)
				worker_ended(&m->w[i], status);
		for (int i = 0; i < m->old_n; i++)
			if (m->old[i] == pid)
				m->old[i--] = m->old[--m->old_n];
	}
}

static void start_due(struct master *m)
{
	int64_t now = now_ms();

	for (int i = 0; i < m->conf->workers; i++)
		if (!m->w[i].pid && m->w[i].due <= now)
			worker_start(m, &m->w[i]);
}

static void mark_ready(struct master *m, pid_t pid)
{
	for (int i = 0; i < m->conf->workers; i++)
		if (m->w[i].pid == pid)
			m->w[i].ready = true;
}

static bool all_ready(const struct master *m)
{
	for (int i = 0; i < m->conf->workers; i++)
		if (!m->w[i].ready)
			return false;
	return true;
}

static int alive(const struct master *m)
{
	int n = m->old_n;

	for (int i = 0; i < m->conf->workers; i++)
		n += m->w[i].pid != 0;
	return n;
}

static void signal_old(const struct master *m, int sig)
{
	for (int i = 0; i < m->old_n; i++)
		kill(m->old[i], sig);
}

static void signal_all(const struct master *m, int sig)
{
	signal_old(m, sig);
	for (int i = 0; i < m->conf->workers; i++)
		if (m->w[i].pid)
			kill(m->w[i].pid, sig);
}

/* Becomes the program as it is on disk now.  Comes back only when that cannot be executed: then nothing has changed. */
static void become_new(struct master *m)
{
	char list[OLD_MAX * 12] = "";
	size_t n = 0;

	for (int i = 0; i < m->conf->workers; i++)
		if (m->w[i].pid)
			n += (size_t)snprintf(list + n, sizeof list - n, "%d ", (int)m->w[i].pid);
	env_set_int(ENV_SOCKET, m->fd);
	env_set_int(ENV_PID, (int)getpid());
	setenv(ENV_OLD, list, 1);
	fcntl(m->fd, F_SETFD, 0);
	execv(m->conf->program, (char *const *)m->conf->self);
	log_event('E', "reload", LOG_STR("program", m->conf->program), LOG_STR("error", strerror(errno)));
	fcntl(m->fd, F_SETFD, FD_CLOEXEC);
	unsetenv(ENV_SOCKET);
	unsetenv(ENV_OLD);
	m->reload = false;
}

bool master_reloaded(void) { return env_int(ENV_PID) == (int)getpid() && env_int(ENV_SOCKET) >= 0 && getenv(ENV_OLD); }

/* Socket and workers of before the reload. */
static bool inherit(struct master *m)
{
	const char *old = getenv(ENV_OLD);

	if (!master_reloaded())
		return false;
	m->fd = env_int(ENV_SOCKET);
	fcntl(m->fd, F_SETFD, FD_CLOEXEC);
	for (char *end; m->old_n < OLD_MAX && *old; old = end + (*end == ' '))
		m->old[m->old_n++] = (pid_t)strtol(old, &end, 10);
	unsetenv(ENV_SOCKET);
	unsetenv(ENV_OLD);
	return true;
}

static int64_t next_wake(const struct master *m)
{
	int64_t now = now_ms(), wait = m->kill_at ? m->kill_at - now : 60000;

	for (int i = 0; i < m->conf->workers && !m->stop; i++)
		if (!m->w[i].pid && m->w[i].due - now < wait)
			wait = m->w[i].due - now;
	return wait < 0 ? 0 : wait;
}

static void wait_event(struct master *m, const sigset_t *set)
{
	int64_t ms = next_wake(m);
	siginfo_t info = { 0 };
	int sig = sigtimedwait(set, &info, &(struct timespec){ ms / 1000, ms % 1000 * 1000000 });

	if (sig == SIG_READY)
		mark_ready(m, info.si_pid);
	else if (sig == SIGHUP)
		m->reload = true;
	else if (sig == SIGTERM || sig == SIGINT)
		m->stop = true;
}

static void end_old(struct master *m)
{
	if (m->old_n && !m->kill_at && all_ready(m)) {
		signal_old(m, SIGTERM);
		m->kill_at = now_ms() + GRACE;
	} else if (m->old_n && m->kill_at && m->kill_at <= now_ms()) {
		signal_old(m, SIGKILL);
	} else if (!m->old_n) {
		m->kill_at = 0;
	}
}

static void run(struct master *m, const sigset_t *set)
{
	while (!m->stop) {
		start_due(m);
		wait_event(m, set);
		reap(m);
		end_old(m);
		if (m->reload && !m->old_n)	/* a reload at a time: workers that cannot start are tried with the newest program anyway */
			become_new(m);
	}
	signal_all(m, SIGTERM);
	for (m->kill_at = now_ms() + GRACE; alive(m); reap(m)) {
		wait_event(m, set);
		if (m->kill_at <= now_ms())
			signal_all(m, SIGKILL);
	}
}

static void block(sigset_t *set)
{
	static const int sigs[] = { SIGCHLD, SIGHUP, SIGTERM, SIGINT };

	sigemptyset(set);
	for (size_t i = 0; i < sizeof sigs / sizeof *sigs; i++)
		sigaddset(set, sigs[i]);
	sigaddset(set, SIG_READY);
	sigprocmask(SIG_BLOCK, set, NULL);
}

int fcgi_master(const struct fcgi_master *conf)
{
	struct master m = { .conf = conf };
	sigset_t set;

	block(&set);
	if (!inherit(&m) && (m.fd = bind_socket(conf->socket)) < 0) {
		log_event('E', "listen", LOG_STR("socket", conf->socket), LOG_STR("error", strerror(errno)));
		return 1;
	}
	m.shared = memfd_create("yunshi-shared", MFD_CLOEXEC);
	if (m.shared < 0 || ftruncate(m.shared, FCGI_SHARED_MAX)) {
		log_event('E', "shared_memory", LOG_STR("error", strerror(errno)));
		return 1;
	}
	log_event('I', "master", LOG_STR("socket", conf->socket), LOG_INT("workers", conf->workers), LOG_INT("old", m.old_n));
	run(&m, &set);
	unlink(conf->socket);
	log_event('I', "master_end");
	return 0;
}
