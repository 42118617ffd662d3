#include "base/log.h"

#include <stdio.h>
#include <unistd.h>

#include "base/time.h"

enum { LOG_LINE_MAX = 4096 };
static char least_level = 'I';

static int loudness(char level)
{
	const char *order = "DIWE", *at = strchr(order, level);

	return at ? (int)(at - order) : 3;
}

void log_level(char least) { least_level = least; }

struct line { char p[LOG_LINE_MAX]; size_t n; };

static void put(struct line *l, const char *s, size_t n)
{
	size_t room = sizeof l->p - 1 - l->n;	/* the newline always fits */

	n = n < room ? n : room;
	memcpy(l->p + l->n, s, n);
	l->n += n;
}

/* Quoted when it has to be; nothing in a value can begin a new line or field. */
static void put_value(struct line *l, const char *s)
{
	if (*s && !s[strcspn(s, " =\"\\\t\r\n")]) {
		put(l, s, strlen(s));
		return;
	}
	put(l, "\"", 1);
	for (; *s; s++) {
		if (*s == '"' || *s == '\\')
			put(l, "\\", 1);
		put(l, (unsigned char)*s < 0x20 ? " " : s, 1);
	}
	put(l, "\"", 1);
}

void log_fields(char level, const char *event, const struct log_field *f, size_t n)
{
	struct line l = { .n = 0 };
	char t[TIME_TEXT], num[24];

	if (loudness(level) < loudness(least_level))
		return;
	l.n = (size_t)snprintf(l.p, sizeof l.p, "t=%s level=%c event=%s pid=%d", instant_rfc3339(clock_now(), t), level, event, (int)getpid());
	for (size_t i = 0; i < n; i++) {
		put(&l, " ", 1);
		put(&l, f[i].name, strlen(f[i].name));
		put(&l, "=", 1);
		if (f[i].text)
			put_value(&l, f[i].text);
		else
			put(&l, num, (size_t)snprintf(num, sizeof num, "%lld", (long long)f[i].num));
	}
	l.p[l.n++] = '\n';
	/* one write for each line, so that lines of many workers do not mix; a full pipe loses the line, not the request */
	if (write(STDERR_FILENO, l.p, l.n) < 0)
		return;
}
