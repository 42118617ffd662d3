#include "web/negotiate.h"

#include <stdlib.h>
#include <strings.h>

/* One item of a list with weights ("text/html;q=0.8"): its name, and its weight in thousandths. */
struct item { const char *s; size_t n; int q; };

static int weight(const char *s, const char *end)
{
	for (; s < end && (s = memchr(s, ';', (size_t)(end - s))); s++) {
		const char *p = s + 1 + strspn(s + 1, " \t");
		if (p + 2 < end && (*p == 'q' || *p == 'Q') && p[1] == '=') {
			int units = p[2] == '1', q = 0, place = 100;
			for (p += 3; p < end && (*p == '.' || (*p >= '0' && *p <= '9')); p++)
				if (*p != '.') {
					q += (*p - '0') * place;
					place /= 10;
				}
			return units ? 1000 : q;
		}
	}
	return 1000;
}

static bool next_item(const char **at, struct item *i)
{
	*at += strspn(*at, ", \t");
	if (!**at)
		return false;
	const char *end = *at + strcspn(*at, ",");
	*i = (struct item){ *at, strcspn(*at, ",; \t"), weight(*at, end) };
	*at = end;
	return true;
}

static bool is(const struct item *i, const char *name) { return i->n == strlen(name) && !strncasecmp(i->s, name, i->n); }

/* The most exact range that covers the type decides; -1: none does. */
static int quality(const char *accept, const char *type)
{
	char range[32];
	size_t main = strcspn(type, "/") + 1;
	int best[3] = { -1, -1, -1 };
	struct item i;

	memcpy(range, type, main);
	memcpy(range + main, "*", 2);
	while (next_item(&accept, &i)) {
		int *q = is(&i, type) ? &best[2] : is(&i, range) ? &best[1] : is(&i, "*/*") ? &best[0] : NULL;
		if (q && i.q > *q)
			*q = i.q;
	}
	return best[2] >= 0 ? best[2] : best[1] >= 0 ? best[1] : best[0];
}

bool negotiate_json(const char *accept, bool program)
{
	int json = accept ? quality(accept, "application/json") : 1000, html = accept ? quality(accept, "text/html") : 1000;

	return json > 0 && (json > html || (json == html && program));
}

enum lang negotiate_lang(const char *s)
{
	enum lang best = LANG_NONE;
	int best_q = 0;
	struct item i;

	while (s && next_item(&s, &i)) {
		bool tag = i.n >= 2 && (i.n == 2 || i.s[2] == '-');
		enum lang l = !tag ? LANG_NONE : !strncasecmp(i.s, "zh", 2) ? LANG_ZH_CN : !strncasecmp(i.s, "en", 2) ? LANG_EN : LANG_NONE;
		if (l && i.q > best_q) {
			best = l;
			best_q = i.q;
		}
	}
	return best;
}

bool media_is(const char *content_type, const char *type)
{
	size_t n = strlen(type);

	return !strncasecmp(content_type, type, n) && (!content_type[n] || strchr("; \t", content_type[n]));
}
