#include "view/msg.h"

#include <assert.h>

/* Messages stand in the order of their constants, in which a dot is an underscore. */
static int key_cmp(const char *a, const char *b)
{
	while (*a && (*a == *b || (*a == '.' && *b == '_') || (*a == '_' && *b == '.'))) {
		a++;
		b++;
	}
	return (*a == '.' ? '_' : *a) - (*b == '.' ? '_' : *b);
}

enum msg msg_of(const char *key)
{
	int lo = 1, hi = MSG__MAX - 1;

	while (lo < hi) {
		int mid = (lo + hi) / 2;
		if (key_cmp(msg_keys[mid], key) < 0)
			lo = mid + 1;
		else
			hi = mid;
	}
	assert(!strcmp(msg_keys[lo], key));
	return (enum msg)lo;
}

bool msg_until(struct out *o, const char **at)
{
	const char *s = *at;
	size_t n = strcspn(s, "{");
	char text[256];

	for (*at = s + n; n; ) {	/* out_text wants a terminated text */
		size_t part = n < sizeof text ? n : sizeof text - 1;
		memcpy(text, s, part);
		text[part] = 0;
		out_text(o, text);
		s += part;
		n -= part;
	}
	return **at;
}

bool msg_hole(const char **at, const char *name, int known)
{
	size_t n = strlen(name);

	(void)known;
	assert(**at == '{');
	if (strncmp(*at + 1, name, n) || (*at)[1 + n] != '}')
		return false;
	*at += n + 2;
	return true;
}

static const char *hole_value(const char **at, const struct pair *args, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (msg_hole(at, args[i].name, 0))
			return args[i].value;
	assert(!"a placeholder without its value");
	return "";
}

/* Copies text to `to` (unless NULL) with its placeholders filled; gives the length. */
static size_t fill(char *to, const char *s, const struct pair *args, size_t n)
{
	size_t len = 0;

	while (*s) {
		const char *from = s;
		size_t part = strcspn(s, "{");
		s += part;
		if (!part) {
			from = hole_value(&s, args, n);
			part = strlen(from);
		}
		if (to)
			memcpy(to + len, from, part);
		len += part;
	}
	return len;
}

const char *msg_fill(struct arena *a, enum lang lang, enum msg id, const struct pair *args, size_t n)
{
	const char *text = msg_text(lang, id);
	char *to = arena_alloc(a, fill(NULL, text, args, n) + 1);

	fill(to, text, args, n);
	return to;
}
