/* yunshi: the program of the platform.  One row for each command. */
#include "main/program.h"

#include <stdio.h>

#include "base/str.h"

static const struct command {
	const char *name;
	int (*run)(int argc, char **argv);
	const char *help;
} commands[] = {
	{ "web",     cmd_web,     "serve pages: the workers of one pool, or one worker" },
	{ "jobs",    cmd_jobs,    "background work" },
	{ "migrate", cmd_migrate, "bring the schema and the accounts of the store up to date" },
	{ "audit",   cmd_audit,   "look whether the books and all states hold" },
	{ "user",    cmd_user,    "people: create, roles, reset" },
	{ "demo",    cmd_demo,    "fill the store with a marketplace to try" },
	{ "bank",    cmd_bank,    "documents of banks: load one, list what was announced" },
	{ "clock",   cmd_clock,   "development only: move business time forward" },
	{ "config",  cmd_config,  "settings: show, check, example" },
};
enum { COMMANDS = sizeof commands / sizeof *commands };

static int help(FILE *to, int status)
{
	fputs("usage: yunshi COMMAND [OPTION…]\n       yunshi COMMAND --help\n       yunshi --version\n\n", to);
	for (size_t i = 0; i < COMMANDS; i++)
		fprintf(to, "  %-9s %s\n", commands[i].name, commands[i].help);
	fputs("\nSettings come from --config FILE, else the file named by YUNSHI_CONFIG, and each from the environment (YUNSHI_SECTION_NAME).\n"
	      "Exit status: 0 done, 1 failed, 2 wrong usage.\n", to);
	return status;
}

int main(int argc, char **argv)
{
	const char *name = argc > 1 ? argv[1] : "";

	if (str_eq(name, "--help") || str_eq(name, "-h"))
		return help(stdout, 0);
	if (str_eq(name, "--version"))
		return printf("yunshi %s\n", VERSION) < 0;
	for (size_t i = 0; i < COMMANDS; i++)
		if (str_eq(commands[i].name, name))
			return commands[i].run(argc - 1, argv + 1);
	if (*name)
		fprintf(stderr, "yunshi: no command \"%s\"\n", name);
	return help(stderr, 2);
}
