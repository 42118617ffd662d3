#include "sandbox/sandbox.h"

#include <assert.h>
#include <time.h>

#include "base/str.h"

enum { TEXT_MAX = 1024, SECOND_MS = 1000 };
_Static_assert(JOURNAL_LINE_MAX > JOURNAL_TEXTS_MAX * (2 * TEXT_MAX + 1) + 64, "a line has room for every text");

static const struct {
	const char *name;
	size_t texts;
	void (*apply)(struct sandbox *sb, const char *const *t);
} events[] = {
	{ "order", 12, pay_apply_order },
	{ "paid", 5, pay_apply_paid },
	{ "ended", 2, pay_apply_ended },
	{ "refund", 12, refund_apply },
	{ "refund_ended", 4, refund_apply_ended },
	{ "notice", 8, notice_apply },
	{ "called", 6, provider_apply_called },
	{ "created", 6, provider_apply_created },
	{ "renewed", 3, provider_apply_renewed },
	{ "ended_instance", 2, provider_apply_ended },
	{ "letter", 6, mailbox_apply },
	{ "visit", 9, bank_page_apply_visit },
	{ "visit_made", 4, bank_page_apply_made },
	{ "visit_ended", 4, bank_page_apply_ended },
	{ "bank_line", 11, bank_apply_line },
	{ "bank_transfer", 4, bank_apply_transfer },
	{ "bank_file", 10, bank_apply_file },
	{ "bank_sent", 4, bank_apply_sent },
};

/* Lines of another version are passed over. */
static void apply(void *ctx, const char *event, const char *const *texts, size_t n)
{
	for (size_t i = 0; i < sizeof events / sizeof *events; i++)
		if (str_eq(events[i].name, event) && events[i].texts == n)
			events[i].apply(ctx, texts);
}

bool sandbox_open(struct sandbox *sb, const struct config *conf, struct arena *a)
{
	sb->conf = conf;
	sb->a = a;
	sb->calls = http_many_new();
	return journal_open(&sb->journal, conf->sandbox_folder, a, apply, sb);
}

/* Texts from outside are cut, so that a line of the journal always has room for them. */
void sandbox_happen(struct sandbox *sb, const char *event, const char *const *texts, size_t n)
{
	char cut[JOURNAL_TEXTS_MAX][TEXT_MAX];
	const char *all[JOURNAL_TEXTS_MAX];

	assert(n <= JOURNAL_TEXTS_MAX);
	for (size_t i = 0; i < n; i++) {
		PUT(cut[i], texts[i]);
		all[i] = cut[i];
	}
	journal_append(&sb->journal, event, all, n);
	apply(sb, event, all, n);
}

const char *sandbox_number(struct sandbox *sb, int64_t v) { return arena_printf(sb->a, "%lld", (long long)v); }

int64_t sandbox_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_REALTIME, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

int64_t sandbox_scaled_ms(const struct sandbox *sb, int seconds) { return (int64_t)seconds * SECOND_MS / sb->conf->sandbox_speed; }

void sandbox_put(char *to, size_t size, const char *text)
{
	size_t n = strlen(text);

	if (n >= size)
		for (n = size - 1; n && (text[n] & 0xc0) == 0x80; n--)
			;
	memcpy(to, text, n);
	to[n] = '\0';
}
