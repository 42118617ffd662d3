#include "main/program.h"

#include <getopt.h>
#include <stdio.h>

#include "base/str.h"
#include "base/time.h"

static const char help[] =
	"usage: yunshi clock [--config FILE] [--forward N(s|m|h|d) | --reset]\n"
	"Prints business time; moves it forward, or back to the system's, for all processes that share platform.clock_file (NUM-6).\n"
	"Development only.\n";

/* "90m": microseconds; 0 when it is nothing of the kind, or more than ten years. */
static int64_t span(const char *s)
{
	static const struct { char unit; int64_t us; } units[] = { { 's', SECOND_US }, { 'm', MINUTE_US }, { 'h', HOUR_US }, { 'd', DAY_US } };
	char digits[12] = "";
	size_t n = strspn(s, "0123456789");
	int64_t v;

	if (n == 0 || n >= sizeof digits || strlen(s) != n + 1)
		return 0;
	memcpy(digits, s, n);
	for (size_t i = 0; i < sizeof units / sizeof *units; i++)
		if (s[n] == units[i].unit && str_i64(digits, &v) && v <= 3653 * DAY_US / units[i].us)
			return v * units[i].us;
	return 0;
}

static int64_t shift_now(const char *path)
{
	char line[32] = "";
	int64_t us = 0;
	FILE *f = fopen(path, "re");

	if (f) {
		if (fgets(line, sizeof line, f))
			line[strcspn(line, "\n")] = 0;
		fclose(f);
	}
	return str_i64(line, &us) ? us : 0;
}

/* Replaced as a whole: a reader sees the time before or after, never half a number. */
static bool shift_write(struct arena *a, const char *path, int64_t us)
{
	const char *next = arena_printf(a, "%s.new", path);
	FILE *f = fopen(next, "we");

	if (!f)
		return false;
	bool written = fprintf(f, "%lld\n", (long long)us) > 0;
	return !fclose(f) && written && !rename(next, path);
}

static int move(struct program *p, int64_t forward, bool reset)
{
	const char *path = p->conf.platform_clock_file;
	char text[TIME_TEXT];

	if ((forward || reset) && !*path)
		return fputs("yunshi clock: platform.clock_file is not set\n", stderr), 1;
	if ((forward || reset) && !shift_write(&p->a, path, reset ? 0 : shift_now(path) + forward))
		return fprintf(stderr, "yunshi clock: cannot write %s\n", path), 1;
	program_now(p);
	return puts(instant_text(p->cx.now, text)) < 0;
}

int cmd_clock(int argc, char **argv)
{
	static const struct option options[] = {
		{ "config", 1, NULL, 'c' }, { "forward", 1, NULL, 'f' }, { "reset", 0, NULL, 'r' }, { "help", 0, NULL, 'h' }, { 0 },
	};
	const char *config = NULL, *forward = NULL;
	bool reset = false;
	struct program p;

	for (int o; (o = getopt_long(argc, argv, "", options, NULL)) != -1; )
		switch (o) {
		case 'c': config = optarg; break;
		case 'f': forward = optarg; break;
		case 'r': reset = true; break;
		case 'h': fputs(help, stdout); return 0;
		default:  fputs(help, stderr); return 2;
		}
	if (optind < argc || (forward && (reset || !span(forward))))
		return fputs(help, stderr), 2;
	if (!program_open(&p, config, NULL))
		return 1;
	int status = move(&p, forward ? span(forward) : 0, reset);
	program_close(&p);
	return status;
}
