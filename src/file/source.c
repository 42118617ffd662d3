#include "file/source.h"

static bool next(struct file_source *s, uint64_t at, const uint8_t **p, size_t *n)
{
	if (s->rc == RC_OK)
		s->rc = s->piece(s->from, at, p, n);
	return s->rc == RC_OK;
}

bool file_walk(struct file_source *s, uint64_t at, uint64_t end, bool (*each)(void *arg, const uint8_t *p, size_t n), void *arg)
{
	const uint8_t *p;
	size_t n;

	if (end > s->size || at > end)
		return false;
	for (; at < end; at += n) {
		if (!next(s, at, &p, &n))
			return false;
		if (n > end - at)
			n = (size_t)(end - at);
		if (!each(arg, p, n))
			return false;
	}
	return true;
}

static bool copy(void *arg, const uint8_t *p, size_t n)
{
	uint8_t **to = arg;

	memcpy(*to, p, n);
	*to += n;
	return true;
}

bool file_read(struct file_source *s, uint64_t at, void *to, size_t n)
{
	uint8_t *p = to;

	return at <= s->size && n <= s->size - at && file_walk(s, at, at + n, copy, &p);
}
