#include <getopt.h>
#include <stdio.h>

#include "app/check.h"
#include "main/program.h"

static const char help[] =
	"usage: yunshi audit [--config FILE]\n"
	"Looks at the books, the states that hang together, and the chain of the audit log, in one snapshot, also while traffic runs.\n"
	"Prints each breach with its ids.  Exit status 0: everything holds; 1: it does not, or it could not be looked at.\n";

static int run(struct program *p)
{
	static struct check_report report;
	enum rc rc = check_all(&p->cx, &report);

	if (rc != RC_OK)
		return fprintf(stderr, "yunshi audit: %s\n", rc_info[rc].text), 1;
	for (size_t i = 0; i < report.breaches; i++)
		printf("%s: %s: %lld\n", report.breach[i].check, report.breach[i].what, (long long)report.breach[i].amount);
	printf("%d checks, %zu breaches\n", report.checks, report.breaches);
	return report.breaches != 0;
}

int cmd_audit(int argc, char **argv)
{
	static const struct option options[] = { { "config", 1, NULL, 'c' }, { "help", 0, NULL, 'h' }, { 0 } };
	const char *config = NULL;
	struct program p;

	for (int o; (o = getopt_long(argc, argv, "", options, NULL)) != -1; )
		switch (o) {
		case 'c': config = optarg; break;
		case 'h': fputs(help, stdout); return 0;
		default:  fputs(help, stderr); return 2;
		}
	if (optind < argc)
		return fputs(help, stderr), 2;
	if (!program_open(&p, config, "admin"))
		return 1;
	int status = run(&p);
	program_close(&p);
	return status;
}
