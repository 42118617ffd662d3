#include "main/program.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "app/grant.h"
#include "base/str.h"
#include "base/time.h"

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
