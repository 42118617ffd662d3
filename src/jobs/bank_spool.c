#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/bank.h"
#include "app/channel.h"
#include "base/log.h"
#include "base/time.h"
#include "jobs/jobs.h"

/* The banks' folder (ISO-2): <bank.spool>/<code>/in holds whole files, as whoever brings them writes them under a name that begins with a
 * dot and renames them.  Each is taken in, then moved: into done, or into refused with the reason beside it. */

static bool make_folders(struct cx *cx, const char *folder)
{
	static const char *const names[] = { "", "/in", "/done", "/refused" };

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (mkdir(arena_printf(cx->a, "%s%s", folder, names[i]), 0770) && errno != EEXIST)
			return false;
	return true;
}

/* The first in the order of names; NULL: none waits. */
static const char *first_of(struct cx *cx, const char *folder)
{
	DIR *d = opendir(arena_printf(cx->a, "%s/in", folder));
	const char *first = NULL;

	if (!d)
		return NULL;
	for (struct dirent *e; (e = readdir(d)); )
		if (*e->d_name != '.' && (!first || strcmp(e->d_name, first) < 0))
			first = arena_strdup(cx->a, e->d_name);
	closedir(d);
	return first;
}

/* Beside the time, so that a name that comes again hides nothing. */
static bool move_to(struct cx *cx, const char *folder, const char *name, const char *to, const char *why)
{
	char time[TIME_TEXT];
	const char *end = arena_printf(cx->a, "%s/%s/%s-%s", folder, to, instant_compact(cx->now, time), name);

	if (why) {
		FILE *f = fopen(arena_printf(cx->a, "%s.why", end), "we");
		if (!f || fprintf(f, "%s\n", why) < 0 || fclose(f))
			return false;
	}
	return !rename(arena_printf(cx->a, "%s/in/%s", folder, name), end);
}

static enum rc take(struct cx *cx, enum bank_code bank, const char *path, struct channel_taken *taken)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	struct stat st;

	*taken = (struct channel_taken){ .refused = true, .why = "it is no file that can be read" };
	if (fd < 0 || fstat(fd, &st) || !S_ISREG(st.st_mode) || !st.st_size) {
		if (fd >= 0)
			close(fd);
		return RC_INVALID;
	}
	void *p = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
	close(fd);
	if (p == MAP_FAILED)
		return RC_INTERNAL;
	enum rc rc = channel_of(CHANNEL_B2B)->document(cx, &(struct channel_document){ bank, BANK_BY_FOLDER, { p, (size_t)st.st_size } }, taken);
	munmap(p, (size_t)st.st_size);
	return rc;
}

static enum rc take_one(struct cx *cx, enum bank_code bank, const char *folder, const char *name)
{
	struct channel_taken taken;
	enum rc rc = take(cx, bank, arena_printf(cx->a, "%s/in/%s", folder, name), &taken);

	log_event(rc == RC_OK ? 'I' : 'W', "bank_file", LOG_STR("file", name), LOG_STR("bank", bank_code_enum.names[bank]), LOG_STR("message", taken.message_id),
		  LOG_INT("entries", (int64_t)taken.entries), LOG_STR("result", rc_info[rc].name), LOG_STR("why", taken.why));
	if (rc != RC_OK && !taken.refused)
		return rc;		/* it stays, and is tried again */
	const char *why = rc == RC_OK ? NULL : arena_printf(cx->a, "%s: %s%s%s", rc_info[rc].name, taken.why ? taken.why : rc_info[rc].text,
		taken.where ? " at " : "", taken.where ? taken.where : "");
	return move_to(cx, folder, name, rc == RC_OK ? "done" : "refused", why) ? RC_OK : RC_INTERNAL;
}

enum rc job_bank_spool(struct cx *cx, bool *more)
{
	enum rc worst = RC_OK;

	for (int b = 1; b <= bank_code_n && *cx->conf->bank_spool && channel_of(CHANNEL_B2B); b++) {
		const char *folder = arena_printf(cx->a, "%s/%s", cx->conf->bank_spool, bank_code_enum.names[b]), *name;
		if (!bank_account(cx->a, cx->conf, (enum bank_code)b))
			continue;
		if (!make_folders(cx, folder))
			return RC_INTERNAL;
		if (!(name = first_of(cx, folder)))
			continue;
		enum rc rc = take_one(cx, (enum bank_code)b, folder, name);
		if (rc == RC_AWAY)
			return rc;
		if (rc != RC_OK)
			worst = rc;
		*more |= rc == RC_OK;
	}
	return worst;
}
