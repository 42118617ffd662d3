#include "file/file.h"

/* Whole pictures: walked from the first byte to the last. */

bool file_is_png(struct file_source *s)
{
	uint8_t head[8];
	bool data = false, first = true;

	for (uint64_t at = 8; file_read(s, at, head, 8); first = false) {
		if (first != !memcmp(head + 4, "IHDR", 4))
			return false;
		data |= !memcmp(head + 4, "IDAT", 4);
		at += (uint64_t)file_be32(head) + 12;
		if (!memcmp(head + 4, "IEND", 4))
			return data && at == s->size;
	}
	return false;
}

/* The data of the picture has no length: it ends with the file, or with zeros that cameras leave behind it. */
static bool jpeg_ends(struct file_source *s, uint64_t from)
{
	uint8_t tail[64];
	size_t n = s->size - from < sizeof tail ? (size_t)(s->size - from) : sizeof tail;

	if (!file_read(s, s->size - n, tail, n))
		return false;
	while (n > 2 && !tail[n - 1])
		n--;
	return n >= 2 && tail[n - 2] == 0xff && tail[n - 1] == 0xd9;
}

bool file_is_jpeg(struct file_source *s)
{
	uint8_t head[4];
	bool frame = false;

	for (uint64_t at = 2; file_read(s, at, head, 4);) {
		uint32_t n = file_be16(head + 2);
		if (head[0] != 0xff || head[1] < 0xc0 || head[1] == 0xff || (head[1] >= 0xd0 && head[1] <= 0xd9) || n < 2)
			return false;
		at += 2 + (uint64_t)n;
		frame |= head[1] <= 0xcf && head[1] != 0xc4 && head[1] != 0xc8 && head[1] != 0xcc;
		if (head[1] == 0xda)
			return frame && at <= s->size && jpeg_ends(s, at);
	}
	return false;
}

/* Blocks of at most 255 bytes up to an empty one. */
static bool gif_blocks(struct file_source *s, uint64_t *at)
{
	uint8_t n;

	do {
		if (!file_read(s, *at, &n, 1))
			return false;
		*at += 1 + (uint64_t)n;
	} while (n);
	return true;
}

static uint64_t gif_colours(uint8_t flags) { return flags & 0x80 ? UINT64_C(3) << ((flags & 7) + 1) : 0; }

bool file_is_gif(struct file_source *s)
{
	uint8_t head[13];
	bool image = false;

	if (!file_read(s, 0, head, 13))
		return false;
	for (uint64_t at = 13 + gif_colours(head[10]); file_read(s, at, head, 1);) {
		if (head[0] == 0x3b)
			return image && at + 1 == s->size;
		if (head[0] == 0x21) {
			at += 2;
		} else if (head[0] == 0x2c && file_read(s, at, head, 10)) {
			at += 11 + gif_colours(head[9]);
			image = true;
		} else {
			return false;
		}
		if (!gif_blocks(s, &at))
			return false;
	}
	return false;
}

bool file_is_webp(struct file_source *s)
{
	uint8_t head[16];

	return file_read(s, 0, head, 16) && !memcmp(head + 8, "WEBPVP8", 7) && (uint64_t)file_le32(head + 4) + 8 == s->size;
}
