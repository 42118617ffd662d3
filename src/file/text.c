#include "file/file.h"

/* Chinese text files come in two codings: each byte is looked at as part of both, until one is left. */
struct reading { bool utf8, gb; unsigned left, lead, gb_at; };

static bool stays_utf8(struct reading *r, uint8_t c)
{
	if (r->left) {
		uint8_t low = r->lead == 0xe0 ? 0xa0 : r->lead == 0xf0 ? 0x90 : 0x80, high = r->lead == 0xed ? 0x9f : r->lead == 0xf4 ? 0x8f : 0xbf;
		r->left--;
		r->lead = 0;
		return c >= low && c <= high;
	}
	r->lead = c;
	r->left = c < 0x80 ? 0 : c < 0xe0 ? 1 : c < 0xf0 ? 2 : 3;
	return c < 0x80 || (c >= 0xc2 && c <= 0xf4);
}

/* GB 18030: one, two or four bytes; gb_at is the place in such a row. */
static bool stays_gb(struct reading *r, uint8_t c)
{
	switch (r->gb_at) {
	case 0:
		r->gb_at = c > 0x80;
		return c != 0x80 && c != 0xff;
	case 1:
		r->gb_at = c >= 0x30 && c <= 0x39 ? 2 : 0;
		return r->gb_at || (c >= 0x40 && c != 0x7f && c != 0xff);
	case 2:
		r->gb_at = 3;
		return c >= 0x81 && c != 0xff;
	default:
		r->gb_at = 0;
		return c >= 0x30 && c <= 0x39;
	}
}

static bool read(void *arg, const uint8_t *p, size_t n)
{
	struct reading *r = arg;

	for (size_t i = 0; i < n; i++) {
		if ((p[i] < 0x20 && p[i] != '\t' && p[i] != '\n' && p[i] != '\r' && p[i] != '\f') || p[i] == 0x7f)
			return false;
		r->utf8 = r->utf8 && stays_utf8(r, p[i]);
		r->gb = r->gb && stays_gb(r, p[i]);
	}
	return r->utf8 || r->gb;
}

bool file_is_text(struct file_source *s)
{
	struct reading r = { .utf8 = true, .gb = true };

	return file_walk(s, 0, s->size, read, &r) && ((r.utf8 && !r.left) || (r.gb && !r.gb_at));
}
