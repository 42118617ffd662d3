#include <getopt.h>
#include <stdio.h>

#include "app/demo.h"
#include "base/str.h"
#include "channel/bank_channel.h"
#include "channel/payout_file.h"
#include "main/program.h"

static const char help[] =
	"usage: yunshi demo [--config FILE] [--seed N] [--orders N] [--force]\n"
	"Fills the store with a marketplace that looks alive: 12 providers, 60 products, people with the password Yunshi-demo-1, orders in every state.\n"
	"The same seed gives the same on the same day.  Refuses a store that holds orders already.\n"
	"  --seed N     another marketplace (1)\n"
	"  --orders N   how many orders, up to a million for load work (300); 0: the catalogue only,\n"
	"               also on a store that holds orders: brought up to the texts and the addresses in the settings\n"
	"  --force      adds to a store that holds orders\n";

static int run(struct program *p, struct demo_in *in)
{
	struct demo_out out;

	in->folder = program_data(&p->a, "demo");
	enum rc rc = demo_load(&p->cx, in, &out);
	if (rc == RC_CONFLICT)
		return fputs("yunshi demo: the store holds orders already; --force adds to them\n", stderr), 1;
	if (rc == RC_NOT_FOUND)
		return fprintf(stderr, "yunshi demo: no texts in %s\n", in->folder), 1;
	if (rc != RC_OK)
		return fprintf(stderr, "yunshi demo: %s\n", rc_info[rc].text), 1;
	printf("%zu organisations, %zu more buyers, %zu people, %zu products, %llu orders\n", out.orgs, out.buyers, out.persons, out.products,
	       (unsigned long long)out.orders);
	return 0;
}

int cmd_demo(int argc, char **argv)
{
	static const struct option options[] = {
		{ "config", 1, NULL, 'c' }, { "seed", 1, NULL, 's' }, { "orders", 1, NULL, 'o' }, { "force", 0, NULL, 'f' }, { "help", 0, NULL, 'h' }, { 0 },
	};
	struct demo_in in = { .seed = 1, .orders = DEMO_ORDERS };
	const char *config = NULL;
	struct program p;
	bool good = true;

	for (int o; (o = getopt_long(argc, argv, "", options, NULL)) != -1; )
		switch (o) {
		case 'c': config = optarg; break;
		case 's': good &= str_u64(optarg, &in.seed); break;
		case 'o': good &= str_u64(optarg, &in.orders); break;
		case 'f': in.force = true; break;
		case 'h': fputs(help, stdout); return 0;
		default:  good = false;
		}
	if (!good || optind < argc)
		return fputs(help, stderr), 2;
	if (!program_open(&p, config, "admin"))
		return 1;
	payout_format_register(&payout_iso);
	if (*p.conf.bank_accounts)
		channel_register(CHANNEL_B2B, &channel_bank);
	int status = run(&p, &in);
	program_close(&p);
	return status;
}
