#include "main/program.h"

#include <fcntl.h>
#include <getopt.h>
#include <inttypes.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/bank_entry.h"
#include "base/money.h"
#include "base/str.h"
#include "base/time.h"
#include "channel/bank_channel.h"

static const char help[] =
	"usage: yunshi bank [--config FILE] load FILE --bank CODE\n"
	"       yunshi bank [--config FILE] list [--state waiting|matched|unmatched]\n"
	"What banks announce (ISO 20022).\n"
	"  load    takes in a document (camt.054 or camt.053) of that bank, as from its folder, and matches its entries\n"
	"  list    the last hundred entries: bank, day, reference, direction, amount, state, number\n"
	"Exit status 0: done, now or before; 1: refused, or not possible now.\n";

struct words { const char *config, *bank, *state, *verb, *file; };

static bool map(const char *path, struct bytes *body)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	struct stat st;

	if (fd < 0 || fstat(fd, &st) || !S_ISREG(st.st_mode) || !st.st_size) {
		fprintf(stderr, "yunshi bank: %s cannot be read\n", path);
		if (fd >= 0)
			close(fd);
		return false;
	}
	void *p = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
	close(fd);
	*body = (struct bytes){ p, (size_t)st.st_size };
	return p != MAP_FAILED;
}

static int load(struct program *p, const struct words *w)
{
	struct channel_document in = { .bank = (enum bank_code)enum_of(&bank_code_enum, w->bank, strlen(w->bank)), .source = BANK_BY_COMMAND };
	struct channel_taken taken = { 0 };
	bool more = true;

	if (!in.bank)
		return fprintf(stderr, "yunshi bank: %s is no bank\n", w->bank), 2;
	if (!map(w->file, &in.body))
		return 1;
	enum rc rc = channel_bank.document(&p->cx, &in, &taken);
	while (rc == RC_OK && more)
		rc = bank_entry_hear_some(&p->cx, 0, 20, &more);
	if (rc != RC_OK)
		return fprintf(stderr, "yunshi bank: %s: %s%s%s\n", w->file, taken.why ? taken.why : rc_info[rc].text, taken.where ? " at " : "", taken.where ? taken.where : ""), 1;
	printf("%s: %" PRIu64 " entries, %" PRIu64 " known before%s\n", taken.message_id, taken.entries, taken.known, taken.again ? " (the document came before)" : "");
	return 0;
}

static int list(struct program *p, const struct words *w)
{
	struct q_bank_entry_list_in ask = { .before = UINT64_MAX, .limit = 100 };
	struct q_bank_entry_list *r;
	char day[TIME_TEXT];
	size_t n;

	ask.state = w->state ? (enum bank_entry_state)enum_of(&bank_entry_state_enum, w->state, strlen(w->state)) : 0;
	if (w->state && !ask.state)
		return fprintf(stderr, "yunshi bank: %s is no state\n", w->state), 2;
	enum rc rc = q_bank_entry_list(p->db, &p->a, &ask, &r, &n);
	if (rc != RC_OK)
		return fprintf(stderr, "yunshi bank: %s\n", rc_info[rc].text), 1;
	for (size_t i = 0; i < n; i++)
		printf("%s %s %s %s %s %s %s %s\n", bank_code_enum.names[r[i].bank], date_text(r[i].day, day), r[i].reference, bank_direction_enum.names[r[i].direction],
		       r[i].amount_text, r[i].currency, bank_entry_state_enum.names[r[i].state], *r[i].match_number ? r[i].match_number : "-");
	return 0;
}

static bool read_words(int argc, char **argv, struct words *w)
{
	static const struct option options[] = {
		{ "config", 1, NULL, 'c' }, { "bank", 1, NULL, 'b' }, { "state", 1, NULL, 's' }, { "help", 0, NULL, 'h' }, { 0 },
	};

	for (int o; (o = getopt_long(argc, argv, "", options, NULL)) != -1; )
		switch (o) {
		case 'c': w->config = optarg; break;
		case 'b': w->bank = optarg; break;
		case 's': w->state = optarg; break;
		case 'h': w->verb = "help"; return true;
		default:  return false;
		}
	w->verb = optind < argc ? argv[optind] : "";
	w->file = optind + 1 < argc ? argv[optind + 1] : NULL;
	return (str_eq(w->verb, "load") && w->file && w->bank && optind + 2 == argc) || (str_eq(w->verb, "list") && !w->file && !w->bank);
}

int cmd_bank(int argc, char **argv)
{
	struct words w = { 0 };
	struct program p;

	if (!read_words(argc, argv, &w))
		return fputs(help, stderr), 2;
	if (str_eq(w.verb, "help"))
		return fputs(help, stdout) < 0;
	if (!program_open(&p, w.config, "jobs"))
		return 1;
	int status = str_eq(w.verb, "load") ? load(&p, &w) : list(&p, &w);
	program_close(&p);
	return status;
}
