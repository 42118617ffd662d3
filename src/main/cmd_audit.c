#include <stdio.h>

#include "app/check.h"
#include "base/time.h"
#include "main/program.h"

static const char help[] =
	"usage: yunshi audit [--full] [--config FILE]\n"
	"Looks at the books, the states that hang together, and the chains of the books and of the audit log, in one snapshot, also while\n"
	"traffic runs.  Of what grows for ever it looks at what came since the last audit that found nothing, and says since when; --full looks\n"
	"at everything from the beginning.  Prints each breach with its ids.  Exit status 0: everything holds; 1: it does not, or it could not be looked at.\n";

static void say_from(const struct check_report *r)
{
	char since[TIME_TEXT], full[TIME_TEXT];

	if (r->since.us)
		printf("what came since the audit of %s; everything was looked at on %s\n", instant_text(r->since, since), instant_text(r->full_at, full));
	else
		printf("everything from the beginning\n");
	if (r->sealed)
		printf("books sealed up to %s, %llu pieces\n", instant_text(r->sealed_to, since), (unsigned long long)r->sealed);
	else
		printf("books not sealed\n");
}

static int run(struct program *p, bool full)
{
	static struct check_report report;
	enum rc rc = check_all(&p->cx, full, &report);

	if (rc != RC_OK)
		return fprintf(stderr, "yunshi audit: %s\n", rc_info[rc].text), 1;
	for (size_t i = 0; i < report.breaches; i++)
		printf("%s: %s: %lld\n", report.breach[i].check, report.breach[i].what, (long long)report.breach[i].amount);
	say_from(&report);
	printf("%d checks, %zu breaches\n", report.checks, report.breaches);
	return report.breaches != 0;
}

int cmd_audit(int argc, char **argv)
{
	return program_flagged(argc, argv, help, "full", run);
}
