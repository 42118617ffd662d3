/* Files of payouts that are approved go into the banks' folders: <spool>/<bank>/out/<number>.xml (ISO-7). */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/payout.h"
#include "base/log.h"
#include "jobs/jobs.h"
#include "q_payout.h"

enum { FILES = 5 };

static bool write_all(int fd, struct bytes b)
{
	for (size_t at = 0; at < b.n; ) {
		ssize_t n = write(fd, (const char *)b.p + at, b.n - at);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		at += (size_t)n;
	}
	return !fsync(fd);
}

/* Whole or not there: written beside and renamed.  The same file again is the same file. */
static bool put(struct cx *cx, const char *folder, const char *name, struct bytes document)
{
	const char *part = arena_printf(cx->a, "%s/.%s.part", folder, name), *file = arena_printf(cx->a, "%s/%s", folder, name);
	int fd = open(part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0640);

	if (fd < 0)
		return false;
	bool written = write_all(fd, document);
	return !close(fd) && written && !rename(part, file);
}

static bool sync_folder(const char *folder)
{
	int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	bool done = fd >= 0 && !fsync(fd);

	if (fd >= 0)
		close(fd);
	return done;
}

static enum rc put_file(struct cx *cx, const struct q_payout_batch_due *b)
{
	const char *bank = arena_printf(cx->a, "%s/%s", cx->conf->bank_spool, bank_code_enum.names[b->bank]), *out = arena_printf(cx->a, "%s/out", bank);

	if ((mkdir(bank, 0750) && errno != EEXIST) || (mkdir(out, 0750) && errno != EEXIST) ||
	    !put(cx, out, arena_printf(cx->a, "%s.xml", b->number), b->document) || !sync_folder(out)) {
		log_event('E', "payout_file", LOG_STR("file", b->number), LOG_STR("folder", out));
		return RC_AWAY;
	}
	return payout_batch_filed(cx, b->id);
}

enum rc job_payout_file(struct cx *cx, bool *more)
{
	struct q_payout_batch_due *rows;
	size_t n;

	if (!*cx->conf->bank_spool)
		return RC_OK;		/* people carry the files */
	TRY(q_payout_batch_due(cx->db, cx->a, &(struct q_payout_batch_due_in){ .limit = FILES }, &rows, &n));
	for (size_t i = 0; i < n; i++)
		TRY(put_file(cx, &rows[i]));
	*more = n == FILES;
	return RC_OK;
}
