/* Pictures are known by what they are: whole ones of three kinds, and nothing else. */
#include <dirent.h>
#include <stdio.h>

#include "base/str.h"
#include "domain/picture.h"
#include "unit.h"

#define PNG_HEAD "\x89PNG\r\n\x1a\n" "\0\0\0\x0dIHDR\0\0\0\x50\0\0\0\x40\x08\x02\0\0\0" "\0\0\0\0"
#define PNG_DATA "\0\0\0\x02IDAT" "ab" "\0\0\0\0"
#define PNG_END  "\0\0\0\0IEND" "\0\0\0\0"
#define JPEG_APP   "\xff\xd8" "\xff\xe0\0\x04" "ab"
#define JPEG_FRAME "\xff\xc2\0\x0b\x08\0\x40\0\x50\x01\x01\x11\0"
#define JPEG_SCAN  "\xff\xda\0\x08\x01\x01\0\0\x3f\0" "abc" "\xff\xd9"

static void is(const char *p, size_t n, enum picture_type type)
{
	struct picture got;

	assert_true(picture_read(p, n, &got));
	assert_int_equal(got.type, type);
	assert_int_equal(got.width, 80);
	assert_int_equal(got.height, 64);
}
#define IS(text, type) is(text, sizeof(text) - 1, type)

TEST(picture_good, "CAT-1 PNG, JPEG and WebP pictures are known by their content, with their size")
{
	IS(PNG_HEAD PNG_DATA PNG_END, PICTURE_PNG);
	IS(JPEG_APP JPEG_FRAME JPEG_SCAN, PICTURE_JPEG);
	IS("RIFF\x16\0\0\0WEBPVP8 \x0a\0\0\0\0\0\0\x9d\x01\x2a\x50\0\x40\0", PICTURE_WEBP);
	IS("RIFF\x16\0\0\0WEBPVP8L\x0a\0\0\0\x2f\x4f\xc0\x0f\0\0\0\0\0\0", PICTURE_WEBP);
	IS("RIFF\x16\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0\x4f\0\0\x3f\0\0", PICTURE_WEBP);
}

TEST(picture_cut, "CAT-1 no beginning of a picture is a picture, and none goes on behind its end")
{
	static const char png[] = PNG_HEAD PNG_DATA PNG_END "x", jpeg[] = JPEG_APP JPEG_FRAME JPEG_SCAN "x";
	struct picture got;

	for (size_t n = 0; n < sizeof png - 2; n++)
		assert_false(picture_read(png, n, &got));
	for (size_t n = 0; n < sizeof jpeg - 2; n++)
		assert_false(picture_read(jpeg, n, &got));
	assert_false(picture_read(png, sizeof png - 1, &got));
	assert_false(picture_read(jpeg, sizeof jpeg - 1, &got));
}

TEST(picture_refused, "CAT-1 each file of tests/refuse/picture is refused, whatever its name says")
{
	static char bytes[1 << 16];
	DIR *d = opendir(REFUSED);
	struct picture got;
	int seen = 0;

	assert_non_null(d);
	for (struct dirent *e; (e = readdir(d)); ) {
		if (*e->d_name == '.')
			continue;
		FILE *f = fopen(arena_printf(&unit_arena, "%s/%s", REFUSED, e->d_name), "re");
		assert_non_null(f);
		size_t n = fread(bytes, 1, sizeof bytes, f);
		fclose(f);
		seen++;
		if (picture_read(bytes, n, &got))
			fail_msg("%s", e->d_name);
	}
	closedir(d);
	assert_true(seen > 20);
}
