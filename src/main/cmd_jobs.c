#include <getopt.h>
#include <signal.h>
#include <stdio.h>

#include "channel/bank_channel.h"
#include "channel/payout_file.h"
#include "channel/wechat_channel.h"
#include "base/log.h"
#include "base/str.h"
#include "jobs/jobs.h"
#include "main/program.h"

static volatile sig_atomic_t stop;

static void on_signal(int sig)
{
	(void)sig;
	stop = 1;
}

static void help(FILE *f)
{
	fputs("usage: yunshi jobs [--config FILE] [--only JOB] [--once]\n"
	      "Background work, until SIGTERM (the step at hand is finished first).  Several may run, on one machine or many.\n"
	      "  --only JOB   this one alone\n"
	      "  --once       until nothing is waiting, then ends\n"
	      "Jobs:\n", f);
	for (size_t i = 0; i < jobs_n; i++)
		fprintf(f, "  %-14s %s\n", jobs[i].name, jobs[i].help);
}

static bool known(const char *name)
{
	for (size_t i = 0; i < jobs_n; i++)
		if (str_eq(jobs[i].name, name))
			return true;
	return false;
}

int cmd_jobs(int argc, char **argv)
{
	static const struct option options[] = {
		{ "config", 1, NULL, 'c' }, { "only", 1, NULL, 'j' }, { "once", 0, NULL, '1' }, { "help", 0, NULL, 'h' }, { 0 },
	};
	const char *config = NULL, *only = NULL;
	bool once = false;
	struct program p;

	for (int o; (o = getopt_long(argc, argv, "", options, NULL)) != -1; )
		switch (o) {
		case 'c': config = optarg; break;
		case 'j': only = optarg; break;
		case '1': once = true; break;
		case 'h': help(stdout); return 0;
		default:  help(stderr); return 2;
		}
	if (optind < argc || (only && !known(only)))
		return help(stderr), 2;
	if (!program_open(&p, config, "jobs"))
		return 1;
	signal(SIGPIPE, SIG_IGN);
	sigaction(SIGTERM, &(struct sigaction){ .sa_handler = on_signal }, NULL);
	sigaction(SIGINT, &(struct sigaction){ .sa_handler = on_signal }, NULL);
	channel_register(CHANNEL_WECHAT, &channel_wechat);
	payout_format_register(&payout_iso);
	if (*p.conf.bank_accounts)
		channel_register(CHANNEL_B2B, &channel_bank);
	log_event('I', "jobs_start", LOG_STR("only", only));
	jobs_run(&p.cx, only, once, &stop);
	log_event('I', "jobs_stop", LOG_STR("only", only));
	program_close(&p);
	return 0;
}
