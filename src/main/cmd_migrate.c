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
	return program_flagged(argc, argv, help, "plan", run);
}
