/* Names of files, and the header that carries them. */
#include "base/str.h"
#include "file/file.h"
#include "unit.h"

TEST(file_name_made_safe, "DEL-12 a name is the last part of a path, without what could lead astray")
{
	static const struct { const char *sent, *safe; } names[] = {
		{ "report.pdf", "report.pdf" }, { "需求 说明.docx", "需求 说明.docx" }, { "../../etc/passwd", "passwd" }, { "C:\\Users\\me\\a.txt", "a.txt" },
		{ "a/", "file" }, { "", "file" }, { "...", "file" }, { ".htaccess", "htaccess" }, { "a\r\nSet-Cookie: x.txt", "aSet-Cookie_ x.txt" }, { "a\"b<c>.txt", "a_b_c_.txt" },
		{ "evil\u202efdp.exe", "evilfdp.exe" }, { "\u2066a\u2069\u200b.txt", "a.txt" }, { "a\x7f.txt", "a.txt" }, { "\xff\xfe.txt", "file" }, { "a.txt. . ", "a.txt" },
		{ "CON.txt", "_CON.txt" }, { "lpt1", "_lpt1" }, { "console.txt", "console.txt" }, { "\ufeffa.txt", "a.txt" },
	};

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		assert_string_equal(file_name_safe(&unit_arena, names[i].sent), names[i].safe);
}

TEST(file_name_long, "DEL-12 an overlong name keeps its ending, and whole characters")
{
	char *sent = arena_alloc(&unit_arena, 4000);

	for (int i = 0; i < 1000; i++)
		memcpy(sent + 3 * i, "文", 3);
	memcpy(sent + 3000, ".docx", 6);
	const char *name = file_name_safe(&unit_arena, sent);
	assert_true(strlen(name) <= FILE_NAME_MAX && strlen(name) > FILE_NAME_MAX - 4);
	assert_string_equal(name + strlen(name) - 5, ".docx");
	assert_true(str_utf8(name, strlen(name)));
}

TEST(file_name_ending, "DEL-12 the ending fits the content; a name without one gets it")
{
	assert_string_equal(file_name_as(&unit_arena, "a.PDF", FILE_PDF), "a.PDF");
	assert_string_equal(file_name_as(&unit_arena, "a", FILE_JPEG), "a.jpg");
	assert_string_equal(file_name_as(&unit_arena, "a.jpeg", FILE_JPEG), "a.jpeg");
	assert_null(file_name_as(&unit_arena, "a.exe", FILE_TEXT));
	assert_null(file_name_as(&unit_arena, "a.html", FILE_TEXT));
	assert_null(file_name_as(&unit_arena, "a.docx", FILE_ZIP));
	for (int t = 1; t <= file_type_enum.n; t++)
		assert_non_null(strchr(file_media((enum file_type)t), '/'));
	assert_true(str_prefix(file_endings(&unit_arena), ".pdf,.docx,"));
}

TEST(file_header, "DEL-12 Content-Disposition carries any name in both forms (RFC 6266, RFC 5987)")
{
	assert_string_equal(file_disposition(&unit_arena, "a b.pdf"), "attachment; filename=\"a b.pdf\"; filename*=UTF-8''a%20b.pdf");
	assert_string_equal(file_disposition(&unit_arena, "需.pdf"), "attachment; filename=\"_.pdf\"; filename*=UTF-8''%E9%9C%80.pdf");
	assert_string_equal(file_disposition(&unit_arena, "a\"\r\n;%.txt"), "attachment; filename=\"a_____.txt\"; filename*=UTF-8''a%22%0D%0A%3B%25.txt");
}
