#include "main/program.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "app/grant.h"
#include "base/str.h"
#include "base/time.h"

/* Somebody waits at the terminal: a large table is altered or filled for longer than a page would wait. */
enum { ADMIN_SECONDS = 6 * 3600 };

static bool read_settings(struct program *p, const char *path)
{
	const char *why;

	if (!path)
		path = getenv("YUNSHI_CONFIG");
	if (config_read(&p->a, path, &p->conf, &why) && config_apply(&p->conf, &why))
		return true;
	fprintf(stderr, "yunshi: %s\n", why);
	return false;
}

bool program_open(struct program *p, const char *path, const char *pool)
{
	*p = (struct program){ 0 };
	arena_init(&p->a, ARENA_CAP);
	if (!read_settings(p, path))
		return false;
	if (pool) {
		struct db_conf account = grant_account(&p->a, &p->conf, pool);
		if (str_eq(pool, "admin"))
			account.answer_seconds = ADMIN_SECONDS;
		p->db = db_open(&account);
	}
	p->cx = (struct cx){ .a = &p->a, .db = p->db, .conf = &p->conf, .actor = { .name = "system" }, .lang = LANG_ZH_CN };
	program_now(p);
	return true;
}

void program_now(struct program *p)
{
	config_clock(&p->conf);
	p->cx.now = clock_now();
}

void program_close(struct program *p)
{
	if (p->db)
		db_close(&p->db);
	arena_free(&p->a);
}

const char *program_data(struct arena *a, const char *name)
{
	const char *data = getenv("YUNSHI_DATA");

	return arena_printf(a, "%s/%s", data ? data : PKGDATADIR, name);
}

int program_flagged(int argc, char **argv, const char *help, const char *flag, int (*run)(struct program *p, bool flagged))
{
	const struct option options[] = { { "config", 1, NULL, 'c' }, { flag, 0, NULL, 'f' }, { "help", 0, NULL, 'h' }, { 0 } };
	const char *config = NULL;
	bool flagged = false;
	struct program p;

	for (int o; (o = getopt_long(argc, argv, "", options, NULL)) != -1; )
		switch (o) {
		case 'c': config = optarg; break;
		case 'f': flagged = true; break;
		case 'h': fputs(help, stdout); return 0;
		default:  fputs(help, stderr); return 2;
		}
	if (optind < argc)
		return fputs(help, stderr), 2;
	if (!program_open(&p, config, "admin"))
		return 1;
	int status = run(&p, flagged);
	program_close(&p);
	return status;
}
