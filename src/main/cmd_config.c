#include "main/program.h"

#include <getopt.h>
#include <inttypes.h>
#include <stdio.h>

static const char help[] =
	"usage: yunshi config [--config FILE]\n"
	"       yunshi config [--config FILE] --check\n"
	"       yunshi config --example\n"
	"The settings in force, without secrets.  Unknown or bad ones are told with file and line.\n"
	"  --check     says nothing when all is well\n"
	"  --example   a file with every setting, its default and what it is for\n";

#define SHOW_TEXT(v)   printf("%s\n", v)
#define SHOW_LIST(v)   SHOW_TEXT(v)
#define SHOW_NUM(v)    printf("%" PRId64 "\n", v)
#define SHOW_BOOL(v)   printf("%s\n", (v) ? "yes" : "no")
#define SHOW_SECRET(v) printf("%s\n", *(v) ? "(set)" : "(not set)")
static void show(const struct config *c)
{
#define C(section, name, kind, ...) \
	printf("%s.%s = ", #section, #name); \
	SHOW_##kind(c->section##_##name);
#include "base/config.def"
#undef C
}

static int example(void)
{
	struct out o = { 0 };

	config_example(&o);
	bool done = fwrite(o.p, 1, o.n, stdout) == o.n;
	out_free(&o);
	return done ? 0 : 1;
}

int cmd_config(int argc, char **argv)
{
	static const struct option options[] = {
		{ "config", 1, NULL, 'c' }, { "check", 0, NULL, 'k' }, { "example", 0, NULL, 'e' }, { "help", 0, NULL, 'h' }, { 0 },
	};
	const char *config = NULL;
	bool check = false, wants_example = false;
	struct program p;

	for (int o; (o = getopt_long(argc, argv, "", options, NULL)) != -1; )
		switch (o) {
		case 'c': config = optarg; break;
		case 'k': check = true; break;
		case 'e': wants_example = true; break;
		case 'h': fputs(help, stdout); return 0;
		default:  fputs(help, stderr); return 2;
		}
	if (optind < argc || (check && wants_example))
		return fputs(help, stderr), 2;
	if (wants_example)
		return example();
	if (!program_open(&p, config, NULL))
		return 1;
	if (!check)
		show(&p.conf);
	program_close(&p);
	return 0;
}
