#ifndef FCGI_MASTER_H
#define FCGI_MASTER_H
#include <stdbool.h>

/* The master of a pool: binds the socket, keeps N workers alive, and never gives up (safety.md 10).
 *
 * It starts workers by executing its own program, so an upgraded program is in use after the next reload:
 *	SIGHUP		the master executes itself (same process, same socket), starts new workers, and ends the old ones
 *			when all new ones are ready; when those cannot start, the old ones go on serving
 *	SIGTERM, SIGINT	workers finish their request and end; those that do not within 30 s are killed
 * A worker is the program with `worker` as arguments, the listening socket on fd 0, and shared memory (worker.h). */
struct fcgi_master {
	const char *program;		/* what is executed: an absolute path */
	const char *const *self, *const *worker;	/* arguments of the master itself, and of a worker; ended by NULL */
	const char *socket;		/* path of the unix socket, made with mode 0660 */
	int workers;			/* 1 .. FCGI_WORKERS_MAX */
};
enum { FCGI_WORKERS_MAX = 64 };

/* Exit status: 0 after a stop, 1 when the socket cannot be bound (somebody listens there already). */
int fcgi_master(const struct fcgi_master *m);

/* This process has been a master before: it is the new program of a reload. */
bool master_reloaded(void);
/* For workers: "I accept from now on"; nothing without a master. */
void master_tell_ready(void);
/* For workers: the descriptor of the shared memory, -1 without a master. */
int master_shared_fd(void);
#endif
