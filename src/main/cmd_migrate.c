#include <getopt.h>
#include <stdio.h>

#include "app/grant.h"
#include "app/migrate.h"
#include "main/program.h"

static const char help[] =
	"usage: yunshi migrate [--config FILE] [--plan]\n"
	"Brings the schema forward to what this program needs, makes the accounts of the pools and gives them their rights.\n"
	"Safe when started twice at once, and when it was interrupted.\n"
	"  --plan   says what would be done, and does nothing\n";

static int run(struct program *p, bool plan)
{
	struct out report = { 0 };
	enum rc rc = migrate_run(p->db, &p->a, program_data(&p->a, "migrate"), plan, &report);

	if (rc == RC_OK && !plan)
		rc = grant_apply(&p->cx, program_data(&p->a, "grant/grants.txt"), &report);
	if (report.n)
		fwrite(report.p, 1, report.n, stdout);
	if (rc != RC_OK)
		fprintf(stderr, "yunshi migrate: %s\n", rc_info[rc].text);
	out_free(&report);
	return rc != RC_OK;
}

int cmd_migrate(int argc, char **argv)
{
	static const struct option options[] = { { "config", 1, NULL, 'c' }, { "plan", 0, NULL, 'p' }, { "help", 0, NULL, 'h' }, { 0 } };
	const char *config = NULL;
	bool plan = false;
	struct program p;

	for (int o; (o = getopt_long(argc, argv, "", options, NULL)) != -1; )
		switch (o) {
		case 'c': config = optarg; break;
		case 'p': plan = true; break;
		case 'h': fputs(help, stdout); return 0;
		default:  fputs(help, stderr); return 2;
		}
	if (optind < argc)
		return fputs(help, stderr), 2;
	if (!program_open(&p, config, "admin"))
		return 1;
	int status = run(&p, plan);
	program_close(&p);
	return status;
}
