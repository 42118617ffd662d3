#include "domain/picture.h"

/* What is left of the file. */
struct rest { const uint8_t *p; size_t n; };

static const uint8_t *take(struct rest *r, size_t n)
{
	const uint8_t *p = r->p;

	if (n > r->n)
		return NULL;
	r->p += n;
	r->n -= n;
	return p;
}

static uint32_t be32(const uint8_t *p) { return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3]; }
static uint32_t be16(const uint8_t *p) { return (uint32_t)p[0] << 8 | p[1]; }
static uint32_t le24(const uint8_t *p) { return (uint32_t)p[2] << 16 | (uint32_t)p[1] << 8 | p[0]; }
static uint32_t le32(const uint8_t *p) { return (uint32_t)p[3] << 24 | le24(p); }

/* Chunks from IHDR to IEND, with IDAT between. */
static bool read_png(struct rest r, struct picture *out)
{
	bool data = false;

	if (!take(&r, 8))
		return false;
	for (bool first = true;; first = false) {
		const uint8_t *head = take(&r, 8);
		uint32_t n = head ? be32(head) : 0;
		const uint8_t *body = head && n < PICTURE_BYTES_MAX ? take(&r, (size_t)n + 4) : NULL;
		if (!body || first != !memcmp(head + 4, "IHDR", 4))
			return false;
		if (first) {
			if (n != 13)
				return false;
			*out = (struct picture){ PICTURE_PNG, be32(body), be32(body + 4) };
		}
		if (!memcmp(head + 4, "acTL", 4))	/* it moves */
			return false;
		data |= !memcmp(head + 4, "IDAT", 4);
		if (!memcmp(head + 4, "IEND", 4))
			return data && !n && !r.n;
	}
}

/* Segments up to the data of the picture, which ends with the file. */
static bool read_jpeg(struct rest r, struct picture *out)
{
	if (r.n < 4 || r.p[r.n - 2] != 0xff || r.p[r.n - 1] != 0xd9 || !take(&r, 2))
		return false;
	out->type = PICTURE_JPEG;
	for (;;) {
		const uint8_t *head = take(&r, 4);
		if (!head || head[0] != 0xff || head[1] < 0xc0 || head[1] == 0xff || (head[1] >= 0xd0 && head[1] <= 0xd9))
			return false;
		uint32_t n = be16(head + 2);
		const uint8_t *body = n >= 2 ? take(&r, n - 2) : NULL;
		if (!body)
			return false;
		if (head[1] == 0xda)
			return out->width && r.n > 2;
		if (head[1] >= 0xc0 && head[1] <= 0xc2) {
			if (n < 9 || out->width)
				return false;
			out->height = be16(body + 1);
			out->width = be16(body + 3);
		} else if (head[1] < 0xd0 && head[1] != 0xc4 && head[1] != 0xc8 && head[1] != 0xcc) {
			return false;	/* a kind of coding that browsers do not know */
		}
	}
}

/* The first chunk tells the size. */
static bool read_webp(struct rest r, struct picture *out)
{
	const uint8_t *head = take(&r, 12), *chunk = take(&r, 8);

	if (!chunk || (uint64_t)le32(head + 4) + 8 != (uint64_t)r.n + 20 || r.n < 10 || le32(chunk + 4) > r.n)
		return false;
	const uint8_t *p = r.p;
	out->type = PICTURE_WEBP;
	if (!memcmp(chunk, "VP8 ", 4)) {
		out->width = ((uint32_t)p[7] << 8 | p[6]) & 0x3fff;
		out->height = ((uint32_t)p[9] << 8 | p[8]) & 0x3fff;
		return p[3] == 0x9d && p[4] == 0x01 && p[5] == 0x2a && !(p[0] & 1);
	}
	if (!memcmp(chunk, "VP8L", 4)) {
		uint32_t bits = le32(p + 1);
		out->width = (bits & 0x3fff) + 1;
		out->height = (bits >> 14 & 0x3fff) + 1;
		return p[0] == 0x2f;
	}
	out->width = le24(p + 4) + 1;
	out->height = le24(p + 7) + 1;
	return !memcmp(chunk, "VP8X", 4) && !(p[0] & 2);	/* it stands still */
}

bool picture_read(const void *p, size_t n, struct picture *out)
{
	struct rest r = { p, n };
	bool good = false;

	*out = (struct picture){ 0 };
	if (n >= 8 && !memcmp(p, "\x89PNG\r\n\x1a\n", 8))
		good = read_png(r, out);
	else if (n >= 3 && !memcmp(p, "\xff\xd8\xff", 3))
		good = read_jpeg(r, out);
	else if (n >= 12 && !memcmp(p, "RIFF", 4) && !memcmp((const char *)p + 8, "WEBP", 4))
		good = read_webp(r, out);
	return good && out->width && out->height;
}
